import type { SearchParams } from 'nuqs/server';
import { RiskDesk } from '../../components/alerts/risk-desk.tsx';
import { PageTitle } from '../../components/frame/page-title.tsx';
import { alertListQuery, loadAlertView } from '../../hooks/alert-view.ts';
import { Prefetched } from '../prefetched.tsx';
import { serverQueries } from '../server-queries.ts';

export default async function RiskMonitoringPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const view = await loadAlertView(searchParams);
  return (
    <Prefetched
      load={(client) => [
        client.prefetchInfiniteQuery(serverQueries.alerts(alertListQuery(view))),
        client.prefetchQuery(serverQueries.facets(view.tab, view)),
        client.prefetchQuery(serverQueries.settings()),
        ...(view.alert === null ? [] : [client.prefetchQuery(serverQueries.alert(view.alert))]),
      ]}
    >
      <PageTitle>Risk Monitoring</PageTitle>
      <RiskDesk />
    </Prefetched>
  );
}
