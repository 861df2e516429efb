import {
  createLoader,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import type { AlertFilter, AlertSort } from '../contracts/alert-query.ts';
import { ALERT_SORTS, ALERT_STATUSES, ALERT_TYPES, SEVERITIES } from '../contracts/alert-words.ts';

/** Everything that Risk Monitoring keeps in its address. */
export const alertViewParsers = {
  tab: parseAsStringLiteral(ALERT_STATUSES).withDefault('new'),
  severity: parseAsArrayOf(parseAsStringLiteral(SEVERITIES)).withDefault([]),
  type: parseAsArrayOf(parseAsStringLiteral(ALERT_TYPES)).withDefault([]),
  bookmaker: parseAsArrayOf(parseAsString).withDefault([]),
  league: parseAsArrayOf(parseAsString).withDefault([]),
  /** Only what is muted, or only what is not; left out, a muted alert is not new. */
  muted: parseAsBoolean,
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(ALERT_SORTS).withDefault('detected'),
  alert: parseAsInteger,
  eventId: parseAsInteger,
};

/** Reads a page's `searchParams` on the server exactly as the browser will. */
export const loadAlertView = createLoader(alertViewParsers);
export type AlertView = Awaited<ReturnType<typeof loadAlertView>>;

/** What of the view decides which alerts there are, whatever tab and order. */
export type AlertNarrowing = Pick<AlertView, 'severity' | 'type' | 'bookmaker' | 'league' | 'muted' | 'q'>;

export type AlertListQuery = AlertFilter & { readonly sort?: AlertSort };

const some = <Name extends string, Item>(name: Name, items: readonly Item[]) =>
  items.length === 0 ? {} : { [name]: [...items] };

/** The filter of a narrowing as the API takes it; what is not narrowed is left out. */
export function alertFilter(narrowing: AlertNarrowing): AlertFilter {
  const words = narrowing.q.trim();
  return {
    ...some('severity', narrowing.severity),
    ...some('type', narrowing.type),
    ...some('bookmaker', narrowing.bookmaker),
    ...some('league', narrowing.league),
    ...(narrowing.muted === null ? {} : { muted: narrowing.muted }),
    ...(words === '' ? {} : { q: words }),
  };
}

/** The list that a view shows: the same object shape on server and browser, as it becomes the cache key. */
export function alertListQuery(view: AlertView): AlertListQuery {
  return { status: [view.tab], ...alertFilter(view), sort: view.sort };
}

export const isNarrowed = (view: AlertNarrowing): boolean => Object.keys(alertFilter(view)).length > 0;
