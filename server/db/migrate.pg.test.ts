import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MIGRATIONS_DIRECTORY, migrateDatabase, migrationChecksum } from './migrate.ts';
import { applyWithPrisma } from './schema-engine.ts';
import { type TestDatabase, createTestDatabase } from './test-database.ts';

const FIRST = '20261123000000_first';
/** Every migration there is, in order. */
const ALL = (await readdir(MIGRATIONS_DIRECTORY, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();

let base: TestDatabase;
let directory: string;

beforeEach(async () => {
  base = await createTestDatabase({ empty: true });
  directory = await mkdtemp(join(tmpdir(), 'linewatch-migrations-'));
  await cp(MIGRATIONS_DIRECTORY, directory, { recursive: true });
});

afterEach(async () => {
  await base.drop();
  await rm(directory, { recursive: true });
});

const migrate = (): Promise<string[]> => migrateDatabase({ url: base.url, directory });

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await writeFile(join(directory, name, 'migration.sql'), sql);
}

async function rowsOf<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: base.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const readRecords = () =>
  rowsOf<{ migration_name: string; checksum: string; done: boolean; applied_steps_count: number }>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS done, applied_steps_count
     FROM _prisma_migrations ORDER BY migration_name`,
  );

test('[DB50] migrations are applied in order once, and a second run finds nothing to do', async () => {
  await writeMigration(
    '20270101000000_second',
    'CREATE TABLE second (id int); INSERT INTO second SELECT id FROM watermark;',
  );
  expect(await migrate()).toEqual([...ALL, '20270101000000_second']);
  expect(await migrate()).toEqual([]);
  expect(await rowsOf('SELECT id FROM second')).toEqual([{ id: 1 }]);
});

test('[DB51] of several runners at once each migration is applied by one, and the others wait for it', async () => {
  const applied = await Promise.all([migrate(), migrate(), migrate(), migrate()]);
  expect(applied.flat()).toEqual(ALL);
  expect(await readRecords()).toHaveLength(ALL.length);
});

test('[DB52] an applied migration whose file was edited is refused, and other line ends are no edit', async () => {
  await migrate();
  const sql = await readFile(join(directory, FIRST, 'migration.sql'), 'utf8');
  await writeMigration(FIRST, sql.replaceAll('\n', '\r\n'));
  expect(await migrate()).toEqual([]);
  await writeMigration(FIRST, `${sql}\n-- edited`);
  await expect(migrate()).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining(`${FIRST} was edited after it had been applied`) as string,
  });
});

test('[DB53] a database that is newer than the code is refused', async () => {
  await writeMigration('20990101000000_future', 'CREATE TABLE future (id int);');
  await migrate();
  await rm(join(directory, '20990101000000_future'), { recursive: true });
  await expect(migrate()).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining('20990101000000_future, which this version of Linewatch does not know') as string,
  });
});

test('[DB54] a migration that fails is undone wholly, says why, and can be mended and run again', async () => {
  await writeMigration('20270101000000_bad', 'CREATE TABLE half (id int); SELECT 1 / 0;');
  await expect(migrate()).rejects.toMatchObject({
    code: 'start_failed',
    message: 'Migration 20270101000000_bad failed and was rolled back: division by zero',
  });
  expect(await rowsOf("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
  await writeMigration('20270101000000_bad', 'CREATE TABLE half (id int);');
  expect(await migrate()).toEqual(['20270101000000_bad']);
});

test('[DB55] a migration that another tool began and did not finish is refused', async () => {
  await migrate();
  await rowsOf('UPDATE _prisma_migrations SET finished_at = NULL');
  await expect(migrate()).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining(`${FIRST} began on this database and did not finish`) as string,
  });
});

test('[DB56] the records are those of Prisma: it continues where we ended, and we where it ended', async () => {
  await migrate();
  expect(await applyWithPrisma({ url: base.url, directory })).toEqual([]);
  await writeMigration('20270101000000_by_prisma', 'CREATE TABLE by_prisma (id int);');
  expect(await applyWithPrisma({ url: base.url, directory })).toEqual(['20270101000000_by_prisma']);
  expect(await migrate()).toEqual([]);
  const sql = (name: string): Promise<string> => readFile(join(directory, name, 'migration.sql'), 'utf8');
  const own = await Promise.all(
    ALL.map(async (name) => ({
      migration_name: name,
      checksum: migrationChecksum(await sql(name)),
      done: true,
      applied_steps_count: 1,
    })),
  );
  expect(await readRecords()).toEqual([
    ...own,
    {
      migration_name: '20270101000000_by_prisma',
      checksum: migrationChecksum(await sql('20270101000000_by_prisma')),
      done: true,
      applied_steps_count: 1,
    },
  ]);
});

test('[DB57] a database that cannot be reached is said as a failed start that names the host, not the password', async () => {
  const failed = migrateDatabase({ url: 'postgresql://somebody:topsecret@127.0.0.1:1/nowhere' });
  await expect(failed).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringMatching(/127\.0\.0\.1:1.*DATABASE_URL/) as string,
  });
  await expect(failed).rejects.not.toThrow(/topsecret/);
});
