import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { forgetOldAnswers } from './idempotency-keys.ts';
import { createPriceStore } from './price-store.ts';
import { type TestDatabase, createTestDatabase, runSql } from './test-database.ts';

const ANSWER = { accepted: 0, changed: 0, alerts: 0, rejected: [], rejectedCount: 0, epoch: 'e', seq: 0 };
const A_REPLAYED_DAY = Date.parse('2020-05-01T12:00:00Z');

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

const keys = async (): Promise<string[]> => {
  const rows = await database.reader.ingestBatch.findMany({ orderBy: { key: 'asc' } });
  return rows.map((row) => row.key);
};

test('[DB60] an answer is kept for 24 hours of real time, whatever time the desk lives in', async () => {
  const store = createPriceStore(database.writer, () => A_REPLAYED_DAY);
  await store.transaction((transaction) => transaction.storeAnswer('fresh', 'hash', ANSWER));
  await runSql(
    own.url,
    `INSERT INTO ingest_batch SELECT 'old-' || hour, 'hash', '{}', now() - hour * interval '1 hour' FROM generate_series(23, 26) AS hour`,
  );
  expect(await forgetOldAnswers(database.writer, { hours: 24, limit: 100 })).toBe(3);
  expect(await keys()).toEqual(['fresh', 'old-23']);
});

test('[DB61] old answers go in steps, the oldest first, and past one that somebody holds', async () => {
  await runSql(
    own.url,
    `INSERT INTO ingest_batch SELECT 'aged-' || day, 'hash', '{}', now() - day * interval '1 day' FROM generate_series(2, 6) AS day`,
  );
  await database.writer.$transaction(async (holder) => {
    await holder.$queryRaw`SELECT key FROM ingest_batch WHERE key = 'aged-6' FOR UPDATE`;
    expect(await forgetOldAnswers(database.writer, { hours: 24, limit: 2 })).toBe(2);
    expect(await keys()).toEqual(['aged-2', 'aged-3', 'aged-6', 'fresh', 'old-23']);
  });
  expect(await forgetOldAnswers(database.writer, { hours: 24, limit: 10 })).toBe(3);
});
