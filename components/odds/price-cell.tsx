import Link from 'next/link';
import { memo } from 'react';
import type { BoardAlert } from '../../contracts/odds-board.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { cn } from '../ui/class-names.ts';
import { lineText } from '../words/number-words.ts';
import { Odds } from '../words/odds.tsx';
import type { BoardPrice } from './board-rows.ts';
import { useMoved } from './use-moved.ts';

/** Leads from a price to the alert on it. */
export function AlertMark({ alert, eventId }: { readonly alert: BoardAlert; readonly eventId: number }) {
  return (
    <Link
      href={`/risk-monitoring?eventId=${eventId}&alert=${alert.id}`}
      // A board has hundreds of marks, and few of them are followed.
      prefetch={false}
      // As large as a pointer needs at the least; a finger has the whole cell.
      className="absolute top-1/2 left-0 flex size-6 -translate-y-1/2 items-center justify-center rounded-sm -outline-offset-2 hover:bg-hover pointer-coarse:inset-0 pointer-coarse:size-auto pointer-coarse:translate-y-0 pointer-coarse:justify-start pointer-coarse:pl-1"
      aria-label={`${alert.severity} alert at ${alert.bookmaker}`}
    >
      <SeverityMark severity={alert.severity} silent className="size-2.5" />
    </Link>
  );
}

function Shown({ price, signed }: { readonly price: BoardPrice; readonly signed: boolean }) {
  switch (price.kind) {
    case 'never':
      return (
        <span className="text-secondary">
          <span aria-hidden>·</span>
          <span className="sr-only">never offered</span>
        </span>
      );
    case 'shut':
      return (
        <span className="text-secondary">
          <s>
            <Odds value={price.odds} />
          </s>
          <span className="sr-only"> not available</span>
        </span>
      );
    case 'other_line':
      return (
        <span
          className="text-secondary"
          title={price.line === null ? undefined : `Line ${lineText(price.line, { signed })}`}
        >
          <Odds value={price.odds} />
          {price.line !== null && <span className="sr-only"> at {lineText(price.line, { signed })}</span>}
        </span>
      );
    case 'open':
      return (
        <span className={cn(price.isBest && 'rounded-sm bg-healthy/8 px-1 font-semibold text-healthy-ink')}>
          <Odds value={price.odds} />
          {price.isBest && <span className="sr-only"> best price</span>}
        </span>
      );
  }
}

const NEVER: BoardPrice = { kind: 'never' };

type PriceCellProps = {
  readonly price: BoardPrice | undefined;
  readonly eventId: number;
  /** Whether its market's lines carry their sign. */
  readonly signed: boolean;
  readonly isOwn: boolean;
  readonly isStale: boolean;
};

/** One price of the board. It flashes when it moves, the way by shape as well as colour. */
function PriceCellPlain({ price = NEVER, eventId, signed, isOwn, isStale }: PriceCellProps) {
  const moved = useMoved(price.kind === 'open' ? price.odds : null);
  const alert = price.kind === 'open' || price.kind === 'shut' ? price.alert : undefined;
  return (
    <td
      className={cn(
        'relative pr-2.5 text-right last:pr-4 @2xl:last:pr-6',
        isOwn && 'bg-selected font-semibold',
        isStale && 'text-secondary italic',
      )}
    >
      {moved.way !== null && <span key={moved.times} aria-hidden className="moved" data-way={moved.way} />}
      {alert !== undefined && <AlertMark alert={alert} eventId={eventId} />}
      <Shown price={price} signed={signed} />
    </td>
  );
}

const sameAlert = (a: BoardAlert | undefined, b: BoardAlert | undefined): boolean =>
  a?.id === b?.id && a?.severity === b?.severity;

/** Of a board's many prices few move in a poll: only those are drawn again. */
function samePrice(a: BoardPrice = NEVER, b: BoardPrice = NEVER): boolean {
  if (a.kind === 'never' || b.kind === 'never') return a.kind === b.kind;
  if (a.odds !== b.odds) return false;
  if (a.kind === 'other_line' || b.kind === 'other_line')
    return a.kind === 'other_line' && b.kind === 'other_line' && a.line === b.line;
  if (!sameAlert(a.alert, b.alert)) return false;
  if (a.kind === 'open' && b.kind === 'open') return a.isBest === b.isBest;
  return a.kind === b.kind;
}

export const PriceCell = memo(
  PriceCellPlain,
  (before, after) =>
    before.eventId === after.eventId &&
    before.signed === after.signed &&
    before.isOwn === after.isOwn &&
    before.isStale === after.isStale &&
    samePrice(before.price, after.price),
);
