import type { AlertId } from '../contracts/ids.ts';
import type { AlertGroup } from './alert-groups.ts';
import { type ListRow, alertsOf } from './list-rows.ts';

/** The chosen alerts, and the line from which a range is counted. */
export type Selection = { readonly ids: ReadonlySet<AlertId>; readonly anchor: string | null };
export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: null };

export type Chosen = 'none' | 'some' | 'all';

export function chosenOf({ ids }: Selection, group: Pick<AlertGroup, 'alerts'>): Chosen {
  const count = group.alerts.filter(({ id }) => ids.has(id)).length;
  if (count === 0) return 'none';
  return count === group.alerts.length ? 'all' : 'some';
}

/** Chooses all that a line stands for, or nothing of it where all of it was chosen. */
export function toggled(selection: Selection, row: ListRow): Selection {
  const alerts = alertsOf(row);
  const ids = new Set(selection.ids);
  if (alerts.every(({ id }) => ids.has(id))) alerts.forEach(({ id }) => ids.delete(id));
  else alerts.forEach(({ id }) => ids.add(id));
  return { ids, anchor: row.key };
}

/** Adds every line from the last one that was chosen to this one. Without such a line it chooses this one. */
export function extended(selection: Selection, rows: readonly ListRow[], row: ListRow): Selection {
  const from = rows.findIndex(({ key }) => key === selection.anchor);
  const to = rows.findIndex(({ key }) => key === row.key);
  const between = from === -1 || to === -1 ? [row] : rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  return {
    ids: new Set([...selection.ids, ...between.flatMap(alertsOf).map(({ id }) => id)]),
    anchor: row.key,
  };
}

/** Chooses all these groups. */
export const allOf = (groups: readonly AlertGroup[]): Selection => ({
  ids: new Set(groups.flatMap((group) => group.alerts.map(({ id }) => id))),
  anchor: null,
});

/** Without those that cannot be acted upon any more; the same selection where that is none. */
export function kept(selection: Selection, isThere: (id: AlertId) => boolean): Selection {
  const ids = [...selection.ids].filter(isThere);
  if (ids.length === selection.ids.size) return selection;
  return ids.length === 0 ? NOTHING_SELECTED : { ...selection, ids: new Set(ids) };
}
