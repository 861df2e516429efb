import { afterEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { renewEpoch } from './epoch.ts';
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
  return { own, ...openAdopting(own.url, own) };
}

/** A database of ours that adopts whatever it is connected to, and what it heard of that. */
function openAdopting(url: string, own: Pick<TestDatabase, 'drop'>) {
  const adopted: string[] = [];
  const database = openDatabase({ url, writerConnections: 1, onAdopted: (how) => void adopted.push(how) });
  open.push({ database, own });
  return { database, adopted };
}

test('[DB70] a database is adopted once, and known after that, under the same epoch', async () => {
  const { database, adopted } = await setup();
  const before = await readWatermark(database.reader);
  await database.adopt();
  // By the new connection, and by the call.
  expect(adopted).toEqual(['new', 'known']);
  expect(await readWatermark(database.reader)).toEqual(before);
});

test('[DB71] a copy of a database, as a restore makes one, gets an epoch of its own, and keeps it', async () => {
  const { own, database } = await setup();
  await database.writer.$executeRaw`UPDATE watermark SET seq = 7`;
  const original = await readWatermark(database.reader);
  await database.close();

  const copyName = `${own.name}_copy`;
  await runSql(databaseUrl(own.url, 'postgres'), `CREATE DATABASE "${copyName}" TEMPLATE "${own.name}"`);
  const copy = openAdopting(databaseUrl(own.url, copyName), {
    drop: () => runSql(databaseUrl(own.url, 'postgres'), `DROP DATABASE "${copyName}" WITH (FORCE)`),
  });
  await copy.database.adopt();
  expect(copy.adopted).toEqual(['restored', 'known']);
  const restored = await readWatermark(copy.database.reader);
  expect(restored.seq).toBe(7);
  expect(restored.epoch).not.toBe(original.epoch);
});

test('[NOD201] what is written after a database was replaced under a running process is written under a new epoch', async () => {
  const { own, database } = await setup();
  await database.writer.$executeRaw`UPDATE watermark SET seq = 7`;
  const before = await readWatermark(database.reader);
  const server = databaseUrl(own.url, 'postgres');
  const aside = `${own.name}_aside`;
  // The backup, and its return in the place of the database, whose connections end with it.
  await database.writer.$disconnect();
  await runSql(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${own.name}'`);
  await runSql(server, `CREATE DATABASE "${aside}" TEMPLATE "${own.name}"`);
  await runSql(server, `DROP DATABASE "${own.name}" WITH (FORCE)`);
  await runSql(server, `ALTER DATABASE "${aside}" RENAME TO "${own.name}"`);

  // A connection that was cut off fails once, as any may; the next one is new.
  const write = () =>
    database.writer.$queryRaw<{ epoch: string }[]>`UPDATE watermark SET seq = seq + 1 RETURNING epoch`;
  await expect
    .poll(() =>
      write().then(
        (rows) => rows[0]?.epoch,
        () => before.epoch,
      ),
    )
    .not.toBe(before.epoch);
});

test('[NOD201] a table that was put back from a dump while connections lived is another life', async () => {
  const { own, database, adopted } = await setup();
  await database.adopt();
  const before = await readWatermark(database.reader);
  await runSql(
    own.url,
    `BEGIN; CREATE TABLE dumped AS SELECT * FROM watermark; DROP TABLE watermark;
     ALTER TABLE dumped RENAME TO watermark; ALTER TABLE watermark ADD PRIMARY KEY (id); COMMIT`,
  );
  await database.adopt();
  expect(adopted).toEqual(['new', 'known', 'restored']);
  expect((await readWatermark(database.reader)).epoch).not.toBe(before.epoch);
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
