// Room: server/db. `npm run migration -- <name>` writes the SQL that leads from the migrations there are to
// prisma/schema.prisma into a new migration, to be read and completed before it is committed.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { errorCode } from '../contracts/errors.ts';
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { MIGRATIONS_DIRECTORY, migrateDatabase } from '../server/db/migrate.ts';
import { schemaDiff } from '../server/db/schema-engine.ts';

const NAME = /^[a-z][a-z0-9_]{0,60}$/;

/** Writes the migration and returns its path, or undefined when schema and migrations agree already. */
async function writeMigration(name: string, now: Date): Promise<string | undefined> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'linewatch-migration-'));
  await chmod(dataDirectory, 0o755);
  try {
    const postgres = await startEmbeddedPostgres({ dataDirectory, settings: { fsync: 'off' } });
    try {
      await migrateDatabase({ url: postgres.url });
      const sql = await schemaDiff({ url: postgres.url, from: 'database', to: 'schema' });
      if (sql === '') return undefined;
      const time = now.toISOString().replaceAll(/\D/g, '').slice(0, 14);
      const directory = join(MIGRATIONS_DIRECTORY, `${time}_${name}`);
      await mkdir(directory);
      await writeFile(join(directory, 'migration.sql'), sql);
      return join(directory, 'migration.sql');
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

const name = process.argv[2] ?? '';
if (!NAME.test(name)) {
  console.error(`Expected a name such as add_bookmaker_country, got "${name}": npm run migration -- <name>`);
  process.exitCode = 2;
} else {
  try {
    const written = await writeMigration(name, new Date());
    console.log(
      written === undefined
        ? 'prisma/schema.prisma and the migrations agree: nothing to write.'
        : `Wrote ${relative(process.cwd(), written)}. Read it, add what Prisma cannot say, then run the tests.`,
    );
  } catch (error) {
    if (errorCode(error) === 'internal' || !(error instanceof Error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
