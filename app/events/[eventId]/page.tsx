import { notFound } from 'next/navigation';
import { EVENT_ALERTS_QUERY } from '../../../components/events/event-alerts-query.ts';
import { EventPage } from '../../../components/events/event-page.tsx';
import { errorCode } from '../../../contracts/errors.ts';
import { eventIdSchema } from '../../../contracts/ids.ts';
import { Prefetched } from '../../prefetched.tsx';
import { createQueryClient } from '../../../hooks/query-client.ts';
import { serverQueries } from '../../server-queries.ts';

/** Whether the API says that there is no such event; while it says nothing, the page itself tells. */
async function isUnknown(id: number): Promise<boolean> {
  const client = createQueryClient();
  return client.fetchQuery(serverQueries.event(id)).then(
    () => false,
    (error: unknown) => errorCode(error) === 'not_found',
  );
}

export default async function EventRoute({ params }: { readonly params: Promise<{ readonly eventId: string }> }) {
  const id = eventIdSchema.safeParse(Number((await params).eventId));
  // Before anything is sent, so that the answer's status says it too.
  if (!id.success || (await isUnknown(id.data))) notFound();
  return (
    <Prefetched
      load={(client) => [
        client.prefetchQuery(serverQueries.event(id.data)),
        client.prefetchQuery(serverQueries.eventOdds(id.data)),
        client.prefetchQuery(serverQueries.eventAlerts(id.data, EVENT_ALERTS_QUERY)),
      ]}
    >
      <EventPage eventId={id.data} />
    </Prefetched>
  );
}
