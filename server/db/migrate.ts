import { createHash, randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { AppError } from '../../contracts/errors.ts';

export const MIGRATIONS_DIRECTORY = resolve(import.meta.dirname, '../../prisma/migrations');

// The key that `prisma migrate` locks too: neither runs while the other does.
const MIGRATION_LOCK = 72_707_369;
const LOCK_WAIT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
const OLDEST_VERSION = 150_000;

// Prisma's own table, column for column, so that `prisma migrate deploy` continues where we ended.
const CREATE_RECORDS = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

type Migration = { readonly name: string; readonly sql: string };
type MigrationRecord = { readonly migration_name: string; readonly checksum: string; readonly finished: boolean };

export type MigrateOptions = {
  readonly url: string;
  readonly directory?: string;
  readonly onStep?: (text: string) => void;
};

/**
 * Brings the database to the newest schema and returns the names of the migrations it applied, in order.
 * Each runs in its own transaction; of several processes one migrates while the others wait. Throws
 * `start_failed` when an applied migration was edited, has failed, or is not known to this version.
 */
export async function migrateDatabase(options: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(options.directory ?? MIGRATIONS_DIRECTORY);
  const client = new Client({
    connectionString: options.url,
    application_name: 'linewatch-migrate',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A connection lost between two queries is told by the next query; unheard it would end the process.
  client.on('error', () => undefined);
  await connect(client);
  try {
    await requireVersion(client);
    await lock(client);
    await createRecords(client);
    const pending = pendingMigrations(migrations, await readRecords(client));
    for (const migration of pending) {
      options.onStep?.(`applying migration ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map((migration) => migration.name);
  } finally {
    // Ending the session frees the lock.
    await client.end();
  }
}

/** The hash that Prisma keeps of a migration's text: SHA-256 in lower-case hex. */
export const migrationChecksum = (sql: string): string => createHash('sha256').update(sql).digest('hex');

async function readMigrations(directory: string): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const read = async (name: string) => ({ name, sql: await readFile(join(directory, name, 'migration.sql'), 'utf8') });
  return Promise.all(names.toSorted().map(read));
}

async function connect(client: Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    const place = `PostgreSQL at ${client.host}:${client.port}`;
    throw new AppError('start_failed', `${connectFailure(place, client, error)} Check DATABASE_URL.`, { cause: error });
  }
}

function connectFailure(place: string, client: Client, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case '28P01':
    case '28000':
      return `${place} refused user "${client.user}" or its password.`;
    case '3D000':
      return `${place} has no database "${client.database}"; create it with \`CREATE DATABASE\`.`;
    default:
      return `${place} cannot be reached (${typeof code === 'string' ? code : messageOf(error)}).`;
  }
}

// NULLS NOT DISTINCT, without which a market that has no line could have two current rows.
async function requireVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name`,
  );
  if ((rows[0]?.number ?? 0) >= OLDEST_VERSION) return;
  throw new AppError(
    'start_failed',
    `Linewatch needs PostgreSQL 15 or newer, the one in DATABASE_URL is ${rows[0]?.name}: upgrade it, or unset DATABASE_URL.`,
  );
}

async function createRecords(client: Client): Promise<void> {
  try {
    await client.query(CREATE_RECORDS);
  } catch (error) {
    throw new AppError(
      'start_failed',
      `User "${client.user}" may not create tables in database "${client.database}" (${messageOf(error)}): ` +
        'make it the owner of the database.',
      { cause: error },
    );
  }
}

async function lock(client: Client): Promise<void> {
  await client.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  } catch (error) {
    throw new AppError(
      'start_failed',
      `Another process has been migrating this database for over ${LOCK_WAIT_MS / 1_000} s; start again when it is done.`,
      { cause: error },
    );
  }
  await client.query('SET lock_timeout = 0');
}

async function readRecords(client: Client): Promise<MigrationRecord[]> {
  const { rows } = await client.query<MigrationRecord>(
    `SELECT "migration_name", "checksum", "finished_at" IS NOT NULL AS "finished"
     FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "started_at", "migration_name"`,
  );
  return rows;
}

function pendingMigrations(migrations: readonly Migration[], records: readonly MigrationRecord[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const record of records) {
    const migration = known.get(record.migration_name);
    if (migration === undefined) {
      throw new AppError(
        'start_failed',
        `The database has migration ${record.migration_name}, which this version of Linewatch does not know: ` +
          'start the newer version, or restore a backup from before it.',
      );
    }
    if (!record.finished) {
      throw new AppError(
        'start_failed',
        `Migration ${record.migration_name} began on this database and did not finish: restore a backup, ` +
          'or repair it and mark it with `prisma migrate resolve`.',
      );
    }
    if (!hasChecksum(migration.sql, record.checksum)) {
      throw new AppError(
        'start_failed',
        `Migration ${record.migration_name} was edited after it had been applied: restore the file ` +
          `(expected checksum ${record.checksum}) and write a new migration instead.`,
      );
    }
  }
  const applied = new Set(records.map((record) => record.migration_name));
  return migrations.filter((migration) => !applied.has(migration.name));
}

// A checkout on Windows may have turned the line ends; Prisma forgives that as well.
function hasChecksum(sql: string, checksum: string): boolean {
  const unixSql = sql.replaceAll('\r\n', '\n');
  return [sql, unixSql, unixSql.replaceAll('\n', '\r\n')].some((text) => migrationChecksum(text) === checksum);
}

async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migrationChecksum(migration.sql), migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new AppError('start_failed', `Migration ${migration.name} failed and was rolled back: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
