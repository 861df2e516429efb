import { setTimeout as delay } from 'node:timers/promises';
import { setAcknowledged, listAlerts } from './desk-calls.ts';
import { makeAlert } from './cross-node.ts';
import type { DeskTab } from './desk-tab.ts';
import { endpointOf, startProxiedDesk } from './node-pair.ts';
import { type Spread, spread } from './spread.ts';
import { openTabs } from './open-tabs.ts';
import { type ProxiedConnection, type TcpProxy, startTcpProxy } from './tcp-proxy.ts';

const CUT_LOOK_MS = 100;
/** Of the cuts that are not silent; the others are half-closes. */
const RESET_SHARE = 0.8;
/** After the last cut and commit: a heartbeat, a way back and a refetch. */
const SETTLE_WITHIN_MS = 12_000;

export type JitterOptions = {
  readonly tabs: number;
  readonly durationMs: number;
  /** Mean life of a connection. */
  readonly cutEveryMs: number;
  readonly commitEveryMs: number;
  /** Share of the cuts that nobody is told of: the line falls silent, and either end has to find out. */
  readonly silentShare: number;
};

export type JitterFigures = {
  readonly tabs: number;
  readonly seconds: number;
  readonly cuts: number;
  readonly reconnects: number;
  readonly commits: number;
  /** Of every commit on every tab's screen, those that came there. To reach: 100. */
  readonly deliveredPercent: number;
  /** From the greeting after a reconnect to a screen that shows all that was committed by then. */
  readonly levelAfterReconnectMs: Spread;
  /** From a commit to the screen, the time without a connection included. */
  readonly commitToScreenMs: Spread;
  /** Reconnects that were cut off again before the screen was level. */
  readonly interrupted: number;
  readonly requests: number;
};

type Greeting = { readonly atMs: number; readonly seq: number; lostAtMs: number };

/**
 * Tabs over a line that cuts each connection, socket or request, every so often: most by a reset, some by a
 * half-close, a few by falling silent. Throws when a tab is not level in the end.
 */
export async function runJitter(options: JitterOptions): Promise<JitterFigures> {
  const desk = await startProxiedDesk();
  const proxy = await startTcpProxy({ targets: [endpointOf(desk)] });
  const tabs: DeskTab[] = [];
  try {
    const id = await makeAlert(desk, 'Jitter');
    tabs.push(...(await openTabs(proxy.url, options.tabs)));
    const greetings = tabs.map(noteGreetings);
    const startMs = performance.now();
    const jitter = startCutting(proxy, options);
    const commits: { readonly atMs: number; readonly seq: number }[] = [];
    while (performance.now() - startMs < options.durationMs) {
      const { seq } = await setAcknowledged(desk.url, id, commits.length % 2 === 0);
      commits.push({ atMs: performance.now(), seq });
      await delay(options.commitEveryMs);
    }
    const cuts = jitter.stop();
    const { epoch, seq } = await listAlerts(desk.url);
    await Promise.all(tabs.map((tab) => tab.levelWith({ epoch, seq }, SETTLE_WITHIN_MS)));

    const delays = tabs.flatMap((tab) => commits.map((commit) => reachedMs(tab, commit.seq) - commit.atMs));
    const delivered = delays.filter((ms) => ms < Infinity);
    const all = greetings.flatMap((list, index) => list.map((greeting) => ({ greeting, tab: tabs[index] })));
    const levels = all.map(({ greeting, tab }) => ({
      tookMs: Math.max(0, (tab === undefined ? Infinity : reachedMs(tab, greeting.seq)) - greeting.atMs),
      heldMs: greeting.lostAtMs - greeting.atMs,
    }));
    const whole = levels.filter(({ tookMs, heldMs }) => tookMs <= heldMs);
    return {
      tabs: tabs.length,
      seconds: Math.round((performance.now() - startMs) / 1_000),
      cuts,
      reconnects: levels.length,
      commits: commits.length,
      deliveredPercent: (delivered.length / delays.length) * 100,
      levelAfterReconnectMs: spread(whole.map(({ tookMs }) => tookMs)),
      commitToScreenMs: spread(delivered),
      interrupted: levels.length - whole.length,
      requests: tabs.reduce((sum, tab) => sum + tab.requests(), 0),
    };
  } finally {
    for (const tab of tabs) tab.close();
    await proxy.close();
    await desk.dispose();
  }
}

/** Each greeting after a loss, with what it wants and when its connection was lost again. */
function noteGreetings(tab: DeskTab): readonly Greeting[] {
  const greetings: Greeting[] = [];
  let wasLive = true;
  tab.link.subscribe(() => {
    const { connection, counts } = tab.link.getSnapshot();
    const isLive = connection.kind === 'live';
    const last = greetings.at(-1);
    if (wasLive && !isLive && last !== undefined) last.lostAtMs = performance.now();
    if (!wasLive && isLive && counts !== null) {
      greetings.push({ atMs: performance.now(), seq: counts.at.seq, lostAtMs: Infinity });
    }
    wasLive = isLive;
  });
  return greetings;
}

/** When a tab's screen first showed a commit; Infinity when it never did. */
function reachedMs(tab: DeskTab, seq: number): number {
  return tab.steps.find((step) => step.seq >= seq)?.atMs ?? Infinity;
}

function startCutting(proxy: TcpProxy, options: JitterOptions): { readonly stop: () => number } {
  let cuts = 0;
  const timer = setInterval(() => {
    for (const connection of proxy.connections()) {
      if (Math.random() >= CUT_LOOK_MS / options.cutEveryMs) continue;
      cut(connection, options.silentShare);
      cuts += 1;
    }
  }, CUT_LOOK_MS);
  return {
    stop() {
      clearInterval(timer);
      return cuts;
    },
  };
}

function cut(connection: ProxiedConnection, silentShare: number): void {
  if (Math.random() < silentShare) connection.stall();
  else if (Math.random() < RESET_SHARE) connection.reset();
  else connection.halfClose(Math.random() < 0.5 ? 'client' : 'target');
}
