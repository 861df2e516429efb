import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { Alert, AlertCounts, AlertStatus } from '../contracts/alert.ts';
import type { AlertList } from '../contracts/alert-query.ts';
import type { EventId } from '../contracts/ids.ts';
import { type PendingAcknowledgements, acknowledging, withoutPending } from './acknowledging.ts';
import { type AlertGroup, groupByEvent, withWholeGroup } from './alert-groups.ts';
import { type AlertView, alertListQuery } from './alert-view.ts';
import { queries } from './browser-api.ts';
import { failureOf } from './query-failure.ts';

export const usePendingAcknowledgements = () =>
  useSyncExternalStore(acknowledging.subscribe, acknowledging.getSnapshot, acknowledging.getServerSnapshot);

/** The rest of something that is loaded page by page. */
export type More = {
  readonly isLoading: boolean;
  /** The last page that was asked for did not come. */
  readonly hasFailed: boolean;
  readonly load: () => void;
};

/** An event of the list whose alerts are loaded by themselves: how many there are, and the rest of them. */
export type OpenGroup = { readonly eventId: EventId; readonly total: number; readonly more: More | null };

export type AlertListState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error; readonly retry: () => void }
  | {
      readonly kind: 'shown';
      readonly groups: readonly AlertGroup[];
      /** The alerts of the loaded pages, in the order of the list. */
      readonly alerts: readonly Alert[];
      readonly counts: AlertCounts;
      readonly epoch: string;
      readonly seq: number;
      /** `other_view`: still the rows of the view before. `not_refreshed`: the last refetch failed. Both say so. */
      readonly standing: 'current' | 'other_view' | 'not_refreshed';
      /** Null where the list is loaded to its end. */
      readonly more: More | null;
      readonly open: OpenGroup | null;
    };

type Paged = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
};

function useMore({ hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage }: Paged): More | null {
  return useMemo(
    () =>
      hasNextPage
        ? {
            isLoading: isFetchingNextPage,
            hasFailed: isFetchNextPageError,
            load: () => void fetchNextPage(), // a failing page surfaces in the query
          }
        : null,
    [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage],
  );
}

/** The loaded pages as one list as old as its first page, without what this tab has acknowledged; null before the first. */
function joined(pages: readonly AlertList[] | undefined, tab: AlertStatus, pending: PendingAcknowledgements) {
  const first = pages?.[0];
  if (pages === undefined || first === undefined) return null;
  const { epoch, seq } = first;
  const list = { ...first, alerts: pages.flatMap((page) => page.alerts) };
  const { alerts, counts } = tab === 'new' ? withoutPending(list, pending) : list;
  return { alerts, counts, epoch, seq };
}

/** The open event in full, when the list may hold only a part of it; null where it is not wanted or not known. */
function useOpenGroup(view: AlertView, { isWanted }: { readonly isWanted: boolean }) {
  const pending = usePendingAcknowledgements();
  const isEnabled = isWanted && view.eventId !== null;
  const query = useInfiniteQuery({
    ...queries.groupAlerts(view.eventId ?? 0, alertListQuery(view)),
    enabled: isEnabled,
  });
  const { data, hasNextPage } = query;
  const known = useMemo(() => {
    const list = isEnabled ? joined(data?.pages, view.tab, pending) : null;
    if (list === null) return null;
    const groups = groupByEvent(list.alerts, { isPartial: hasNextPage });
    // Until the answer is there the query still shows the event before.
    const group = groups.find(({ eventId }) => eventId === view.eventId);
    return group === undefined ? null : { group, total: list.counts[view.tab] };
  }, [data, hasNextPage, isEnabled, pending, view.eventId, view.tab]);
  const more = useMore(query);
  return useMemo(() => (known === null ? null : { ...known, more }), [known, more]);
}

/** The groups of a view, as known now: last known data stays until newer has come. The same object while they do. */
export function useAlertList(view: AlertView): AlertListState {
  const query = useInfiniteQuery(queries.alerts(alertListQuery(view)));
  const pending = usePendingAcknowledgements();
  const { data } = query;

  const shown = useMemo(() => {
    const list = joined(data?.pages, view.tab, pending);
    return list && { ...list, groups: groupByEvent(list.alerts, { isPartial: query.hasNextPage }) };
  }, [data, pending, query.hasNextPage, view.tab]);
  const open = useOpenGroup(view, { isWanted: query.hasNextPage });
  const whole = open?.group ?? null;
  const groups = useMemo(
    () => (shown === null || whole === null ? shown?.groups : withWholeGroup(shown.groups, whole)),
    [shown, whole],
  );

  const more = useMore(query);
  const standing = query.isPlaceholderData ? 'other_view' : query.isRefetchError ? 'not_refreshed' : 'current';
  const failure = failureOf(query);
  const { refetch } = query;
  return useMemo((): AlertListState => {
    if (shown !== null && groups !== undefined) {
      const openGroup = open === null ? null : { eventId: open.group.eventId, total: open.total, more: open.more };
      return { kind: 'shown', ...shown, groups, standing, more, open: openGroup };
    }
    if (failure !== null) return { kind: 'failed', error: failure, retry: () => void refetch() };
    return { kind: 'loading' };
  }, [shown, groups, standing, more, open, failure, refetch]);
}
