import { useEffect, useState, useSyncExternalStore } from 'react';
import type { SettingsInForce } from '../../contracts/settings-history.ts';
import { type DraftState, type DraftStore } from './draft-store.ts';
import { draftOfTab } from './tab-draft.ts';

/** This tab's draft over the settings in force. Null until those are known for the first time. */
export function useDraft(latest: SettingsInForce | undefined): {
  readonly store: DraftStore;
  readonly state: DraftState | null;
} {
  const [store] = useState(() => {
    const draft = draftOfTab();
    // At once, so that the server's HTML has the form.
    if (latest !== undefined) draft.follow(latest);
    return draft;
  });
  useEffect(() => {
    if (latest !== undefined) store.follow(latest);
  }, [latest, store]);
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);
  return { store, state };
}
