import Link from 'next/link';
import type { EventSummary } from '../../contracts/event.ts';
import { Age, Countdown } from '../time/age.tsx';
import { Clock } from '../time/clock.tsx';
import { cn } from '../ui/class-names.ts';
import { AlertCount } from './alert-count.tsx';
import { Teams } from './teams.tsx';

const cell = 'px-2 py-2 compact:py-0.5 first:pl-4 last:pr-4 @2xl:first:pl-6 @2xl:last:pr-6';
const wideOnly = 'hidden @2xl:table-cell';

/** One line an event: when, who, how many books price it, how fresh, how many alerts. */
export function EventTable({ events }: { readonly events: readonly EventSummary[] }) {
  return (
    <table className="w-full table-fixed">
      <caption className="sr-only">Events ahead by kickoff</caption>
      <thead>
        <tr className="text-left text-quiet text-secondary [&>th]:font-medium">
          <th scope="col" className={cn(cell, 'w-26 @2xl:w-40')}>
            Kickoff
          </th>
          <th scope="col" className={cn(cell, '@2xl:pl-6')}>
            Event
          </th>
          <th scope="col" className={cn(cell, wideOnly, 'w-20 text-right')}>
            Books
          </th>
          <th scope="col" className={cn(cell, wideOnly, 'w-28 text-right whitespace-nowrap')}>
            Last price
          </th>
          <th scope="col" className={cn(cell, 'w-24 text-right @2xl:w-32')}>
            Alerts
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.id} className="border-t last:border-b hover:bg-hover">
            <td className={cn(cell, 'align-top @2xl:whitespace-nowrap')}>
              <Countdown kickoff={event.kickoff} className="block" />
              <span className="text-quiet text-secondary *:whitespace-normal">
                <Clock at={event.kickoff} />
              </span>
            </td>
            <td className={cn(cell, '@2xl:pl-6')}>
              <Link href={`/events/${event.id}`} className="block hover:underline">
                <Teams event={event} />
              </Link>
              <span className="block truncate text-quiet text-secondary">
                <bdi>{event.league}</bdi> · <bdi>{event.country}</bdi>
              </span>
            </td>
            <td className={cn(cell, wideOnly, 'text-right')}>{event.bookmakers}</td>
            <td className={cn(cell, wideOnly, 'text-right text-secondary')}>
              {event.lastPriceAt === null ? '–' : <Age at={event.lastPriceAt} />}
            </td>
            <td className={cn(cell, 'text-right whitespace-nowrap')}>
              <AlertCount event={event} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
