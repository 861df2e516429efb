import type { AlertChanges, AlertList } from '../contracts/alert-query.ts';
import type { Alert } from '../contracts/alert.ts';
import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';
import { type News, type NewsBaseline, createAlertNews } from './alert-news.ts';
import { createCoalescer } from './coalescer.ts';
import type { DeskLinkSnapshot } from './desk-link.ts';

export const NEWS_TRAILING_MS = 250;
export const NEWS_MAX_WAIT_MS = 1_000;

export type NewsWatchDeps = {
  readonly link: {
    readonly subscribe: (listener: () => void) => () => void;
    readonly getSnapshot: () => Pick<DeskLinkSnapshot, 'wanted'>;
  };
  readonly changes: (since: Watermark) => Promise<AlertChanges>;
  /** The newest of the new alerts: what is looked at where changes cannot be told one by one. */
  readonly newest: () => Promise<AlertList>;
  /** The newest of the new alerts as the page itself has read them already; undefined where it shows others. */
  readonly onScreen: readonly Alert[] | undefined;
  readonly baseline: NewsBaseline;
  readonly tell: (news: News) => void;
};

/**
 * Reads what changed whenever the desk's watermark has moved on, and tells what of it is news. A message only wakes it:
 * whatever was missed in between comes with the next look. Returns its undo.
 */
export function createNewsWatch({ link, changes, newest, onScreen, baseline, tell }: NewsWatchDeps): () => void {
  const news = createAlertNews(baseline);
  let isReading = false;
  let isSeeded = onScreen !== undefined;
  let isStopped = false;

  if (onScreen !== undefined) news.seen(onScreen);

  const coalescer = createCoalescer({
    trailingMs: NEWS_TRAILING_MS,
    maxWaitMs: NEWS_MAX_WAIT_MS,
    // A failed look is made good by the next message: a heartbeat comes every five seconds.
    run: () => void look().catch(() => {}),
  });

  function isBehind(): boolean {
    const { wanted } = link.getSnapshot();
    if (wanted === null) return false;
    const relation = compareWatermarks(news.level(), wanted);
    return relation === 'behind' || relation === 'other_epoch';
  }

  async function read(): Promise<News> {
    if (!isSeeded) {
      news.seen((await newest()).alerts);
      isSeeded = true;
    }
    const changed = await changes(news.level());
    if (!changed.reset) return news.take(changed.alerts, changed);
    const list = await newest();
    return news.take(list.alerts, list);
  }

  async function look(): Promise<void> {
    if (isReading || !isBehind()) return;
    isReading = true;
    try {
      const found = await read();
      if (!isStopped && (found.alerts.length > 0 || found.over.length > 0)) tell(found);
    } finally {
      isReading = false;
    }
    wake();
  }

  function wake(): void {
    if (!isStopped && !isReading && isBehind()) coalescer.touch();
  }

  const unsubscribe = link.subscribe(wake);
  wake();
  return () => {
    isStopped = true;
    unsubscribe();
    coalescer.stop();
  };
}
