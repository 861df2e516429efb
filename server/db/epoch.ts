import type { Watermark } from '../../contracts/watermark.ts';
import type { PrismaClient } from './generated/client.ts';
import { toWatermark } from './watermark.ts';

type Writer = Pick<PrismaClient, '$queryRaw' | '$transaction'>;

/**
 * Makes sure that the epoch belongs to this very database. One that was restored from a backup, copied, or that
 * lost a timeline to a failover is known by its cluster, its timeline or its database: it gets a new epoch, so
 * that every browser and every node reads anew. `unknown` where the server does not tell what it is. Files of a
 * stopped server that were put back as they were cannot be told apart: `npm run epoch` is for those.
 */
export async function adoptDatabase(writer: Writer): Promise<'known' | 'new' | 'restored' | 'unknown'> {
  const life = await readLife(writer);
  if (life === null) return 'unknown';
  return writer.$transaction(async (client) => {
    const [row] = await client.$queryRaw<{ life: string | null }[]>`SELECT life FROM watermark WHERE id = 1 FOR UPDATE`;
    if (row?.life === life) return 'known';
    if (row?.life === null) {
      await client.$executeRaw`UPDATE watermark SET life = ${life} WHERE id = 1`;
      return 'new';
    }
    await client.$executeRaw`UPDATE watermark SET life = ${life}, epoch = gen_random_uuid()::text WHERE id = 1`;
    return 'restored';
  });
}

/** Gives the database a new epoch; with `behind` only while it still stands behind that in the same epoch. */
export async function renewEpoch(
  writer: Pick<PrismaClient, '$queryRaw'>,
  behind?: Watermark,
): Promise<Watermark | null> {
  const rows = await writer.$queryRaw<{ epoch: string; seq: bigint }[]>`
    UPDATE watermark SET epoch = gen_random_uuid()::text
    WHERE id = 1 AND (${behind?.epoch ?? null}::text IS NULL OR (epoch = ${behind?.epoch ?? null} AND seq < ${behind?.seq ?? 0}::bigint))
    RETURNING epoch, seq`;
  return rows[0] === undefined ? null : toWatermark(rows[0]);
}

// The timeline from the name of the log file being written: the control file learns of it with the next checkpoint.
async function readLife(writer: Pick<PrismaClient, '$queryRaw'>): Promise<string | null> {
  try {
    const [row] = await writer.$queryRaw<{ life: string }[]>`
      SELECT concat_ws(':', (SELECT system_identifier FROM pg_control_system()),
        left(pg_walfile_name(pg_current_wal_lsn()), 8),
        (SELECT oid FROM pg_database WHERE datname = current_database())) AS life`;
    return row?.life ?? null;
  } catch {
    // Some hosts forbid one of these to whoever is no superuser: then a restore is told with `npm run epoch`.
    return null;
  }
}
