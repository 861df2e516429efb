import { VolumeX } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { alertSound } from '../../hooks/alert-sound.ts';
import { isAudible } from '../../hooks/preferences.ts';
import { usePreferences } from '../../hooks/use-preferences.ts';

/** Sound is on and the browser holds it back: a trader who counts on it must know. */
export default function SoundNote() {
  const preferences = usePreferences();
  const state = useSyncExternalStore(alertSound.subscribe, alertSound.state, alertSound.state);
  if (!isAudible(preferences) || state !== 'held_back') return null;
  return (
    <output
      className="flex min-w-0 items-center gap-1.5 text-quiet text-warning-ink"
      title="Browsers keep a page silent until its reader clicks or presses a key on it."
    >
      <VolumeX className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">Sound waits for a click</span>
    </output>
  );
}
