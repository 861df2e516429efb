import type { PriceChanges, QuoteVersion } from '../ingest/price-store.ts';
import { Prisma } from './generated/client.ts';

/**
 * Bulk rows travel as one text parameter a column, split by PostgreSQL: joining strings costs the event loop a
 * tenth of what a driver needs to escape arrays element by element. No value here can hold a line feed, as
 * numbers and JSON text cannot.
 */
const column = (values: readonly (string | number)[]): string => values.join('\n');

/** `[[name, milliOdds, 0|1], …]`, the form in which outcomes are stored. */
export const outcomesJson = ({ quote }: QuoteVersion): string =>
  JSON.stringify(quote.outcomes.map((outcome) => [outcome.name, outcome.milliOdds, outcome.suspended ? 1 : 0]));

/** Inserts quotes under their reserved ids. */
export function insertQuotes(quotes: PriceChanges['newQuotes']): Prisma.Sql {
  const rows = quotes.map(({ quoteId, eventId, bookmakerId, quote }) => ({
    id: quoteId,
    event_id: eventId,
    bookmaker_id: bookmakerId,
    market: quote.market,
    line: quote.line,
    state: quote.state,
    outcomes: quote.outcomes.map((outcome) => [outcome.name, outcome.milliOdds, outcome.suspended ? 1 : 0]),
    observed_at: new Date(quote.observedAtMs),
    upstream_at: quote.upstreamAtMs === null ? null : new Date(quote.upstreamAtMs),
    changed_at: new Date(quote.changedAtMs),
  }));
  return Prisma.sql`
    INSERT INTO odds_current (id, event_id, bookmaker_id, market, line, state, outcomes, observed_at, upstream_at, changed_at)
    SELECT id, event_id, bookmaker_id, market, line, state, outcomes, observed_at, upstream_at, changed_at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
      id int, event_id int, bookmaker_id int, market text, line float8, state quote_state, outcomes jsonb,
      observed_at timestamptz, upstream_at timestamptz, changed_at timestamptz)`;
}

/** Appends every version to the history and moves the current rows to their latest one, in one statement. */
export function appendVersions(history: readonly QuoteVersion[], latest: readonly QuoteVersion[]): Prisma.Sql {
  const isLatest = new Set(latest.map((version) => version.quote));
  const ids = column(history.map((version) => version.quoteId));
  const states = column(history.map((version) => version.quote.state));
  const outcomes = column(history.map(outcomesJson));
  const observed = column(history.map((version) => version.quote.observedAtMs));
  const upstream = column(history.map((version) => version.quote.upstreamAtMs ?? ''));
  const changed = column(history.map((version) => version.quote.changedAtMs));
  const latestFlags = column(history.map((version) => (isLatest.has(version.quote) ? 't' : 'f')));
  return Prisma.sql`
    WITH version AS MATERIALIZED (
      SELECT quote_id, state::quote_state AS state, outcomes::jsonb AS outcomes,
        to_timestamp(observed_ms / 1000.0) AS observed_at, to_timestamp(upstream_ms / 1000.0) AS upstream_at,
        to_timestamp(changed_ms / 1000.0) AS changed_at, is_latest, ordinality
      FROM unnest(
        string_to_array(${ids}, E'\n')::int[], string_to_array(${states}, E'\n'), string_to_array(${outcomes}, E'\n'),
        string_to_array(${observed}, E'\n')::float8[], string_to_array(${upstream}, E'\n', '')::float8[],
        string_to_array(${changed}, E'\n')::float8[], string_to_array(${latestFlags}, E'\n')::boolean[]
      ) WITH ORDINALITY AS row (quote_id, state, outcomes, observed_ms, upstream_ms, changed_ms, is_latest, ordinality)
    ), moved AS (
      UPDATE odds_current AS quote SET state = version.state, outcomes = version.outcomes,
        observed_at = version.observed_at, upstream_at = version.upstream_at, changed_at = version.changed_at
      FROM version WHERE version.is_latest AND quote.id = version.quote_id
    )
    INSERT INTO odds_history (quote_id, observed_at, state, outcomes)
    SELECT quote_id, observed_at, state, outcomes FROM version ORDER BY ordinality`;
}

/** Marks bookmakers as heard of, at their events and at all. */
export function markPresence(presence: PriceChanges['presence']): Prisma.Sql {
  return Prisma.sql`
    WITH seen AS MATERIALIZED (
      SELECT event_id, bookmaker_id, to_timestamp(seen_ms / 1000.0) AS seen_at
      FROM unnest(
        string_to_array(${column(presence.map((row) => row.eventId))}, E'\n')::int[],
        string_to_array(${column(presence.map((row) => row.bookmakerId))}, E'\n')::int[],
        string_to_array(${column(presence.map((row) => row.lastSeenMs))}, E'\n')::float8[]
      ) AS row (event_id, bookmaker_id, seen_ms)
    ), at_all AS (
      UPDATE bookmaker SET last_seen_at = newest.seen_at
      FROM (SELECT bookmaker_id, max(seen_at) AS seen_at FROM seen GROUP BY bookmaker_id) AS newest
      WHERE bookmaker.id = newest.bookmaker_id AND bookmaker.last_seen_at < newest.seen_at
    )
    INSERT INTO book_presence (event_id, bookmaker_id, last_seen_at) SELECT event_id, bookmaker_id, seen_at FROM seen
    ON CONFLICT (event_id, bookmaker_id) DO UPDATE
    SET last_seen_at = greatest(book_presence.last_seen_at, excluded.last_seen_at)`;
}

/** Keeps when bookmakers had nothing to say at events. One that is told again, by a request that was repeated, is the same. */
export function insertAbsences(absences: PriceChanges['absences']): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO book_absence (event_id, bookmaker_id, from_at, to_at)
    SELECT event_id, bookmaker_id, to_timestamp(from_ms / 1000.0), to_timestamp(to_ms / 1000.0)
    FROM unnest(
      string_to_array(${column(absences.map((row) => row.eventId))}, E'\n')::int[],
      string_to_array(${column(absences.map((row) => row.bookmakerId))}, E'\n')::int[],
      string_to_array(${column(absences.map((row) => row.fromMs))}, E'\n')::float8[],
      string_to_array(${column(absences.map((row) => row.toMs))}, E'\n')::float8[]
    ) AS row (event_id, bookmaker_id, from_ms, to_ms)
    ON CONFLICT (event_id, bookmaker_id, from_at) DO NOTHING`;
}

/** Stamps events with the version of this write, by which other writers see that their memory of them is old. */
export function touchEvents(events: PriceChanges['touchedEvents'], oddsVersion: number): Prisma.Sql {
  return Prisma.sql`
    UPDATE event SET odds_version = ${oddsVersion}, last_price_at = greatest(event.last_price_at, to_timestamp(price_ms / 1000.0))
    FROM unnest(
      string_to_array(${column(events.map((row) => row.eventId))}, E'\n')::int[],
      string_to_array(${column(events.map((row) => row.lastPriceMs))}, E'\n')::float8[]
    ) AS touched (event_id, price_ms)
    WHERE event.id = touched.event_id`;
}

/** Stores what detection remembers, and deletes what it has forgotten. */
export function storeMemory(memory: PriceChanges['memory'], now: Date): Prisma.Sql {
  const rows = memory.map((row) => ({ event_id: row.eventId, key: row.key, state: row.memory }));
  return Prisma.sql`
    WITH change AS MATERIALIZED (
      SELECT event_id, key, state
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (event_id int, key text, state jsonb)
    ), forgotten AS (
      DELETE FROM detection_state USING change
      WHERE change.state IS NULL AND detection_state.event_id = change.event_id AND detection_state.key = change.key
    )
    INSERT INTO detection_state (event_id, key, state, updated_at)
    SELECT event_id, key, state, ${now} FROM change WHERE state IS NOT NULL
    ON CONFLICT (event_id, key) DO UPDATE SET state = excluded.state, updated_at = excluded.updated_at`;
}
