import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCHEMA_PATH, schemaDiff } from './schema-engine.ts';
import { type TestDatabase, createTestDatabase } from './test-database.ts';

/** What the Prisma schema cannot say, so that the comparison does not see it. Each is asserted below. */
const BEYOND_PRISMA = {
  indexes: [
    "CREATE INDEX event_search_text_idx ON public.event USING gin (to_tsvector('simple'::regconfig, search_text)) WITH (fastupdate=off)",
    'CREATE UNIQUE INDEX odds_current_event_id_bookmaker_id_market_line_key ON public.odds_current USING btree (event_id, bookmaker_id, market, line) NULLS NOT DISTINCT',
  ],
  checks: ['alert_severity_rank', 'mute_has_an_end', 'mute_scope', 'watermark_one_row'],
  fillFactors: { book_presence: 70, detection_state: 80, event: 80, odds_current: 70, watermark: 10 },
} as const;

let base: TestDatabase;

beforeAll(async () => (base = await createTestDatabase()));
afterAll(() => base.drop());

async function rowsOf<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: base.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('[DB40] the migrations make exactly the schema that Prisma is told, compared both ways', async () => {
  expect(await schemaDiff({ url: base.url, from: 'database', to: 'schema' })).toBe('');
  expect(await schemaDiff({ url: base.url, from: 'schema', to: 'database' })).toBe('');
});

test('[DB41] the comparison sees a column and an index that only one side has', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'linewatch-schema-'));
  const schemaPath = join(directory, 'schema.prisma');
  const schema = await readFile(SCHEMA_PATH, 'utf8');
  await writeFile(
    schemaPath,
    schema.replace('model Bookmaker {', 'model Bookmaker {\n  country String?\n  @@index([country])'),
  );
  const script = await schemaDiff({ url: base.url, from: 'database', to: 'schema', schemaPath });
  await rm(directory, { recursive: true });
  expect(script).toContain('ALTER TABLE "bookmaker" ADD COLUMN     "country" TEXT');
  expect(script).toContain('CREATE INDEX "bookmaker_country_idx"');
});

test('[DB42] what Prisma cannot say is there: null lines unique, word search, checks, room on hot pages', async () => {
  const indexes = await rowsOf<{ definition: string }>(
    `SELECT indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'public' AND (indexdef LIKE '%NULLS NOT DISTINCT%' OR indexdef LIKE '%USING gin%') ORDER BY indexname`,
  );
  expect(indexes.map((index) => index.definition)).toEqual(BEYOND_PRISMA.indexes);
  const checks = await rowsOf<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace ORDER BY conname`,
  );
  expect(checks.map((check) => check.name)).toEqual(BEYOND_PRISMA.checks);
  const tables = await rowsOf<{ name: string; factor: string }>(
    `SELECT relname AS name, option_value AS factor FROM pg_class, pg_options_to_table(reloptions)
     WHERE relkind = 'r' AND option_name = 'fillfactor' ORDER BY relname`,
  );
  expect(Object.fromEntries(tables.map((table) => [table.name, Number(table.factor)]))).toEqual(
    BEYOND_PRISMA.fillFactors,
  );
});

test('[DB43] writing prices over and over touches no index of the hot tables', async () => {
  await rowsOf(`
    INSERT INTO league (sport, country, name) VALUES ('soccer', 'NO', 'Eliteserien');
    INSERT INTO bookmaker (name, last_seen_at) VALUES ('own', now());
    INSERT INTO event (source_key, league_id, home, away, kickoff, search_text, created_at) VALUES ('e', 1, 'A', 'B', now(), 'a b', now());
    INSERT INTO book_presence VALUES (1, 1, now());
    INSERT INTO odds_current (event_id, bookmaker_id, market, state, outcomes, observed_at, changed_at) VALUES (1, 1, '1x2', 'open', '[]', now(), now())`);
  await rowsOf(`
    DO $$ BEGIN FOR round IN 1..20 LOOP
      UPDATE event SET odds_version = round, last_price_at = now();
      UPDATE odds_current SET outcomes = '[["home", 2050, 0]]', observed_at = now(), changed_at = now();
      UPDATE book_presence SET last_seen_at = now();
      UPDATE watermark SET seq = seq + 1, odds_version = odds_version + 1;
    END LOOP; END $$; SELECT pg_stat_force_next_flush()`);
  const tables = await rowsOf<{ name: string; updates: string; hot: string }>(
    `SELECT relname AS name, n_tup_upd AS updates, n_tup_hot_upd AS hot FROM pg_stat_user_tables
     WHERE relname IN ('event', 'odds_current', 'book_presence', 'watermark') ORDER BY relname`,
  );
  for (const table of tables) expect(table).toMatchObject({ hot: table.updates });
  expect(tables.map((table) => Number(table.updates) >= 20)).toEqual([true, true, true, true]);
});
