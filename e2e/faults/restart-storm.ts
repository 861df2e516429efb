import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { makeAlert } from './cross-node.ts';
import { listAlerts, setAcknowledged } from './desk-calls.ts';
import type { DeskTab } from './desk-tab.ts';
import { openTabs } from './open-tabs.ts';
import { endpointOf, startProxiedDesk } from './node-pair.ts';
import { postgresUrl } from './own-postgres.ts';
import { type Spread, spread } from './spread.ts';

const BACK_WITHIN_MS = 30_000;
/** PostgreSQL's counters are a second old at most once its connections are idle. */
const COUNTERS_SETTLE_MS = 2_500;

export type RestartFigures = {
  readonly tabs: number;
  readonly manner: 'stop' | 'kill';
  readonly downMs: number;
  /** From the moment the server is ready again to a live connection, and to a screen that shows what was missed. */
  readonly connectedMs: Spread;
  readonly levelMs: Spread;
  /** Database transactions from ready until the last tab was level, less what an idle server makes in that time. */
  readonly queries: number;
  readonly requests: number;
};

/**
 * Restarts a server under its tabs and changes something before they are back, so that every one has to fetch.
 * Throws when one is not level within thirty seconds.
 */
export async function runRestartStorm(options: {
  readonly tabs: number;
  readonly manner: 'stop' | 'kill';
}): Promise<RestartFigures> {
  const desk = await startProxiedDesk();
  const tabs: DeskTab[] = [];
  const { port } = endpointOf(desk);
  try {
    const id = await makeAlert(desk, 'Restart');
    tabs.push(...(await openTabs(`http://127.0.0.1:${port}`, options.tabs)));
    const requestsBefore = countRequests(tabs);

    const downAtMs = performance.now();
    await (options.manner === 'kill' ? desk.kill() : desk.stop());
    const connected = tabs.map(liveAgain);
    await desk.restart();
    const readyAtMs = performance.now();
    const database = new Client({ connectionString: await postgresUrl(desk.dataDir) });
    await database.connect();
    try {
      const before = await countTransactions(database);
      await setAcknowledged(desk.url, id, true);
      const { epoch, seq } = await listAlerts(desk.url);
      const levelAtMs = await Promise.all(tabs.map((tab) => tab.levelWith({ epoch, seq }, BACK_WITHIN_MS)));
      const connectedAtMs = await Promise.all(connected);
      const tookMs = performance.now() - readyAtMs;
      await delay(COUNTERS_SETTLE_MS);
      const after = await countTransactions(database);
      const idle = await idleTransactionsPerMs(database, COUNTERS_SETTLE_MS);
      const since = (moments: readonly number[]): Spread =>
        spread(moments.map((atMs) => Math.max(0, atMs - readyAtMs)));
      return {
        tabs: tabs.length,
        manner: options.manner,
        downMs: Math.round(readyAtMs - downAtMs),
        connectedMs: since(connectedAtMs),
        levelMs: since(levelAtMs),
        queries: Math.max(0, Math.round(after - before - idle * (tookMs + COUNTERS_SETTLE_MS))),
        requests: countRequests(tabs) - requestsBefore,
      };
    } finally {
      await database.end();
    }
  } finally {
    for (const tab of tabs) tab.close();
    await desk.dispose();
  }
}

const countRequests = (tabs: readonly DeskTab[]): number => tabs.reduce((sum, tab) => sum + tab.requests(), 0);

/** The moment at which a tab that is losing its connection is live again. */
function liveAgain(tab: DeskTab): Promise<number> {
  let wasAway = tab.link.getSnapshot().connection.kind !== 'live';
  return new Promise((resolve) => {
    const stop = tab.link.subscribe(() => {
      const isLive = tab.link.getSnapshot().connection.kind === 'live';
      if (!isLive) wasAway = true;
      if (!isLive || !wasAway) return;
      stop();
      resolve(performance.now());
    });
  });
}

/** Every statement of the server outside a transaction is one, too. */
async function countTransactions(database: Client): Promise<number> {
  const { rows } = await database.query<{ n: string }>(
    'SELECT xact_commit + xact_rollback AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(rows[0]?.n ?? 0);
}

async function idleTransactionsPerMs(database: Client, forMs: number): Promise<number> {
  const before = await countTransactions(database);
  await delay(forMs);
  return ((await countTransactions(database)) - before) / forMs;
}
