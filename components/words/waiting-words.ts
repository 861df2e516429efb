import type { Waiting } from '../../hooks/held-list.ts';

const grouped = new Intl.NumberFormat('en-GB');
const counted = (count: number, noun: string): string => `${grouped.format(count)} ${noun}${count === 1 ? '' : 's'}`;

/** `3 new alerts in 2 events`. */
export const waitingWords = ({ alerts, events }: Pick<Waiting, 'alerts' | 'events'>): string =>
  `${counted(alerts, 'new alert')} in ${counted(events, 'event')}`;

/** `7 events, 18 alerts`; `100 of 4,812 alerts` while the rest of them is not loaded. */
export function listedWords({
  events,
  alerts,
  total,
}: Readonly<Record<'events' | 'alerts' | 'total', number>>): string {
  if (alerts < total) return `${grouped.format(alerts)} of ${counted(total, 'alert')}`;
  return `${counted(events, 'event')}, ${counted(alerts, 'alert')}`;
}

/** `5 selected`. */
export const selectedWords = (count: number): string => `${grouped.format(count)} selected`;
