import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { isTransient, toAppError } from './errors.ts';
import { createPriceStore } from './price-store.ts';
import { type TestDatabase, createTestDatabase, databaseUrl, runSql } from './test-database.ts';
import { readWatermark } from './watermark.ts';

let own: TestDatabase;
let database: Database;
beforeEach(async () => {
  own = await createTestDatabase();
  database = openDatabase({ url: own.url, writerConnections: 1, readerConnections: 1 });
});
afterEach(async () => {
  await database.close();
  await own.drop();
});

const operate = (sql: string): Promise<void> => runSql(databaseUrl(own.url, 'postgres'), sql);

/** What a body that is to be stored, and a page that is to be read, meet. */
async function verdicts() {
  const store = createPriceStore(database.writer, Date.now);
  const errors = await Promise.all(
    [store.transaction(async () => undefined), readWatermark(database.reader)].map((work) =>
      work.then(
        () => 'nothing was thrown',
        (error: unknown) => error,
      ),
    ),
  );
  return errors.map((error) => [isTransient(error), toAppError(error).code]);
}

const UNAVAILABLE = [
  [true, 'database_unavailable'],
  [true, 'database_unavailable'],
];

test('[NOD204] while a dump is restored table by table, bodies and reads find the database unavailable, and it is used again after', async () => {
  await runSql(own.url, 'ALTER TABLE watermark RENAME TO dumped');
  expect(await verdicts()).toEqual(UNAVAILABLE);
  await runSql(own.url, 'CREATE TABLE watermark (LIKE dumped INCLUDING ALL)');
  expect(await verdicts()).toEqual(UNAVAILABLE);
  await runSql(own.url, 'INSERT INTO watermark SELECT * FROM dumped');
  expect((await verdicts()).map(([transient]) => transient)).toEqual([false, false]);
});

test('[NOD204] while a database is replaced by another, bodies and reads find it unavailable', async () => {
  await operate(`ALTER DATABASE "${own.name}" ALLOW_CONNECTIONS false`);
  await operate(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${own.name}'`);
  expect(await verdicts()).toEqual(UNAVAILABLE);
  await operate(`DROP DATABASE "${own.name}" WITH (FORCE)`);
  expect(await verdicts()).toEqual(UNAVAILABLE);
});
