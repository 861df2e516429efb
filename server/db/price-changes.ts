import { type EventId, eventIdSchema } from '../../contracts/ids.ts';
import type { Reader } from './query.ts';

/** Rows of history that one look reads at most, some ten milliseconds' worth; beyond, only that more changed is told. */
const MAX_ROWS = 20_000;

export type PriceChangesFound = {
  /** Where the next look goes on. */
  readonly historyId: number;
  readonly eventIds: readonly EventId[];
  readonly bookmakers: readonly string[];
  readonly truncated: boolean;
};

/** The newest price there is. */
export async function newestHistoryId(reader: Reader): Promise<number> {
  const [row] = await reader.$queryRaw<{ id: bigint | null }[]>`SELECT max(id) AS id FROM odds_history`;
  return Number(row?.id ?? 0);
}

/**
 * Whose prices changed after a point of the history. Its ids are in the order of commits, since every writer
 * takes them while it holds the lock on the watermark.
 */
export async function readPriceChanges(reader: Reader, afterHistoryId: number): Promise<PriceChangesFound> {
  const newest = await newestHistoryId(reader);
  const from = Math.max(afterHistoryId, newest - MAX_ROWS);
  const rows = await reader.$queryRaw<{ eventId: number; bookmaker: string }[]>`
    WITH changed AS MATERIALIZED (
      SELECT DISTINCT quote_id FROM odds_history WHERE id > ${from}::bigint AND id <= ${newest}::bigint
    )
    SELECT DISTINCT quote.event_id AS "eventId", bookmaker.name AS bookmaker
    FROM changed JOIN odds_current AS quote ON quote.id = changed.quote_id
    JOIN bookmaker ON bookmaker.id = quote.bookmaker_id`;
  return {
    historyId: newest,
    eventIds: [...new Set(rows.map((row) => eventIdSchema.parse(row.eventId)))],
    bookmakers: [...new Set(rows.map((row) => row.bookmaker))],
    truncated: from > afterHistoryId,
  };
}
