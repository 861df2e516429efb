import type { Alert } from '../contracts/alert.ts';
import type { EventId } from '../contracts/ids.ts';
import type { AlertGroup } from './alert-groups.ts';

/** One line of the list as it is drawn: an event, an alert of the open event, or the way to the rest of them. */
export type ListRow =
  | { readonly kind: 'group'; readonly key: string; readonly group: AlertGroup; readonly groupIndex: number }
  | {
      readonly kind: 'alert';
      readonly key: string;
      readonly group: AlertGroup;
      readonly groupIndex: number;
      readonly alert: Alert;
      readonly alertIndex: number;
    }
  | { readonly kind: 'more'; readonly key: string; readonly group: AlertGroup; readonly groupIndex: number };

export const groupKey = (eventId: number): string => `event-${eventId}`;
export const alertKey = (id: number): string => `alert-${id}`;

type Open = { readonly eventId: number | null; readonly hasMore: (eventId: EventId) => boolean };

/** The lines from top to bottom, the open event with its alerts. */
export function listRows(groups: readonly AlertGroup[], open: Open): readonly ListRow[] {
  return groups.flatMap((group, groupIndex): ListRow[] => {
    const head: ListRow = { kind: 'group', key: groupKey(group.eventId), group, groupIndex };
    if (group.eventId !== open.eventId) return [head];
    const lines = group.alerts.map((alert, alertIndex) => ({
      kind: 'alert' as const,
      key: alertKey(alert.id),
      group,
      groupIndex,
      alert,
      alertIndex,
    }));
    const more: ListRow[] = open.hasMore(group.eventId)
      ? [{ kind: 'more', key: `more-${group.eventId}`, group, groupIndex }]
      : [];
    return [head, ...lines, ...more];
  });
}

/** What a line stands for: its alert, or every alert of its event. */
export const alertsOf = (row: ListRow): readonly Alert[] => (row.kind === 'alert' ? [row.alert] : row.group.alerts);

/**
 * Which lines to draw around those in sight: also the one that has the focus, so that it is not lost by
 * scrolling, and the event of each line, as a line alone does not say which match it is about.
 */
export function drawnIndexes(
  rows: readonly ListRow[],
  range: { readonly from: number; readonly to: number },
  currentKey: string | null,
): number[] {
  const indexes = new Set<number>();
  const add = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    indexes.add(index);
    if (row.kind === 'alert') indexes.add(index - row.alertIndex - 1);
    if (row.kind === 'more') indexes.add(index - row.group.alerts.length - 1);
  };
  for (let index = range.from; index <= range.to; index += 1) add(index);
  if (currentKey !== null) add(rows.findIndex(({ key }) => key === currentKey));
  return [...indexes].toSorted((a, b) => a - b);
}
