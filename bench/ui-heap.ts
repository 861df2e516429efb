import type { Browser } from 'playwright';
import { announceInBulk } from './ui-feed.ts';

export type HeapGrowth = {
  readonly announced: number;
  readonly seconds: number;
  readonly messages: number;
  /** Soon after the page was opened. */
  readonly openedMb: number;
  /** After the first tenth: what is kept up to a bound has reached it. */
  readonly beforeMb: number;
  readonly afterMb: number;
  /** After each tenth. */
  readonly onTheWayMb: readonly number[];
};

/**
 * What a tab holds after an hour's worth of announcements. The hour is compressed: the alerts are committed as fast
 * as the server takes them, the hub merges them as it does, and the tab hears, counts and fetches at its own pace.
 * Garbage is collected before each reading, so what grows is what is kept. Alerts remembered for toasts, sounds and
 * names of changes are so up to a bound, which the first tenth of the hour reaches: from there on it has to be flat.
 */
export async function measureHeap(browser: Browser, url: string, alerts: number): Promise<HeapGrowth> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  let messages = 0;
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => (messages += payload.includes('risk_alert') ? 1 : 0)),
  );
  await page.goto(`${url}/risk-monitoring`);
  await page.getByRole('status', { name: 'Connection: Live' }).waitFor();
  const devtools = await context.newCDPSession(page);
  async function usedMb(): Promise<number> {
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
  }

  await announceInBulk(url, 1_000, async () => {});
  await page.waitForLoadState('networkidle');
  const openedMb = await usedMb();
  const beganMs = performance.now();
  const onTheWayMb: number[] = [];
  let announced = 0;
  await announceInBulk(url, alerts, async (committed) => {
    announced = committed;
    if (committed >= ((onTheWayMb.length + 1) * alerts) / 10) onTheWayMb.push(await usedMb());
  });
  await page.waitForLoadState('networkidle');
  const afterMb = await usedMb();
  await context.close();
  const seconds = (performance.now() - beganMs) / 1000;
  return { announced, seconds, messages, openedMb, beforeMb: onTheWayMb[0] ?? NaN, afterMb, onTheWayMb };
}
