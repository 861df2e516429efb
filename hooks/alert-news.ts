import { severityRank } from '../contracts/alert-words.ts';
import type { Alert } from '../contracts/alert.ts';
import type { AlertId } from '../contracts/ids.ts';
import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';
import { createKnownAlerts } from './known-alerts.ts';

/** A page's clock is read a little after its watermark: an alert of between the two is still news. */
const CLOCK_SLACK_MS = 2_000;

/** Where a page stood when it was made: up to `seq` everything was there already. */
export type NewsBaseline = Watermark & { readonly deskMs: number };

export type News = {
  /** Opened or got worse since the last look. */
  readonly alerts: readonly Alert[];
  /** No longer new: acknowledged, muted or begun. */
  readonly over: readonly AlertId[];
};

const NOTHING: News = { alerts: [], over: [] };
const isOpen = (alert: Alert): boolean => alert.status === 'new' && !alert.muted;

/**
 * Tells each alert once per tab, and once more when it gets worse. What was there when the page was made is none, and
 * neither is an alert that only changed otherwise: acknowledged, given back, seen again. Works on what changed after
 * `level()`, whether it was asked for after each announcement or after a night away.
 */
export function createAlertNews(baseline: NewsBaseline) {
  // Who was forgotten and then changes is told by when it was detected.
  const known = createKnownAlerts();
  let since = baseline;

  function remember(alert: Alert): void {
    const { id, severity, bookmaker } = alert;
    known.set(id, { rank: severityRank(severity), isOpen: isOpen(alert), bookmaker });
  }

  function isNews(alert: Alert): boolean {
    if (!isOpen(alert)) return false;
    const before = known.get(alert.id);
    if (before !== undefined) {
      // Of a muted book until now, and of another one from now on: nobody has heard of it.
      const isFirstHeard = !before.isOpen && before.bookmaker !== alert.bookmaker;
      return isFirstHeard || severityRank(alert.severity) > before.rank;
    }
    const fromMs = baseline.deskMs - CLOCK_SLACK_MS;
    return (
      Date.parse(alert.detectedAt) >= fromMs || (alert.worsenedAt !== null && Date.parse(alert.worsenedAt) >= fromMs)
    );
  }

  return {
    /** From where on changes are wanted. */
    level: (): Watermark => ({ epoch: since.epoch, seq: since.seq }),

    /** These were on the desk when the page was made, as far as they have not changed since. */
    seen(alerts: readonly Alert[]): void {
      for (const alert of alerts) if (alert.seq <= baseline.seq && known.get(alert.id) === undefined) remember(alert);
    },

    /** What of these changes, read at `at`, is news. Another life of the database begins without any. */
    take(alerts: readonly Alert[], at: Watermark): News {
      const relation = compareWatermarks(since, at);
      if (relation === 'ahead') return NOTHING;
      const changed = relation === 'other_epoch' ? [] : alerts.filter(({ seq }) => seq > since.seq);
      if (relation === 'other_epoch') known.clear();
      since = { ...since, epoch: at.epoch, seq: at.seq };
      const news = changed.filter(isNews);
      changed.forEach(remember);
      return { alerts: news, over: changed.filter((alert) => !isOpen(alert)).map(({ id }) => id) };
    },
  };
}
