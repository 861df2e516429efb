import type { Alert, AlertCounts } from '../contracts/alert.ts';
import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';
import { createSubscribers } from './subscribers.ts';

/** `asked`: sent, no answer yet. Else the watermark from which lists show the change by themselves. */
type Pending = 'asked' | Watermark;
export type PendingAcknowledgements = ReadonlyMap<number, Pending>;

/** Beyond this the oldest are forgotten: every list has long been refetched since. */
const MAX_REMEMBERED = 20_000;

const NONE: PendingAcknowledgements = new Map();

/**
 * Alerts that this tab has acknowledged and whose lists may not know it yet. Lists are drawn through
 * `withoutPending`, so a refetch that read before the commit cannot bring a row back for a moment, and undoing
 * a failed request is forgetting it.
 */
export function createAcknowledging() {
  const subscribers = createSubscribers();
  let pending = NONE;

  function change(edit: (next: Map<number, Pending>) => void): void {
    const next = new Map(pending);
    edit(next);
    for (const oldest of next.keys()) {
      if (next.size <= MAX_REMEMBERED) break;
      next.delete(oldest);
    }
    pending = next;
    subscribers.notify();
  }

  return {
    subscribe: subscribers.add,
    getSnapshot: (): PendingAcknowledgements => pending,
    getServerSnapshot: (): PendingAcknowledgements => NONE,
    ask: (ids: readonly number[]): void => change((next) => ids.forEach((id) => next.set(id, 'asked'))),
    answered: (ids: readonly number[], { epoch, seq }: Watermark): void =>
      change((next) => ids.forEach((id) => next.set(id, { epoch, seq }))),
    forget: (ids: readonly number[]): void => change((next) => ids.forEach((id) => next.delete(id))),
  };
}

/** Whether a list read at `level` may still show this alert as new although it is acknowledged. */
export function isPending(pending: PendingAcknowledgements, id: number, level: Watermark): boolean {
  const since = pending.get(id);
  if (since === undefined) return false;
  return since === 'asked' || compareWatermarks(level, since) === 'behind';
}

/** A New list and its counts as they will be once every pending acknowledgement is in them. */
export function withoutPending(
  list: { readonly alerts: readonly Alert[]; readonly counts: AlertCounts } & Watermark,
  pending: PendingAcknowledgements,
): { readonly alerts: readonly Alert[]; readonly counts: AlertCounts } {
  if (pending.size === 0) return list;
  const alerts = list.alerts.filter((alert) => !isPending(pending, alert.id, list));
  const moved = list.alerts.length - alerts.length;
  if (moved === 0) return list;
  const counts = {
    ...list.counts,
    new: Math.max(0, list.counts.new - moved),
    acknowledged: list.counts.acknowledged + moved,
  };
  return { alerts, counts };
}

export const acknowledging = createAcknowledging();
