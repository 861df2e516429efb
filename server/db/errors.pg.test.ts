import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../contracts/errors.ts';
import { type Database, openDatabase } from './database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { isTransient, toAppError } from './errors.ts';
import { migrateDatabase } from './migrate.ts';
import { runSql } from './test-database.ts';

// A server of its own, as it is killed.
let directory: string;
let postgres: EmbeddedPostgres;
let database: Database;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'linewatch-errors-'));
  chmodSync(directory, 0o755);
  postgres = await startEmbeddedPostgres({ dataDirectory: directory });
  await migrateDatabase({ url: postgres.url });
  database = openDatabase({ url: postgres.url, writerConnections: 2, connectTimeoutMs: 1_500 });
});

afterAll(async () => {
  await database.close();
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
});

const thrownBy = (work: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );

const cutWriters = (): Promise<void> =>
  runSql(
    postgres.url,
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'linewatch-writer'",
  );

/** Starts a query that waits in the server; resolves once it does, with the query under way. */
async function startWaiting(): Promise<{ readonly query: Promise<unknown> }> {
  // Begun at once: a Prisma promise runs nothing until somebody waits for it.
  const query = database.writer.$queryRaw`SELECT pg_sleep(20)::text`.then((rows) => rows);
  query.catch(() => undefined);
  await expect
    .poll(async () => {
      const rows = await database.reader.$queryRaw<{ n: bigint }[]>`
        SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()`;
      return Number(rows[0]?.n);
    })
    .toBeGreaterThan(0);
  return { query };
}

const UNAVAILABLE = { transient: true, code: 'database_unavailable', retryAfterSeconds: 2 };

async function verdictOn(work: PromiseLike<unknown>) {
  const error = await thrownBy(work);
  if (error === undefined) return 'nothing was thrown';
  const { code, retryAfterSeconds } = toAppError(error);
  return { transient: isTransient(error), code, retryAfterSeconds };
}

test('[DB20] a connection cut during a query, inside a transaction or before its commit is transient', async () => {
  const waiting = await startWaiting();
  await cutWriters();
  expect(await verdictOn(waiting.query)).toEqual(UNAVAILABLE);
  const between = database.writer.$transaction(async (transaction) => {
    await transaction.watermark.findMany();
    await cutWriters();
    await transaction.watermark.findMany();
  });
  expect(await verdictOn(between)).toEqual(UNAVAILABLE);
  const beforeCommit = database.writer.$transaction(async (transaction) => {
    await transaction.watermark.findMany();
    await cutWriters();
  });
  expect(await verdictOn(beforeCommit)).toEqual(UNAVAILABLE);
  expect(await database.writer.watermark.count()).toBe(1);
});

test('[DB21] a deadlock and a serialization failure are transient', async () => {
  const lockBoth = (first: number, second: number, met: () => Promise<void>) =>
    database.writer.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${first}::bigint)`;
      await met();
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${second}::bigint)`;
    });
  const meet = createMeeting();
  expect(await verdictOn(Promise.all([lockBoth(1, 2, meet), lockBoth(2, 1, meet)]))).toEqual(UNAVAILABLE);

  const meetAgain = createMeeting();
  const readThenWrite = () =>
    database.writer.$transaction(
      async (transaction) => {
        await transaction.watermark.findMany();
        await meetAgain();
        await transaction.watermark.updateMany({ data: { seq: { increment: 1 } } });
      },
      { isolationLevel: 'Serializable' },
    );
  expect(await verdictOn(Promise.all([readThenWrite(), readThenWrite()]))).toEqual(UNAVAILABLE);
});

/** Resolves for both callers once both have called. */
function createMeeting(): () => Promise<void> {
  const both = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived === 2) both.resolve();
    return both.promise;
  };
}

test('[DB22] a pool without a free connection and a transaction that took too long are transient', async () => {
  const held = Promise.withResolvers<void>();
  const holders = [1, 2].map(() => {
    const entered = Promise.withResolvers<void>();
    const done = database.writer.$transaction(async () => {
      entered.resolve();
      await held.promise;
    });
    return { entered: entered.promise, done };
  });
  await Promise.all(holders.map((holder) => holder.entered));
  expect(await verdictOn(database.writer.watermark.findMany())).toEqual(UNAVAILABLE);
  expect(
    await verdictOn(database.writer.$transaction(async (transaction) => transaction.watermark.findMany())),
  ).toEqual(UNAVAILABLE);
  held.resolve();
  await Promise.all(holders.map((holder) => holder.done));

  const late = database.writer.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_sleep(0.2)`;
      await transaction.watermark.findMany();
    },
    { timeout: 50 },
  );
  expect(await verdictOn(late)).toEqual(UNAVAILABLE);
});

test('[DB23] a killed server, one that is starting and one that is away are transient, and the pool recovers', async () => {
  const waiting = await startWaiting();
  process.kill((await postgres.pid()) ?? 0, 'SIGKILL');
  expect(await verdictOn(waiting.query)).toEqual(UNAVAILABLE);
  await expect.poll(async () => thrownBy(database.writer.watermark.findMany()), { timeout: 10_000 }).toBeUndefined();

  await postgres.stop();
  expect(await verdictOn(database.writer.watermark.findMany())).toEqual(UNAVAILABLE);
  expect(
    await verdictOn(database.writer.$transaction(async (transaction) => transaction.watermark.findMany())),
  ).toEqual(UNAVAILABLE);
  const refused = openDatabase({ url: 'postgresql://nobody:secret@127.0.0.1:1/none' });
  expect(await verdictOn(refused.reader.watermark.findMany())).toEqual(UNAVAILABLE);
  await refused.close();
  postgres = await startEmbeddedPostgres({ dataDirectory: directory });
});

test('[DB24] a server that accepts and says nothing is given up after the connect timeout, as transient', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const mute = openDatabase({ url: `postgresql://nobody:secret@127.0.0.1:${port}/none`, connectTimeoutMs: 100 });
  expect(await verdictOn(mute.reader.watermark.findMany())).toEqual(UNAVAILABLE);
  await mute.close();
  silent.close();
});

test('[DB27] a connection that falls silent in a transaction is given up as transient, and the next one works', async () => {
  // Longer than it takes a busy machine to connect and to answer.
  const impatient = openDatabase({ url: postgres.url, writerConnections: 1, silenceMs: 1_500 });
  const { writer } = impatient;
  const silent = writer.$transaction(async (client) => client.$queryRaw`SELECT pg_sleep(6)::text`);
  expect(await verdictOn(silent)).toEqual(UNAVAILABLE);
  expect(await writer.watermark.count()).toBe(1);
  await impatient.close();
});

test('[DB25] a value that the database refuses is not transient, names its code and hides the row', async () => {
  const unique = await thrownBy(database.writer.$executeRaw`INSERT INTO watermark SELECT * FROM watermark`);
  const check = await thrownBy(database.writer.$executeRaw`UPDATE watermark SET id = 2`);
  const nul = await thrownBy(database.writer.bookmaker.create({ data: { name: 'a\u0000b', lastSeenAt: new Date(0) } }));
  for (const [error, state] of [
    [unique, '23505'],
    [check, '23514'],
    [nul, '22021'],
  ] as const) {
    expect(isTransient(error)).toBe(false);
    expect(toAppError(error)).toMatchObject({
      code: 'rejected_by_database',
      message: `The database refused a value (${state}).`,
    });
  }
  const syntax = await thrownBy(database.writer.$executeRaw`SELEC 1`);
  expect(isTransient(syntax)).toBe(false);
  expect(toAppError(syntax).code).toBe('internal');
  const own = new AppError('queue_full', 'full');
  expect(toAppError(own)).toBe(own);
});
