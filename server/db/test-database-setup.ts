import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrateDatabase } from './migrate.ts';
import { isAlive, isPostmasterOf, readPostmasterFile } from './postmaster-file.ts';
import { TEST_SERVER_VARIABLE, TEST_TEMPLATE_VARIABLE, databaseUrl, runSql } from './test-database.ts';

const DIRECTORY = 'linewatch-test-';

/**
 * Vitest global set-up: one PostgreSQL for the whole run (`TEST_DATABASE_URL`, else an embedded one in a
 * temporary directory) and one migrated database in it that `createTestDatabase` copies.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given === undefined ? await startServer() : { url: given, stop: async (): Promise<void> => undefined };
  const template = `linewatch_template_${randomBytes(6).toString('hex')}`;
  await runSql(
    server.url,
    `CREATE DATABASE "${template}" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`,
  );
  await migrateDatabase({ url: databaseUrl(server.url, template) });
  process.env[TEST_SERVER_VARIABLE] = server.url;
  process.env[TEST_TEMPLATE_VARIABLE] = template;
  return async () => {
    await runSql(server.url, `DROP DATABASE IF EXISTS "${template}" WITH (FORCE)`);
    await server.stop();
  };
}

async function startServer(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  await sweepKilledRuns();
  const directory = mkdtempSync(join(tmpdir(), `${DIRECTORY}${process.pid}-`));
  // Open for the user whom PostgreSQL runs as; its own directory below is private.
  chmodSync(directory, 0o755);
  // A test database needs no durability, and the run is several times faster without.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory, settings });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

// A run that was killed leaves its server; the next run ends it and removes its files.
async function sweepKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${DIRECTORY}(\\d+)-`).exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid)) continue;
    const directory = join(tmpdir(), name);
    if (statSync(directory).uid !== process.getuid?.()) continue;
    const cluster = join(directory, 'postgres');
    const postmaster = await readPostmasterFile(cluster);
    if (postmaster !== undefined && (await isPostmasterOf(cluster, postmaster.pid)))
      process.kill(postmaster.pid, 'SIGQUIT');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
