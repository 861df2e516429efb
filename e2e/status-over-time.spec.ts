import { expect, test } from 'playwright/test';
import type { Alert } from '../contracts/alert.ts';
import { alertListSchema } from '../contracts/alert-query.ts';
import { type MuteRequestInput, muteAnswerSchema } from '../contracts/mute.ts';
import { settingsInForceSchema } from '../contracts/settings-history.ts';
import type { Snapshot } from '../contracts/snapshot.ts';
import type { RiskAlertData } from '../contracts/socket.ts';
import { type DeskServer, startDesk } from './desk-server.ts';
import { postgresUrl } from './faults/own-postgres.ts';
import { type WatchingClient, watchDesk } from './faults/watching-client.ts';
import { threeWayQuote } from './quote.ts';

/** A moment that nothing was committed at is looked for twice a second; the rest is the way to the browser. */
const TOLD_WITHIN_MS = 1_500;
const OWN = 'draftkings';

/** Two processes on one database, and a browser at each. */
async function openTwoNodes() {
  const first = await startDesk({ OWN_BOOKMAKER: OWN });
  try {
    const second = await startDesk({ OWN_BOOKMAKER: OWN, DATABASE_URL: await postgresUrl(first.dataDir) });
    const clients = await Promise.all([watchDesk(first.url), watchDesk(second.url)]);
    return {
      first,
      second,
      clients,
      async close(): Promise<void> {
        await Promise.all(clients.map((client) => client.close()));
        await second.dispose();
        await first.dispose();
      },
    };
  } catch (error) {
    await first.dispose();
    throw error;
  }
}

/** A poll of both books at which the own home price stands at `home`. */
const poll = (event: string, home: number, kickoffMs: number, atMs: number): readonly Snapshot[] =>
  [OWN, 'pinnacle'].map((bookmaker) =>
    threeWayQuote({
      event,
      home: `${event} Town`,
      away: 'Visitors',
      bookmaker,
      prices: [bookmaker === OWN ? home : 2.2, 3.4, 3.3],
      atMs,
      kickoffMs,
    }),
  );

/** One alert at least of that match: its home price falls by a fifth. */
async function alertOf(desk: DeskServer, event: string, kickoffMs: number, atMs = Date.now()): Promise<number> {
  await desk.ingest(poll(event, 2.2, kickoffMs, atMs - 120_000));
  return (await desk.ingest(poll(event, 1.76, kickoffMs, atMs - 60_000))).alerts;
}

async function alerts(desk: DeskServer, search = ''): Promise<readonly Alert[]> {
  return alertListSchema.parse(await (await fetch(`${desk.url}/api/alerts?${search}`)).json()).alerts;
}

/** Resolves with the first notification that fits, heard or still to come, and when it came. */
async function hears(client: WatchingClient, fits: (data: RiskAlertData) => boolean): Promise<RiskAlertData> {
  await expect.poll(() => client.heard.some(fits), { intervals: [20] }).toBe(true);
  const found = client.heard.find(fits);
  if (found === undefined) throw new Error('unreachable: it was heard');
  return found;
}

const write = (desk: DeskServer, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${desk.url}${path}`, {
    method,
    headers: { 'X-Trader': 'Ada', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test('[OPS93] at kickoff alerts become past and the badge falls, told at that moment to the browsers of both nodes', async () => {
  const nodes = await openTwoNodes();
  try {
    const kickoffMs = Date.now() + 6_000;
    const fired = await alertOf(nodes.first, 'harbour', kickoffMs);
    expect(fired).toBeGreaterThan(0);
    for (const client of nodes.clients) await hears(client, ({ counts }) => counts.new === fired);
    expect((await alerts(nodes.second, 'status=new')).length).toBe(fired);
    for (const client of nodes.clients) {
      expect(await hears(client, ({ counts }) => counts.past === fired)).toMatchObject({ counts: { new: 0 } });
      const lateMs = Date.now() - kickoffMs;
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(TOLD_WITHIN_MS);
    }
    for (const desk of [nodes.first, nodes.second]) {
      expect((await alerts(desk, 'status=past')).length).toBe(fired);
      expect(await alerts(desk, 'status=new')).toEqual([]);
    }

    // Put off to tonight: the same alerts are new again, everywhere.
    const laterMs = kickoffMs + 3 * 3_600_000;
    const before = nodes.clients.map((client) => client.heard.length);
    await nodes.second.ingest(poll('harbour', 1.76, laterMs, Date.now()));
    for (const [index, client] of nodes.clients.entries()) {
      await expect
        .poll(() => client.heard.slice(before[index]).some(({ counts }) => counts.new === fired && counts.past === 0))
        .toBe(true);
    }
    expect((await alerts(nodes.first, 'status=new')).map(({ event }) => event.kickoff)).toEqual(
      Array.from({ length: fired }, () => new Date(laterMs).toISOString()),
    );
  } finally {
    await nodes.close();
  }
});

test('[OPS94] a mute takes its alerts off the badge of both nodes, keeps new ones quiet, and gives them back when it ends', async () => {
  const nodes = await openTwoNodes();
  const { first, second, clients } = nodes;
  try {
    const kickoffMs = Date.now() + 3 * 3_600_000;
    const fired = await alertOf(first, 'harbour', kickoffMs);
    for (const client of clients) await hears(client, ({ counts }) => counts.new === fired);

    const endMs = Date.now() + 5_000;
    const request: MuteRequestInput = {
      scope: { kind: 'league', sport: 'soccer', country: 'Testland', league: 'Coastal League' },
      until: new Date(endMs).toISOString(),
      reason: 'cup night, priced by hand',
    };
    const made = await write(second, 'POST', '/api/mutes', request);
    expect(made.status).toBe(201);
    const { alerts: muted, seq } = muteAnswerSchema.parse(await made.json());
    expect(muted).toBe(fired);
    for (const client of clients) {
      expect(await hears(client, (data) => data.seq >= seq)).toMatchObject({
        alert_count: 0,
        severities: [],
        counts: { new: 0 },
      });
    }

    const quiet = await alertOf(second, 'island', kickoffMs);
    const stored = await alerts(first, 'muted=true');
    expect(stored.length).toBe(fired + quiet);
    const newest = Math.max(...stored.map((alert) => alert.seq));
    for (const client of clients) {
      expect(await hears(client, (data) => data.seq >= newest)).toMatchObject({ alert_count: 0, counts: { new: 0 } });
    }
    for (const client of clients) {
      const back = await hears(client, ({ counts }) => counts.new === fired + quiet);
      expect(back.alert_count).toBe(fired + quiet);
      expect(Date.now() - endMs).toBeGreaterThanOrEqual(0);
      expect(Date.now() - endMs).toBeLessThan(TOLD_WITHIN_MS);
    }
    expect(await alerts(first, 'muted=true')).toEqual([]);
    expect((await alerts(second, 'status=new')).length).toBe(fired + quiet);
  } finally {
    await nodes.close();
  }
});

test('[OPS95] saved settings hold for the next batch of every node that has heard of them, without a restart, and nobody overwrites them unseen', async () => {
  const nodes = await openTwoNodes();
  const { first, second } = nodes;
  try {
    const kickoffMs = Date.now() + 3 * 3_600_000;
    expect(await alertOf(first, 'harbour', kickoffMs)).toBeGreaterThan(0);
    const response = await fetch(`${first.url}/api/settings`);
    const etag = response.headers.get('etag') ?? '';
    const { settings } = settingsInForceSchema.parse(await response.json());
    const deaf = {
      ...settings,
      priceChangePercent: { warning: 60, elevated: 70, critical: 80 },
      disagreementMinPercent: 60,
      primaryMarkets: ['btts'],
    };
    const saved = await write(first, 'PUT', '/api/settings', deaf, { 'If-Match': etag });
    expect(saved.status).toBe(200);
    const { revision, seq } = settingsInForceSchema.parse(await saved.json());
    expect(await alertOf(first, 'island', kickoffMs)).toBe(0);
    await Promise.all(nodes.clients.map((client) => client.levelWith(seq, 5_000)));
    // The other node reads them when it has heard of them: the batch that comes with the news may still be judged as before.
    let match = 0;
    await expect.poll(() => alertOf(second, `upland ${(match += 1)}`, kickoffMs)).toBe(0);

    const late = await write(second, 'PUT', '/api/settings', settings, { 'If-Match': etag });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      error: { code: 'conflict', details: { current: { revision, changedBy: 'Ada' }, meanwhile: [{ revision }] } },
    });
    const crossed = { ...settings, priceChangePercent: { warning: 9, elevated: 8, critical: 15 } };
    expect(await (await write(second, 'PUT', '/api/settings', crossed)).json()).toMatchObject({
      error: { details: [{ parameter: 'priceChangePercent.elevated' }] },
    });
  } finally {
    await nodes.close();
  }
});
