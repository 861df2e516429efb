import type { BoardAlert, BoardEvent, BoardLeague, OddsBoard, OddsBoardQuery } from '../../contracts/odds-board.ts';
import { MARKETS_OF_BOARD } from '../../contracts/market.ts';
import { alertIdSchema } from '../../contracts/ids.ts';
import type { Market } from '../../contracts/market.ts';
import { severityOf } from './alert-row.ts';
import { boardQuotes } from './board-quotes.ts';
import { kickoffConditions, readEventPage } from './event-list.ts';
import { type QuoteContext, type QuoteRow, quotesFound, toQuote } from './event-odds.ts';
import { Prisma } from './generated/client.ts';
import { isNew } from './mute-condition.ts';
import { type Reader, allOf } from './query.ts';

/** Of each book: a feed of many lines leaves retired ones behind, of which a board needs none. */
const MAX_LINES_PER_BOOK = 12;
/** New alerts marked on the prices of one page. */
const MAX_ALERTS = 1_000;
const MAX_LEAGUES = 500;

type Desk = QuoteContext & { readonly nowMs: number };

/**
 * One page of the odds board: matches by kickoff, the soonest first, each with one market's prices in all books and
 * the new alerts on them. The watermark is read before all else. Throws `bad_request` for a foreign cursor.
 */
export async function readOddsBoard(reader: Reader, query: OddsBoardQuery, desk: Desk): Promise<OddsBoard> {
  const range = kickoffRange(query, desk.nowMs);
  const { events, ...page } = await readEventPage(reader, { ...query, ...range }, desk.nowMs);
  const markets = MARKETS_OF_BOARD[query.market];
  const ids = events.map(({ id }) => Number(id));
  const [quotes, alerts, leagues] = await Promise.all([
    readQuotes(reader, ids, markets, desk),
    readNewAlerts(reader, ids, markets, desk.nowMs),
    readLeagues(reader, range, desk.nowMs),
  ]);
  return {
    events: events.map((event): BoardEvent => {
      const board = boardQuotes(markets, quotes.get(event.id) ?? []);
      return { ...event, ...board, quotes: [...board.quotes], newAlerts: alerts.get(event.id) ?? [] };
    }),
    leagues,
    ...page,
  };
}

type KickoffRange = Pick<OddsBoardQuery, 'from' | 'to'>;

/** The nearer of both ends where a query names an instant and a distance. */
function kickoffRange({ from, to, withinMinutes }: OddsBoardQuery, nowMs: number): KickoffRange {
  if (withinMinutes === undefined) return { from, to };
  const endMs = Math.min(nowMs + withinMinutes * 60_000, to === undefined ? Infinity : Date.parse(to));
  return { from, to: new Date(endMs).toISOString() };
}

async function readQuotes(reader: Reader, ids: readonly number[], markets: readonly Market[], context: QuoteContext) {
  const rows = await reader.$queryRaw<QuoteRow[]>`
    SELECT * FROM (${quotesFound(Prisma.sql`odds_current.id IN (
      SELECT ranked.id FROM (
        SELECT id, row_number() OVER (
          PARTITION BY event_id, bookmaker_id, market ORDER BY (state = 'open') DESC, changed_at DESC
        ) AS place
        FROM odds_current WHERE event_id = ANY(${ids}::bigint[]) AND market = ANY(${markets}::text[])
      ) AS ranked WHERE ranked.place <= ${MAX_LINES_PER_BOOK}::int
    )`)}) AS quote ORDER BY quote.bookmaker, quote.market, quote.line NULLS FIRST`;
  const named = rows.map((row) => ({ eventId: Number(row.eventId), quote: toQuote(row, context) }));
  return collected(named.map(({ eventId, quote }) => [eventId, quote]));
}

async function readNewAlerts(reader: Reader, ids: readonly number[], markets: readonly Market[], nowMs: number) {
  type Row = Omit<BoardAlert, 'id' | 'severity'> & { id: bigint; eventId: bigint; severity: number };
  const rows = await reader.$queryRaw<Row[]>`
    SELECT alert.id, alert.event_id AS "eventId", bookmaker.name AS bookmaker, alert.line, alert.outcome, alert.severity
    FROM alert JOIN bookmaker ON bookmaker.id = alert.bookmaker_id
    WHERE alert.event_id = ANY(${ids}::bigint[]) AND alert.market = ANY(${markets}::text[]) AND ${isNew(nowMs)}
    ORDER BY alert.severity DESC, alert.detected_at DESC, alert.id DESC LIMIT ${MAX_ALERTS}`;
  return collected(
    rows.map(({ id, eventId, bookmaker, line, outcome, severity }): [number, BoardAlert] => [
      Number(eventId),
      { id: alertIdSchema.parse(Number(id)), bookmaker, line, outcome, severity: severityOf(severity) },
    ]),
  );
}

async function readLeagues(reader: Reader, range: KickoffRange, nowMs: number): Promise<BoardLeague[]> {
  const rows = await reader.$queryRaw<(Omit<BoardLeague, 'events'> & { events: bigint })[]>`
    SELECT league.name AS league, league.country, league.sport, count(*) AS events
    FROM event JOIN league ON league.id = event.league_id
    WHERE ${allOf(kickoffConditions(range, nowMs))}
    GROUP BY league.name, league.country, league.sport ORDER BY league.name, league.country, league.sport
    LIMIT ${MAX_LEAGUES}`;
  return rows.map((row) => ({ ...row, events: Number(row.events) }));
}

function collected<Item>(pairs: readonly (readonly [number, Item])[]): Map<number, Item[]> {
  const byEvent = Map.groupBy(pairs, ([eventId]) => eventId);
  return new Map([...byEvent].map(([eventId, own]) => [eventId, own.map(([, item]) => item)]));
}
