import type { PrismaClient } from './generated/client.ts';

/**
 * Deletes at most `limit` of the stored answers that are older than `hours`, the oldest first, and returns how
 * many went. By the database's clock, which also stamped them: a desk that replays lives in another time. A small
 * statement of its own: it takes no lock that a writer of prices waits for, and of two nodes each takes others.
 */
export async function forgetOldAnswers(
  writer: Pick<PrismaClient, '$executeRaw'>,
  { hours, limit }: { readonly hours: number; readonly limit: number },
): Promise<number> {
  return writer.$executeRaw`
    DELETE FROM ingest_batch WHERE key IN (
      SELECT key FROM ingest_batch WHERE created_at < now() - make_interval(hours => ${hours}::int)
      ORDER BY created_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )`;
}
