import { Prisma, type PrismaClient } from './generated/client.ts';
import { type Reader, instant } from './query.ts';
import { deskTransaction } from './watermark.ts';

/**
 * Rows of one step. Where the watermark's row is locked, which every writer waits for, a step takes some
 * milliseconds; history goes without that lock, as no writer reads it.
 */
export const RETENTION_STEP = { alerts: 200, quotes: 100, events: 50, historyRows: 2_000, mutes: 500 } as const;

const DAY_MS = 86_400_000;

/** How long the alerts of a match, and its prices, are kept after its kickoff. */
export type RetentionDays = { readonly alerts: number; readonly history: number };

type Reading = Pick<PrismaClient, '$queryRaw' | '$executeRaw'>;
type Writer = Reading & Pick<PrismaClient, '$transaction'>;

/**
 * One step of deleting what has been kept long enough; resolves with the number of rows that went, 0 when nothing
 * is left to delete. Alerts go by their own days, prices and detection's memory by those of history, and a match
 * when it has neither; ended mutes go with the alerts of their time. Revisions of the settings stay for ever.
 *
 * Deleted alerts raise the watermark, below which changes are then told as a reset. It is not notified: the poll of
 * each process finds it, so that a long sweep calls the browsers once a second and not with every step.
 */
export async function retentionStep(
  { reader, writer }: { readonly reader: Reader; readonly writer: Writer },
  days: RetentionDays,
  nowMs: number,
): Promise<number> {
  const alertsBeforeMs = nowMs - days.alerts * DAY_MS;
  const historyBeforeMs = nowMs - days.history * DAY_MS;
  return (
    (await deleteAlerts(reader, writer, alertsBeforeMs)) ||
    (await deletePrices(reader, writer, historyBeforeMs)) ||
    (await deleteEvents(reader, writer, historyBeforeMs)) ||
    deleteMutes(writer, alertsBeforeMs)
  );
}

async function deleteAlerts(reader: Reader, writer: Writer, beforeMs: number): Promise<number> {
  const before = instant(beforeMs);
  const found = await reader.$queryRaw<{ id: bigint }[]>`
    SELECT alert.id FROM alert WHERE alert.kickoff < ${before} ORDER BY alert.kickoff LIMIT ${RETENTION_STEP.alerts}`;
  if (found.length === 0) return 0;
  const ids = found.map((row) => Number(row.id));
  return deskTransaction(writer, async ({ client, nextSeq }) => {
    // Looked at again: since they were found, a match may have been put off.
    const deleted = await client.$executeRaw`
      DELETE FROM alert WHERE alert.id = ANY(${ids}::bigint[]) AND alert.kickoff < ${before}`;
    await client.$executeRaw`
      UPDATE watermark SET alert_total = alert_total - ${deleted}::int, seq = ${nextSeq}, changes_from = ${nextSeq} WHERE id = 1`;
    return deleted;
  });
}

// Asked of one match after the other in their order: as EXISTS the planner would join all matches with all prices.
const HAS_PRICES = Prisma.sql`coalesce((SELECT TRUE FROM odds_current WHERE odds_current.event_id = event.id LIMIT 1), FALSE)`;
const HAS_ALERTS = Prisma.sql`coalesce((SELECT TRUE FROM alert WHERE alert.event_id = event.id LIMIT 1), FALSE)`;

// Said so that the planner cannot guess how many it is: where it guesses few, it walks the table for them.
const isUnheardOf = (before: Prisma.Sql): Prisma.Sql => Prisma.sql`(event.last_price_at < ${before}) IS NOT FALSE`;

/** Prices of one match that began before: its history piece by piece, and then what is current of it. */
async function deletePrices(reader: Reader, writer: Writer, beforeMs: number): Promise<number> {
  const before = instant(beforeMs);
  // The newest of those that are due first: what lies further back has been emptied, and is walked only once at the end.
  const [event] = await reader.$queryRaw<{ id: number }[]>`
    SELECT event.id FROM event
    WHERE event.kickoff < ${before} AND ${isUnheardOf(before)}
      AND ${HAS_PRICES} ORDER BY event.kickoff DESC LIMIT 1`;
  if (event === undefined) return 0;
  const history = await writer.$executeRaw`
    DELETE FROM odds_history WHERE odds_history.id = ANY(ARRAY(
      SELECT version.id FROM odds_current JOIN odds_history AS version ON version.quote_id = odds_current.id
      WHERE odds_current.event_id = ${event.id} LIMIT ${RETENTION_STEP.historyRows}))`;
  if (history > 0) return history;
  return deskTransaction(writer, async ({ client }) => {
    const quotes = await client.$executeRaw`
      DELETE FROM odds_current WHERE odds_current.id = ANY(ARRAY(
        SELECT quote.id FROM odds_current AS quote JOIN event ON event.id = quote.event_id
        WHERE quote.event_id = ${event.id} AND event.kickoff < ${before} LIMIT ${RETENTION_STEP.quotes}))`;
    if (quotes < RETENTION_STEP.quotes) {
      await client.$executeRaw`DELETE FROM book_presence WHERE event_id = ${event.id}`;
      await client.$executeRaw`DELETE FROM book_absence WHERE event_id = ${event.id}`;
      await client.$executeRaw`DELETE FROM detection_state WHERE event_id = ${event.id}`;
    }
    // A writer that has the match in memory sees by its version that it must read it again.
    const version = await nextOddsVersion(client);
    await client.$executeRaw`UPDATE event SET odds_version = ${version}::bigint WHERE id = ${event.id}`;
    return quotes;
  });
}

/** Matches that began before and have neither prices nor alerts left. */
async function deleteEvents(reader: Reader, writer: Writer, beforeMs: number): Promise<number> {
  const before = instant(beforeMs);
  const found = await reader.$queryRaw<{ id: number }[]>`
    SELECT event.id FROM event
    WHERE event.kickoff < ${before} AND ${isUnheardOf(before)}
      AND NOT ${HAS_PRICES} AND NOT ${HAS_ALERTS} ORDER BY event.kickoff LIMIT ${RETENTION_STEP.events}`;
  if (found.length === 0) return 0;
  const ids = found.map((row) => row.id);
  return deskTransaction(writer, async ({ client }) => {
    const deleted = await client.$executeRaw`
      DELETE FROM event WHERE event.id = ANY(${ids}::int[]) AND event.kickoff < ${before}
        AND NOT EXISTS (SELECT FROM odds_current WHERE odds_current.event_id = event.id)
        AND NOT EXISTS (SELECT FROM alert WHERE alert.event_id = event.id)`;
    const version = await nextOddsVersion(client);
    await client.$executeRaw`UPDATE watermark SET events_deleted = ${version}::bigint WHERE id = 1`;
    return deleted;
  });
}

/** Mutes until kickoff go with their match. */
function deleteMutes(writer: Writer, beforeMs: number): Promise<number> {
  const before = instant(beforeMs);
  return writer.$executeRaw`
    DELETE FROM mute WHERE mute.id = ANY(ARRAY(
      SELECT ended.id FROM mute AS ended WHERE ended.lifted_at < ${before} OR (ended.end_told AND ended.until < ${before})
      LIMIT ${RETENTION_STEP.mutes}))`;
}

async function nextOddsVersion(client: Prisma.TransactionClient): Promise<bigint> {
  const [row] = await client.$queryRaw<{ version: bigint }[]>`
    UPDATE watermark SET odds_version = odds_version + 1 WHERE id = 1 RETURNING odds_version AS version`;
  return row?.version ?? 0n;
}
