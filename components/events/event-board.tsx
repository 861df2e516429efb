'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarX2, SearchX } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { queries } from '../../hooks/browser-api.ts';
import { eventViewParsers } from '../../hooks/event-view.ts';
import { SearchField } from '../alerts/search-field.tsx';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Notice } from '../states/notice.tsx';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { EventTable } from './event-table.tsx';

function BoardSkeleton() {
  return (
    <output aria-label="Loading events" className="flex flex-col">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} className="border-b px-4 py-4 @2xl:px-6">
          <Skeleton className="h-4 w-2/5" />
        </div>
      ))}
    </output>
  );
}

/** Odds Comparison in its first form: the events ahead by kickoff, and what is known of each. */
export function EventBoard() {
  const [{ q }, setView] = useQueryStates(eventViewParsers, { history: 'push' });
  const query = useInfiniteQuery(queries.events(q.trim()));
  const search = useCallback((words: string) => void setView({ q: words }), [setView]); // resolves when the address is written
  const events = query.data?.pages.flatMap((page) => page.events);

  return (
    <div className="@container flex h-full flex-col">
      <header className="flex shrink-0 items-center gap-4 border-b px-4 pt-3.5 pb-3 @2xl:px-6 @2xl:pt-4.5">
        <h1 className="text-title font-semibold tracking-tight">Odds Comparison</h1>
        <p className="hidden text-secondary @lg:block">
          {events &&
            `${events.length}${query.hasNextPage ? '+' : ''} ${events.length === 1 ? 'event' : 'events'} by kickoff`}
        </p>
        <div className="ml-auto">
          <SearchField value={q} onCommit={search} />
        </div>
      </header>
      <div className="scroll-quiet flex min-h-0 flex-1 flex-col overflow-y-auto">
        {events === undefined && query.error === null && <BoardSkeleton />}
        {events === undefined && query.error !== null && (
          <Failure
            title="The events could not be read"
            reason={reasonOf(query.error)}
            onRetry={() => void query.refetch()}
          />
        )}
        {events?.length === 0 &&
          (q === '' ? (
            <Notice icon={<CalendarX2 />} title="No events ahead">
              Events stand here from their first price until kickoff.
            </Notice>
          ) : (
            <Notice
              icon={<SearchX />}
              title="Nothing matches"
              action={<Button onClick={() => search('')}>Clear the search</Button>}
            >
              No event ahead fits “{q}”.
            </Notice>
          ))}
        {events !== undefined && events.length > 0 && <EventTable events={events} />}
        {query.hasNextPage && (
          <div className="flex justify-center py-4">
            <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
              {query.isFetchingNextPage ? 'Loading more' : 'Load more'}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
