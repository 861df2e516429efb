import { useCallback, useState } from 'react';
import type { AlertId } from '../contracts/ids.ts';
import type { AlertGroup } from './alert-groups.ts';
import type { ListRow } from './list-rows.ts';
import { NOTHING_SELECTED, type Selection, allOf, extended, kept, toggled } from './selection.ts';

/** The reader's selection in one list; another list starts without one. */
export function useSelection(listKey: string) {
  const [state, setState] = useState({ listKey, selection: NOTHING_SELECTED });
  const selection = state.listKey === listKey ? state.selection : NOTHING_SELECTED;
  const set = useCallback(
    (change: (now: Selection) => Selection) =>
      setState((now) => ({ listKey, selection: change(now.listKey === listKey ? now.selection : NOTHING_SELECTED) })),
    [listKey],
  );
  return {
    selection,
    toggle: (row: ListRow) => set((now) => toggled(now, row)),
    extendTo: (rows: readonly ListRow[], row: ListRow) => set((now) => extended(now, rows, row)),
    toggleAll: (groups: readonly AlertGroup[]) =>
      set((now) => {
        const all = allOf(groups);
        return all.ids.size === now.ids.size ? NOTHING_SELECTED : all;
      }),
    clear: () => set(() => NOTHING_SELECTED),
    /** Lets go of those that cannot be acted upon any more. */
    keep: (isThere: (id: AlertId) => boolean) => set((now) => kept(now, isThere)),
  };
}
export type ChosenAlerts = ReturnType<typeof useSelection>;
