import { useHydrated } from '../../hooks/use-desk-time.ts';
import { usePreferences } from '../../hooks/use-preferences.ts';
import type { Zone } from '../words/time-words.ts';

/** The zone to write times in, undefined for the reader's own. Until the page lives in a browser that is not known. */
export function useZone(): Zone {
  const { times } = usePreferences();
  const isHydrated = useHydrated();
  return isHydrated && times === 'local' ? undefined : 'UTC';
}
