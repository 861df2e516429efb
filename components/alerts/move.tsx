import type { Alert } from '../../contracts/alert.ts';
import { cn } from '../ui/class-names.ts';
import { happeningWords, moveSide, standingPrices } from '../words/move-words.ts';
import { percentText, pointsText } from '../words/number-words.ts';
import { Odds } from '../words/odds.tsx';

const SIDE_CLASSES = {
  shortening: 'text-critical-ink',
  drifting: 'text-elevated-ink',
  none: 'text-secondary',
} as const;

/** Signed percent. Shortening, the dangerous side, carries its own colour, an arrow and the word for screen readers. */
export function Change({ alert, className }: { readonly alert: Alert; readonly className?: string }) {
  if (alert.changePercent === null) return null;
  const side = moveSide(alert);
  return (
    <span className={cn('font-semibold', SIDE_CLASSES[side], className)}>
      {percentText(alert.changePercent)}
      {side !== 'none' && <span className="sr-only"> {side}</span>}
    </span>
  );
}

/** Two odds: from → to where they moved, ours `v` the other's where ours stood still. */
export function Prices({ alert }: { readonly alert: Alert }) {
  const standing = standingPrices(alert);
  if (standing !== null) {
    return (
      <>
        <Odds value={standing.odds} className="font-semibold" /> <span className="font-normal text-secondary">v</span>{' '}
        <Odds value={standing.otherOdds} />
        <span className="sr-only"> at {standing.other}</span>
      </>
    );
  }
  return (
    <>
      <Odds value={alert.oldOdds} /> <span className="font-normal text-secondary">→</span>{' '}
      <Odds value={alert.newOdds} className="font-semibold" />
    </>
  );
}

/** What happened in one line: `2.34 → 1.92 −17.9% +9.1 pts`, or the word for it where no price tells. */
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
    <span className={cn('flex min-w-0 items-baseline gap-1.5 whitespace-nowrap', className)}>
      <span>
        <Prices alert={alert} />
      </span>
      <Change alert={alert} />
      {alert.probabilityPoints !== null && (
        <span className="truncate text-secondary">{pointsText(alert.probabilityPoints)}</span>
      )}
    </span>
  );
}
