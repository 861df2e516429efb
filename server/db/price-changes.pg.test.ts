import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { detect } from '../detection/detect.ts';
import type { Observation } from '../detection/observation.ts';
import { createEventCache } from '../ingest/event-cache.ts';
import { batchOf } from '../ingest/ingest-batch.ts';
import { createPipeline } from '../ingest/pipeline.ts';
import { type Database, openDatabase } from './database.ts';
import { newestHistoryId, readPriceChanges } from './price-changes.ts';
import { createPriceStore } from './price-store.ts';
import { type TestDatabase, createTestDatabase } from './test-database.ts';

const T0 = Date.parse('2026-06-01T12:00:00Z');

let base: TestDatabase;
let database: Database;
beforeEach(async () => {
  base = await createTestDatabase();
  database = openDatabase({ url: base.url });
});
afterEach(async () => {
  await database.close();
  await base.drop();
});

const price = (event: string, bookmaker: string, milliOdds: number, minute: number): Observation => ({
  event: {
    sourceKey: event,
    home: `${event} home`,
    away: `${event} away`,
    league: 'Liga',
    country: 'Spain',
    sport: 'soccer',
    kickoffMs: T0 + 86_400_000,
  },
  bookmaker,
  market: 'btts',
  line: null,
  outcomes: [
    { name: 'yes', milliOdds, suspended: false },
    { name: 'no', milliOdds: 1_900, suspended: false },
  ],
  suspended: false,
  observedAtMs: T0 + minute * 60_000,
  upstreamAtMs: null,
});

/** A writer as another process has one: with a memory of its own. */
const openWriter = () =>
  createPipeline({
    store: createPriceStore(database.writer, () => T0),
    cache: createEventCache({ maxEvents: 100 }),
    detect,
    settings: () => ({ ...DEFAULT_SETTINGS, ownBookmaker: 'own' }),
  });

test('[DB63] what follows a point of the price history names events and bookmakers whose prices changed, and only those', async () => {
  const [first, second] = [openWriter(), openWriter()];
  await first.commit([batchOf([price('one', 'alpha', 2_000, 0), price('two', 'alpha', 2_000, 0)])]);
  const begin = await newestHistoryId(database.reader);
  expect(await readPriceChanges(database.reader, begin)).toMatchObject({ historyId: begin, eventIds: [] });

  await second.commit([batchOf([price('one', 'alpha', 2_000, 1), price('two', 'beta', 2_100, 1)])]);
  await first.commit([batchOf([price('two', 'alpha', 2_050, 2)])]);
  const two = await database.reader.event.findUniqueOrThrow({ where: { sourceKey: 'two' } });
  const found = await readPriceChanges(database.reader, begin);
  expect(found.eventIds).toEqual([two.id]);
  expect(found.bookmakers.toSorted()).toEqual(['alpha', 'beta']);
  expect(found.truncated).toBe(false);
  expect(await readPriceChanges(database.reader, found.historyId)).toMatchObject({ eventIds: [], bookmakers: [] });
});

test('[DB64] a stretch of history too long to read is told as truncated, with its newest part', async () => {
  const writer = openWriter();
  await writer.commit([batchOf([price('old', 'alpha', 2_000, 0), price('new', 'alpha', 2_000, 0)])]);
  const [old] = await database.reader.oddsCurrent.findMany({ where: { event: { sourceKey: 'old' } } });
  const begin = await newestHistoryId(database.reader);
  await database.writer.$executeRaw`
    INSERT INTO odds_history (quote_id, observed_at, state, outcomes)
    SELECT ${old?.id}::int, now(), 'open', '[]'::jsonb FROM generate_series(1, 20000)`;
  await writer.commit([batchOf([price('new', 'alpha', 2_050, 1)])]);
  const newEvent = await database.reader.event.findUniqueOrThrow({ where: { sourceKey: 'new' } });
  const found = await readPriceChanges(database.reader, begin);
  expect(found.truncated).toBe(true);
  expect(found.eventIds).toContain(newEvent.id);
});
