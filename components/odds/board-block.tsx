import Link from 'next/link';
import { memo, useMemo } from 'react';
import type { BoardEvent } from '../../contracts/odds-board.ts';
import type { Density } from '../../hooks/preferences.ts';
import { AlertCount } from '../events/alert-count.tsx';
import { Teams } from '../events/teams.tsx';
import { Age, Countdown } from '../time/age.tsx';
import { Clock } from '../time/clock.tsx';
import { cn } from '../ui/class-names.ts';
import { marketWords, outcomeWords } from '../words/market-words.ts';
import { lineText, marginText } from '../words/number-words.ts';
import { Odds, PriceChange } from '../words/odds.tsx';
import { type BoardOffer, type BoardRow, boardBlock } from './board-rows.ts';
import { AlertMark, PriceCell } from './price-cell.tsx';

type RowHeights = { readonly head: number; readonly outcome: number };

/** Rem heights of a block's rows: the virtual list knows them without measuring. The classes below say the same. */
export const ROW_REM: Readonly<Record<Density | 'touch', RowHeights>> = {
  comfortable: { head: 3.25, outcome: 1.75 },
  compact: { head: 2.75, outcome: 1.5 },
  // What stands alone is 44 px high for a finger; a price's mark has its whole cell, so that more matches are in sight.
  touch: { head: 3, outcome: 2 },
};
const HEAD_HEIGHT = 'h-13 compact:h-11 pointer-coarse:h-12!';
const OUTCOME_HEIGHT = 'h-7 compact:h-6 pointer-coarse:h-8!';

export type Book = { readonly name: string; readonly isOwn: boolean; readonly isStale: boolean };

const STATE_WORDS = { suspended: 'shut', removed: 'gone' } as const;

type OfferProps = { readonly offer: BoardOffer | undefined; readonly event: BoardEvent; readonly isOwn: boolean };

/** How a book offers the market. What the figure is stands in words once a line, at the own book. */
function Offer({ offer, event, isOwn }: OfferProps) {
  if (offer === undefined || offer.kind === 'never') return <span className="sr-only">never offered</span>;
  if (offer.kind === 'open') {
    if (offer.otherLine !== null) return <>line {lineText(offer.otherLine, { signed: event.market === 'handicap' })}</>;
    if (offer.marginPercent === null) return <span className="sr-only">no margin, as a price is missing</span>;
    return (
      <>
        <span className={isOwn ? undefined : 'sr-only'}>margin </span>
        {marginText(offer.marginPercent)}
      </>
    );
  }
  return (
    <span className="text-elevated-ink">
      {offer.alert !== undefined && <AlertMark alert={offer.alert} eventId={event.id} />}
      {STATE_WORDS[offer.kind]} <Age at={offer.since} />
    </span>
  );
}

function Difference({ against }: Pick<BoardRow, 'against'>) {
  if (against === null) return <span className="text-secondary">–</span>;
  const isBest = against.percent > 0;
  return (
    <span
      className={cn(isBest ? 'font-semibold text-elevated-ink' : 'text-secondary')}
      title={isBest ? 'We pay more than anybody else' : 'Our price against the best of the others'}
    >
      <PriceChange oldOdds={against.best} newOdds={against.ours} percent={against.percent} />
      {isBest && <span className="sr-only"> we pay the most</span>}
    </span>
  );
}

type BoardBlockProps = { readonly event: BoardEvent; readonly books: readonly Book[] };

/** One match: a line of who, when and each book's margin, and a line for each outcome. */
function BoardBlockPlain({ event, books }: BoardBlockProps) {
  const { offers, rows } = useMemo(() => boardBlock(event), [event]);
  return (
    <tbody aria-label={`${event.home} v ${event.away}`} className="border-t">
      <tr className={HEAD_HEIGHT}>
        <th scope="rowgroup" colSpan={3} className="sticky left-0 z-1 bg-panel pl-4 text-left font-normal @2xl:pl-6">
          {/* Where names and alerts do not fit beside each other, the names have the first line to themselves. */}
          <div className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3">
            <Link
              href={`/events/${event.id}`}
              className="col-span-2 pt-0.5 pr-1.5 hover:underline @2xl:col-span-1 pointer-coarse:after:absolute pointer-coarse:after:-inset-y-0.5 pointer-coarse:after:inset-x-0"
            >
              <Teams event={event} />
            </Link>
            <span className="col-start-1 truncate text-quiet text-secondary">
              <Countdown kickoff={event.kickoff} /> · <Clock at={event.kickoff} /> ·{' '}
              {event.line !== null && <>{marketWords(event.market, event.line)} · </>}
              <bdi>{event.league}</bdi>
            </span>
            <span className="col-start-2 row-start-2 pr-2 text-quiet leading-none @2xl:row-[1/span_2]">
              <AlertCount event={event} />
            </span>
          </div>
        </th>
        {books.map(({ name, isOwn, isStale }) => (
          <td
            key={name}
            className={cn(
              'relative pr-2.5 text-right text-quiet whitespace-nowrap text-secondary last:pr-4 @2xl:last:pr-6',
              isOwn && 'bg-selected',
              isStale && 'italic',
            )}
          >
            <Offer offer={offers.get(name)} event={event} isOwn={isOwn} />
          </td>
        ))}
      </tr>
      {rows.map((row) => (
        <tr key={row.outcome} className={cn(OUTCOME_HEIGHT, 'hover:bg-hover')}>
          <th scope="row" className="sticky left-0 z-1 bg-panel pl-4 text-left font-normal @2xl:pl-6">
            <bdi className="block truncate">{outcomeWords(row.outcome)}</bdi>
          </th>
          <td className="pr-2.5 text-right font-medium">
            <Odds value={row.best} />
          </td>
          <td className="relative pr-2.5 text-right text-quiet @max-[22.75rem]:pr-0">
            <span className="@max-[22.75rem]:sr-only">
              <Difference against={row.against} />
            </span>
          </td>
          {books.map(({ name, isOwn, isStale }) => (
            // Another market or line is another price, not one that moved: its cell begins anew, and nothing flashes.
            <PriceCell
              key={`${event.market} ${event.line} ${name}`}
              price={row.prices.get(name)}
              eventId={event.id}
              signed={event.market === 'handicap'}
              isOwn={isOwn}
              isStale={isStale}
            />
          ))}
        </tr>
      ))}
      {rows.length === 0 && (
        <tr className={OUTCOME_HEIGHT}>
          <td colSpan={3 + books.length} className="pl-4 text-secondary @2xl:pl-6">
            No book has priced this market.
          </td>
        </tr>
      )}
    </tbody>
  );
}

export const BoardBlock = memo(BoardBlockPlain);
