'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, FileQuestionMark } from 'lucide-react';
import Link from 'next/link';
import { errorCode } from '../../contracts/errors.ts';
import type { EventSummary } from '../../contracts/event.ts';
import { queries } from '../../hooks/browser-api.ts';
import { failureOf } from '../../hooks/query-failure.ts';
import { PageTitle } from '../frame/page-title.tsx';
import { Failure, reasonOf } from '../states/failure.tsx';
import { Notice } from '../states/notice.tsx';
import { Countdown } from '../time/age.tsx';
import { Clock } from '../time/clock.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { AlertCount } from './alert-count.tsx';
import { EventAlerts } from './event-alerts.tsx';
import { EventChart } from './event-chart.tsx';
import { MarketTable } from './market-table.tsx';
import { type EventChartState, useEventChart } from './use-event-chart.ts';

type PricesProps = {
  readonly eventId: number;
  readonly chart: EventChartState;
  /** The market that the page opened on, or the rest: on a phone the alerts stand between. */
  readonly part: 'first' | 'others';
};

function Prices({ eventId, chart, part }: PricesProps) {
  const query = useQuery(queries.eventOdds(eventId));
  const [first, ...others] = chart.markets;
  if (part === 'others') {
    return others.map((market) => <MarketTable key={market.key} market={market} chart={chart} />);
  }
  if (query.data === undefined) {
    const failure = failureOf(query);
    if (failure === null) return <Skeleton className="h-40 w-full" />;
    return (
      <Failure title="The prices could not be read" reason={reasonOf(failure)} onRetry={() => void query.refetch()} />
    );
  }
  if (first === undefined) return <p className="text-secondary">No book has priced this event yet.</p>;
  return <MarketTable market={first} chart={chart} />;
}

function EventHeader({ event }: { readonly event: EventSummary | undefined }) {
  return (
    <header className="shrink-0 border-b px-4 pt-3.5 pb-3 @2xl:px-6 @2xl:pt-4.5">
      <PageTitle>{event === undefined ? 'Event' : `${event.home} v ${event.away}`}</PageTitle>
      <div className="flex items-center justify-between gap-4">
        <Link href="/events" className="inline-flex items-center gap-1 text-quiet text-secondary hover:text-ink">
          <ArrowLeft className="size-3.5" aria-hidden /> Odds Comparison
        </Link>
        {/* On a phone the header stays over a short page: no line is for them alone. */}
        <span className="@2xl:hidden">{event !== undefined && <AlertCount event={event} />}</span>
      </div>
      {event === undefined ? (
        <Skeleton className="mt-1 h-12 w-64" />
      ) : (
        <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-1">
          <div className="min-w-0">
            <h1 className="mt-0.5 text-title font-semibold tracking-tight">
              <bdi>{event.home}</bdi> <span className="font-normal text-secondary">v</span> <bdi>{event.away}</bdi>
            </h1>
            <p className="text-secondary">
              <bdi>{event.league}</bdi>, <bdi>{event.country}</bdi> · kickoff <Clock at={event.kickoff} />{' '}
              <Countdown kickoff={event.kickoff} prefix="in " /> ·{' '}
              <span className="whitespace-nowrap">
                {event.bookmakers} {event.bookmakers === 1 ? 'book' : 'books'}
              </span>
            </p>
          </div>
          {event.alerts.new + event.alerts.acknowledged > 0 && (
            <p className="hidden items-center gap-2 @2xl:flex">
              <span className="text-secondary">Alerts</span> <AlertCount event={event} />
            </p>
          )}
        </div>
      )}
    </header>
  );
}

/** One event: how its prices came about, what every book asks now by market and line, and its alerts. */
export function EventPage({ eventId }: { readonly eventId: number }) {
  const query = useQuery(queries.event(eventId));
  const chart = useEventChart(eventId);
  const event = query.data?.event;
  const failure = failureOf(query);
  if (failure !== null) {
    if (errorCode(failure) === 'not_found') {
      return (
        <Notice icon={<FileQuestionMark />} title="No such event">
          Event {eventId} is not stored.
        </Notice>
      );
    }
    return (
      <Failure title="The event could not be read" reason={reasonOf(failure)} onRetry={() => void query.refetch()} />
    );
  }
  return (
    <div className="@container flex h-full flex-col">
      <EventHeader event={event} />
      <div className="scroll-quiet under-toasts flex min-h-0 flex-1 flex-col gap-7 overflow-y-auto px-4 py-5 @2xl:px-6">
        {event !== undefined && <EventChart event={event} chart={chart} />}
        <div className="grid gap-x-12 gap-y-7 @4xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)] @4xl:grid-rows-[auto_1fr]">
          <div className="min-w-0">
            <h2 className="sr-only">Prices</h2>
            <Prices eventId={eventId} chart={chart} part="first" />
          </div>
          <div className="min-w-0 @4xl:col-start-2 @4xl:row-[1/span_2]">
            <EventAlerts eventId={eventId} selected={chart.view.alert} onSelect={chart.selectAlert} />
          </div>
          <div className="flex min-w-0 flex-col gap-7 @4xl:col-start-1">
            <Prices eventId={eventId} chart={chart} part="others" />
          </div>
        </div>
      </div>
    </div>
  );
}
