import { useVirtualizer } from '@tanstack/react-virtual';
import { ClockAlert } from 'lucide-react';
import { type RefObject, useMemo } from 'react';
import type { BoardEvent } from '../../contracts/odds-board.ts';
import type { Density } from '../../hooks/preferences.ts';
import { useMediaQuery } from '../../hooks/use-media-query.ts';
import { usePreferences } from '../../hooks/use-preferences.ts';
import { useDesk } from '../../hooks/use-risk-alerts.ts';
import { outcomesOf } from '../events/market-quotes.ts';
import { cn } from '../ui/class-names.ts';
import { BoardBlock, type Book, ROW_REM } from './board-block.tsx';
import { booksOf } from './board-rows.ts';

const REM_PX = 16;
const BORDER_PX = 1;
/** Blocks drawn beyond what is seen: at most about sixty rows altogether. */
const OVERSCAN = 3;
/** What the server draws, before a browser knows its own size. */
const TOUCH = '(pointer: coarse)';
const FIRST_VIEW = { width: 1_200, height: 900 };

const headClasses = 'sticky top-0 z-2 h-8 bg-panel pr-2.5 font-medium last:pr-4 @2xl:last:pr-6';

function blockHeightPx(event: BoardEvent, form: Density | 'touch'): number {
  const rows = Math.max(outcomesOf(event.quotes).length, 1);
  const { head, outcome } = ROW_REM[form];
  return (head + rows * outcome) * REM_PX + BORDER_PX;
}

function useBooks(events: readonly BoardEvent[]): readonly Book[] {
  const desk = useDesk();
  const key = booksOf(events, desk?.ownBookmaker).join('\n');
  const silent = (desk?.bookmakers ?? []).filter(({ state }) => state === 'silent').map(({ bookmaker }) => bookmaker);
  const silentKey = silent.join('\n');
  const ownBookmaker = desk?.ownBookmaker;
  // By name, so that a poll which brings nothing new leaves every block as it is.
  return useMemo(() => {
    const isSilent = new Set(silentKey.split('\n'));
    const names = key === '' ? [] : key.split('\n');
    return names.map((name) => ({ name, isOwn: name === ownBookmaker, isStale: isSilent.has(name) }));
  }, [key, silentKey, ownBookmaker]);
}

/** Nothing but the height of the blocks that are not drawn. */
function Spacer({ heightPx, columns }: { readonly heightPx: number; readonly columns: number }) {
  if (heightPx <= 0) return null;
  return (
    <tbody aria-hidden>
      <tr style={{ height: heightPx }}>
        {/* Empty, and hidden from who would look for a name. */}
        {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
        <td colSpan={columns} />
      </tr>
    </tbody>
  );
}

type BoardTableProps = {
  readonly events: readonly BoardEvent[];
  readonly scroller: RefObject<HTMLDivElement | null>;
};

/** All books beside each other, match under match; only the matches near the view are drawn. */
export function BoardTable({ events, scroller }: BoardTableProps) {
  const books = useBooks(events);
  const { density } = usePreferences();
  const form = useMediaQuery(TOUCH) ? 'touch' : density;
  // Its functions change their answers without changing themselves, so nothing made from them may be kept.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const event = events[index];
      return event === undefined ? 0 : blockHeightPx(event, form);
    },
    getItemKey: (index) => events[index]?.id ?? index,
    overscan: OVERSCAN,
    initialRect: FIRST_VIEW,
  });
  const shown = virtualizer.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const columns = 3 + books.length;
  return (
    <table className="w-full min-w-max table-fixed border-separate border-spacing-0 [&_tbody>tr:first-child>*]:border-t">
      <caption className="sr-only">Prices of all books by match, soonest kickoff first</caption>
      <colgroup>
        <col className="w-32 @2xl:w-52" />
        <col className="w-16" />
        {/* Beside it a page of 360 px has no room for our own price, which scrolls: there it is for the ear alone. */}
        <col className="w-17 @max-[22.75rem]:w-0" />
        {/* The own book's column has the word `margin` in it, the last one the room at the page's edge. */}
        {books.map(({ name, isOwn }) => (
          <col
            key={name}
            className={isOwn ? 'w-26 last:w-28 @2xl:w-24 @2xl:last:w-28' : 'w-21 last:w-23 @2xl:last:w-25'}
          />
        ))}
      </colgroup>
      <thead>
        <tr className="text-right text-quiet text-secondary">
          <th scope="col" className={cn(headClasses, 'left-0 z-3 pl-4 text-left @2xl:pl-6')}>
            Match
          </th>
          <th scope="col" className={headClasses} title="The highest price that can be had">
            Best
          </th>
          <th
            scope="col"
            className={cn(headClasses, '@max-[22.75rem]:pr-0')}
            title="Our price against the best of the others"
          >
            <span className="@max-[22.75rem]:sr-only">vs best</span>
          </th>
          {books.map(({ name, isOwn, isStale }) => (
            <th
              key={name}
              scope="col"
              className={cn(headClasses, isOwn && 'text-accent')}
              title={isStale ? `${name} is silent: its prices are old` : name}
            >
              <span className="flex items-center justify-end gap-1">
                {isStale && <ClockAlert aria-hidden className="size-3 shrink-0 text-elevated-ink" />}
                <bdi className={cn('truncate', isStale && 'italic')}>
                  {name}
                  {isOwn && <span className="sr-only">, own book</span>}
                  {isStale && <span className="sr-only">, silent, its prices are old</span>}
                </bdi>
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <Spacer heightPx={before} columns={columns} />
      {shown.map(({ index, key }) => {
        const event = events[index];
        return event && <BoardBlock key={key} event={event} books={books} />;
      })}
      <Spacer heightPx={after} columns={columns} />
    </table>
  );
}
