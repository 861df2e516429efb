import { afterEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { adoptDatabase, renewEpoch } from './epoch.ts';
import { type TestDatabase, createTestDatabase, databaseUrl, runSql } from './test-database.ts';
import { readWatermark } from './watermark.ts';

const open: { database: Database; own: Pick<TestDatabase, 'drop'> }[] = [];

afterEach(async () => {
  for (const { database, own } of open.splice(0)) {
    await database.close();
    await own.drop();
  }
});

async function setup() {
  const own = await createTestDatabase();
  const database = openDatabase({ url: own.url });
  open.push({ database, own });
  return { own, database };
}

test('[DB70] a database is adopted once, and known after that, under the same epoch', async () => {
  const { database } = await setup();
  const before = await readWatermark(database.reader);
  expect(await adoptDatabase(database.writer)).toBe('new');
  expect(await adoptDatabase(database.writer)).toBe('known');
  expect(await readWatermark(database.reader)).toEqual(before);
});

test('[DB71] a copy of a database, as a restore makes one, gets an epoch of its own, and keeps it', async () => {
  const { own, database } = await setup();
  await adoptDatabase(database.writer);
  await database.writer.$executeRaw`UPDATE watermark SET seq = 7`;
  const original = await readWatermark(database.reader);
  await database.close();

  const copyName = `${own.name}_copy`;
  await runSql(databaseUrl(own.url, 'postgres'), `CREATE DATABASE "${copyName}" TEMPLATE "${own.name}"`);
  const copy = openDatabase({ url: databaseUrl(own.url, copyName) });
  open.push({
    database: copy,
    own: { drop: () => runSql(databaseUrl(own.url, 'postgres'), `DROP DATABASE "${copyName}" WITH (FORCE)`) },
  });
  expect(await adoptDatabase(copy.writer)).toBe('restored');
  const restored = await readWatermark(copy.reader);
  expect(restored.seq).toBe(7);
  expect(restored.epoch).not.toBe(original.epoch);
  expect(await adoptDatabase(copy.writer)).toBe('known');
  expect(await readWatermark(copy.reader)).toEqual(restored);
});

test('[DB72] of two processes that find a database put back one renews its epoch', async () => {
  const { database } = await setup();
  const { epoch } = await readWatermark(database.reader);
  const known = { epoch, seq: 9 };
  const renewed = await renewEpoch(database.writer, known);
  expect(renewed).toMatchObject({ seq: 0 });
  expect(renewed?.epoch).not.toBe(epoch);
  expect(await renewEpoch(database.writer, known)).toBeNull();
  expect(await renewEpoch(database.writer, { epoch: renewed?.epoch ?? '', seq: 0 })).toBeNull();
  expect(await renewEpoch(database.writer)).not.toEqual(renewed);
});
