import { severityRank } from '../contracts/alert-words.ts';
import type { Alert } from '../contracts/alert.ts';
import type { AlertId } from '../contracts/ids.ts';
import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';

/** Alerts remembered by id; who was forgotten and then changes is told by when it was detected. */
const MAX_REMEMBERED = 20_000;
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
  const ranks = new Map<AlertId, number>();
  let since = baseline;

  function remember(alert: Alert): void {
    ranks.delete(alert.id);
    ranks.set(alert.id, severityRank(alert.severity));
    for (const oldest of ranks.keys()) {
      if (ranks.size <= MAX_REMEMBERED) return;
      ranks.delete(oldest);
    }
  }

  function isNews(alert: Alert): boolean {
    if (!isOpen(alert)) return false;
    const known = ranks.get(alert.id);
    if (known !== undefined) return severityRank(alert.severity) > known;
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
      for (const alert of alerts) if (alert.seq <= baseline.seq && !ranks.has(alert.id)) remember(alert);
    },

    /** What of these changes, read at `at`, is news. Another life of the database begins without any. */
    take(alerts: readonly Alert[], at: Watermark): News {
      const relation = compareWatermarks(since, at);
      if (relation === 'ahead') return NOTHING;
      const changed = relation === 'other_epoch' ? [] : alerts.filter(({ seq }) => seq > since.seq);
      if (relation === 'other_epoch') ranks.clear();
      since = { ...since, epoch: at.epoch, seq: at.seq };
      const news = changed.filter(isNews);
      changed.forEach(remember);
      return { alerts: news, over: changed.filter((alert) => !isOpen(alert)).map(({ id }) => id) };
    },
  };
}
