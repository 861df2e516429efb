import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../contracts/settings.ts';
import { type TryLine, tryLineSchema, tryRequestSchema } from '../../contracts/settings-try.ts';
import { type DeskFixture, createDeskFixture } from '../db/desk-fixture.ts';
import { createPriceStore } from '../db/price-store.ts';
import { detect } from '../detection/detect.ts';
import type { Detect } from '../detection/detection.ts';
import type { Observation } from '../detection/observation.ts';
import { createDryRun } from './dry-run.ts';
import { createEventCache } from './event-cache.ts';
import { batchOf } from './ingest-batch.ts';
import { createPipeline } from './pipeline.ts';

const MINUTE = 60_000;
const T0 = Date.parse('2026-03-01T08:00:00Z');
const KICKOFF = T0 + 20 * 60 * MINUTE;
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, ownBookmaker: 'own' };

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

function observation(event: string, bookmaker: string, minute: number, home: number, suspended = false): Observation {
  return {
    event: { sourceKey: event, home: event, away: 'B', league: 'L', country: 'C', sport: 'soccer', kickoffMs: KICKOFF },
    bookmaker,
    market: '1x2',
    line: null,
    outcomes: [
      { name: '1', milliOdds: home, suspended: false },
      { name: 'X', milliOdds: 3_400, suspended: false },
      { name: '2', milliOdds: 3_600, suspended: false },
    ],
    suspended,
    observedAtMs: T0 + minute * MINUTE,
    upstreamAtMs: null,
  };
}

const openPipeline = () =>
  createPipeline({
    store: createPriceStore(desk.database.writer, () => T0 + 600 * MINUTE),
    cache: createEventCache({ maxEvents: 100 }),
    detect,
    settings: () => SETTINGS,
  });

/** Ten hours, polled each minute: steps of 8 % and 16 %, and a suspension. */
async function storeHistory(events: readonly string[]): Promise<void> {
  const pipeline = openPipeline();
  for (const event of events) {
    const home = (minute: number): number => (minute < 240 ? 2_000 : minute < 420 ? 1_840 : 1_540);
    const polls = Array.from({ length: 600 }, (_unused, minute) => [
      observation(event, 'own', minute, home(minute)),
      observation(event, 'rival', minute, 2_050, minute >= 300 && minute < 330),
    ]);
    await pipeline.commit([batchOf(polls.flat())]);
  }
}

const openDryRun = (overrides: Partial<Parameters<typeof createDryRun>[0]> = {}) =>
  createDryRun({
    detect,
    eventsIn: desk.store.eventsInRange,
    historyOf: desk.store.replayHistory,
    onError: (error) => expect.fail(String(error)),
    ...overrides,
  });

const requestOf = (settings: Settings, change: object = {}) =>
  tryRequestSchema.parse({
    settings,
    from: new Date(T0).toISOString(),
    to: new Date(T0 + 600 * MINUTE).toISOString(),
    ...change,
  });

async function resultOf(lines: AsyncIterable<TryLine>) {
  const all: TryLine[] = [];
  for await (const line of lines) all.push(tryLineSchema.parse(line));
  const last = all.at(-1);
  if (last?.kind !== 'result') throw new Error(`expected a result, got ${JSON.stringify(last)}`);
  return { ...last, progress: all.filter((line) => line.kind === 'progress') };
}

const never = new AbortController().signal;
const told = ({ type, severity, bookmaker, outcome, at, oldOdds, newOdds }: Record<string, unknown>) => ({
  type,
  severity,
  bookmaker,
  outcome,
  at,
  oldOdds,
  newOdds,
});

test('[ING90] with the settings in force a try finds what was stored, with its prices and times', async () => {
  await storeHistory(['one', 'two']);
  const result = await resultOf(openDryRun().run(requestOf(SETTINGS), never));
  expect(result.stored.length).toBeGreaterThanOrEqual(8);
  expect(result.fired.map(told)).toEqual(result.stored.map(told));
  expect(result.summary).toMatchObject({ now: result.stored.length, tried: result.stored.length });
  expect([...result.fired, ...result.stored].every((alert) => alert.inBoth)).toBe(true);
  expect(result.progress.at(-1)).toMatchObject({ done: 2, total: 2, observations: result.observations });
  expect(result.assumptions.length).toBeGreaterThan(0);
});

test('[ING91] with other settings it tells what would have fired beside what did', async () => {
  await storeHistory(['one']);
  const strict = { ...SETTINGS, priceChangePercent: { warning: 12, elevated: 14, critical: 40 } };
  const { fired, stored, summary } = await resultOf(openDryRun().run(requestOf(strict), never));
  const moves = (alerts: readonly { type: string; severity: string; inBoth: boolean }[]) =>
    alerts.filter((alert) => alert.type === 'price_change').map(({ severity, inBoth }) => [severity, inBoth]);
  expect(moves(stored).map(([severity]) => severity)).toEqual(['warning', 'critical']);
  expect(moves(fired)).toEqual([['elevated', true]]);
  expect(summary.byType.price_change).toEqual({ now: 2, tried: 1 });
});

test('[ING92] only the range and the matches that were asked for count', async () => {
  await storeHistory(['one', 'two']);
  const from = new Date(T0 + 400 * MINUTE).toISOString();
  const one = await desk.database.reader.event.findFirstOrThrow({ where: { sourceKey: 'one' } });
  const { fired, stored } = await resultOf(openDryRun().run(requestOf(SETTINGS, { from, eventIds: [one.id] }), never));
  expect(stored.map((alert) => [alert.eventId, alert.type, alert.oldOdds, alert.newOdds])).toEqual([
    [one.id, 'price_change', 1.84, 1.54],
  ]);
  expect(fired.map(told)).toEqual(stored.map(told));
});

test('[SET51] a try names the matches of its lists, and no others', async () => {
  await storeHistory(['one', 'two']);
  const one = await desk.database.reader.event.findFirstOrThrow({ where: { sourceKey: 'one' } });
  const { events } = await resultOf(openDryRun().run(requestOf(SETTINGS, { eventIds: [one.id] }), never));
  expect(events).toEqual([{ id: one.id, home: 'one', away: 'B', league: 'L', sport: 'soccer' }]);
  const nothing = requestOf(SETTINGS, { from: new Date(T0 + 1).toISOString(), to: new Date(T0 + 2).toISOString() });
  expect((await resultOf(openDryRun().run(nothing, never))).events).toEqual([]);
});

test('[ING93] a try touches nothing', async () => {
  await storeHistory(['one']);
  const everything = async () =>
    JSON.stringify(
      [
        await desk.database.reader.watermark.findMany(),
        await desk.database.reader.event.findMany(),
        await desk.database.reader.oddsCurrent.findMany({ orderBy: { id: 'asc' } }),
        await desk.database.reader.oddsHistory.count(),
        await desk.database.reader.alert.findMany({ orderBy: { id: 'asc' } }),
        await desk.database.reader.detectionState.findMany(),
      ],
      (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
  const before = await everything();
  await resultOf(openDryRun().run(requestOf({ ...SETTINGS, disagreementMinPercent: 1 }), never));
  expect(await everything()).toBe(before);
});

test('[ING94] one try runs at a time; hanging up ends it and makes room for the next', async () => {
  await storeHistory(['one', 'two', 'three']);
  const dryRun = openDryRun();
  const first = dryRun.run(requestOf(SETTINGS), never);
  expect(await first.next()).toMatchObject({ value: { kind: 'progress', done: 0, total: 3 } });
  await expect(dryRun.run(requestOf(SETTINGS), never).next()).rejects.toMatchObject({
    code: 'busy',
    retryAfterSeconds: 5,
  });
  await first.return(undefined);
  expect((await resultOf(dryRun.run(requestOf(SETTINGS), never))).summary.now).toBeGreaterThan(0);

  let observed = 0;
  const hangUp = new AbortController();
  const counting: Detect = (...observation) => {
    observed += 1;
    if (observed === 100) hangUp.abort();
    return detect(...observation);
  };
  const cancelled = openDryRun({ detect: counting });
  for await (const line of cancelled.run(requestOf(SETTINGS), hangUp.signal)) expect(line.kind).toBe('progress');
  expect(observed).toBeLessThan(2_000);
});

test('[ING95] others have their turn while a try runs, ingest among them', async () => {
  await storeHistory(['one', 'two', 'three', 'four']);
  const pipeline = openPipeline();
  const done = new AbortController();
  let turns = 0;
  const ingest = async (): Promise<void> => {
    for (let minute = 0; !done.signal.aborted; minute += 1) {
      await pipeline.commit([batchOf([observation('live', 'own', minute, 2_000 + minute)])]);
      turns += 1;
    }
  };
  const slow: Detect = (...observation) => {
    const untilMs = performance.now() + 0.1;
    while (performance.now() < untilMs);
    return detect(...observation);
  };
  const lines = openDryRun({ detect: slow }).run(requestOf(SETTINGS), never);
  const [, result] = await Promise.all([ingest(), resultOf(lines).finally(() => done.abort())]);
  expect(result.summary.now).toBeGreaterThan(0);
  expect(turns).toBeGreaterThan(5);
});

test('[ING96] what fails on the way is the last line; what fails at once is refused', async () => {
  const errors: unknown[] = [];
  const dryRun = openDryRun({
    historyOf: () => Promise.reject(new Error('gone')),
    onError: (error) => errors.push(error),
  });
  await storeHistory(['one']);
  const lines: TryLine[] = [];
  for await (const line of dryRun.run(requestOf(SETTINGS), never)) lines.push(line);
  expect(lines.map(({ kind }) => kind)).toEqual(['progress', 'error']);
  expect(lines.at(-1)).toMatchObject({ error: { code: 'internal' } });
  expect(errors).toHaveLength(1);
  const full = openDryRun({
    eventsIn: (_range, _ids, limit) => Promise.resolve(Array.from({ length: limit }, () => 1 as never)),
  });
  await expect(full.run(requestOf(SETTINGS), never).next()).rejects.toMatchObject({ code: 'bad_request' });
});

/** A competitor shortens, which the next poll confirms, and half an hour later we follow. */
async function storeFollowed(): Promise<void> {
  const moved = (minute: number, since: number, to: number): number => (minute < since ? 2_000 : to);
  const polls = Array.from({ length: 120 }, (_unused, minute) => [
    observation('one', 'rival', minute, moved(minute, 40, 1_700)),
    observation('one', 'other', minute, 2_000),
    observation('one', 'own', minute, moved(minute, 60, 1_830)),
  ]);
  await openPipeline().commit([batchOf(polls.flat())]);
}

test('[SET90] a try tells of our own price where the stored alert came to speak of it, at the time at which the alert was first seen', async () => {
  await storeFollowed();
  const until = (minute: number) => new Date(T0 + minute * MINUTE).toISOString();
  const moves = async (change: object) => {
    const { fired, stored } = await resultOf(openDryRun().run(requestOf(SETTINGS, change), never));
    return [fired, stored].map((alerts) =>
      alerts
        .filter(({ type }) => type === 'price_change')
        .map(({ bookmaker, at, inBoth }) => ({ bookmaker, minute: (Date.parse(at) - T0) / MINUTE, inBoth })),
    );
  };
  const ours = [{ bookmaker: 'own', minute: 41, inBoth: true }];
  expect(await moves({})).toEqual([ours, ours]);
  expect(await moves({ from: until(50) })).toEqual([[], []]);
});
