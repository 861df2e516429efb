import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { AlertCounts } from '../contracts/alert.ts';
import { acknowledging, withoutPending } from './acknowledging.ts';
import { type AlertGroup, groupByEvent } from './alert-groups.ts';
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
    return { groups: groupByEvent(alerts), counts };
  }, [data, pending, view.tab]);

  if (shown !== null) {
    return {
      kind: 'shown',
      ...shown,
      standing: query.isPlaceholderData ? 'other_view' : query.isRefetchError ? 'not_refreshed' : 'current',
      hasMore: query.hasNextPage,
      isLoadingMore: query.isFetchingNextPage,
      loadMore: () => void query.fetchNextPage(), // a failing page surfaces in the query
    };
  }
  if (query.error !== null) return { kind: 'failed', error: query.error, retry: () => void query.refetch() };
  return { kind: 'loading' };
}

/** All alerts of an open group: from the loaded pages where these are whole, else asked for by event. */
export function useWholeGroup(
  group: AlertGroup,
  view: AlertView,
  options: { readonly isPartial: boolean },
): AlertGroup {
  const pending = usePendingAcknowledgements();
  const { data } = useQuery({
    ...queries.eventAlerts(group.eventId, alertListQuery(view)),
    enabled: options.isPartial,
  });
  return useMemo(() => {
    if (!options.isPartial || data === undefined) return group;
    const { alerts } = view.tab === 'new' ? withoutPending(data, pending) : data;
    return groupByEvent(alerts).find(({ eventId }) => eventId === group.eventId) ?? group;
  }, [data, group, options.isPartial, pending, view.tab]);
}
