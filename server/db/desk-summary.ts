import type { Watermark } from '../../contracts/watermark.ts';
import { mutesInForce } from './mute-condition.ts';
import { type Reader, instant } from './query.ts';
import { toWatermark } from './watermark.ts';

/** What every page's frame says of the feeds. Times are epoch milliseconds. */
export type DeskSummary = {
  /** By name. */
  readonly bookmakers: readonly { readonly bookmaker: string; readonly lastSeenMs: number }[];
  /** Events that have not begun. Each has prices: an event is stored with its first ones. */
  readonly openEvents: number;
  /** Mutes in force. */
  readonly mutes: number;
  readonly lastPriceMs: number | null;
  readonly watermark: Watermark;
};

/**
 * The names of the bookmakers that were heard of since `heardSinceMs`. The others keep their rows, which alerts and
 * prices name: to delete one, PostgreSQL would look through all of them.
 */
export async function readBookmakerNames(reader: Reader, heardSinceMs: number): Promise<readonly string[]> {
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT name FROM bookmaker WHERE last_seen_at >= ${instant(heardSinceMs)}`;
  return rows.map(({ name }) => name);
}

/** The feeds that were heard of since `heardSinceMs`, and the open events, as they stand at `nowMs`. */
export async function readDeskSummary(reader: Reader, nowMs: number, heardSinceMs = 0): Promise<DeskSummary> {
  type Row = {
    readonly epoch: string;
    readonly seq: bigint;
    readonly openEvents: bigint;
    readonly mutes: bigint;
    readonly bookmaker: string | null;
    readonly lastSeenAt: Date | null;
  };
  const rows = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, bookmaker.name AS bookmaker, bookmaker.last_seen_at AS "lastSeenAt", (
      SELECT count(*) FROM event WHERE event.kickoff > ${instant(nowMs)}
    ) AS "openEvents", (${mutesInForce(nowMs)}) AS mutes
    FROM watermark LEFT JOIN bookmaker ON bookmaker.last_seen_at >= ${instant(heardSinceMs)} WHERE watermark.id = 1 ORDER BY bookmaker.name`;
  const bookmakers = rows.flatMap(({ bookmaker, lastSeenAt }) =>
    bookmaker === null || lastSeenAt === null ? [] : [{ bookmaker, lastSeenMs: lastSeenAt.getTime() }],
  );
  return {
    bookmakers,
    openEvents: Number(rows[0]?.openEvents ?? 0),
    mutes: Number(rows[0]?.mutes ?? 0),
    // A bookmaker was last heard of when its last price came.
    lastPriceMs: bookmakers.length === 0 ? null : Math.max(...bookmakers.map(({ lastSeenMs }) => lastSeenMs)),
    watermark: toWatermark(rows[0]),
  };
}
