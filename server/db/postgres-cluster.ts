import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contracts/errors.ts';
import { OR_DATABASE_URL, type PostgresBinaries } from './postgres-binaries.ts';
import { fileFailure, postgresFailure } from './postgres-failure.ts';
import { isAlive } from './postmaster-file.ts';
import { type RunAs, runProgram } from './run-program.ts';

export const SUPERUSER = 'linewatch';
const PASSWORD_FILE = 'linewatch-password';
const STAGING = 'postgres.new-';
const PASSWORD_BYTES = 24;

/**
 * Makes the database files on the first start, whole or not at all: `initdb` works beside their place and they
 * are moved there at the end, so a start that is killed leaves nothing half made.
 */
export async function ensureCluster(options: {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly dataDirectory: string;
  readonly clusterDirectory: string;
  readonly onStep: (text: string) => void;
}): Promise<void> {
  const { binaries, clusterDirectory } = options;
  const version = await readVersion(clusterDirectory);
  if (version === undefined) {
    options.onStep('creating the database (first start)');
    await createCluster(options);
    return;
  }
  if (version !== binaries.major) {
    throw new AppError(
      'start_failed',
      `${clusterDirectory} was made by PostgreSQL ${version}, this version of Linewatch brings ${binaries.major}: ` +
        `move the data with pg_dump and pg_restore, name another directory in DATA_DIR, ${OR_DATABASE_URL}.`,
    );
  }
}

/** The password that was drawn when the database was made. */
export async function readPassword(clusterDirectory: string): Promise<string> {
  try {
    return (await readFile(join(clusterDirectory, PASSWORD_FILE), 'utf8')).trim();
  } catch (error) {
    throw new AppError(
      'start_failed',
      `The password of the database is missing (${join(clusterDirectory, PASSWORD_FILE)}): restore that file from a backup, ` +
        `move ${clusterDirectory} away to begin anew, ${OR_DATABASE_URL}.`,
      { cause: error },
    );
  }
}

async function readVersion(clusterDirectory: string): Promise<string | undefined> {
  try {
    return (await readFile(join(clusterDirectory, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || error.code !== 'ENOENT')
      throw await foreignOwner(clusterDirectory, error);
  }
  const entries = await readdir(clusterDirectory).catch(() => []);
  if (entries.length === 0) return undefined;
  throw new AppError(
    'start_failed',
    `${clusterDirectory} holds files, but no database: move them away, or name another directory in DATA_DIR.`,
  );
}

async function foreignOwner(clusterDirectory: string, error: unknown): Promise<AppError> {
  const owner = await stat(clusterDirectory).catch(() => undefined);
  if (owner === undefined || owner.uid === process.getuid?.()) return fileFailure(clusterDirectory, error);
  return new AppError(
    'start_failed',
    `The database in ${clusterDirectory} belongs to user ${owner.uid}, as Linewatch was started there by root or another ` +
      `user: start it as that one, name another directory in DATA_DIR, ${OR_DATABASE_URL}.`,
    { cause: error },
  );
}

async function createCluster(options: {
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs;
  readonly dataDirectory: string;
  readonly clusterDirectory: string;
}): Promise<void> {
  const { binaries, runAs, dataDirectory, clusterDirectory } = options;
  await removeAbandoned(dataDirectory);
  const staging = join(dataDirectory, `${STAGING}${process.pid}`);
  const passwordFile = `${staging}.password`;
  try {
    await mkdir(staging, { mode: 0o700 });
    await writeFile(passwordFile, `${randomBytes(PASSWORD_BYTES).toString('base64url')}\n`, { mode: 0o600 });
    if (runAs.owner !== undefined) {
      const { uid, gid } = runAs.owner;
      await Promise.all([staging, passwordFile].map((path) => chown(path, uid, gid)));
    }
    const made = await runProgram(
      binaries.initdb,
      [
        `--pgdata=${staging}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      { runAs, env: binaries.env },
    );
    if (!made.ok) throw postgresFailure('PostgreSQL could not create its database', dataDirectory, made.output);
    await rename(passwordFile, join(staging, PASSWORD_FILE));
    await moveIntoPlace(staging, clusterDirectory);
  } catch (error) {
    throw error instanceof AppError ? error : fileFailure(dataDirectory, error);
  } finally {
    await Promise.all([staging, passwordFile].map((path) => rm(path, { recursive: true, force: true })));
  }
}

async function moveIntoPlace(staging: string, clusterDirectory: string): Promise<void> {
  try {
    await rename(staging, clusterDirectory);
  } catch (error) {
    // A second process was started at the same moment and was faster: its database is the one.
    if ((await readVersion(clusterDirectory)) === undefined) throw error;
    return;
  }
  if (process.platform === 'win32') return;
  // A rename is durable only once the directory that holds it is.
  const parent = await open(join(clusterDirectory, '..'));
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}

async function removeAbandoned(dataDirectory: string): Promise<void> {
  const names = (await readdir(dataDirectory)).filter((name) => name.startsWith(STAGING));
  const abandoned = names.filter((name) => !isAlive(Number.parseInt(name.slice(STAGING.length), 10)));
  await Promise.all(abandoned.map((name) => rm(join(dataDirectory, name), { recursive: true, force: true })));
}
