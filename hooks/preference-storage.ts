import { PREFERENCES_KEY, type PreferenceStorage, type Preferences, parsePreferences } from './preferences.ts';

/** The server draws the first page in the reader's own words, so a copy travels with each request. */
export const PREFERENCES_COOKIE = 'linewatch-preferences';
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What a request's copy says; a value that cannot be read is no value. */
export function preferencesOfCookie(value: string | undefined): Preferences {
  return parsePreferences(value ?? null);
}

/** The browser's storage for one origin, where it allows any. On the server there is none. */
export const browserStorage: PreferenceStorage = {
  read() {
    if (typeof document === 'undefined') return null;
    try {
      return localStorage.getItem(PREFERENCES_KEY);
    } catch {
      return null; // blocked by the browser's settings
    }
  },
  write(text) {
    document.cookie = `${PREFERENCES_COOKIE}=${encodeURIComponent(text)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    try {
      localStorage.setItem(PREFERENCES_KEY, text);
    } catch {
      // Blocked or full: the choice holds as long as this page.
    }
  },
  onOtherTab(listener) {
    const heard = (event: StorageEvent): void => {
      // A null key is a clearing of everything.
      if (event.key === PREFERENCES_KEY || event.key === null) listener();
    };
    addEventListener('storage', heard);
    // A page that rests in the browser's page cache hears nothing.
    addEventListener('pageshow', listener);
    return () => {
      removeEventListener('storage', heard);
      removeEventListener('pageshow', listener);
    };
  },
};
