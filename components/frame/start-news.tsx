import { SEVERITIES } from '../../contracts/alert-words.ts';
import type { Alert } from '../../contracts/alert.ts';
import type { News, NewsBaseline } from '../../hooks/alert-news.ts';
import { holdWhileVisible, isDeskSeen, notificationState, notifyOfAlerts } from '../../hooks/alert-notifications.ts';
import { alertSound } from '../../hooks/alert-sound.ts';
import type { AlertListQuery } from '../../hooks/alert-view.ts';
import { browserApi, queries } from '../../hooks/browser-api.ts';
import type { DeskSession } from '../../hooks/desk-session.ts';
import { type Digest, EMPTY_DIGEST, digested } from '../../hooks/news-digest.ts';
import { createSpokenNews } from '../../hooks/spoken-news.ts';
import { createNewsWatch } from '../../hooks/news-watch.ts';
import { isAudible } from '../../hooks/preferences.ts';
import { browserClaims } from '../../hooks/tab-claims.ts';
import { toasts } from '../../hooks/toasts.ts';
import { currentPreferences, onPreferences } from '../../hooks/use-preferences.ts';
import { alertAddress, notificationWords, spokenWords } from '../words/news-words.ts';
import { NewsToast } from './news-toast.tsx';

/** Long enough to read three lines. */
const CALM_VISIBLE_MS = 8_000;
/** One page of the API: the newest alerts that are new. */
const NEWEST = 200;
/** What Risk Monitoring shows to who has chosen nothing. */
const NEWEST_LIST: AlertListQuery = { status: ['new'], sort: 'detected' };

type Kind = 'critical' | 'other';
const isOf = (kind: Kind, { severity }: Alert): boolean => (severity === 'critical') === (kind === 'critical');

/** One toast a kind, however much comes: it grows while it stands. Critical ones stand until they are closed or over. */
function createNewsToast(kind: Kind): (news: News) => void {
  const id = `news-${kind}`;
  let digest: Digest = EMPTY_DIGEST;

  function gone(): void {
    digest = EMPTY_DIGEST;
  }

  return ({ alerts, over }) => {
    const stood = digest.alerts.length > 0;
    digest = digested(digest, { alerts: alerts.filter((alert) => isOf(kind, alert)), over });
    if (digest.alerts.length === 0) {
      if (stood) void toasts.dismiss(id); // nothing to be told of: the chunk is loaded, as it stood
      return;
    }
    if (!alerts.some((alert) => isOf(kind, alert)) && !stood) return;
    const shown = digest;
    const close = (): void => void toasts.dismiss(id);
    // Fails only where the toasts' code does not load; badge and list tell it all the same.
    void toasts
      .show(id, () => <NewsToast kind={kind} digest={shown} onClose={close} />, {
        durationMs: kind === 'critical' ? Infinity : CALM_VISIBLE_MS,
        onGone: gone,
      })
      .catch(() => {});
  };
}

type NewsOptions = {
  readonly session: DeskSession;
  readonly baseline: NewsBaseline;
  readonly open: (address: string) => void;
  /** Puts a sentence where screen readers hear it. */
  readonly say: (words: string) => void;
};

/** Tells what is new in this tab: as a toast, as a sound, and, while nobody looks, by the system. Returns its undo. */
export function startNews({ session, baseline, open, say }: NewsOptions): () => void {
  const showOthers = createNewsToast('other');
  const showCritical = createNewsToast('critical');
  const spoken = createSpokenNews({ say, words: (alerts) => spokenWords(alerts, currentPreferences().odds) });
  const claimSound = browserClaims('linewatch.sounded');
  const claimNotification = browserClaims('linewatch.notified');

  async function sound({ alerts }: News): Promise<void> {
    const { sounds } = currentPreferences();
    if (alertSound.state() !== 'ready') return;
    const audible = alerts.filter(({ severity }) => sounds[severity]);
    if (audible.length === 0) return;
    const mine = await claimSound(audible, session.link.getSnapshot().wanted ?? baseline);
    const worst = SEVERITIES.findLast((severity) => mine.some((alert) => alert.severity === severity));
    if (worst !== undefined) alertSound.play(worst);
  }

  async function notify({ alerts }: News): Promise<void> {
    if (!currentPreferences().notifications || notificationState() !== 'granted') return;
    if (alerts.length === 0 || (await isDeskSeen())) return;
    const mine = await claimNotification(alerts, session.link.getSnapshot().wanted ?? baseline);
    const { odds } = currentPreferences();
    notifyOfAlerts(mine, {
      words: (group) => notificationWords(group, odds),
      wordsOfRest: (events) => ({
        title: `New alerts in ${events} more ${events === 1 ? 'event' : 'events'}`,
        body: 'Open Risk Monitoring',
      }),
      open: (alert) => open(alert === null ? '/risk-monitoring' : alertAddress(alert)),
    });
  }

  const armWhenWanted = (): void => {
    if (isAudible(currentPreferences())) alertSound.arm();
  };
  armWhenWanted();
  const signal = (): AbortSignal => new AbortController().signal;
  const undo = [
    onPreferences(armWhenWanted),
    holdWhileVisible(),
    spoken.stop,
    createNewsWatch({
      link: session.link,
      changes: (since) => browserApi.alertChanges(since, signal()),
      newest: () => browserApi.alerts({ ...NEWEST_LIST, limit: NEWEST }, signal()),
      onScreen: session.queryClient.getQueryData(queries.alerts(NEWEST_LIST).queryKey)?.pages[0]?.alerts,
      baseline,
      tell(news) {
        spoken.hear(news.alerts);
        showCritical(news);
        showOthers(news);
        // Neither may disturb the desk where a browser refuses it.
        void sound(news).catch(() => {});
        void notify(news).catch(() => {});
      },
    }),
  ];
  return () => undo.forEach((stop) => stop());
}
