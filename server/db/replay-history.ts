import type { TriedAlert } from '../../contracts/settings-try.ts';
import { type EventId, eventIdSchema } from '../../contracts/ids.ts';
import { marketSchema } from '../../contracts/market-schema.ts';
import type { Memory } from '../detection/detection.ts';
import type { StoredHistory } from '../ingest/stored-history.ts';
import { type AlertRow, alertColumns, alertsFound, toAlert } from './alert-row.ts';
import { storedOutcomesSchema } from './event-rows.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { type Reader, allOf, instant } from './query.ts';

/** A match of the usual size has some thousands. */
export const MAX_VERSIONS_PER_EVENT = 50_000;
const MAX_STORED_PER_EVENT = 5_000;
const TRANSACTION_TIMEOUT_MS = 30_000;

type Range = { readonly fromMs: number; readonly toMs: number };
type VersionRow = {
  readonly bookmaker: string;
  readonly market: string;
  readonly line: number | null;
  readonly state: 'open' | 'suspended' | 'removed';
  readonly outcomes: unknown;
  readonly observedAt: Date;
};

/** Matches that were heard of at or after the beginning of the range and had not begun by then, the soonest first. */
export async function eventsInRange(
  reader: Reader,
  { fromMs }: Range,
  eventIds: readonly EventId[] | undefined,
  limit: number,
): Promise<EventId[]> {
  const conditions = [
    Prisma.sql`event.kickoff > ${instant(fromMs)} AND event.last_price_at >= ${instant(fromMs)}`,
    ...(eventIds === undefined ? [] : [Prisma.sql`event.id = ANY(${[...eventIds]}::bigint[])`]),
  ];
  const rows = await reader.$queryRaw<{ id: number }[]>`
    SELECT event.id FROM event WHERE ${allOf(conditions)} ORDER BY event.kickoff, event.id LIMIT ${limit}`;
  return rows.map((row) => eventIdSchema.parse(row.id));
}

/**
 * What is stored of one match for a range: the versions of all its quotes from `warmUpMs` before it, with those in
 * force then, in their order, and the alerts first observed in it. Read at one moment, in a transaction that could
 * not write. Null when the match is not there.
 */
export function readReplayHistory(
  reader: Pick<PrismaClient, '$transaction'>,
  eventId: EventId,
  range: Range & { readonly warmUpMs: number },
): Promise<StoredHistory | null> {
  return reader.$transaction(
    async (client) => {
      await client.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`;
      const event = await client.event.findUnique({ where: { id: eventId }, include: { league: true } });
      if (event === null) return null;
      const { home, away, sourceKey, league, kickoff } = event;
      const versions = await readVersions(client, eventId, range);
      return {
        memory: await readMemory(client, eventId),
        described: {
          sourceKey,
          home,
          away,
          league: league.name,
          country: league.country,
          sport: league.sport,
          kickoffMs: kickoff.getTime(),
        },
        versions: versions.slice(-MAX_VERSIONS_PER_EVENT),
        isCut: versions.length > MAX_VERSIONS_PER_EVENT,
        stored: await readStored(client, eventId, range),
      };
    },
    { timeout: TRANSACTION_TIMEOUT_MS },
  );
}

/** What detection remembers of a match that its history of prices does not tell. */
const readMemory = (client: Reader, eventId: EventId) => client.$queryRaw<{ key: string; memory: Memory }[]>`
  SELECT key, state AS memory FROM detection_state WHERE event_id = ${eventId}::bigint`;

async function readVersions(client: Reader, eventId: EventId, range: Range & { readonly warmUpMs: number }) {
  const begin = instant(range.fromMs - range.warmUpMs);
  const rows = await client.$queryRaw<VersionRow[]>`
    SELECT bookmaker.name AS bookmaker, quote.market, quote.line, version.state, version.outcomes,
      version.observed_at AS "observedAt"
    FROM odds_current AS quote
    JOIN bookmaker ON bookmaker.id = quote.bookmaker_id
    CROSS JOIN LATERAL (
      (SELECT id, observed_at, state, outcomes FROM odds_history
       WHERE quote_id = quote.id AND observed_at < ${begin} ORDER BY observed_at DESC, id DESC LIMIT 1)
      UNION ALL
      (SELECT id, observed_at, state, outcomes FROM odds_history
       WHERE quote_id = quote.id AND observed_at >= ${begin} AND observed_at < ${instant(range.toMs)})
    ) AS version
    WHERE quote.event_id = ${eventId}::bigint
    ORDER BY version.observed_at DESC, version.id DESC LIMIT ${MAX_VERSIONS_PER_EVENT + 1}`;
  return rows.toReversed().map((row) => ({
    bookmaker: row.bookmaker,
    market: marketSchema.parse(row.market),
    line: row.line,
    state: row.state,
    outcomes: storedOutcomesSchema
      .parse(row.outcomes)
      .map(([name, milliOdds, suspended]) => ({ name, milliOdds, suspended: suspended === 1 })),
    observedAtMs: row.observedAt.getTime(),
  }));
}

/** By when the feed first observed what fired, which in a recording sent later is not when it was stored. */
async function readStored(client: Reader, eventId: EventId, range: Range): Promise<Omit<TriedAlert, 'inBoth'>[]> {
  const observedAt = Prisma.sql`coalesce((candidate.explanation ->> 'openedAt')::timestamptz,
    (candidate.explanation ->> 'observedAt')::timestamptz, candidate.detected_at)`;
  const found = Prisma.sql`SELECT candidate.id, ${observedAt} AS observed_at FROM alert AS candidate
    WHERE candidate.event_id = ${eventId}::bigint AND ${observedAt} >= ${instant(range.fromMs)}
      AND ${observedAt} < ${instant(range.toMs)} ORDER BY 2 LIMIT ${MAX_STORED_PER_EVENT}`;
  const rows = await client.$queryRaw<(AlertRow & { readonly observedAt: Date })[]>`
    SELECT ${alertColumns(range.toMs)}, found.observed_at AS "observedAt" FROM ${alertsFound(found)}`;
  return rows.map((row) => {
    const { id, bookmaker, market, line, outcome, type, severity, ...alert } = toAlert(row, range.toMs);
    const { changePercent, probabilityPoints, oldOdds, newOdds, availability } = alert;
    const subject = { id, eventId, bookmaker, market, line, outcome, type, severity, availability };
    return { ...subject, changePercent, probabilityPoints, oldOdds, newOdds, at: row.observedAt.toISOString() };
  });
}
