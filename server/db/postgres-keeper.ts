import { setTimeout as delay } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { AppError } from '../../contracts/errors.ts';
import { OR_DATABASE_URL } from './postgres-binaries.ts';
import { isAlive } from './postmaster-file.ts';

// "LINEWATC" in ASCII: the advisory lock of the one Linewatch that owns this server.
const OWNER_LOCK = '0x4C494E4557415443';
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a killed predecessor's connection may take to be noticed by the server. */
const LOCK_PATIENCE_MS = 1_500;
const LOCK_POLL_MS = 50;
const CANNOT_CONNECT_NOW = '57P03';
const TOO_MANY_CONNECTIONS = '53300';

/** The connection that owns the server: its lock keeps a second Linewatch away, its end tells that the server died. */
export type Keeper = {
  readonly lost: Promise<void>;
  readonly close: () => Promise<void>;
};

export type KeeperAttempt =
  | { readonly kind: 'connected'; readonly keeper: Keeper }
  /** A server is there and is starting, recovering or shutting down. */
  | { readonly kind: 'not_ready' }
  | { readonly kind: 'absent' };

/**
 * Connects to the server, takes the owner's lock and makes sure of the database. Throws `start_failed` when
 * another process holds the lock. A lock in the database, since it is gone the moment its holder is killed.
 */
export async function connectKeeper(options: {
  readonly url: (database: string) => string;
  readonly dataDirectory: string;
}): Promise<KeeperAttempt> {
  const client = new Client({
    connectionString: options.url('postgres'),
    application_name: `linewatch-keeper-${process.pid}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  const lost = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.on('error', () => resolve());
  });
  try {
    await client.connect();
    await takeLock(client, options.dataDirectory);
    await ensureDatabase(client);
    return { kind: 'connected', keeper: { lost, close: () => client.end() } };
  } catch (error) {
    await client.end().catch(() => undefined);
    return refusal(error);
  }
}

function refusal(error: unknown): KeeperAttempt {
  if (error instanceof AppError) throw error;
  if (!(error instanceof DatabaseError)) return { kind: 'absent' };
  if (
    error.code === CANNOT_CONNECT_NOW ||
    error.code === TOO_MANY_CONNECTIONS ||
    error.code?.startsWith('57P') === true
  ) {
    return { kind: 'not_ready' };
  }
  throw new AppError(
    'start_failed',
    `PostgreSQL refused Linewatch (${error.message}): look into postgres.log, ${OR_DATABASE_URL}.`,
    {
      cause: error,
    },
  );
}

async function takeLock(client: Client, dataDirectory: string): Promise<void> {
  const until = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${OWNER_LOCK}) AS taken`);
    if (rows[0]?.taken === true) return;
    const holder = await findHolder(client);
    if (isAlive(holder) || performance.now() > until) {
      throw new AppError(
        'start_failed',
        `Linewatch is already running on ${dataDirectory} (process ${holder}): stop that one, give this one its own ` +
          'DATA_DIR, or give both one DATABASE_URL.',
      );
    }
    await delay(LOCK_POLL_MS);
  }
}

async function findHolder(client: Client): Promise<number> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT activity.application_name AS name FROM pg_locks JOIN pg_stat_activity activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32 | objid::bigint) = ${OWNER_LOCK}`,
  );
  return Number(rows[0]?.name.replace(/^\D+/, '') ?? 0);
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'linewatch'");
  if (rowCount === 0) await client.query('CREATE DATABASE linewatch');
}
