import { Suspense, lazy } from 'react';
import { useHydrated } from '../../hooks/use-desk-time.ts';
import { isAudible } from '../../hooks/preferences.ts';
import { usePreferences } from '../../hooks/use-preferences.ts';

const SoundNote = lazy(() => import('./sound-note.tsx'));

/** Whether sounds are held back; of no concern, and not loaded, while none is wanted. */
export function SoundHint() {
  const preferences = usePreferences();
  const isHydrated = useHydrated();
  if (!isHydrated || !isAudible(preferences)) return null;
  return (
    <Suspense>
      <SoundNote />
    </Suspense>
  );
}
