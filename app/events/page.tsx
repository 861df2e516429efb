import type { SearchParams } from 'nuqs/server';
import { PageTitle } from '../../components/frame/page-title.tsx';
import { OddsBoard } from '../../components/odds/odds-board.tsx';
import { loadOddsView, oddsBoardQuery } from '../../hooks/odds-view.ts';
import { Prefetched } from '../prefetched.tsx';
import { serverQueries } from '../server-queries.ts';

export default async function EventsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const view = await loadOddsView(searchParams);
  return (
    <Prefetched load={(client) => [client.prefetchInfiniteQuery(serverQueries.oddsBoard(oddsBoardQuery(view)))]}>
      <PageTitle>Odds Comparison</PageTitle>
      <OddsBoard />
    </Prefetched>
  );
}
