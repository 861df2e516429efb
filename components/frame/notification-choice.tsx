import { useState } from 'react';
import { askForNotifications, notificationState } from '../../hooks/alert-notifications.ts';
import { choosePreferences, usePreferences } from '../../hooks/use-preferences.ts';
import { CheckRow } from './check-row.tsx';

const WORDS = {
  unsupported: 'This browser has no notifications here: they need a page over HTTPS, or on this very machine.',
  denied: 'The browser blocks notifications of this page. They can be allowed in its settings for this site.',
  askable: 'The browser will ask once whether this page may.',
  granted: 'One per event, while no tab of the desk is in sight.',
} as const;

/** Notifications of the system. The browser's question comes with this click and at no other time. */
export function NotificationChoice() {
  const { notifications } = usePreferences();
  const [state, setState] = useState(notificationState);
  const isPossible = state === 'granted' || state === 'askable';

  async function change(wanted: boolean): Promise<void> {
    if (!wanted) return choosePreferences({ notifications: false });
    const answer = await askForNotifications();
    setState(answer);
    choosePreferences({ notifications: answer === 'granted' });
  }

  return (
    <fieldset>
      <legend className="mb-1 text-quiet font-medium text-secondary">Notifications</legend>
      <CheckRow
        label="When the desk is out of sight"
        checked={notifications && state === 'granted'}
        disabled={!isPossible}
        onChange={(checked) => void change(checked)} // a question that is dismissed is answered with `askable`
      />
      <p className="text-quiet text-secondary">{WORDS[state]}</p>
    </fieldset>
  );
}
