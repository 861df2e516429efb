import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MARKETS, MARKETS_WITH_LINE } from '../../contracts/market.ts';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { createPriceStore } from '../db/price-store.ts';
import { type TestDatabase, createTestDatabase } from '../db/test-database.ts';
import { detect } from '../detection/detect.ts';
import { createEventCache } from './event-cache.ts';
import { batchOf } from './ingest-batch.ts';
import { createPipeline } from './pipeline.ts';
import { parseSnapshotLine } from './snapshot-line.ts';

const BATCHES = 60;
const LINES_PER_BATCH = 40;

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase({ url: own.url });
});

afterAll(async () => {
  await database.close();
  await own.drop();
});

const name = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    '|',
    '%',
    "'",
    '"',
    '\\',
    '\n',
    '\r\n',
    '\t',
    '{}',
    'null',
    '\ufeff',
    '\uffff',
    '\u{10ffff}',
    'İ',
    '..\\N',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 200,
  }),
  fc.constantFrom('雨'.repeat(200), '\u{1f3c0}'.repeat(100)),
);
const instant = fc.oneof(
  fc
    .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('2099-12-31T23:59:59-14:00', '2000-01-01T00:00:00+14:00', '2026-06-01T12:00:00.1234567Z'),
  fc.integer({ min: 0, max: 100_000 }).map((seconds) => new Date(Date.UTC(2026, 5, 1) + seconds * 1_000).toISOString()),
);
const odds = fc.oneof(fc.double({ min: 1, max: 1_001, noNaN: true }), fc.constantFrom(1.0000001, 1.0004, 1_001, 2));
const snapshot = fc
  .record({
    t: instant,
    event: fc.oneof(fc.constantFrom('e1', 'e2'), name),
    home: name,
    away: name,
    league: name,
    country: name,
    sport: name,
    kickoff: fc.oneof(fc.constant('2099-01-01T00:00:00Z'), instant),
    bookmaker: fc.oneof(fc.constantFrom('own', 'rival'), name),
    market: fc.constantFrom(...MARKETS),
    line: fc.oneof(fc.constantFrom(0, -0, 2.5, 1e-300, -10_000), fc.double({ min: -10_000, max: 10_000, noNaN: true })),
    outcomes: fc.array(fc.record({ name: fc.oneof(fc.constantFrom('1', '2'), name), odds, suspended: fc.boolean() }), {
      minLength: 2,
      maxLength: 4,
    }),
    suspended: fc.boolean(),
    upd: instant,
  })
  .map((line) => ({ ...line, line: MARKETS_WITH_LINE.has(line.market) ? line.line : null }));

/** A match under odd names whose own price falls by a quarter: an alert that carries all of them. */
const fall = fc
  .record({
    event: name,
    home: name,
    away: name,
    league: name,
    country: name,
    sport: name,
    rival: name,
    one: name,
    two: name,
  })
  .map(({ rival, one, two, ...names }) =>
    [2, 2, 1.5].flatMap((price, minute) =>
      ['own', rival].map((bookmaker) => ({
        ...names,
        t: new Date(Date.UTC(2026, 4, 1, 12, minute)).toISOString(),
        kickoff: '2098-01-01T00:00:00Z',
        bookmaker,
        market: '1x2',
        line: null,
        outcomes: [
          { name: one, odds: bookmaker === 'own' ? price : 2 },
          { name: two, odds: 2 },
        ],
        suspended: false,
      })),
    ),
  );

test('[ING35] whatever the edge accepts, the database takes', { timeout: 60_000 }, async () => {
  const pipeline = createPipeline({
    store: createPriceStore(database.writer, () => Date.UTC(2026, 5, 1)),
    cache: createEventCache({ maxEvents: 20 }),
    detect,
    settings: () => ({ ...DEFAULT_SETTINGS, ownBookmaker: 'own', matchedOnly: false }),
  });
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(snapshot, { minLength: LINES_PER_BATCH, maxLength: LINES_PER_BATCH }),
      fall,
      async (lines, falling) => {
        const observations = [...lines, ...falling].flatMap((line) => {
          const parsed = parseSnapshotLine(JSON.stringify(line));
          return parsed.kind === 'observation' ? [parsed.observation] : [];
        });
        accepted += observations.length;
        await pipeline.commit([batchOf(observations)]);
      },
    ),
    { numRuns: BATCHES },
  );
  expect(accepted).toBeGreaterThan(BATCHES);

  // Chance seldom moves one price of one book: a certain move takes such names through an alert, too.
  const named = "'\\|%\n\ufeff雨";
  for (const [t, home] of [
    ['2026-06-01T12:00:00Z', 2_000],
    ['2026-06-01T12:05:00Z', 1_500],
  ] as const) {
    await pipeline.commit([
      batchOf(
        ['own', 'rival'].map((bookmaker) => ({
          event: {
            sourceKey: named,
            home: named,
            away: named,
            league: named,
            country: named,
            sport: named,
            kickoffMs: Date.UTC(2026, 5, 2),
          },
          bookmaker,
          market: '1x2',
          line: null,
          outcomes: [named, 'X', '2'].map((outcome, index) => ({
            name: outcome,
            milliOdds: index === 0 && bookmaker === 'own' ? home : 3_400,
            suspended: false,
          })),
          suspended: false,
          observedAtMs: Date.parse(t),
          upstreamAtMs: null,
        })),
      ),
    ]);
  }
  expect(await database.reader.alert.count()).toBeGreaterThan(0);
});
