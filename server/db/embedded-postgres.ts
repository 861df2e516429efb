import { unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../contracts/errors.ts';
import { type Keeper, connectKeeper } from './postgres-keeper.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { ensureCluster, readPassword } from './postgres-cluster.ts';
import { postgresFailure } from './postgres-failure.ts';
import { findPostgresOwner } from './postgres-owner.ts';
import {
  type Endpoint,
  type ServerSettings,
  type SpawnedServer,
  chooseEndpoint,
  serverSettings,
  spawnServer,
} from './postgres-server.ts';
import { isAlive, isPostmasterOf, postmasterFilePath, readPostmasterFile } from './postmaster-file.ts';

/** Crash recovery reads at most `max_wal_size` of log again, on a slow disk for a minute. */
const START_TIMEOUT_MS = 180_000;
/** A server that is there but answers nothing for so long is stopped and started anew. */
const UNRESPONSIVE_MS = 30_000;
const POLL_MS = 15;
const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;
const RESTART_BASE_MS = 100;
const RESTART_MAX_MS = 5_000;

export type EmbeddedPostgresOptions = {
  /** `DATA_DIR`; the database lives in `postgres` below it. */
  readonly dataDirectory: string;
  readonly onStep?: (text: string) => void;
  /** Settings of postgresql.conf that come on top of ours. */
  readonly settings?: ServerSettings;
  /** Gives up a start under way, which then rejects with `shutting_down`, or resolves if it was that far; then `stop` it. */
  readonly signal?: AbortSignal;
};

export type EmbeddedPostgres = {
  /** Of the database `linewatch`; stays the same over restarts. */
  readonly url: string;
  /** Whether this start found a server that an earlier Linewatch had left running. */
  readonly adopted: boolean;
  readonly pid: () => Promise<number | undefined>;
  readonly isRunning: () => boolean;
  /** Resolves when the server answers, joining a restart under way. Rejects once it was stopped. */
  readonly ensureRunning: () => Promise<void>;
  /** Hears each time the server went away unasked; a restart is under way by then. Returns its undo. */
  readonly onExit: (listener: () => void) => () => void;
  /** Orders a fast shutdown and waits for it. Idempotent. */
  readonly stop: () => Promise<void>;
};

type Place = Awaited<ReturnType<typeof prepare>>;

/**
 * Starts PostgreSQL in `dataDirectory`, or adopts the one that a killed Linewatch left there, and keeps it
 * running: when it dies it is started again, with back-off, until `stop`. Rejects with `start_failed` and one
 * sentence that says what to do, also when another Linewatch uses the directory.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onStep = options.onStep ?? ((): void => undefined);
  const place = await prepare(resolve(options.dataDirectory), onStep);
  const settings = { ...serverSettings(), ...options.settings };
  const listeners = new Set<() => void>();
  const stopping = new AbortController();
  const first = await reach({ place, settings, onStep, signal: options.signal ?? stopping.signal });
  let keeper: Keeper | undefined = first.keeper;
  let restarting: Promise<void> | undefined;
  let stopped: Promise<void> | undefined;

  void watch(first.keeper);

  async function watch(current: Keeper): Promise<void> {
    await current.lost;
    keeper = undefined;
    if (stopping.signal.aborted) return;
    const begun = restart();
    restarting = begun;
    for (const listener of listeners) listener();
    await begun;
    if (restarting === begun) restarting = undefined;
  }

  // For as long as it takes: the desk answers 503 meanwhile, and a full disk or memory may be freed any minute.
  async function restart(): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      try {
        const reached = await reach({ place, settings, onStep, signal: stopping.signal });
        keeper = reached.keeper;
        void watch(reached.keeper);
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        onStep(`PostgreSQL could not be restarted: ${error instanceof Error ? error.message : String(error)}`);
        const longest = Math.min(RESTART_MAX_MS, RESTART_BASE_MS * 2 ** attempt);
        await delay(longest / 2 + (Math.random() * longest) / 2, undefined, { signal: stopping.signal }).catch(
          () => undefined,
        );
      }
    }
  }

  async function ensureRunning(): Promise<void> {
    if (stopping.signal.aborted) throw new AppError('shutting_down', 'PostgreSQL was stopped.');
    if (keeper !== undefined) return;
    await restarting;
    // It may have died again in the meantime.
    return ensureRunning();
  }

  async function shutDown(): Promise<void> {
    stopping.abort();
    await restarting;
    // Only whoever holds the keeper's lock owns the server: without it another Linewatch may be using it.
    if (keeper !== undefined) await stopServer(place.clusterDirectory);
    await keeper?.close();
  }

  return {
    url: place.url('linewatch'),
    adopted: first.adopted,
    pid: async () => (await readPostmasterFile(place.clusterDirectory))?.pid,
    isRunning: () => keeper !== undefined,
    ensureRunning,
    onExit: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => (stopped ??= shutDown()),
  };
}

async function prepare(dataDirectory: string, onStep: (text: string) => void) {
  const clusterDirectory = join(dataDirectory, 'postgres');
  await prepareDataDirectory(dataDirectory);
  const binaries = await findPostgresBinaries();
  const runAs = await findPostgresOwner({ binaries, dataDirectory, clusterDirectory });
  await ensureCluster({ binaries, runAs, dataDirectory, clusterDirectory, onStep });
  const password = await readPassword(clusterDirectory);
  const endpoint = (await runningEndpoint(clusterDirectory)) ?? (await chooseEndpoint(clusterDirectory, runAs));
  const url = (database: string): string =>
    `postgresql://linewatch:${password}@${encodeURIComponent(endpoint.host)}:${endpoint.port}/${database}`;
  return { dataDirectory, clusterDirectory, binaries, runAs, endpoint, url };
}

// An orphan listens where it was told to, which may be another place than we would choose today.
async function runningEndpoint(clusterDirectory: string): Promise<Endpoint | undefined> {
  const file = await readPostmasterFile(clusterDirectory);
  if (file === undefined || !Number.isInteger(file.port)) return undefined;
  if (!(await isPostmasterOf(clusterDirectory, file.pid))) return undefined;
  return { host: file.socketDirectory === '' ? '127.0.0.1' : file.socketDirectory, port: file.port };
}

type Reach = {
  readonly place: Place;
  readonly settings: ServerSettings;
  readonly onStep: (text: string) => void;
  readonly signal: AbortSignal;
};

/** Connects the keeper, by adopting the server that is there, waiting for one that is not ready, or starting one. */
async function reach({ place, settings, onStep, signal }: Reach): Promise<{ keeper: Keeper; adopted: boolean }> {
  const { clusterDirectory, binaries, runAs, endpoint, dataDirectory } = place;
  const logFile = join(dataDirectory, 'postgres.log');
  const begun = performance.now();
  let child: SpawnedServer | undefined;
  let silentSince = begun;
  let saidRecovering = false;
  while (performance.now() - begun < START_TIMEOUT_MS) {
    if (signal.aborted) {
      await child?.interrupt();
      throw new AppError('shutting_down', 'PostgreSQL is being stopped.');
    }
    const attempt = await connectKeeper({ url: place.url, dataDirectory });
    if (attempt.kind === 'connected') return { keeper: attempt.keeper, adopted: child === undefined };
    if (attempt.kind === 'not_ready') {
      if (!saidRecovering && performance.now() - begun > 1_000) {
        onStep('PostgreSQL is recovering from a crash');
        saidRecovering = true;
      }
      silentSince = performance.now();
    } else {
      const output = await child?.ended();
      if (child !== undefined && output !== undefined) {
        // Its predecessor, or that one's children, are still ending; or a second process was faster.
        if (!/lock file .* already exists|pre-existing shared memory block/.test(output)) {
          throw postgresFailure('PostgreSQL could not start', dataDirectory, output);
        }
        child = undefined;
      }
      if (child === undefined && (await clearTheWay(clusterDirectory, silentSince))) {
        child = spawnServer({ binaries, runAs, clusterDirectory, logFile, endpoint, settings });
      }
    }
    await delay(POLL_MS);
  }
  throw postgresFailure('PostgreSQL did not become ready', dataDirectory, `after ${START_TIMEOUT_MS / 1_000} s`);
}

/** Whether a server can be started now: none runs on these files, and no stale `postmaster.pid` forbids it. */
async function clearTheWay(clusterDirectory: string, silentSince: number): Promise<boolean> {
  const file = await readPostmasterFile(clusterDirectory);
  if (file === undefined) return true;
  if (await isPostmasterOf(clusterDirectory, file.pid)) {
    // It is about to listen, or is shutting down; if neither, it hangs.
    if (performance.now() - silentSince > UNRESPONSIVE_MS) await stopServer(clusterDirectory);
    return false;
  }
  // PostgreSQL clears a dead server's file away itself, but believes it while any process has that number.
  if (isAlive(file.pid)) await unlink(postmasterFilePath(clusterDirectory)).catch(() => undefined);
  return true;
}

/** Fast shutdown: clients are cut, everything is written. If that hangs, an immediate one, which recovery repairs. */
async function stopServer(clusterDirectory: string): Promise<void> {
  const file = await readPostmasterFile(clusterDirectory);
  if (file === undefined || !(await isPostmasterOf(clusterDirectory, file.pid))) return;
  for (const [signal, waitMs] of [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    try {
      process.kill(file.pid, signal);
    } catch {
      return;
    }
    const until = performance.now() + waitMs;
    while (performance.now() < until) {
      if (!isAlive(file.pid)) return;
      await delay(POLL_MS);
    }
  }
}
