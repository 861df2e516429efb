import { afterAll, expect, test } from 'vitest';
import { muteRequestSchema } from '../../contracts/mute.ts';
import { createDeskStore } from '../db/desk-store.ts';
import { detect } from '../detection/detect.ts';
import { fairOfRow } from '../detection/fair-prices.ts';
import { summarizeCommit } from './commit-summary.ts';
import { createEventCache } from './event-cache.ts';
import { batchOf } from './ingest-batch.ts';
import {
  FALL,
  KICKOFF,
  MINUTE,
  OPENING,
  SETTINGS,
  T0,
  alertsOf,
  committed,
  observation,
  openPipelines,
} from './pipeline.fixture.ts';
import { createPipeline } from './pipeline.ts';

const { setup, close } = openPipelines();
afterAll(close);

test('[ING50] prices, history, alert and watermark of a batch are stored together and answered with their seq', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const [result] = await pipeline.commit([batchOf(FALL)]);
  const { answer, alerts } = committed(result);

  const stored = await alertsOf(database);
  const watermark = await database.reader.watermark.findFirstOrThrow();
  expect(stored.map((alert) => [alert.type, alert.changeBasisPoints, alert.oldMilliOdds, alert.newMilliOdds])).toEqual([
    ['price_change', -1_000, 2_000, 1_800],
  ]);
  expect(answer).toMatchObject({
    accepted: 2,
    changed: 1,
    alerts: 1,
    epoch: watermark.epoch,
    seq: Number(watermark.seq),
  });
  expect(alerts).toHaveLength(1);
  expect(Number(stored[0]?.seq)).toBe(answer.seq);
  expect(Number(watermark.alertTotal)).toBe(1);
  expect(await database.reader.oddsHistory.count()).toBe(3);
  expect(await database.reader.oddsCurrent.count()).toBe(2);
});

test('[ING51] an unchanged quote adds no history row and moves no watermark', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const again = OPENING.map((quote) => ({ ...quote, observedAtMs: quote.observedAtMs + MINUTE }));
  const [result] = await pipeline.commit([batchOf(again)]);

  expect(committed(result).answer).toMatchObject({ accepted: 2, changed: 0, alerts: 0, seq: 0 });
  expect(await database.reader.oddsHistory.count()).toBe(2);
  const presence = await database.reader.bookPresence.findMany();
  expect(presence.map((row) => row.lastSeenAt.getTime())).toEqual([T0 + MINUTE, T0 + MINUTE]);
});

test('[UI314] a book that comes back after more than its usual interval has that span stored, once', async () => {
  const { database, pipeline } = await setup();
  const poll = (minute: number) => batchOf(OPENING.map((quote) => ({ ...quote, observedAtMs: T0 + minute * MINUTE })));
  for (const minute of [0, 1, 2, 6]) await pipeline.commit([poll(minute)]);
  expect(await database.reader.bookAbsence.count()).toBe(0);

  // Two polls of one transaction: the span lies between them.
  await pipeline.commit([poll(7), poll(40)]);
  await pipeline.commit([poll(40)]);
  const spans = await database.reader.bookAbsence.findMany();
  expect(spans.map(({ fromAt, toAt }) => [fromAt.getTime(), toAt.getTime()])).toEqual([
    [T0 + 7 * MINUTE, T0 + 40 * MINUTE],
    [T0 + 7 * MINUTE, T0 + 40 * MINUTE],
  ]);
});

test('[ING60] what one book does is found at another that the batch does not name: each book in a request of its own', async () => {
  const { database, store } = await setup();
  const settings = { ...SETTINGS, disagreementCompetitors: ['rival'] };
  const cache = createEventCache({ maxEvents: 100 });
  const pipeline = createPipeline({ store, cache, detect, settings: () => settings });
  await pipeline.commit([batchOf(OPENING)]);
  await pipeline.commit([batchOf([observation({ minute: 5, home: 1_800 })])]);
  const [result] = await pipeline.commit([batchOf([observation({ bookmaker: 'rival', minute: 6, home: 2_200 })])]);
  expect(committed(result).answer.accepted).toBe(1);
  const disagreements = await database.reader.alert.findMany({
    where: { type: 'direction_disagreement' },
    include: { bookmaker: true },
  });
  expect(disagreements.map((alert) => alert.bookmaker.name)).toEqual(['own']);
});

test('[ING57] a match that is rescheduled takes its alerts along and moves the watermark', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  await pipeline.commit([batchOf(FALL)]);
  const later = KICKOFF + 60 * MINUTE;
  const [result] = await pipeline.commit([batchOf([observation({ minute: 10, home: 1_800, kickoffMs: later })])]);

  const [alert] = await alertsOf(database);
  const { answer, movedEventIds } = committed(result);
  expect(alert?.kickoff.getTime()).toBe(later);
  expect(Number(alert?.seq)).toBe(answer.seq);
  expect(movedEventIds).toEqual([alert?.eventId]);
  expect((await database.reader.event.findFirstOrThrow()).kickoff.getTime()).toBe(later);
});

test('[ING67] an alert that is found before its match is rescheduled in the same batch moves along', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const later = KICKOFF + 60 * MINUTE;
  await pipeline.commit([batchOf([...FALL, observation({ minute: 6, home: 1_800, kickoffMs: later })])]);

  const [alert] = await alertsOf(database);
  expect(alert?.kickoff.getTime()).toBe(later);
  expect((await database.reader.event.findFirstOrThrow()).kickoff.getTime()).toBe(later);
});

test('[ING68] more alerts than one statement takes are all stored, each under a seq of its own', async () => {
  const { database, pipeline } = await setup();
  const polls = [2_000, 1_840, 2_000, 1_600].flatMap((home, minute) =>
    Array.from({ length: 400 }, (_, match) => [
      observation({ event: `match-${match}`, minute, home }),
      observation({ event: `match-${match}`, bookmaker: 'rival', minute, home: 2_010 }),
    ]).flat(),
  );
  const [result] = await pipeline.commit([batchOf(polls)]);
  const { answer, alerts } = committed(result);

  const stored = await alertsOf(database);
  const watermark = await database.reader.watermark.findFirstOrThrow();
  expect(stored.length).toBeGreaterThanOrEqual(400);
  expect(answer.alerts).toBe(stored.length);
  expect(new Set(alerts.map((alert) => alert.alertKey)).size).toBe(stored.length);
  expect(Number(watermark.alertTotal)).toBe(stored.length);
  expect(new Set(stored.map((alert) => alert.seq)).size).toBe(stored.length);
  expect(Math.max(...stored.map((alert) => Number(alert.seq)))).toBe(Number(watermark.seq));
});

test('[ING64] an alert under a mute is stored, counted in the answer, and announced to nobody', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const desk = createDeskStore(database, { ownBookmaker: 'own', fairOf: fairOfRow });
  const scope = { kind: 'event', eventId: 1 };
  await desk.createMute(muteRequestSchema.parse({ scope, until: 'kickoff', reason: 'x' }), 'ann', T0);
  const results = await pipeline.commit([batchOf(FALL)]);
  const { answer, alerts } = committed(results[0]);

  expect(answer).toMatchObject({ alerts: 1, seq: 2 });
  expect(alerts).toMatchObject([{ muted: true }]);
  expect(summarizeCommit(results)).toMatchObject({ alertCount: 0, severities: [], watermark: { seq: 2 } });
  expect(await alertsOf(database)).toHaveLength(1);
  expect((await desk.alertCounts(T0)).counts.new).toBe(0);
});

test('[DET284] who makes the same move as a muted competitor is told of, and our own price takes no muted alert over', async () => {
  const { database, pipeline } = await setup();
  const said = (bookmaker: string, minute: number) => batchOf([observation({ bookmaker, minute, home: 1_800 })]);
  const books = ['own', 'rival', 'other'];
  await pipeline.commit([batchOf(books.map((bookmaker) => observation({ bookmaker, minute: 0, home: 2_000 })))]);
  const desk = createDeskStore(database, { ownBookmaker: 'own', fairOf: fairOfRow });
  const until = new Date(KICKOFF).toISOString();
  const scope = { kind: 'bookmaker', bookmaker: 'rival' };
  await desk.createMute(muteRequestSchema.parse({ scope, until, reason: 'x' }), 'ann', T0);
  await pipeline.commit([said('rival', 5)]);
  expect(summarizeCommit(await pipeline.commit([said('rival', 6)]))).toMatchObject({ alertCount: 0 });

  const theirs = await pipeline.commit([said('other', 7)]);
  expect(summarizeCommit(theirs)).toMatchObject({ alertCount: 1, severities: ['elevated'] });
  expect(summarizeCommit(await pipeline.commit([said('own', 8)]))).toMatchObject({ alertCount: 0 });
  const alerts = await database.reader.alert.findMany({ include: { bookmaker: true }, orderBy: { id: 'asc' } });
  expect(alerts.map(({ bookmaker }) => bookmaker.name)).toEqual(['rival', 'own']);
  expect((await desk.alertCounts(T0)).counts.new).toBe(1);
});

test('[DET289] an alert that only the summary of its minute stood for is told once it has a row of its own, as when it speaks of our price', async () => {
  const { store } = await setup();
  const settings = { ...SETTINGS, maxAlertsPerEventMinute: 1 };
  const cache = createEventCache({ maxEvents: 10 });
  const pipeline = createPipeline({ store, cache, detect, settings: () => settings });
  const said = (bookmaker: string, minute: number, home: number) => observation({ bookmaker, minute, home });
  await pipeline.commit([batchOf(['own', 'rival', 'other'].map((bookmaker) => said(bookmaker, 0, 2_000)))]);
  await pipeline.commit([batchOf([said('rival', 5, 1_800), said('other', 5, 2_300)])]);
  const crowded = await pipeline.commit([batchOf([said('rival', 6, 1_800), said('other', 6, 2_300)])]);
  expect(committed(crowded[0]).alerts.map(({ alertKey }) => alertKey.includes('summary'))).toEqual([false, true]);

  const ours = await pipeline.commit([batchOf([said('own', 7, 2_250)])]);
  const told = committed(ours[0]).alerts.filter(({ type }) => type === 'price_change');
  expect(told).toMatchObject([{ alertKey: expect.stringContaining('|other|1x2|'), severity: 'critical' }]);
  const again = await pipeline.commit([batchOf([said('own', 8, 2_250)])]);
  expect(committed(again[0]).alerts).toEqual([]);
});

test('[ING58] a batch larger than one write is stored whole, its latest version current and every version in history', async () => {
  const { database, pipeline } = await setup();
  const versions = Array.from({ length: 3_000 }, (_, index) =>
    observation({ event: `match-${index % 10}`, minute: index / 100, home: 2_000 + (index % 7) * 10 }),
  );
  const [result] = await pipeline.commit([batchOf(versions)]);
  const { answer } = committed(result);

  expect(answer.accepted).toBe(3_000);
  expect(await database.reader.oddsCurrent.count()).toBe(10);
  expect(await database.reader.oddsHistory.count()).toBe(answer.changed);
  const newest = await database.reader.oddsHistory.findFirstOrThrow({
    where: { quoteId: 1 },
    orderBy: { id: 'desc' },
  });
  const current = await database.reader.oddsCurrent.findFirstOrThrow({ where: { id: 1 } });
  expect(current.outcomes).toEqual(newest.outcomes);
});

test('[ING80] an acknowledged alert that gets worse is new again and says so; one that only comes again counts', async () => {
  const { database, pipeline } = await setup();
  const hear = (minute: number, home: number) => pipeline.commit([batchOf([observation({ minute, home })])]);
  await pipeline.commit([batchOf(OPENING)]);
  await hear(5, 1_850);
  await database.writer.alert.updateMany({ data: { acknowledgedAt: new Date(T0), acknowledgedBy: 'mia' } });

  await hear(10, 2_000);
  const [again] = await hear(15, 1_850);
  const [flapping] = await alertsOf(database);
  expect(flapping).toMatchObject({ severity: 0, occurrences: 2, acknowledgedBy: 'mia', worsenedAt: null });
  expect(committed(again)).toMatchObject({ answer: { alerts: 0 }, alerts: [] });
  expect(Number(flapping?.seq)).toBe(committed(again).answer.seq);

  const [worse] = await hear(20, 1_690);
  const [escalated] = await alertsOf(database);
  expect(committed(worse).answer.alerts).toBe(1);
  expect(escalated).toMatchObject({ severity: 2, occurrences: 2, acknowledgedAt: null, acknowledgedBy: null });
  expect(escalated?.worsenedAt).not.toBeNull();
});

test('[ING81] prices that cannot be meant are counted by book and reason, and change nothing', async () => {
  const { database, pipeline } = await setup();
  await pipeline.commit([batchOf(OPENING)]);
  const twoWay = {
    ...observation({ minute: 5, home: 1_300 }),
    outcomes: observation({ minute: 5, home: 1_300 }).outcomes.slice(0, 2),
  };
  const [result] = await pipeline.commit([batchOf([twoWay])]);
  expect(committed(result).quarantined).toEqual([{ bookmaker: 'own', reason: 'missing_outcome', count: 1 }]);
  expect(await database.reader.oddsHistory.count()).toBe(2);
  expect(await alertsOf(database)).toEqual([]);
});
