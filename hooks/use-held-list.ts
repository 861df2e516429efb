import { useQuery } from '@tanstack/react-query';
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Alert } from '../contracts/alert.ts';
import type { AlertId } from '../contracts/ids.ts';
import { type AlertView, alertListQuery } from './alert-view.ts';
import { queries } from './browser-api.ts';
import {
  type HeldList,
  type Hold,
  type LiveList,
  NOTHING_WAITING,
  type ShownList,
  advanced,
  released,
  settled,
  shownList,
} from './held-list.ts';
import { type AlertListState, usePendingAcknowledgements } from './use-alert-list.ts';

/** As long as the highlight takes to fade. */
const FRESH_MS = 4_000;

export type LeftAlerts = {
  readonly has: (id: AlertId) => boolean;
  /** What became of it, where that is known. */
  readonly get: (id: AlertId) => Alert | undefined;
};

export type ListOnScreen = Omit<ShownList, 'left'> & {
  readonly left: LeftAlerts;
  readonly isHeld: boolean;
  readonly isFresh: (alert: Alert) => boolean;
  /** Shows what waits, now. */
  readonly release: () => void;
};

const NOBODY: ReadonlySet<AlertId> = new Set();

/** The list as the server has it; null while it is not known, or is still that of another view. */
function useLiveList(list: AlertListState, view: AlertView): LiveList | null {
  const known = list.kind === 'shown' && list.standing !== 'other_view' ? list : null;
  const viewKey = known === null ? '' : `${known.epoch} ${JSON.stringify(alertListQuery(view))}`;
  const hasMore = known !== null && known.more !== null;
  const { groups, alerts, seq } = known ?? {};
  return useMemo(
    () =>
      groups === undefined || alerts === undefined || seq === undefined
        ? null
        : { viewKey, seq, groups, alerts, hasMore },
    [viewKey, seq, groups, alerts, hasMore],
  );
}

/** Ends the mark of what is fresh, each change after its own time. */
function useSettling(seq: number, settle: (seq: number) => void): void {
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const { current } = timers;
    const timer = setTimeout(() => {
      current.delete(timer);
      settle(seq);
    }, FRESH_MS);
    // Not cleared with the next change: on a busy desk nothing would ever settle.
    current.add(timer);
  }, [seq, settle]);
  useEffect(() => {
    const { current } = timers;
    return () => current.forEach(clearTimeout);
  }, []);
}

/** The alerts that left the list while it was held, as they are now. Asked for only when there are any. */
function useFates(held: HeldList | null, left: ReadonlySet<AlertId>): LeftAlerts {
  const epoch = held?.viewKey.split(' ', 1)[0] ?? '';
  const isWanted = left.size > 0;
  // While nothing is wanted it is one and the same query: each new one, asked or not, would be kept for minutes.
  const { data } = useQuery({ ...queries.changes(isWanted ? (held?.seq ?? 0) : 0, epoch), enabled: isWanted });
  return useMemo(() => {
    const changed = data?.reset === false ? data.alerts : [];
    const fates = new Map(changed.map((alert) => [alert.id, alert]));
    // Not before the answer: what became of it shall not be said twice, first without a name.
    const isKnown = data !== undefined;
    return { has: (id) => isKnown && left.has(id), get: (id) => (left.has(id) ? fates.get(id) : undefined) };
  }, [data, left]);
}

/**
 * The list as it stands on this screen: level with the desk, or held still under the reader's hand. Null until
 * the list is known.
 */
export function useHeldList(list: AlertListState, view: AlertView, hold: Hold): ListOnScreen | null {
  const [held, setHeld] = useState<HeldList | null>(null);
  const pending = usePendingAcknowledgements();
  const live = useLiveList(list, view);
  const next = live === null ? held : advanced(held, live, { hold, wanted: view.eventId });
  if (next !== held) setHeld(next);

  // Rows lose a mark that has faded already: nobody waits for that.
  const settle = useCallback((seq: number) => startTransition(() => setHeld((now) => now && settled(now, seq))), []);
  useSettling(live?.seq ?? 0, settle);

  const shown = useMemo((): ShownList | null => {
    if (next === null) return null;
    if (live === null) return { groups: next.groups, left: NOBODY, waiting: NOTHING_WAITING };
    return shownList(next, live, (id) => pending.has(id));
  }, [next, live, pending]);
  // All that stood here has been acknowledged by this reader: nothing is left to be held, and the rest may come.
  if (next?.isHeld === true && live !== null && shown?.groups.length === 0) setHeld(released(next, live));
  const left = useFates(next, shown?.left ?? NOBODY);

  const freshSince = next?.freshSince ?? 0;
  const isFresh = useCallback((alert: Alert) => alert.seq > freshSince, [freshSince]);
  const release = useCallback(() => {
    if (live !== null) setHeld((now) => now && released(now, live));
  }, [live]);

  if (next === null || shown === null) return null;
  return { ...shown, left, isHeld: next.isHeld, isFresh, release };
}
