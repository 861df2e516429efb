import { Client } from 'pg';
import { expect, test } from 'playwright/test';
import type { DeskServer } from '../desk-server.ts';
import { openingPrices, ownSteamMove } from '../moves.ts';
import { makeAlert } from './cross-node.ts';
import { listAlerts } from './desk-calls.ts';
import { openDeskTab } from './desk-tab.ts';
import { endpointOf, startNodePair } from './node-pair.ts';
import { startTcpProxy } from './tcp-proxy.ts';

const LEVEL_WITHIN_MS = 12_000;
const BACKUP = 'linewatch_backup';

/** Runs statements as the operator does who restores: on a connection to no database of ours. */
async function operate(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: databaseUrl.replace(/\/linewatch(?=\?|$)/, '/postgres') });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const shutOut = [
  'ALTER DATABASE linewatch ALLOW_CONNECTIONS false',
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'linewatch'",
];

const homes = async ({ url }: DeskServer): Promise<string[]> =>
  (await listAlerts(url)).alerts.map((alert) => alert.event.home).toSorted();

test('[NOD202] a backup restored under two running nodes is what both show, though new alerts passed its seq at once', async () => {
  const pair = await startNodePair();
  const [first, second] = pair.nodes;
  const proxy = await startTcpProxy({ targets: pair.nodes.map(endpointOf) });
  const tabs = Array.from({ length: 6 }, () => openDeskTab(proxy.url, { shows: 'list' }));
  try {
    await makeAlert(first, 'Kept');
    await operate(pair.databaseUrl, [
      ...shutOut,
      `CREATE DATABASE ${BACKUP} TEMPLATE linewatch`,
      'ALTER DATABASE linewatch ALLOW_CONNECTIONS true',
    ]);
    await expect.poll(() => makeAlert(second, 'Lost').catch(() => null), { timeout: 20_000 }).not.toBeNull();
    await expect.poll(() => homes(first)).toEqual(['Kept', 'Lost']);
    const before = await listAlerts(first.url);

    await operate(pair.databaseUrl, [
      ...shutOut,
      'DROP DATABASE linewatch WITH (FORCE)',
      `ALTER DATABASE ${BACKUP} RENAME TO linewatch`,
    ]);
    // Two at once, so that the seq of the restored database passes that of the lost one before anybody polls.
    const nowMs = Date.now();
    const matches = ['New 1', 'New 2'].map((home) => ({ home, away: 'Visitors' }));
    for (const [index, match] of matches.entries()) {
      const node = index === 0 ? second : first;
      await expect
        .poll(() => node.ingest([...openingPrices(match, nowMs), ...ownSteamMove(match, nowMs)]).catch(() => null), {
          timeout: 25_000,
        })
        .not.toBeNull();
    }
    await expect.poll(async () => (await listAlerts(first.url)).epoch).not.toBe(before.epoch);
    for (const node of pair.nodes) await expect.poll(() => homes(node)).toEqual(['Kept', 'New 1', 'New 2']);
    const { epoch, seq } = await listAlerts(second.url);
    await Promise.all(tabs.map((tab) => tab.levelWith({ epoch, seq }, LEVEL_WITHIN_MS)));
    // What was lost is found again when it is sent again: detection remembers nothing of the life that is over.
    await makeAlert(second, 'Lost');
  } finally {
    for (const tab of tabs) tab.close();
    await proxy.close();
    await pair.dispose();
  }
});
