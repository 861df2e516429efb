import { randomBytes } from 'node:crypto';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { openDatabase } from '../../server/db/database.ts';
import { migrateDatabase } from '../../server/db/migrate.ts';
import { createPriceStore } from '../../server/db/price-store.ts';
import { databaseUrl as urlOfDatabase, runSql } from '../../server/db/test-database.ts';
import { detect } from '../../server/detection/detect.ts';
import { createEventCache } from '../../server/ingest/event-cache.ts';
import type { IngestBatch } from '../../server/ingest/ingest-batch.ts';
import { createPipeline } from '../../server/ingest/pipeline.ts';
import { type StoredDesk, readStoredDesk } from './stored-state.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, ownBookmaker: 'draftkings' };
const BATCHES_PER_COMMIT = 50;
const MAX_EVENTS = 10_000;

/** What a desk would hold that stored these batches in this order and to which nothing ever happened. */
export async function storeUndisturbed(serverUrl: string, batches: readonly IngestBatch[]): Promise<StoredDesk> {
  const name = `reference_${randomBytes(6).toString('hex')}`;
  await runSql(serverUrl, `CREATE DATABASE "${name}" TEMPLATE template0`);
  const url = urlOfDatabase(serverUrl, name);
  try {
    await migrateDatabase({ url });
    const database = openDatabase({ url });
    try {
      const pipeline = createPipeline({
        store: createPriceStore(database.writer, Date.now),
        cache: createEventCache({ maxEvents: MAX_EVENTS }),
        detect,
        settings: () => SETTINGS,
      });
      for (let start = 0; start < batches.length; start += BATCHES_PER_COMMIT) {
        await pipeline.commit(batches.slice(start, start + BATCHES_PER_COMMIT));
      }
      return await readStoredDesk(url);
    } finally {
      await database.close();
    }
  } finally {
    await runSql(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }
}
