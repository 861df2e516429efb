import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { MAX_ALERTS_PER_PAGE, MAX_EVENTS_PER_PAGE } from '../contracts/limits.ts';
import type { AlertFilter } from '../contracts/alert-query.ts';
import type { AlertStatus } from '../contracts/alert.ts';
import type { OddsBoardQueryInput } from '../contracts/odds-board.ts';
import type { ApiClient } from './api-client.ts';
import { type AlertListQuery, type AlertNarrowing, alertFilter, movesWithClock } from './alert-view.ts';
import { type PriceHistory, type Selection, extendHistory, toPriceHistory } from './price-history.ts';

export const ALERTS_PER_PAGE = 100;
/** Above zero, so that a browser does not fetch again what the server has just put into the HTML. */
const FRESH_MS = 60_000;
/** The desk's clock and feeds move without any message; this often they are read again. */
const DESK_REFETCH_MS = 15_000;
const MIN_REFETCH_MS = 1_000;
const HISTORY_REFETCH_MS = 60_000;

/** All that carries a watermark lies under `live`: one invalidation brings a whole tab level. */
export const liveKey = ['live'] as const;
export const deskKey = [...liveKey, 'desk'] as const;
export const settingsKey = [...liveKey, 'settings', 'in force'] as const;
export const alertListsKey = [...liveKey, 'alerts', 'list'] as const;
export const eventsKey = [...liveKey, 'events'] as const;
export const eventOddsKey = (id: number) => [...eventsKey, id, 'odds'] as const;
export const eventHistoryKey = (id: number) => [...eventsKey, id, 'history'] as const;

/**
 * Milliseconds until the desk is read again. Counted from when it was read: what messages write into it meanwhile would
 * otherwise put it off, on a desk whose prices move all the time for ever.
 */
const untilNextRead = (readAtMs: number): number =>
  Math.min(Math.max(readAtMs + DESK_REFETCH_MS - Date.now(), MIN_REFETCH_MS), DESK_REFETCH_MS);

/** A list read page by page, each from where the one before ended. What was shown stays until the next answer. */
const PAGED = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { readonly nextCursor: string | null }) => page.nextCursor,
  staleTime: FRESH_MS,
  placeholderData: keepPreviousData,
};
const after = (cursor: string | null) => (cursor === null ? {} : { cursor });

/**
 * Every query of the desk over one API client. Keys and answers are the same on server and browser,
 * whatever the client's transport.
 */
export function createQueries(api: ApiClient) {
  return {
    desk: () =>
      queryOptions({
        queryKey: deskKey,
        queryFn: ({ signal }) => api.desk(signal),
        staleTime: FRESH_MS,
        refetchInterval: ({ state }) => untilNextRead(Math.max(state.dataUpdatedAt, state.errorUpdatedAt)),
      }),

    alerts: (query: AlertListQuery) =>
      infiniteQueryOptions({
        queryKey: [...alertListsKey, query],
        queryFn: ({ pageParam, signal }) =>
          api.alerts({ ...query, limit: ALERTS_PER_PAGE, ...after(pageParam) }, signal),
        refetchInterval: movesWithClock(query) ? DESK_REFETCH_MS : false,
        ...PAGED,
      }),

    /** Up to a page of one event's alerts: a group whose rest is not on the loaded pages. */
    eventAlerts: (eventId: number, query: AlertListQuery) =>
      queryOptions({
        queryKey: [...liveKey, 'alerts', 'event', eventId, query],
        queryFn: ({ signal }) => api.alerts({ ...query, eventId: [eventId], limit: MAX_ALERTS_PER_PAGE }, signal),
        staleTime: FRESH_MS,
        placeholderData: keepPreviousData,
      }),

    /** All of an open event's alerts, page by page: a group whose rest is not on the loaded pages of the list. */
    groupAlerts: (eventId: number, query: AlertListQuery) =>
      infiniteQueryOptions({
        queryKey: [...liveKey, 'alerts', 'group', eventId, query],
        queryFn: ({ pageParam, signal }) =>
          api.alerts({ ...query, eventId: [eventId], limit: MAX_ALERTS_PER_PAGE, ...after(pageParam) }, signal),
        ...PAGED,
      }),

    /** What changed after a watermark: what became of the rows that a held list still shows. */
    changes: (since: number, epoch: string) =>
      queryOptions({
        queryKey: [...liveKey, 'alerts', 'changes', epoch, since],
        queryFn: ({ signal }) => api.alertChanges({ seq: since, epoch }, signal),
        staleTime: FRESH_MS,
      }),

    /** How many alerts of a tab each value of a filter would leave, under the narrowing in force. */
    facets: (status: AlertStatus, narrowing: AlertNarrowing) => {
      const filter: AlertFilter = { status: [status], ...alertFilter(narrowing) };
      return queryOptions({
        queryKey: [...liveKey, 'alerts', 'facets', filter],
        queryFn: ({ signal }) => api.alertFacets(filter, signal),
        staleTime: FRESH_MS,
        refetchInterval: movesWithClock(filter) ? DESK_REFETCH_MS : false,
        placeholderData: keepPreviousData,
      });
    },

    alert: (id: number) =>
      queryOptions({
        queryKey: [...liveKey, 'alerts', 'one', id],
        queryFn: ({ signal }) => api.alert(id, signal),
        staleTime: FRESH_MS,
      }),

    events: (words = '') =>
      infiniteQueryOptions({
        queryKey: [...eventsKey, 'list', words],
        queryFn: ({ pageParam, signal }) =>
          api.events(
            { limit: MAX_EVENTS_PER_PAGE, ...(words === '' ? {} : { q: words }), ...after(pageParam) },
            signal,
          ),
        ...PAGED,
      }),

    oddsBoard: (query: OddsBoardQueryInput) =>
      infiniteQueryOptions({
        queryKey: [...eventsKey, 'list', 'board', query],
        queryFn: ({ pageParam, signal }) => api.oddsBoard({ ...query, ...after(pageParam) }, signal),
        ...PAGED,
      }),

    event: (id: number) =>
      queryOptions({
        queryKey: [...eventsKey, id, 'summary'],
        queryFn: ({ signal }) => api.event(id, signal),
        staleTime: FRESH_MS,
      }),

    eventOdds: (id: number) =>
      queryOptions({
        queryKey: eventOddsKey(id),
        queryFn: ({ signal }) => api.eventOdds(id, signal),
        staleTime: FRESH_MS,
      }),

    mutes: () =>
      queryOptions({
        queryKey: [...liveKey, 'mutes'],
        queryFn: ({ signal }) => api.mutes(signal),
        staleTime: FRESH_MS,
      }),

    /** One outcome over time. Once read, only what was stored since is fetched and joined to it. */
    eventHistory: (id: number, { market, line, outcome }: Selection) =>
      queryOptions({
        queryKey: [...eventHistoryKey(id), market, line, outcome],
        queryFn: async ({ client, queryKey, signal }): Promise<PriceHistory> => {
          const asked = { market, outcome, ...(line === null ? {} : { line }) };
          const known = client.getQueryData<PriceHistory>(queryKey);
          if (known !== undefined) {
            const tail = await api.eventHistory(id, { ...asked, after: known.head }, signal);
            // Another life of the database has other heads.
            if (tail.epoch === known.epoch) return extendHistory(known, tail);
          }
          return toPriceHistory(await api.eventHistory(id, asked, signal));
        },
        staleTime: FRESH_MS,
        // A price that stands still is told by nobody; that its book is still heard of is read now and then.
        refetchInterval: HISTORY_REFETCH_MS,
        // Thousands of points, of which only the last ones are new: comparing them all would cost more than drawing.
        structuralSharing: false,
      }),

    /** The views of the desk with their counts, which may move with the clock. */
    views: () =>
      queryOptions({
        queryKey: [...liveKey, 'views'],
        queryFn: ({ signal }) => api.views(signal),
        staleTime: FRESH_MS,
        refetchInterval: DESK_REFETCH_MS,
      }),

    settings: () =>
      queryOptions({
        queryKey: settingsKey,
        queryFn: ({ signal }) => api.settings(signal),
        staleTime: FRESH_MS,
      }),
  };
}
