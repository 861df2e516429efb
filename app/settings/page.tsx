import { PageTitle } from '../../components/frame/page-title.tsx';
import { SettingsPage } from '../../components/settings/settings-page.tsx';
import { Prefetched } from '../prefetched.tsx';
import { serverQueries } from '../server-queries.ts';

export default function SettingsRoute() {
  return (
    <Prefetched load={(client) => [client.prefetchQuery(serverQueries.settings())]}>
      <PageTitle>Settings</PageTitle>
      <SettingsPage />
    </Prefetched>
  );
}
