import { afterEach, beforeEach, expect, test } from 'vitest';
import { alertQuerySchema } from '../../contracts/alert-query.ts';
import { muteQuerySchema, muteRequestSchema } from '../../contracts/mute.ts';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { detect } from '../detection/detect.ts';
import type { Observation } from '../detection/observation.ts';
import { createEventCache } from '../ingest/event-cache.ts';
import { batchOf } from '../ingest/ingest-batch.ts';
import { createPipeline } from '../ingest/pipeline.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';
import { createPriceStore } from './price-store.ts';
import { RETENTION_STEP } from './retention.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;
const DAYS = { alerts: 90, history: 30 };
const SETTINGS = { ...DEFAULT_SETTINGS, ownBookmaker: 'draftkings' };

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

async function sweep(nowMs = NOW): Promise<number[]> {
  const steps: number[] = [];
  for (;;) {
    const deleted = await desk.store.retentionStep(DAYS, nowMs);
    if (deleted === 0) return steps;
    steps.push(deleted);
  }
}

const openPipeline = (nowMs = NOW) =>
  createPipeline({
    store: createPriceStore(desk.database.writer, () => nowMs),
    cache: createEventCache({ maxEvents: 100 }),
    detect,
    settings: () => SETTINGS,
  });

function observation(event: string, kickoffMs: number, atMs: number, home = 2_000): Observation {
  return {
    event: { sourceKey: event, home: 'A', away: 'B', league: 'Liga', country: 'Spain', sport: 'soccer', kickoffMs },
    bookmaker: 'draftkings',
    market: 'moneyline',
    line: null,
    outcomes: [
      { name: 'A', milliOdds: home, suspended: false },
      { name: 'B', milliOdds: 1_900, suspended: false },
    ],
    suspended: false,
    observedAtMs: atMs,
    upstreamAtMs: null,
  };
}

const countOf = async (table: 'event' | 'oddsCurrent' | 'oddsHistory' | 'bookPresence' | 'alert') => {
  const { reader } = desk.database;
  switch (table) {
    case 'event':
      return reader.event.count();
    case 'oddsCurrent':
      return reader.oddsCurrent.count();
    case 'oddsHistory':
      return reader.oddsHistory.count();
    case 'bookPresence':
      return reader.bookPresence.count();
    case 'alert':
      return reader.alert.count();
  }
};

test('[DB220] alerts go when their days are over, the totals stay right, and whoever stood before starts afresh', async () => {
  const old = await desk.addEvent({ kickoffMs: NOW - 91 * DAY_MS });
  for (let index = 0; index < 3; index += 1) await desk.addAlert({ eventId: old });
  const kept = await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs: NOW - 89 * DAY_MS }) });
  const open = await desk.addAlert({ eventId: await desk.addEvent() });
  await sweep();
  const list = await desk.store.listAlerts(alertQuerySchema.parse({}), NOW);
  expect(list.alerts.map((alert) => alert.id)).toEqual([open, kept]);
  expect(list).toMatchObject({ counts: { new: 1, acknowledged: 0, past: 1 }, seq: 6 });
  expect(await desk.store.alertStats(NOW)).toMatchObject({ total: 2 });
  expect(await desk.store.changesSince(5, undefined, NOW)).toMatchObject({ reset: true, seq: 6 });
  expect(await desk.store.changesSince(6, undefined, NOW)).toMatchObject({ reset: false, alerts: [] });
  expect(await sweep()).toEqual([]);
  expect((await desk.store.watermark()).seq).toBe(6);
});

test('[DB221] a step takes no more rows than it may, however many are due', async () => {
  const eventId = await desk.addEvent({ kickoffMs: NOW - 100 * DAY_MS });
  await desk.addAlert({ eventId });
  await desk.database.writer.$executeRaw`
    INSERT INTO alert (alert_key, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, seq)
    SELECT alert_key || number, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, seq
    FROM alert, generate_series(1, 500) AS number`;
  await desk.database.writer.$executeRaw`UPDATE watermark SET alert_total = 501`;
  expect(await sweep()).toEqual([RETENTION_STEP.alerts, RETENTION_STEP.alerts, 101]);
  expect(await countOf('alert')).toBe(0);
  expect((await desk.store.alertCounts(NOW)).counts).toEqual({ new: 0, acknowledged: 0, past: 0 });
});

test('[DB222] prices and memory of a match go by the days of history, the match itself with its last alert', async () => {
  const kickoffMs = NOW - 31 * DAY_MS;
  const pipeline = openPipeline(kickoffMs - 60 * MINUTE_MS);
  const poll = (minutes: number, home: number) => observation('old', kickoffMs, kickoffMs - minutes * MINUTE_MS, home);
  await pipeline.commit([batchOf([poll(60, 2_000), poll(55, 2_010), poll(50, 2_020)])]);
  await pipeline.commit([batchOf([observation('fresh', NOW - 29 * DAY_MS, NOW - 29 * DAY_MS)])]);
  const { id } = await desk.database.reader.event.findFirstOrThrow({ where: { sourceKey: 'old' } });
  await desk.database.writer.detectionState.create({
    data: { eventId: id, key: 'k', state: {}, updatedAt: new Date(NOW) },
  });
  await desk.addAlert({ eventId: id as never });
  const scope = { kind: 'event', eventId: id };
  await desk.store.createMute(muteRequestSchema.parse({ scope, until: 'kickoff', reason: 'x' }), 'ann', kickoffMs - 1);

  await sweep();
  expect(await countOf('oddsCurrent')).toBe(1);
  expect(await countOf('oddsHistory')).toBe(1);
  expect(await countOf('bookPresence')).toBe(1);
  expect(await desk.database.reader.detectionState.count()).toBe(0);
  expect(await countOf('event')).toBe(2);
  expect(await countOf('alert')).toBe(1);

  await sweep(kickoffMs + 91 * DAY_MS);
  for (const table of ['event', 'alert', 'oddsCurrent', 'oddsHistory', 'bookPresence'] as const) {
    expect(await countOf(table), table).toBe(0);
  }
  expect((await desk.store.listMutes(muteQuerySchema.parse({ state: 'all' }), NOW)).mutes).toEqual([]);
});

test('[DB223] a match that is still to come, or still heard of, keeps everything, and so do the settings', async () => {
  const pipeline = openPipeline();
  await pipeline.commit([batchOf([observation('ahead', NOW + DAY_MS, NOW - 60 * DAY_MS)])]);
  await pipeline.commit([batchOf([observation('long', NOW - 60 * DAY_MS, NOW - DAY_MS)])]);
  await desk.store.saveSettings(SETTINGS, { actor: 'ann', nowMs: NOW - 4_000 * DAY_MS });
  expect(await sweep()).toEqual([]);
  expect(await countOf('oddsHistory')).toBe(2);
  expect((await desk.store.settingsRevisions({ limit: 10 })).revisions).toHaveLength(1);
});

test('[DB224] writers that remember what retention deleted go on as if it had never been', async () => {
  const kickoffMs = NOW - 100 * DAY_MS;
  const [first, second] = [openPipeline(), openPipeline()];
  const poll = (atMs: number, home: number) => [
    observation('gone', kickoffMs, atMs, home),
    observation('kept', NOW + DAY_MS, atMs, home),
  ];
  await first.commit([batchOf(poll(kickoffMs, 2_000))]);
  await second.commit([batchOf(poll(kickoffMs + 1_000, 2_010))]);
  await sweep();
  expect(await desk.database.reader.event.findMany({ select: { sourceKey: true } })).toEqual([{ sourceKey: 'kept' }]);
  for (const [index, pipeline] of [first, second, first].entries()) {
    const [result] = await pipeline.commit([batchOf(poll(NOW + index * 1_000, 2_020 + index))]);
    expect(result).toMatchObject({ kind: 'committed', answer: { accepted: 2, changed: 2 } });
  }
  expect(await countOf('event')).toBe(2);
});

test('[DB225] ingest runs on while retention works, and nothing of it is lost', async () => {
  const pipeline = openPipeline();
  for (let index = 0; index < 20; index += 1) {
    const kickoffMs = NOW - (40 + index) * DAY_MS;
    const versions = Array.from({ length: 30 }, (_unused, step) =>
      observation(`old-${index}`, kickoffMs, kickoffMs - (30 - step) * MINUTE_MS, 2_000 + step),
    );
    await pipeline.commit([batchOf(versions)]);
  }
  let accepted = 0;
  const ingest = async (): Promise<void> => {
    for (let round = 0; round < 40; round += 1) {
      const batch = [
        observation('live', NOW + DAY_MS, NOW + round * 1_000, 2_000 + round),
        observation(`old-${round % 20}`, NOW - (40 + (round % 20)) * DAY_MS, NOW - 35 * DAY_MS + round, 3_000 + round),
      ];
      const [result] = await pipeline.commit([batchOf(batch)]);
      if (result?.kind === 'committed') accepted += result.answer.accepted;
    }
  };
  await Promise.all([ingest(), sweep()]);
  await sweep();
  expect(accepted).toBe(80);
  expect(await countOf('event')).toBe(1);
  expect(await countOf('oddsHistory')).toBe(40);
});
