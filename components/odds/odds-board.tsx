'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarX2, SearchX } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useRef } from 'react';
import type { BoardLeague } from '../../contracts/odds-board.ts';
import { queries } from '../../hooks/browser-api.ts';
import { failureOf } from '../../hooks/query-failure.ts';
import { type OddsView, isBoardNarrowed, oddsBoardQuery, oddsViewParsers } from '../../hooks/odds-view.ts';
import { SearchField } from '../alerts/search-field.tsx';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Notice } from '../states/notice.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BoardFilters } from './board-filters.tsx';
import { BoardTable } from './board-table.tsx';

const NO_LEAGUES: readonly BoardLeague[] = [];

function BoardSkeleton() {
  return (
    <output aria-label="Loading prices" className="flex flex-col">
      {[0, 1, 2, 3, 4].map((block) => (
        <div key={block} className="flex flex-col gap-3 border-t px-4 py-4 @2xl:px-6">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-full" />
        </div>
      ))}
    </output>
  );
}

function NothingAhead({ isNarrowed, onClear }: { readonly isNarrowed: boolean; readonly onClear: () => void }) {
  if (!isNarrowed) {
    return (
      <Notice icon={<CalendarX2 />} title="No events ahead">
        Events stand here from their first price until kickoff.
      </Notice>
    );
  }
  return (
    <Notice icon={<SearchX />} title="Nothing matches" action={<Button onClick={onClear}>Clear the filters</Button>}>
      No event ahead fits all that is chosen.
    </Notice>
  );
}

/** Odds Comparison: one market of every match ahead, all books beside each other. Its whole state is its address. */
export function OddsBoard() {
  const [view, setView] = useQueryStates(oddsViewParsers, { history: 'push' });
  const query = useInfiniteQuery(queries.oddsBoard(oddsBoardQuery(view)));
  const scroller = useRef<HTMLDivElement>(null);
  const change = useCallback((part: Partial<OddsView>) => void setView(part), [setView]); // resolves when the address is written
  const search = useCallback((q: string) => change({ q }), [change]);
  const failure = failureOf(query);
  const events = useMemo(() => query.data?.pages.flatMap((page) => page.events), [query.data]);
  const leagues = query.data?.pages[0]?.leagues ?? NO_LEAGUES;
  const clear = () => change({ league: [], country: [], kickoff: null, q: '' });

  return (
    <div className="@container flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-1.5 gap-y-3 px-4 pt-3 pb-3 @2xl:px-6 @2xl:pt-4.5">
        <header className="flex min-h-8 grow items-center gap-4 @2xl:min-h-0 @2xl:w-full @2xl:items-baseline">
          <h1 className="text-title font-semibold tracking-tight">Odds Comparison</h1>
          <p className="hidden text-secondary @lg:block">
            {events &&
              `${events.length}${query.hasNextPage ? '+' : ''} ${events.length === 1 ? 'event' : 'events'} by kickoff`}
          </p>
          {/* No higher than the heading: nothing moves when it comes. */}
          {isBoardNarrowed(view) && (
            <Button variant="ghost" className="-my-1 ml-auto self-center" onClick={clear}>
              Clear
            </Button>
          )}
        </header>
        {/* First in the bar, as on Risk Monitoring; a phone's bar has no room for it, but its heading has. */}
        <SearchField value={view.q} onCommit={search} className="w-24 grow max-w-40 @2xl:max-w-32" />
        <BoardFilters view={view} leagues={leagues} onChange={change} />
      </div>
      <section
        ref={scroller}
        aria-label="Prices"
        aria-busy={query.isPlaceholderData}
        // What scrolls must be reachable by keyboard, also where nothing in it takes the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="scroll-quiet under-toasts flex min-h-0 flex-1 flex-col overflow-auto border-t -outline-offset-2"
      >
        {events === undefined && failure === null && <BoardSkeleton />}
        {failure !== null && (
          <Failure
            title="The prices could not be read"
            reason={reasonOf(failure)}
            onRetry={() => void query.refetch()}
          />
        )}
        {events?.length === 0 && <NothingAhead isNarrowed={isBoardNarrowed(view)} onClear={clear} />}
        {events !== undefined && events.length > 0 && <BoardTable events={events} scroller={scroller} />}
        {query.hasNextPage && (
          <div className="sticky left-0 flex justify-center py-4">
            <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
              {query.isFetchingNextPage ? 'Loading more' : 'Load more'}
            </Button>
          </div>
        )}
      </section>
    </div>
  );
}
