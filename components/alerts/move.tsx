import type { Alert } from '../../contracts/alert.ts';
import { cn } from '../ui/class-names.ts';
import { happeningWords, moveSide, standingPrices } from '../words/move-words.ts';
import { percentText, pointsText } from '../words/number-words.ts';
import { Odds, PriceChange, useOddsFormat } from '../words/odds.tsx';

const SIDE_CLASSES = {
  shortening: 'text-critical-ink',
  drifting: 'text-elevated-ink',
  none: 'text-secondary',
} as const;

/** How far it went. Shortening, the dangerous side, carries its own colour, an arrow and the word for screen readers. */
export function Change({ alert, className }: { readonly alert: Alert; readonly className?: string }) {
  if (alert.changePercent === null) return null;
  const side = moveSide(alert);
  return (
    <span className={cn('font-semibold', SIDE_CLASSES[side], className)}>
      <PriceChange {...alert} percent={alert.changePercent} />
      {side !== 'none' && <span className="sr-only"> {side}</span>}
    </span>
  );
}

/**
 * The same in the other measure, for who has room for it: what the move is in points of fair probability, or, where the
 * points of implied percent stand before it, in percent of the odds.
 */
export function OtherMeasure({ alert }: { readonly alert: Alert }) {
  const { changePercent, probabilityPoints } = alert;
  const format = useOddsFormat();
  if (format === 'percent' && changePercent !== null)
    return <span className="text-secondary">odds {percentText(changePercent)}</span>;
  return probabilityPoints !== null && <span className="text-secondary">{pointsText(probabilityPoints)}</span>;
}

/** Two odds: from → to where they moved, ours `v` the other's where ours stood still. */
export function Prices({ alert }: { readonly alert: Alert }) {
  const standing = standingPrices(alert);
  if (standing !== null) {
    return (
      <>
        <Odds value={standing.odds} apartFrom={standing.otherOdds} className="font-semibold" />{' '}
        <span className="font-normal text-secondary">v</span>{' '}
        <Odds value={standing.otherOdds} apartFrom={standing.odds} />
        <span className="sr-only"> at {standing.other}</span>
      </>
    );
  }
  return (
    <>
      <Odds value={alert.oldOdds} apartFrom={alert.newOdds} /> <span className="font-normal text-secondary">→</span>{' '}
      <Odds value={alert.newOdds} apartFrom={alert.oldOdds} className="font-semibold" />
    </>
  );
}

/** What happened in one line: `2.34 → 1.92 −17.9% +9.1 pts`, `42.7% → 52.1% +9.4 pts odds −17.9%`, or the word for it where no price tells. */
export function Move({ alert, className }: { readonly alert: Alert; readonly className?: string }) {
  const happening = happeningWords(alert);
  if (happening !== null) {
    return (
      <span className={cn('flex min-w-0 items-baseline gap-1.5 whitespace-nowrap', className)}>
        <span className={cn('font-semibold', alert.availability === 'returned' ? 'text-ink' : 'text-critical-ink')}>
          {happening}
        </span>
        {alert.oldOdds !== null && (
          <span className="truncate text-secondary">
            last <Odds value={alert.oldOdds} />
          </span>
        )}
      </span>
    );
  }
  return (
    // What has no room on its one line is left out whole: half a number would be another number.
    <span
      className={cn(
        'flex max-h-[1lh] min-w-0 flex-wrap items-baseline gap-x-1.5 overflow-hidden whitespace-nowrap',
        className,
      )}
    >
      <span>
        <Prices alert={alert} />
      </span>
      <Change alert={alert} />
      <OtherMeasure alert={alert} />
    </span>
  );
}
