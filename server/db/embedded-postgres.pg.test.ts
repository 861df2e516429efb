import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterEach, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { isAlive, readPostmasterFile } from './postmaster-file.ts';
import { runSql } from './test-database.ts';

type Report = {
  readonly event: 'ready' | 'failed' | 'exit' | 'interrupted';
  readonly url?: string;
  readonly pid?: number;
  readonly adopted?: boolean;
  readonly code?: string;
  readonly message?: string;
};

const releases: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const release of releases.splice(0).toReversed()) await release();
});

function makeDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'linewatch-embedded-'));
  chmodSync(directory, 0o755);
  releases.push(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function start(dataDirectory: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory });
  releases.push(postgres.stop);
  return postgres;
}

function startProcess(dataDirectory: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded-postgres-child.ts'), dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  releases.push(() => end(child, 'SIGTERM'));
  return {
    child,
    next: async (): Promise<Report> => JSON.parse((await lines.next()).value ?? '{}') as Report,
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  return ended;
}

async function readNumbers(url: string): Promise<number[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>('SELECT n FROM kept ORDER BY n');
    return rows.map((row) => row.n);
  } finally {
    await client.end();
  }
}

test('[DB10] the first start makes a database behind a random password, and the next one uses it', async () => {
  const directory = makeDirectory();
  const first = await start(directory);
  await runSql(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
  await first.stop();
  const second = await start(directory);
  expect(await readNumbers(second.url)).toEqual([1]);
  const password = join(directory, 'postgres/linewatch-password');
  expect(statSync(password).mode & 0o777).toBe(0o600);
  const wrong = second.url.replace(readFileSync(password, 'utf8').trim(), 'password');
  await expect(runSql(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

test('[DB11] after kill -9 of Linewatch the next start adopts the orphaned PostgreSQL with all its data', async () => {
  const directory = makeDirectory();
  const killed = startProcess(directory);
  const ready = await killed.next();
  expect(ready).toMatchObject({ event: 'ready', adopted: false });
  await runSql(ready.url ?? '', 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
  await end(killed.child, 'SIGKILL');
  const next = await start(directory);
  expect(next.adopted).toBe(true);
  expect(await next.pid()).toBe(ready.pid);
  expect(await readNumbers(next.url)).toEqual([7]);
  await next.stop();
  expect(isAlive(ready.pid ?? 0)).toBe(false);
});

test('[DB12] after kill -9 of PostgreSQL it is started again under the same address with what was committed', async () => {
  const postgres = await start(makeDirectory());
  await runSql(postgres.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (3)');
  const before = await postgres.pid();
  const heard = new Promise<void>((resolve) => postgres.onExit(resolve));
  process.kill(before ?? 0, 'SIGKILL');
  await heard;
  await postgres.ensureRunning();
  expect(await readNumbers(postgres.url)).toEqual([3]);
  expect(await postgres.pid()).not.toBe(before);
});

test('[DB13] a second Linewatch on the same data directory is refused in one sentence that names the first', async () => {
  const directory = makeDirectory();
  const first = startProcess(directory);
  expect((await first.next()).event).toBe('ready');
  await expect(startEmbeddedPostgres({ dataDirectory: directory })).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining(`already running on ${directory} (process ${first.child.pid})`) as string,
  });
});

test('[DB14] a stale postmaster.pid whose number another process has now does not keep PostgreSQL from starting', async () => {
  const directory = makeDirectory();
  await (await start(directory)).stop();
  writeFileSync(join(directory, 'postgres/postmaster.pid'), `${process.pid}\n${directory}/postgres\n0\n5432\n\n\n`);
  const postgres = await start(directory);
  expect(postgres.adopted).toBe(false);
  expect(await postgres.pid()).not.toBe(process.pid);
});

test('[DB15] an interrupt of the whole process group reaches Linewatch and leaves PostgreSQL running', async () => {
  const linewatch = startProcess(makeDirectory());
  const ready = await linewatch.next();
  process.kill(-(linewatch.child.pid ?? 0), 'SIGINT');
  expect((await linewatch.next()).event).toBe('interrupted');
  await runSql(ready.url ?? '', 'SELECT 1');
});

test('[DB16] of two processes that start at once on an empty directory one runs and the other is told why not', async () => {
  const directory = makeDirectory();
  const reports = await Promise.all([startProcess(directory), startProcess(directory)].map((each) => each.next()));
  expect(reports.map((report) => report.event).toSorted()).toEqual(['failed', 'ready']);
  expect(reports.find((report) => report.event === 'failed')).toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining('already running') as string,
  });
});

test('[DB17] a data directory that cannot serve is refused with a sentence that says what to do', async () => {
  const directory = makeDirectory();
  writeFileSync(join(directory, 'file'), '');
  await expect(startEmbeddedPostgres({ dataDirectory: join(directory, 'file') })).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringMatching(/is not a directory: name another one in DATA_DIR.*DATABASE_URL/) as string,
  });
  mkdirSync(join(directory, 'foreign/postgres'), { recursive: true });
  writeFileSync(join(directory, 'foreign/postgres/letter.txt'), '');
  await expect(startEmbeddedPostgres({ dataDirectory: join(directory, 'foreign') })).rejects.toMatchObject({
    message: expect.stringContaining('holds files, but no database') as string,
  });
  mkdirSync(join(directory, 'old/postgres'), { recursive: true });
  writeFileSync(join(directory, 'old/postgres/PG_VERSION'), '14\n');
  await expect(startEmbeddedPostgres({ dataDirectory: join(directory, 'old') })).rejects.toMatchObject({
    message: expect.stringMatching(/made by PostgreSQL 14.*brings \d+/) as string,
  });
});

test('[DB26] a stop while PostgreSQL is being restarted leaves none running', async () => {
  const directory = makeDirectory();
  const postgres = await start(directory);
  const stopped = new Promise<void>((resolve, reject) => {
    postgres.onExit(() => void postgres.stop().then(resolve, reject));
  });
  process.kill((await postgres.pid()) ?? 0, 'SIGKILL');
  await stopped;
  await expect.poll(async () => isAlive((await readPostmasterFile(join(directory, 'postgres')))?.pid ?? 0)).toBe(false);
});

test('[DB18] stop waits until the server is gone, can be called twice, and ensureRunning then says so', async () => {
  const directory = makeDirectory();
  const postgres = await start(directory);
  const pid = (await postgres.pid()) ?? 0;
  await Promise.all([postgres.stop(), postgres.stop()]);
  expect(isAlive(pid)).toBe(false);
  expect(await readPostmasterFile(join(directory, 'postgres'))).toBeUndefined();
  await expect(postgres.ensureRunning()).rejects.toMatchObject({ code: 'shutting_down' });
});
