import type { Alert } from '../contracts/alert.ts';

const VISIBLE_LOCK = 'linewatch-visible';
/** Beyond this many events at once the system's own list would be no help: the rest is one line. */
const MAX_AT_ONCE = 4;

/** `unsupported`: no such browser, or a page without TLS. */
export type NotificationState = 'unsupported' | 'askable' | 'granted' | 'denied';

export function notificationState(): NotificationState {
  if (typeof Notification === 'undefined') return 'unsupported';
  return Notification.permission === 'default' ? 'askable' : Notification.permission;
}

/** To be called on a click: asks the trader, and says what came of it. */
export async function askForNotifications(): Promise<NotificationState> {
  if (notificationState() === 'askable') await Notification.requestPermission();
  return notificationState();
}

export type NotificationWords = { readonly title: string; readonly body: string };

/** A desk's tabs hold one shared lock each while they are seen. Returns the undo. */
export function holdWhileVisible(): () => void {
  if (!('locks' in navigator)) return () => {};
  let release: (() => void) | undefined;

  function follow(): void {
    if (document.visibilityState === 'hidden') {
      release?.();
      release = undefined;
      return;
    }
    if (release !== undefined) return;
    const seen = new Promise<void>((resolve) => {
      release = resolve;
    });
    void navigator.locks.request(VISIBLE_LOCK, { mode: 'shared' }, () => seen); // held until hidden; nothing to fail
  }

  follow();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    release?.();
  };
}

/** Whether a tab of this desk is being looked at: then the screen tells. */
export async function isDeskSeen(): Promise<boolean> {
  if (document.visibilityState === 'visible') return true;
  if (!('locks' in navigator)) return false;
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === VISIBLE_LOCK) ?? false;
}

function notify(tag: string, { title, body }: NotificationWords, onOpen: () => void): void {
  const notification = new Notification(title, { body, tag });
  notification.addEventListener('click', () => {
    window.focus();
    onOpen();
    notification.close();
  });
}

export type NotifyOptions = {
  /** Of one event. */
  readonly words: (alerts: readonly [Alert, ...Alert[]]) => NotificationWords;
  readonly wordsOfRest: (events: number) => NotificationWords;
  /** Opens the desk at this alert's row, or, at null, at the list. */
  readonly open: (alert: Alert | null) => void;
};

/** One notification an event: a later one of the same event takes the earlier one's place. */
export function notifyOfAlerts(alerts: readonly Alert[], { words, wordsOfRest, open }: NotifyOptions): void {
  const groups = [...Map.groupBy(alerts, ({ eventId }) => eventId).entries()];
  for (const [eventId, [first, ...rest]] of groups.slice(0, MAX_AT_ONCE)) {
    if (first !== undefined) notify(`linewatch-event-${eventId}`, words([first, ...rest]), () => open(first));
  }
  const left = groups.length - MAX_AT_ONCE;
  if (left > 0) notify('linewatch-more', wordsOfRest(left), () => open(null));
}
