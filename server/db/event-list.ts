import type { AlertFilter } from '../../contracts/alert-query.ts';
import type { EventAnswer, EventList, EventQuery, EventSummary } from '../../contracts/event.ts';
import { type EventId, eventIdSchema } from '../../contracts/ids.ts';
import { severityOf } from './alert-row.ts';
import { eventMatches, leagueConditions } from './filter-names.ts';
import { Prisma } from './generated/client.ts';
import { isNew } from './mute-condition.ts';
import { decodeCursor, encodeCursor } from './page-cursor.ts';
import { type Reader, allOf, instant } from './query.ts';
import { searchWords } from './search-words.ts';
import { toWatermark } from './watermark.ts';

const CURSOR_LIST = 'events';

type EventRow = {
  readonly epoch: string;
  readonly seq: bigint;
  readonly id: number;
  readonly home: string;
  readonly away: string;
  readonly league: string;
  readonly country: string;
  readonly sport: string;
  readonly kickoff: Date;
  readonly lastPriceAt: Date | null;
  readonly bookmakers: bigint;
  readonly acknowledged: bigint;
  readonly alerts: bigint;
  readonly new: bigint;
  readonly worst: number | null;
};
type ListRow = EventRow | (Pick<EventRow, 'epoch' | 'seq'> & { readonly id: null });

type EventPageQuery = Pick<EventQuery, 'q' | 'from' | 'to' | 'cursor' | 'limit'> &
  Pick<AlertFilter, 'sport' | 'league' | 'country'>;

/**
 * One page of events by kickoff, the soonest first; without `from` those that have not begun at `nowMs`. Each
 * with the number of its bookmakers and its alerts by status. Throws `bad_request` for a foreign cursor.
 */
export async function readEventList(reader: Reader, query: EventQuery, nowMs: number): Promise<EventList> {
  const { sport, league, country, ...rest } = query;
  const some = (name: string | undefined) => (name === undefined ? undefined : [name]);
  return readEventPage(reader, { ...rest, sport: some(sport), league: some(league), country: some(country) }, nowMs);
}

/** The same for any of several sports, leagues or countries. */
export async function readEventPage(reader: Reader, query: EventPageQuery, nowMs: number): Promise<EventList> {
  const conditions = eventConditions(query, nowMs);
  const found = Prisma.sql`SELECT event.* FROM event WHERE ${allOf(conditions)}
    ORDER BY event.kickoff, event.id LIMIT ${query.limit + 1}`;
  const rows = await readSummaries(reader, found, nowMs);
  const summaries = rows.filter(isEvent).map((row) => toSummary(row, nowMs));
  const events = summaries.slice(0, query.limit);
  const last = events.at(-1);
  const hasMore = summaries.length > events.length && last !== undefined;
  return {
    events,
    nextCursor: hasMore ? encodeCursor(CURSOR_LIST, [Date.parse(last.kickoff), last.id]) : null,
    ...toWatermark(rows[0]),
  };
}

/** One event with its alert summary. */
export async function readEvent(reader: Reader, id: EventId, nowMs: number): Promise<EventAnswer | 'not_found'> {
  const rows = await readSummaries(reader, Prisma.sql`SELECT event.* FROM event WHERE event.id = ${id}::bigint`, nowMs);
  const [row] = rows;
  if (row === undefined || !isEvent(row)) return 'not_found';
  return { event: toSummary(row, nowMs), ...toWatermark(row) };
}

/** Events whose kickoff lies in the range asked for; without a beginning, those that have not begun. */
export const kickoffConditions = (query: Pick<EventQuery, 'from' | 'to'>, nowMs: number): Prisma.Sql[] => [
  query.from === undefined
    ? Prisma.sql`event.kickoff > ${instant(nowMs)}`
    : Prisma.sql`event.kickoff >= ${instant(Date.parse(query.from))}`,
  ...(query.to === undefined ? [] : [Prisma.sql`event.kickoff < ${instant(Date.parse(query.to))}`]),
];

function eventConditions(query: EventPageQuery, nowMs: number): Prisma.Sql[] {
  const leagues = leagueConditions(query);
  const words = query.q === undefined ? undefined : searchWords(query.q);
  const [kickoffMs = 0, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, CURSOR_LIST, 2);
  return [
    ...kickoffConditions(query, nowMs),
    ...(leagues.length === 0
      ? []
      : [Prisma.sql`event.league_id = ANY(ARRAY(SELECT league.id FROM league WHERE ${allOf(leagues)}))`]),
    ...(words === undefined ? [] : [words.length === 0 ? Prisma.sql`FALSE` : eventMatches(words)]),
    ...(id === undefined ? [] : [Prisma.sql`(event.kickoff, event.id) > (${instant(kickoffMs)}, ${id}::bigint)`]),
  ];
}

function readSummaries(reader: Reader, found: Prisma.Sql, nowMs: number): Promise<ListRow[]> {
  return reader.$queryRaw<ListRow[]>`
    SELECT watermark.epoch, watermark.seq, summary.*
    FROM watermark LEFT JOIN (
      SELECT found.id, found.home, found.away, league.name AS league, league.country, league.sport, found.kickoff,
        found.last_price_at AS "lastPriceAt", presence.bookmakers, alerts.*
      FROM (${found}) AS found
      JOIN league ON league.id = found.league_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS bookmakers FROM book_presence WHERE book_presence.event_id = found.id
      ) AS presence
      CROSS JOIN LATERAL (
        SELECT count(alert.acknowledged_at) AS acknowledged, count(*) AS alerts,
          count(*) FILTER (WHERE ${isNew(nowMs)}) AS "new", max(alert.severity) FILTER (WHERE ${isNew(nowMs)}) AS worst
        FROM alert WHERE alert.event_id = found.id
      ) AS alerts
    ) AS summary ON TRUE
    WHERE watermark.id = 1 ORDER BY summary.kickoff, summary.id`;
}

const isEvent = (row: ListRow): row is EventRow => row.id !== null;

function toSummary(row: EventRow, nowMs: number): EventSummary {
  const acknowledged = Number(row.acknowledged);
  const hasBegun = row.kickoff.getTime() <= nowMs;
  const open = {
    new: Number(row.new),
    acknowledged,
    past: 0,
    worstNew: row.worst === null ? null : severityOf(row.worst),
  };
  const past = { new: 0, acknowledged: 0, past: Number(row.alerts), worstNew: null };
  return {
    id: eventIdSchema.parse(row.id),
    home: row.home,
    away: row.away,
    league: row.league,
    country: row.country,
    sport: row.sport,
    kickoff: row.kickoff.toISOString(),
    bookmakers: Number(row.bookmakers),
    lastPriceAt: row.lastPriceAt?.toISOString() ?? null,
    alerts: hasBegun ? past : open,
  };
}
