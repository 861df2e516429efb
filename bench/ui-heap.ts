import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { median } from './median.ts';
import { announceInBulk } from './ui-feed.ts';

export type HeapGrowth = {
  readonly announced: number;
  readonly seconds: number;
  readonly messages: number;
  /** Soon after the page was opened. */
  readonly openedMb: number;
  /** After each tenth. What is kept up to a bound has reached it after the first. */
  readonly onTheWayMb: readonly number[];
  /** The median of the first three tenths, and of the last three. */
  readonly beforeMb: number;
  readonly afterMb: number;
};

const TENTHS = 10;
const READINGS = 3;
/** A tab that neither hears nor asks for this long has drawn what it heard. */
const QUIET_MS = 3_000;

/** Counts a page's announcements, and tells when it is at rest. */
function listenTo(page: Page): { readonly messages: () => number; readonly atRest: () => Promise<void> } {
  let messages = 0;
  let lastMs = performance.now();
  const note = (): void => void (lastMs = performance.now());
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (!payload.includes('risk_alert')) return;
      messages += 1;
      note();
    }),
  );
  page.on('request', note).on('requestfinished', note).on('requestfailed', note);
  return {
    messages: () => messages,
    async atRest() {
      note();
      while (performance.now() - lastMs < QUIET_MS) await sleep(QUIET_MS / 10);
    },
  };
}

/**
 * What a tab holds after an hour's worth of announcements. The hour is compressed: the alerts are committed as fast
 * as the server takes them, the hub merges them as it does, and the tab hears, counts and fetches at its own pace.
 * Before each reading the tab comes to rest and garbage is collected, so what grows is what is kept, and the code that
 * the engine compiles once more when it turns out hot, at any time: single readings differ by a twentieth. Alerts
 * remembered for toasts, sounds and names of changes are so up to a bound, which the first tenth of the hour reaches:
 * from there on it has to be flat.
 */
export async function measureHeap(browser: Browser, url: string, alerts: number): Promise<HeapGrowth> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const { messages, atRest } = listenTo(page);
  await page.goto(`${url}/risk-monitoring`);
  await page.getByRole('status', { name: 'Connection: Live' }).waitFor();
  const devtools = await context.newCDPSession(page);
  async function usedMb(): Promise<number> {
    await atRest();
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
  }

  await announceInBulk(url, 1_000, async () => {});
  const openedMb = await usedMb();
  const beganMs = performance.now();
  const onTheWayMb: number[] = [];
  let announced = 0;
  await announceInBulk(url, alerts, async (committed) => {
    announced = committed;
    if (committed >= ((onTheWayMb.length + 1) * alerts) / TENTHS) onTheWayMb.push(await usedMb());
  });
  await context.close();
  const seconds = (performance.now() - beganMs) / 1000;
  const beforeMb = median(onTheWayMb.slice(0, READINGS));
  const afterMb = median(onTheWayMb.slice(-READINGS));
  return { announced, seconds, messages: messages(), openedMb, onTheWayMb, beforeMb, afterMb };
}
