import { setTimeout as delay } from 'node:timers/promises';
import { makeAlert } from './cross-node.ts';
import { listAlerts, setAcknowledged } from './desk-calls.ts';
import { openTabs } from './open-tabs.ts';
import { endpointOf, startProxiedDesk } from './node-pair.ts';
import { type Spread, spread } from './spread.ts';
import { startTcpProxy } from './tcp-proxy.ts';

const TABS = 20;
const LEVEL_WITHIN_MS = 6_000;

export type QuietFigures = {
  readonly minutes: number;
  readonly tabs: number;
  readonly losses: number;
  readonly requests: number;
  /** From the click that ends the quiet to each screen. */
  readonly levelMs: Spread;
};

/** Tabs that hear of nothing for so long, by the wall's clock; then one acknowledgement. Throws when one misses it. */
export async function runQuiet(options: { readonly minutes: number }): Promise<QuietFigures> {
  const desk = await startProxiedDesk();
  const proxy = await startTcpProxy({ targets: [endpointOf(desk)] });
  const id = await makeAlert(desk, 'Quiet');
  const tabs = await openTabs(proxy.url, TABS);
  let losses = 0;
  for (const tab of tabs) {
    tab.link.subscribe(() => {
      if (tab.link.getSnapshot().connection.kind === 'reconnecting') losses += 1;
    });
  }
  try {
    await delay(2_000);
    const countRequests = (): number => tabs.reduce((sum, tab) => sum + tab.requests(), 0);
    const before = countRequests();
    await delay(options.minutes * 60_000);
    const requests = countRequests() - before;
    const clickedMs = performance.now();
    await setAcknowledged(desk.url, id, true);
    const { epoch, seq } = await listAlerts(desk.url);
    const levelAtMs = await Promise.all(tabs.map((tab) => tab.levelWith({ epoch, seq }, LEVEL_WITHIN_MS)));
    return {
      minutes: options.minutes,
      tabs: TABS,
      losses,
      requests,
      levelMs: spread(levelAtMs.map((atMs) => atMs - clickedMs)),
    };
  } finally {
    for (const tab of tabs) tab.close();
    await proxy.close();
    await desk.dispose();
  }
}
