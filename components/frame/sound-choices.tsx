import { Volume2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { WORST_FIRST } from '../../contracts/alert-words.ts';
import { alertSound } from '../../hooks/alert-sound.ts';
import { isAudible } from '../../hooks/preferences.ts';
import { choosePreferences, usePreferences } from '../../hooks/use-preferences.ts';
import { SeverityMark } from '../alerts/severity-mark.tsx';
import { Button } from '../ui/button.tsx';
import { SEVERITY_WORDS } from '../words/market-words.ts';
import { CheckRow } from './check-row.tsx';

/** Which alerts sound, each to be tried. One tab of all that are open sounds, once an alert. */
export function SoundChoices() {
  const preferences = usePreferences();
  const { sounds } = preferences;
  const state = useSyncExternalStore(alertSound.subscribe, alertSound.state, alertSound.state);
  return (
    <fieldset>
      <legend className="mb-1 text-quiet font-medium text-secondary">Sound</legend>
      {state === 'unsupported' && <p className="text-quiet text-secondary">This browser cannot make sounds.</p>}
      {WORST_FIRST.map((severity) => (
        <CheckRow
          key={severity}
          checked={sounds[severity]}
          onChange={(checked) => choosePreferences({ sounds: { ...sounds, [severity]: checked } })}
          label={
            <>
              <SeverityMark severity={severity} silent className="size-3" />
              {SEVERITY_WORDS[severity]}
            </>
          }
        >
          <Button
            variant="ghost"
            size="quiet"
            aria-label={`Test the sound of ${severity}`}
            disabled={state === 'unsupported'}
            onClick={() => void alertSound.test(severity)} // where the browser refuses, the words below say so
          >
            <Volume2 /> Test
          </Button>
        </CheckRow>
      ))}
      {state === 'held_back' && isAudible(preferences) && (
        <p className="mt-1 text-quiet text-warning-ink">
          The browser holds sounds back until you click or press a key on this page.
        </p>
      )}
    </fieldset>
  );
}
