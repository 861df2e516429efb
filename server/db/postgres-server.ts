import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, fchownSync, openSync, renameSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { chown, lstat, mkdir, open } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../contracts/errors.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { fileFailure } from './postgres-failure.ts';
import { type RunAs, commandLine } from './run-program.ts';

const MEBIBYTE = 1_048_576;
const SOCKET_PORT = 5432;
// The kernel takes 107 bytes on Linux, 103 on macOS; `/.s.PGSQL.5432` needs 14 of them.
const MAX_SOCKET_DIRECTORY_BYTES = 88;
const MAX_LOG_BYTES = 10 * MEBIBYTE;
const MAX_COMPLAINT_BYTES = 64 * 1_024;
const INTERRUPT_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 60;
const SMALL_MACHINE_BYTES = 2_048 * MEBIBYTE;

/** Where the server listens: a private socket directory, or on Windows 127.0.0.1 with a port. */
export type Endpoint = { readonly host: string; readonly port: number };

export type ServerSettings = Readonly<Record<string, string>>;

/** Our own PostgreSQL's settings: durable first, then made for many small writes on one machine. */
export function serverSettings(): ServerSettings {
  const limit = process.constrainedMemory();
  const memory = Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY);
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_compression: 'pglz',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    shared_buffers: memory < SMALL_MACHINE_BYTES ? '64MB' : '256MB',
    max_connections: String(MAX_CONNECTIONS),
    random_page_cost: '1.1',
    autovacuum_naptime: '15s',
    jit: 'off',
    // Containers give /dev/shm 64 MB, in which a parallel query fails; ours are short anyway.
    max_parallel_workers_per_gather: '0',
    max_parallel_maintenance_workers: '0',
    // A query of a Linewatch that was killed ends within a second and frees its locks.
    ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '1s' }),
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
  };
}

/** The place for a server that does not run yet. */
export async function chooseEndpoint(clusterDirectory: string, runAs: RunAs): Promise<Endpoint> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: await freePort() };
  if (Buffer.byteLength(clusterDirectory) <= MAX_SOCKET_DIRECTORY_BYTES)
    return { host: clusterDirectory, port: SOCKET_PORT };
  const name = createHash('sha256').update(clusterDirectory).digest('hex').slice(0, 16);
  const host = join(tmpdir(), `linewatch-${name}`);
  await mkdir(host, { mode: 0o700 }).catch(() => undefined);
  if (runAs.owner !== undefined) await chown(host, runAs.owner.uid, runAs.owner.gid);
  const found = await lstat(host);
  if (!found.isDirectory() || found.uid !== (runAs.owner?.uid ?? process.getuid?.())) {
    throw new AppError(
      'start_failed',
      `${host}, where the database's socket goes, belongs to somebody else: name a shorter DATA_DIR.`,
    );
  }
  return { host, port: SOCKET_PORT };
}

export type SpawnedServer = {
  /** Undefined while it runs; afterwards what it printed in this run. */
  readonly ended: () => Promise<string | undefined>;
  /** Asks a server that nobody has connected to yet to shut down. */
  readonly interrupt: () => Promise<void>;
};

/**
 * Starts the server in a session of its own: Ctrl-C goes to a terminal's whole process group, and PostgreSQL must
 * outlive it until our own shutdown has written everything. It prints to a file, since a pipe would die with us.
 */
export function spawnServer(options: {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly clusterDirectory: string;
  readonly logFile: string;
  readonly endpoint: Endpoint;
  readonly settings: ServerSettings;
}): SpawnedServer {
  const { binaries, endpoint, runAs } = options;
  const onSocket = endpoint.host.startsWith('/');
  const settings: ServerSettings = {
    ...options.settings,
    listen_addresses: onSocket ? '' : endpoint.host,
    ...(onSocket ? { unix_socket_directories: `"${endpoint.host}"`, unix_socket_permissions: '0700' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const line = commandLine(runAs, binaries.postgres, [
    '-D',
    options.clusterDirectory,
    '-p',
    String(endpoint.port),
    ...flags,
  ]);
  const { descriptor, start } = openLog(options.logFile, runAs);
  const child = spawn(line.file, line.args, {
    ...runAs.spawnOptions,
    cwd: '/',
    env: binaries.env,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  child.unref();
  let failure = '';
  child.once('error', (error) => (failure = error.message));
  return {
    ended: async () =>
      isRunning(child) && failure === '' ? undefined : failure + (await readFrom(options.logFile, start)),
    interrupt: async () => {
      if (!isRunning(child)) return;
      child.ref();
      const ended = once(child, 'exit', { signal: AbortSignal.timeout(INTERRUPT_TIMEOUT_MS) });
      child.kill('SIGINT');
      await ended.catch(() => undefined);
    },
  };
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

function openLog(file: string, runAs: RunAs): { descriptor: number; start: number } {
  try {
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
    const descriptor = openSync(file, 'a', 0o600);
    // So that its owner can start Linewatch here after root has.
    if (runAs.owner !== undefined) fchownSync(descriptor, runAs.owner.uid, runAs.owner.gid);
    return { descriptor, start: size > MAX_LOG_BYTES ? 0 : size };
  } catch (error) {
    throw fileFailure(file, error);
  }
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(MAX_COMPLAINT_BYTES), position: start });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      probe.close(() => (port === undefined ? reject(new Error('no port was given')) : resolve(port)));
    });
  });
}
