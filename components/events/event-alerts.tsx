import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { queries } from '../../hooks/browser-api.ts';
import { Move } from '../alerts/move.tsx';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { Age } from '../time/age.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { selectionWords } from '../words/market-words.ts';
import { EVENT_ALERTS_QUERY } from './event-alerts-query.ts';

/** The alerts of one event in every state, the latest first; each leads to its row on Risk Monitoring. */
export function EventAlerts({ eventId }: { readonly eventId: number }) {
  const query = useQuery(queries.eventAlerts(eventId, EVENT_ALERTS_QUERY));
  const alerts = query.data?.alerts;
  return (
    <section aria-labelledby="event-alerts-heading">
      <h2 id="event-alerts-heading" className="mb-1.5 font-semibold">
        Alerts {alerts !== undefined && <span className="font-normal text-secondary">{alerts.length}</span>}
      </h2>
      {alerts === undefined && query.error === null && <Skeleton className="h-4 w-48" />}
      {query.error !== null && <p className="text-secondary">The alerts could not be read.</p>}
      {alerts?.length === 0 && <p className="text-secondary">None so far.</p>}
      <ul>
        {alerts?.map((alert) => (
          <li key={alert.id} className="border-t">
            <Link
              href={`/risk-monitoring?tab=${alert.status}&eventId=${alert.eventId}&alert=${alert.id}`}
              className="grid grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 py-1.5 hover:bg-hover"
            >
              <SeverityMark severity={alert.severity} className="size-3" />
              <span className="truncate">
                {selectionWords(alert)} <span className="text-secondary">· {alert.bookmaker}</span>
              </span>
              <span className="text-quiet text-secondary">{alert.status === 'new' ? '' : alert.status}</span>
              <Move alert={alert} className="col-start-2" />
              <Age at={alert.detectedAt} className="text-right text-secondary" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
