import { execFile } from 'node:child_process';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { errorEnvelopeSchema } from '../../contracts/error-envelope.ts';
import { readinessSchema } from '../../contracts/health.ts';
import { startEmbeddedPostgres } from '../../server/db/embedded-postgres.ts';
import { type DeskServer, startDesk } from '../desk-server.ts';
import { LOAD_SPAN_MS, type LoadShape } from './known-load.ts';
import { type Load, startLoad } from './load.ts';
import { freezePostgres, postgresUrl } from './own-postgres.ts';
import { verifyDesk } from './verify.ts';

const run = promisify(execFile);

/** Room for a new database, its log, and a little load. */
const SMALL_DISK = '200m';

/** `/readyz` answers before whoever asks gives up; a read waits for a connection or for the one that fell silent. */
const READINESS_WITHIN_MS = 3_000;
const READ_WITHIN_MS = 25_000;
const RECOVERED_WITHIN_MS = 10_000;
const PRODUCERS = 20;
const MAX_GROWTH_BYTES = 200 * 1024 * 1024;
/** More than the embedded server has connections. */
const MANY_CLIENTS = 80;

export type OutageFigures = {
  readonly outageMs: number;
  readonly refused: Readonly<Record<number, number>>;
  readonly saidAfterMs: number;
  readonly said: string;
  readonly recoveredMs: number;
  readonly growthMegabytes: number;
  readonly snapshots: number;
};

export const newShape = (producers = PRODUCERS): LoadShape => ({
  producers,
  eventsPerProducer: 2,
  startMs: Date.now() - LOAD_SPAN_MS,
});

/** Takes a database away under load, and gives it back: what is refused is said, what is answered is kept, and all comes back by itself. */
export async function runOutage(options: {
  readonly desk: DeskServer;
  readonly databaseUrl: () => Promise<string>;
  /** Takes the database away, and resolves with what gives it back. */
  readonly takeAway: () => Promise<() => Promise<void>>;
  readonly outageMs: number;
  /** A full disk lets every read through. */
  readonly reads?: 'refused' | 'answered';
}): Promise<OutageFigures> {
  const { desk, reads = 'refused' } = options;
  const shape = newShape();
  const load = startLoad({ url: desk.url, shape, everyMs: 100 });
  try {
    await load.progress(3, 30_000);
    const before = await residentBytes(desk.url);
    const giveBack = await options.takeAway();
    const awayMs = performance.now();
    const said = await untilSaid(desk.url, awayMs);
    const saidAfterMs = performance.now() - awayMs;
    if (reads === 'refused') await expectRefused(desk.url);
    await delay(Math.max(0, options.outageMs - (performance.now() - awayMs)));
    const growth = (await residentBytes(desk.url)) - before;
    if (growth > MAX_GROWTH_BYTES) throw new Error(`memory grew by ${growth} bytes while the database was away`);
    await giveBack();
    const recoveredMs = await untilRecovered(desk, load);
    await load.stop();
    const verdict = await verifyDesk({
      databaseUrl: await options.databaseUrl(),
      url: desk.url,
      shape,
      sent: load.sent,
    });
    const faults = [...load.surprises, ...verdict.faults];
    if (faults.length > 0)
      throw new Error(`${faults.length} faults, the first of them:\n${faults.slice(0, 10).join('\n')}`);
    return {
      outageMs: options.outageMs,
      refused: load.refused(),
      saidAfterMs: Math.round(saidAfterMs),
      said,
      recoveredMs: Math.round(recoveredMs),
      growthMegabytes: Math.round(growth / 1_048_576),
      snapshots: load.answered(),
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nIts log:\n${desk.log()}`, {
      cause: error,
    });
  } finally {
    await load.stop();
  }
}

/** A PostgreSQL of its own that is shut down in order and started again. */
export async function runDatabaseAway(outageMs: number): Promise<OutageFigures> {
  const directory = mkdtempSync(path.join(tmpdir(), 'linewatch-away-'));
  chmodSync(directory, 0o755);
  let postgres = await startEmbeddedPostgres({ dataDirectory: directory });
  const desk = await startDesk({ DATABASE_URL: postgres.url });
  try {
    return await runOutage({
      desk,
      outageMs,
      databaseUrl: () => Promise.resolve(postgres.url),
      takeAway: async () => {
        await postgres.stop();
        return async () => {
          postgres = await startEmbeddedPostgres({ dataDirectory: directory });
        };
      },
    });
  } finally {
    await desk.dispose();
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * The disk under the database fills up: a small file system in memory. Resolves with why it was not run where
 * none can be mounted, which takes root on Linux, and in a container the right to do it.
 */
export async function runDiskFull(outageMs: number): Promise<OutageFigures | { readonly notRun: string }> {
  const directory = mkdtempSync(path.join(tmpdir(), 'linewatch-full-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK},mode=755`, 'linewatch-full', directory]);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    return { notRun: `no small disk can be mounted: ${error instanceof Error ? error.message : String(error)}` };
  }
  const filler = path.join(directory, 'filler');
  try {
    const postgres = await startEmbeddedPostgres({ dataDirectory: directory });
    const desk = await startDesk({ DATABASE_URL: postgres.url });
    try {
      return await runOutage({
        desk,
        outageMs,
        reads: 'answered',
        databaseUrl: () => Promise.resolve(postgres.url),
        takeAway: async () => {
          // Until the disk refuses it, which is what it is for.
          await run('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k']).catch(() => undefined);
          return async () => rmSync(filler);
        },
      });
    } finally {
      await desk.dispose();
      rmSync(filler, { force: true });
      await postgres.stop();
    }
  } finally {
    await run('umount', [directory]);
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A server that is there and does nothing: no connection breaks, no query is answered. */
export const runDatabaseFrozen = (outageMs: number): Promise<OutageFigures> =>
  runOwnOutage(outageMs, async (dataDir) => {
    const thaw = await freezePostgres(dataDir);
    return async () => thaw();
  });

/** Somebody else takes every connection that the server has, and Linewatch loses its own. */
export const runConnectionsTaken = (outageMs: number): Promise<OutageFigures> =>
  runOwnOutage(outageMs, async (dataDir) => {
    const greedy = await takeConnections(await postgresUrl(dataDir));
    return async () => void (await Promise.all(greedy.map((client) => client.end().catch(() => undefined))));
  });

/** An outage of the PostgreSQL that the desk itself has started. */
async function runOwnOutage(
  outageMs: number,
  takeAway: (dataDir: string) => Promise<() => Promise<void>>,
): Promise<OutageFigures> {
  const desk = await startDesk();
  try {
    return await runOutage({
      desk,
      outageMs,
      databaseUrl: () => postgresUrl(desk.dataDir),
      takeAway: () => takeAway(desk.dataDir),
    });
  } finally {
    await desk.dispose();
  }
}

async function takeConnections(url: string): Promise<Client[]> {
  const [first, ...greedy] = await fillUp(url);
  // In one go: what is cut off comes back at once, and must find the place taken.
  await first?.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name IN ('linewatch-reader', 'linewatch-writer')`,
  );
  return [...(first === undefined ? [] : [first]), ...greedy, ...(await fillUp(url)), ...(await fillUp(url))];
}

async function fillUp(url: string): Promise<Client[]> {
  const attempts = Array.from({ length: MANY_CLIENTS }, async () => {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  });
  const settled = await Promise.allSettled(attempts);
  return settled.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
}

/** The part of `/readyz` that names the trouble, once there is one. */
async function untilSaid(url: string, sinceMs: number): Promise<string> {
  for (;;) {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(READINESS_WITHIN_MS) });
    const { parts } = readinessSchema.parse(await response.json());
    if (response.status === 503 && !parts.database.ok) return parts.database.detail;
    if (performance.now() - sinceMs > 30_000) throw new Error('/readyz goes on saying that all is well');
    await delay(100);
  }
}

async function expectRefused(url: string): Promise<void> {
  const response = await fetch(`${url}/api/alerts?q=nobody-asked-before`, {
    signal: AbortSignal.timeout(READ_WITHIN_MS),
  });
  const { error } = errorEnvelopeSchema.parse(await response.json());
  if (
    response.status !== 503 ||
    error.code !== 'database_unavailable' ||
    response.headers.get('retry-after') === null
  ) {
    throw new Error(
      `expected a read to be answered 503 with Retry-After, got ${response.status} ${JSON.stringify(error)}`,
    );
  }
  const alive = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_000) });
  if (alive.status !== 200) throw new Error(`/healthz answered ${alive.status} while only the database is away`);
}

async function untilRecovered(desk: DeskServer, load: Load): Promise<number> {
  const startedMs = performance.now();
  await load.progress(2, RECOVERED_WITHIN_MS + 10_000);
  for (;;) {
    const tookMs = performance.now() - startedMs;
    if (tookMs > RECOVERED_WITHIN_MS)
      throw new Error(`not recovered ${Math.round(tookMs)} ms after the database was back`);
    const response = await fetch(`${desk.url}/readyz`);
    if (response.status === 200) return tookMs;
    await delay(50);
  }
}

async function residentBytes(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^linewatch_process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
}
