import { useQuery } from '@tanstack/react-query';
import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import type { Alert } from '../../contracts/alert.ts';
import { queries } from '../../hooks/browser-api.ts';
import { failureOf } from '../../hooks/query-failure.ts';
import { Move } from '../alerts/move.tsx';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { Age } from '../time/age.tsx';
import { Button } from '../ui/button.tsx';
import { cn } from '../ui/class-names.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { SEVERITY_WORDS, selectionWords } from '../words/market-words.ts';
import { EVENT_ALERTS_QUERY } from './event-alerts-query.ts';
import { alertAddress } from './selected-alert.tsx';

type EventAlertsProps = {
  readonly eventId: number;
  readonly selected: number | null;
  /** Finds the alert's marker on the chart. */
  readonly onSelect: (alert: Alert) => void;
};

function AlertItem({
  alert,
  isSelected,
  onSelect,
}: {
  readonly alert: Alert;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}) {
  const words = `${SEVERITY_WORDS[alert.severity]}: ${selectionWords(alert)} at ${alert.bookmaker}`;
  return (
    <li aria-label={words} className="flex items-center border-t">
      <button
        type="button"
        aria-pressed={isSelected}
        title="Show on the chart"
        onClick={onSelect}
        className={cn(
          'grid min-w-0 flex-1 grid-cols-[1rem_minmax(0,1fr)_auto] items-center gap-x-3 px-2 py-1.5 text-left -outline-offset-2',
          isSelected ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <SeverityMark severity={alert.severity} className="size-3" />
        <span className="truncate">
          {selectionWords(alert)} <span className="text-secondary">· {alert.bookmaker}</span>
        </span>
        <span className="text-quiet text-secondary">{alert.status === 'new' ? '' : alert.status}</span>
        <Move alert={alert} className="col-start-2" />
        {/* As wide whatever it says: a tick moves nothing. */}
        <Age at={alert.detectedAt} className="min-w-11 text-right text-secondary" />
      </button>
      <Button asChild variant="ghost" size="iconSmall">
        <Link href={alertAddress(alert)} aria-label={`Why it fired, ${words}`} title="Why it fired">
          <ArrowUpRight />
        </Link>
      </Button>
    </li>
  );
}

/** The alerts of one event in every state, the latest first; each finds its marker, and leads to why it fired. */
export function EventAlerts({ eventId, selected, onSelect }: EventAlertsProps) {
  const query = useQuery(queries.eventAlerts(eventId, EVENT_ALERTS_QUERY));
  const alerts = query.data?.alerts;
  const failure = failureOf(query);
  return (
    <section aria-labelledby="event-alerts-heading">
      <h2 id="event-alerts-heading" className="mb-1.5 font-semibold">
        Alerts {alerts !== undefined && <span className="font-normal text-secondary">{alerts.length}</span>}
      </h2>
      {alerts === undefined && failure === null && <Skeleton className="h-4 w-48" />}
      {failure !== null && <p className="text-secondary">The alerts could not be read.</p>}
      {alerts?.length === 0 && <p className="text-secondary">None so far.</p>}
      <ul>
        {alerts?.map((alert) => (
          <AlertItem key={alert.id} alert={alert} isSelected={alert.id === selected} onSelect={() => onSelect(alert)} />
        ))}
      </ul>
    </section>
  );
}
