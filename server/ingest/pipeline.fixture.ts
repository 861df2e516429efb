import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { createPriceStore } from '../db/price-store.ts';
import { createTestDatabase, type TestDatabase } from '../db/test-database.ts';
import { detect } from '../detection/detect.ts';
import type { Observation } from '../detection/observation.ts';
import { createEventCache } from './event-cache.ts';
import type { BatchResult, CommittedResult } from './batch-result.ts';
import { createPipeline } from './pipeline.ts';
import type { PriceStore } from './price-store.ts';

export const T0 = Date.parse('2026-06-01T12:00:00Z');
export const MINUTE = 60_000;
export const KICKOFF = T0 + 24 * 60 * MINUTE;
export const SETTINGS = { ...DEFAULT_SETTINGS, ownBookmaker: 'own', disagreementCompetitors: ['rival'] };

type Price = {
  readonly event?: string;
  readonly bookmaker?: string;
  readonly minute: number;
  readonly home: number;
  readonly kickoffMs?: number;
};

/** One book's prices of a match's 1x2, the home side's given. */
export function observation({
  event = 'match',
  bookmaker = 'own',
  minute,
  home,
  kickoffMs = KICKOFF,
}: Price): Observation {
  return {
    event: {
      sourceKey: event,
      home: `${event} home`,
      away: `${event} away`,
      league: 'Liga',
      country: 'Spain',
      sport: 'soccer',
      kickoffMs,
    },
    bookmaker,
    market: '1x2',
    line: null,
    outcomes: [
      { name: '1', milliOdds: home, suspended: false },
      { name: 'X', milliOdds: 3_400, suspended: false },
      { name: '2', milliOdds: 3_600, suspended: false },
    ],
    suspended: false,
    observedAtMs: T0 + minute * MINUTE,
    upstreamAtMs: null,
  };
}

/** Two books offer the match, then our home price falls by ten percent. */
export const OPENING = [
  observation({ minute: 0, home: 2_000 }),
  observation({ bookmaker: 'rival', minute: 0, home: 2_010 }),
];
export const FALL = [
  observation({ minute: 5, home: 1_800 }),
  observation({ bookmaker: 'rival', minute: 5, home: 2_010 }),
];

/** Pipelines on databases of their own, all closed and dropped with `close`. */
export function openPipelines() {
  const open: { testDatabase: TestDatabase; database: Database }[] = [];
  /** Another process: it shares the database and nothing that is remembered. */
  const pipelineOn = (store: PriceStore) =>
    createPipeline({ store, cache: createEventCache({ maxEvents: 100 }), detect, settings: () => SETTINGS });
  return {
    pipelineOn,
    async setup() {
      const testDatabase = await createTestDatabase();
      const database = openDatabase({ url: testDatabase.url });
      open.push({ testDatabase, database });
      const store = createPriceStore(database.writer, () => T0);
      return { database, store, pipeline: pipelineOn(store) };
    },
    async close(): Promise<void> {
      for (const { database, testDatabase } of open) {
        await database.close();
        await testDatabase.drop();
      }
    },
  };
}

export const alertsOf = (database: Database) => database.reader.alert.findMany({ orderBy: { id: 'asc' } });

/** The result of a batch that must have been committed. */
export function committed(result: BatchResult | undefined): CommittedResult {
  if (result?.kind !== 'committed') throw new Error(`expected a committed batch, got ${result?.kind}`);
  return result;
}
