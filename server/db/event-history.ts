import type { Alert } from '../../contracts/alert.ts';
import type { EventHistory, HistoryQuery } from '../../contracts/event.ts';
import type { EventId } from '../../contracts/ids.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { type AlertRow, alertColumns, alertsFound, toAlert } from './alert-row.ts';
import { storedOutcomesSchema } from './event-odds.ts';
import { type FairOf, fairIn } from './fair-of.ts';
import { Prisma, type QuoteState } from './generated/client.ts';
import { newestHistoryId } from './price-changes.ts';
import { type Reader, allOf, instant } from './query.ts';
import { toWatermark } from './watermark.ts';

/** Changes of price read per bookmaker; the newest ones when there are more. */
export const MAX_POINTS_PER_BOOKMAKER = 2_000;
/** Alerts marked on one chart; the newest ones when there are more. */
export const MAX_ALERTS_PER_HISTORY = 500;

/** Spans in which books were not heard of, of all books of an event. */
const MAX_ABSENCES_PER_HISTORY = 500;

type PointRow = {
  readonly bookmaker: string;
  readonly seenAt: Date;
  /** Null in the one row of a book that has no version to tell. */
  readonly observedAt: Date | null;
  readonly state: QuoteState | null;
  readonly outcomes: unknown;
  readonly excess: boolean | null;
};
type Point = EventHistory['series'][number]['points'][number];
type Absence = EventHistory['series'][number]['absences'][number];

/**
 * One outcome's price over time in all books, oldest first, a point wherever it (or its fair probability) changed.
 * Odds are null from where the outcome was suspended or gone. With `from`, the price then in force is the first
 * point, at `from`. `truncated` when there was more than fits, and then the oldest part is missing. Without `line`,
 * the market that has none. With `after`, only what was stored since that head; the alerts are always all.
 */
export async function readEventHistory(
  reader: Reader,
  id: EventId,
  query: HistoryQuery,
  { ownBookmaker, fairOf }: { readonly ownBookmaker: string; readonly fairOf: FairOf },
  nowMs: number,
): Promise<EventHistory | 'not_found'> {
  const watermark = await readEventWatermark(reader, id);
  if (watermark === 'not_found') return 'not_found';
  // Before the points: what is stored meanwhile comes twice then, and not never.
  const head = await newestHistoryId(reader);
  const [points, alerts, absences] = await Promise.all([
    readPoints(reader, id, query),
    readMarks(reader, id, query, nowMs),
    readAbsences(reader, id),
  ]);
  const fromMs = query.from === undefined ? undefined : Date.parse(query.from);
  // A book without anything new is told for when it was last seen; without any price at all it is no series.
  const isTold = ({ observedAt }: PointRow): boolean => query.after !== undefined || observedAt !== null;
  const series = [...Map.groupBy(points.filter(isTold), (point) => point.bookmaker)].map(([bookmaker, rows]) => ({
    bookmaker,
    own: bookmaker === ownBookmaker,
    seenAt: (rows[0]?.seenAt ?? new Date(nowMs)).toISOString(),
    absences: absences.get(bookmaker) ?? [],
    points: toPoints(rows, query, { fromMs, fairOf }),
  }));
  return {
    eventId: id,
    market: query.market,
    line: query.line ?? null,
    outcome: query.outcome,
    series,
    alerts: alerts.slice(-MAX_ALERTS_PER_HISTORY),
    truncated: points.some((point) => point.excess === true) || alerts.length > MAX_ALERTS_PER_HISTORY,
    head,
    ...watermark,
  };
}

async function readEventWatermark(reader: Reader, id: EventId): Promise<Watermark | 'not_found'> {
  const [row] = await reader.$queryRaw<{ epoch: string; seq: bigint; exists: boolean }[]>`
    SELECT epoch, seq, EXISTS (SELECT FROM event WHERE event.id = ${id}::bigint) AS exists FROM watermark WHERE id = 1`;
  return row?.exists === false ? 'not_found' : toWatermark(row);
}

/** When the books were not heard of at an event, the newest spans, each book's in order. */
async function readAbsences(reader: Reader, id: EventId): Promise<Map<string, Absence[]>> {
  const rows = await reader.$queryRaw<{ bookmaker: string; fromAt: Date; toAt: Date }[]>`
    SELECT bookmaker.name AS bookmaker, absence.from_at AS "fromAt", absence.to_at AS "toAt"
    FROM book_absence AS absence JOIN bookmaker ON bookmaker.id = absence.bookmaker_id
    WHERE absence.event_id = ${id}::bigint ORDER BY absence.from_at DESC LIMIT ${MAX_ABSENCES_PER_HISTORY}`;
  const byBook = Map.groupBy(rows.toReversed(), (row) => row.bookmaker);
  return new Map(
    [...byBook].map(([bookmaker, spans]) => [
      bookmaker,
      spans.map(({ fromAt, toAt }) => ({ from: fromAt.toISOString(), to: toAt.toISOString() })),
    ]),
  );
}

function readPoints(reader: Reader, id: EventId, query: HistoryQuery): Promise<PointRow[]> {
  // IS NOT DISTINCT FROM has no index: a market without a line is asked for by IS NULL.
  const isLine =
    query.line === undefined ? Prisma.sql`quote.line IS NULL` : Prisma.sql`quote.line = ${query.line}::float8`;
  const until = query.to === undefined ? [] : [Prisma.sql`odds_history.observed_at < ${instant(Date.parse(query.to))}`];
  const since =
    query.from === undefined ? [] : [Prisma.sql`odds_history.observed_at >= ${instant(Date.parse(query.from))}`];
  const isQuote = Prisma.sql`odds_history.quote_id = quote.id`;
  const stored = query.after === undefined ? [] : [Prisma.sql`odds_history.id > ${query.after}::bigint`];
  const versions = Prisma.sql`
    SELECT odds_history.id, odds_history.observed_at, odds_history.state, odds_history.outcomes,
      row_number() OVER (ORDER BY odds_history.observed_at DESC, odds_history.id DESC) > ${MAX_POINTS_PER_BOOKMAKER} AS excess
    FROM odds_history WHERE ${allOf([isQuote, ...stored, ...since, ...until])}
    ORDER BY odds_history.observed_at DESC, odds_history.id DESC LIMIT ${MAX_POINTS_PER_BOOKMAKER + 1}`;
  const inForce = (at: string) => Prisma.sql`
    SELECT odds_history.id, odds_history.observed_at, odds_history.state, odds_history.outcomes, FALSE AS excess
    FROM odds_history WHERE ${isQuote} AND odds_history.observed_at < ${instant(Date.parse(at))}
    ORDER BY odds_history.observed_at DESC, odds_history.id DESC LIMIT 1`;
  // What was in force at `from` was told before.
  const all =
    query.from === undefined || query.after !== undefined
      ? versions
      : Prisma.sql`(${versions}) UNION ALL (${inForce(query.from)})`;
  return reader.$queryRaw<PointRow[]>`
    SELECT bookmaker.name AS bookmaker, coalesce(book_presence.last_seen_at, quote.observed_at) AS "seenAt",
      version.observed_at AS "observedAt", version.state::text AS state, version.outcomes, version.excess
    FROM odds_current AS quote
    JOIN bookmaker ON bookmaker.id = quote.bookmaker_id
    LEFT JOIN book_presence ON book_presence.event_id = quote.event_id AND book_presence.bookmaker_id = quote.bookmaker_id
    LEFT JOIN LATERAL (${all}) AS version ON TRUE
    WHERE quote.event_id = ${id}::bigint AND quote.market = ${query.market} AND ${isLine}
    ORDER BY bookmaker.name, version.observed_at, version.id`;
}

function toPoints(
  rows: readonly PointRow[],
  { market, outcome }: HistoryQuery,
  { fromMs, fairOf }: { readonly fromMs: number | undefined; readonly fairOf: FairOf },
): Point[] {
  const points: Point[] = [];
  // Where the oldest part is missing, the price in force before it says nothing of what follows.
  for (const row of rows.slice(rows.findLastIndex(({ excess }) => excess === true) + 1)) {
    if (row.observedAt === null) continue;
    const outcomes = row.state === 'open' ? storedOutcomesSchema.parse(row.outcomes) : [];
    const place = outcomes.findIndex(([name, , suspended]) => name === outcome && suspended === 0);
    const milliOdds = outcomes[place]?.[1];
    const odds = milliOdds === undefined ? null : fromMilliOdds(milliOdds);
    const fair = odds === null ? null : (fairIn(fairOf, market, outcomes)?.[place] ?? null);
    const last = points.at(-1);
    // A version is stored when any outcome of its market changed; this one may have stood still.
    if (last !== undefined && last.odds === odds && last.fair === fair) continue;
    points.push({ at: new Date(Math.max(row.observedAt.getTime(), fromMs ?? 0)).toISOString(), odds, fair });
  }
  return points;
}

async function readMarks(reader: Reader, id: EventId, query: HistoryQuery, nowMs: number): Promise<Alert[]> {
  const conditions = [
    Prisma.sql`alert.event_id = ${id}::bigint AND alert.market = ${query.market}`,
    query.line === undefined ? Prisma.sql`alert.line IS NULL` : Prisma.sql`alert.line = ${query.line}::float8`,
    Prisma.sql`(alert.outcome IS NULL OR alert.outcome = ${query.outcome})`,
    ...(query.from === undefined ? [] : [Prisma.sql`alert.detected_at >= ${instant(Date.parse(query.from))}`]),
    ...(query.to === undefined ? [] : [Prisma.sql`alert.detected_at < ${instant(Date.parse(query.to))}`]),
  ];
  const found = Prisma.sql`SELECT alert.id, alert.detected_at FROM alert WHERE ${allOf(conditions)}
    ORDER BY alert.detected_at DESC, alert.id DESC LIMIT ${MAX_ALERTS_PER_HISTORY + 1}`;
  const rows = await reader.$queryRaw<AlertRow[]>`
    SELECT ${alertColumns(nowMs)} FROM ${alertsFound(found)} ORDER BY found.detected_at, found.id`;
  return rows.map((row) => toAlert(row, nowMs));
}
