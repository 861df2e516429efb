import {
  createLoader,
  createParser,
  parseAsArrayOf,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import type { AlertFilter, AlertSort } from '../contracts/alert-query.ts';
import { MAX_WINDOW_MINUTES } from '../contracts/alert-windows.ts';
import { ALERT_SORTS, ALERT_STATUSES, ALERT_TYPES, SEVERITIES } from '../contracts/alert-words.ts';
import { MARKETS } from '../contracts/market.ts';

/** An instant of ISO 8601, kept as UTC; anything else is nonsense. */
const parseAsInstant = createParser({
  parse(text) {
    const atMs = Date.parse(text);
    return Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
  },
  serialize: (instant: string) => instant,
});

/** Minutes from now, as many as the API takes. */
const parseAsMinutes = createParser({
  parse(text) {
    const minutes = Number(text);
    return Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_WINDOW_MINUTES ? minutes : null;
  },
  serialize: String,
});

/** Everything that Risk Monitoring keeps in its address. */
export const alertViewParsers = {
  tab: parseAsStringLiteral(ALERT_STATUSES).withDefault('new'),
  severity: parseAsArrayOf(parseAsStringLiteral(SEVERITIES)).withDefault([]),
  type: parseAsArrayOf(parseAsStringLiteral(ALERT_TYPES)).withDefault([]),
  bookmaker: parseAsArrayOf(parseAsString).withDefault([]),
  market: parseAsArrayOf(parseAsStringLiteral(MARKETS)).withDefault([]),
  league: parseAsArrayOf(parseAsString).withDefault([]),
  country: parseAsArrayOf(parseAsString).withDefault([]),
  sport: parseAsArrayOf(parseAsString).withDefault([]),
  /** Windows that move along with the clock, in minutes from now. */
  kickoffWithin: parseAsMinutes,
  detectedWithin: parseAsMinutes,
  kickoffFrom: parseAsInstant,
  kickoffTo: parseAsInstant,
  from: parseAsInstant,
  to: parseAsInstant,
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
export type AlertNarrowing = Omit<AlertView, 'tab' | 'sort' | 'alert' | 'eventId'>;

/** Every alert of a tab. */
export const NOTHING_NARROWED: AlertNarrowing = {
  severity: [],
  type: [],
  bookmaker: [],
  market: [],
  league: [],
  country: [],
  sport: [],
  kickoffWithin: null,
  detectedWithin: null,
  kickoffFrom: null,
  kickoffTo: null,
  from: null,
  to: null,
  muted: null,
  q: '',
};

export type AlertListQuery = AlertFilter & { readonly sort?: AlertSort };

const some = <Name extends string, Item>(name: Name, items: readonly Item[]) =>
  items.length === 0 ? {} : { [name]: [...items] };

const given = <Name extends string, Value>(name: Name, value: Value | null) =>
  value === null ? {} : { [name]: value };

/** The filter of a narrowing as the API takes it; what is not narrowed is left out. */
export function alertFilter(narrowing: AlertNarrowing): AlertFilter {
  const words = narrowing.q.trim();
  return {
    ...some('severity', narrowing.severity),
    ...some('type', narrowing.type),
    ...some('bookmaker', narrowing.bookmaker),
    ...some('market', narrowing.market),
    ...some('league', narrowing.league),
    ...some('country', narrowing.country),
    ...some('sport', narrowing.sport),
    ...given('kickoffWithin', narrowing.kickoffWithin),
    ...given('detectedWithin', narrowing.detectedWithin),
    ...given('kickoffFrom', narrowing.kickoffFrom),
    ...given('kickoffTo', narrowing.kickoffTo),
    ...given('from', narrowing.from),
    ...given('to', narrowing.to),
    ...given('muted', narrowing.muted),
    ...(words === '' ? {} : { q: words }),
  };
}

/** The list that a view shows: the same object shape on server and browser, as it becomes the cache key. */
export function alertListQuery(view: AlertView): AlertListQuery {
  return { status: [view.tab], ...alertFilter(view), sort: view.sort };
}

export const isNarrowed = (view: AlertNarrowing): boolean => Object.keys(alertFilter(view)).length > 0;

/** Whether the clock alone changes which alerts match. */
export const movesWithClock = (filter: AlertFilter): boolean =>
  filter.kickoffWithin !== undefined || filter.detectedWithin !== undefined;

/** The filter of a view as the query string of the API: every value by itself, as a name may hold a comma. */
export function filterQueryString(view: AlertView): string {
  const { sort: _sort, ...filter } = alertListQuery(view);
  const pairs = Object.entries(filter).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)]));
  return new URLSearchParams(pairs).toString();
}

/** The narrowing that a filter of the API stands for, to be put into the address; its status and events are no part of it. */
export function narrowingOf({ status: _status, eventId: _events, ...filter }: AlertFilter): AlertNarrowing {
  const named = Object.entries(filter).filter(([, value]) => value !== undefined);
  return { ...NOTHING_NARROWED, ...(Object.fromEntries(named) as Partial<AlertNarrowing>) };
}

/** Whether two filters ask for the same alerts, in whatever order they name their values. */
export function isSameFilter(a: AlertFilter, b: AlertFilter): boolean {
  const spelled = (filter: AlertFilter): string =>
    JSON.stringify(alertFilter(narrowingOf(filter)), (_name, value: unknown) =>
      Array.isArray(value) ? value.toSorted() : value,
    );
  return spelled(a) === spelled(b);
}
