import { createContext, useContext, useSyncExternalStore } from 'react';
import { browserStorage } from './preference-storage.ts';
import { DEFAULT_PREFERENCES, type Preferences, createPreferences } from './preferences.ts';

/** What the server drew this page with: what the first client render must repeat. */
export const PagePreferencesContext = createContext<Preferences>(DEFAULT_PREFERENCES);

const preferences = createPreferences(browserStorage);

/** The same for code that draws nothing. */
export const currentPreferences = preferences.getSnapshot;
export const onPreferences = preferences.subscribe;

/** Changes one or more of this trader's preferences, in all tabs. */
export const choosePreferences = preferences.choose;

/** This trader's preferences. */
export function usePreferences(): Preferences {
  const page = useContext(PagePreferencesContext);
  return useSyncExternalStore(
    preferences.subscribe,
    () => preferences.getSnapshot(),
    () => page,
  );
}
