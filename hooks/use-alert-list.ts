import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { AlertCounts } from '../contracts/alert.ts';
import { acknowledging, withoutPending } from './acknowledging.ts';
import { type AlertGroup, groupByEvent, withWholeGroup } from './alert-groups.ts';
import { type AlertView, alertListQuery } from './alert-view.ts';
import { queries } from './browser-api.ts';

export const usePendingAcknowledgements = () =>
  useSyncExternalStore(acknowledging.subscribe, acknowledging.getSnapshot, acknowledging.getServerSnapshot);

export type AlertListState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error; readonly retry: () => void }
  | {
      readonly kind: 'shown';
      readonly groups: readonly AlertGroup[];
      readonly counts: AlertCounts;
      /** `other_view`: still the rows of the view before. `not_refreshed`: the last refetch failed. Both say so. */
      readonly standing: 'current' | 'other_view' | 'not_refreshed';
      readonly hasMore: boolean;
      readonly isLoadingMore: boolean;
      readonly loadMore: () => void;
    };

/** The open event in full, when the list may hold only a part of it; null where it is not wanted or not known. */
function useOpenGroup(view: AlertView, { isWanted }: { readonly isWanted: boolean }): AlertGroup | null {
  const pending = usePendingAcknowledgements();
  const isEnabled = isWanted && view.eventId !== null;
  const { data } = useQuery({ ...queries.eventAlerts(view.eventId ?? 0, alertListQuery(view)), enabled: isEnabled });
  return useMemo(() => {
    if (!isEnabled || data === undefined) return null;
    const { alerts } = view.tab === 'new' ? withoutPending(data, pending) : data;
    const groups = groupByEvent(alerts, { isPartial: data.nextCursor !== null });
    // Until the answer is there the query still shows the event before.
    return groups.find(({ eventId }) => eventId === view.eventId) ?? null;
  }, [data, isEnabled, pending, view.eventId, view.tab]);
}

/** The groups of a view, as known now: last known data stays until newer has come. */
export function useAlertList(view: AlertView): AlertListState {
  const query = useInfiniteQuery(queries.alerts(alertListQuery(view)));
  const pending = usePendingAcknowledgements();
  const { data } = query;

  const shown = useMemo(() => {
    const first = data?.pages[0];
    if (data === undefined || first === undefined) return null;
    const list = { ...first, alerts: data.pages.flatMap((page) => page.alerts) };
    const { alerts, counts } = view.tab === 'new' ? withoutPending(list, pending) : list;
    return { groups: groupByEvent(alerts, { isPartial: query.hasNextPage }), counts };
  }, [data, pending, query.hasNextPage, view.tab]);
  const whole = useOpenGroup(view, { isWanted: query.hasNextPage });

  if (shown !== null) {
    return {
      kind: 'shown',
      groups: whole === null ? shown.groups : withWholeGroup(shown.groups, whole),
      counts: shown.counts,
      standing: query.isPlaceholderData ? 'other_view' : query.isRefetchError ? 'not_refreshed' : 'current',
      hasMore: query.hasNextPage,
      isLoadingMore: query.isFetchingNextPage,
      loadMore: () => void query.fetchNextPage(), // a failing page surfaces in the query
    };
  }
  if (query.error !== null) return { kind: 'failed', error: query.error, retry: () => void query.refetch() };
  return { kind: 'loading' };
}
