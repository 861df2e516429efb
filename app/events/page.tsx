import type { SearchParams } from 'nuqs/server';
import { EventBoard } from '../../components/events/event-board.tsx';
import { PageTitle } from '../../components/frame/page-title.tsx';
import { loadEventView } from '../../hooks/event-view.ts';
import { Prefetched } from '../prefetched.tsx';
import { serverQueries } from '../server-queries.ts';

export default async function EventsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { q } = await loadEventView(searchParams);
  return (
    <Prefetched load={(client) => [client.prefetchInfiniteQuery(serverQueries.events(q.trim()))]}>
      <PageTitle>Odds Comparison</PageTitle>
      <EventBoard />
    </Prefetched>
  );
}
