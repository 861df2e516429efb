import { prepareDataDirectory } from './data-directory.ts';
import { type Database, openDatabase } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrateDatabase } from './migrate.ts';

type Options = {
  readonly dataDir: string;
  /** Of a PostgreSQL that somebody else runs; without it one is started in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly onStop: (name: string, stop: () => Promise<unknown>) => void;
  readonly onStep: (text: string) => void;
  readonly warn: (text: string, error?: unknown) => void;
};

/**
 * The database of this process: found or started, brought up to date, and adopted. Rejects with what a start tells of
 * in one line; what it started by then is taken down by the steps given to `onStop`.
 */
export async function startDatabase(
  options: Options,
): Promise<{ readonly database: Database; readonly databaseUrl: string }> {
  await prepareDataDirectory(options.dataDir);
  const databaseUrl = options.databaseUrl ?? (await startOwnPostgres(options));
  await migrateDatabase({ url: databaseUrl, onStep: options.onStep });
  const database = openDatabase({
    url: databaseUrl,
    onConnectionLost: (error) => options.warn('a database connection was lost', error),
    onAdopted(how) {
      if (how === 'restored')
        options.warn('this database was restored, copied or failed over; every browser reads it anew');
    },
  });
  options.onStop('the database connections', database.close);
  await database.adopt();
  return { database, databaseUrl };
}

async function startOwnPostgres({ dataDir, onStop, onStep, warn }: Options): Promise<string> {
  const ending = new AbortController();
  const starting = startEmbeddedPostgres({ dataDirectory: dataDir, onStep, signal: ending.signal });
  // Before it runs: who is stopped in the middle of a start leaves no PostgreSQL behind.
  onStop('PostgreSQL', async () => {
    ending.abort();
    const begun = await starting.catch(() => undefined); // its failure is the start's to tell
    await begun?.stop();
  });
  const postgres = await starting;
  postgres.onExit(() => warn('PostgreSQL went away; it is being restarted, and ingest answers 503 until it is back'));
  return postgres.url;
}
