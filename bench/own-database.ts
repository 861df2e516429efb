import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { migrateDatabase } from '../server/db/migrate.ts';

/** A PostgreSQL of the product's own settings, fsync included, and of those given, with an empty migrated database, for one benchmark. */
export async function startOwnDatabase(
  settings: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'linewatch-bench-database-'));
  // Open for the user whom PostgreSQL runs as when we are root; its own directory below is private.
  await chmod(directory, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDirectory: directory, settings });
  await migrateDatabase({ url: postgres.url });
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
