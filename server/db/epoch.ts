import type { ClientBase } from 'pg';
import type { Watermark } from '../../contracts/watermark.ts';
import type { PrismaClient } from './generated/client.ts';
import { toWatermark } from './watermark.ts';

/**
 * Makes sure that the epoch belongs to this very database. One that was restored from a backup, copied, or that
 * lost a timeline to a failover is known by its cluster, its timeline, its database or its table: it gets a new epoch,
 * so that every browser and every node reads anew. `unknown` where the server does not tell what it is. Files of a
 * stopped server that were put back as they were cannot be told apart: `npm run epoch` is for those.
 */
export async function adoptDatabase(client: ClientBase): Promise<'known' | 'new' | 'restored' | 'unknown'> {
  const life = await readLife(client);
  if (life === null) return 'unknown';
  // Without a lock first: nearly always nothing is to be done, and a long commit may hold the row.
  if ((await storedLife(client, '')) === life) return 'known';
  await client.query('BEGIN');
  try {
    const stored = await storedLife(client, 'FOR UPDATE');
    if (stored === null) await client.query('UPDATE watermark SET life = $1 WHERE id = 1', [life]);
    else if (stored !== life)
      await client.query('UPDATE watermark SET life = $1, epoch = gen_random_uuid()::text WHERE id = 1', [life]);
    await client.query('COMMIT');
    if (stored === null) return 'new';
    return stored === life ? 'known' : 'restored';
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

async function storedLife(client: ClientBase, lock: '' | 'FOR UPDATE'): Promise<string | null> {
  const { rows } = await client.query<{ life: string | null }>(`SELECT life FROM watermark WHERE id = 1 ${lock}`);
  return rows[0]?.life ?? null;
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
async function readLife(client: ClientBase): Promise<string | null> {
  try {
    const { rows } = await client.query<{ life: string }>(
      `SELECT concat_ws(':', (SELECT system_identifier FROM pg_control_system()),
        left(pg_walfile_name(pg_current_wal_lsn()), 8),
        (SELECT oid FROM pg_database WHERE datname = current_database()), 'watermark'::regclass::oid) AS life`,
    );
    return rows[0]?.life ?? null;
  } catch {
    // Some hosts forbid one of these to whoever is no superuser: then a restore is told with `npm run epoch`.
    return null;
  }
}
