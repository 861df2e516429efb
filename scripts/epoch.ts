// `npm run epoch`: tells a database that it was put back to an earlier state, so that every browser and every node
// reads it anew. Needed only where nobody can tell by itself: when the files of a stopped embedded database were
// replaced by older ones. Uses the room server/db, and the environment of `npm start`.
import { readConfig } from '../server/config.ts';
import { openDatabase } from '../server/db/database.ts';
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { renewEpoch } from '../server/db/epoch.ts';
import { migrateDatabase } from '../server/db/migrate.ts';

async function renew(): Promise<void> {
  const config = readConfig(process.env);
  // Refused while a Linewatch runs on it: that one has to be stopped to replace its files anyway.
  const own =
    config.databaseUrl === undefined ? await startEmbeddedPostgres({ dataDirectory: config.dataDir }) : undefined;
  const url = config.databaseUrl ?? own?.url ?? '';
  try {
    await migrateDatabase({ url });
    const database = openDatabase({ url });
    const renewed = await renewEpoch(database.writer);
    await database.close();
    console.log(`The database has epoch ${renewed?.epoch} from now on; seq goes on from ${renewed?.seq}.`);
  } finally {
    await own?.stop();
  }
}

try {
  await renew();
} catch (error) {
  console.error(`npm run epoch: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
