import { z } from 'zod';
import { eventIdSchema } from '../../contracts/ids.ts';
import { marketSchema } from '../../contracts/market-schema.ts';
import type { QuoteKey, QuoteState } from '../detection/detection.ts';
import type { ObservedEvent, QuotedOutcome } from '../detection/observation.ts';
import type { StoredEvent, StoredQuote } from '../ingest/price-store.ts';
import { Prisma } from './generated/client.ts';
import { searchText } from './search-words.ts';

const describedRows = (events: readonly (ObservedEvent & { readonly id?: number })[]): string =>
  JSON.stringify(
    events.map((event) => ({
      id: event.id ?? null,
      source_key: event.sourceKey,
      home: event.home,
      away: event.away,
      sport: event.sport,
      country: event.country,
      league: event.league,
      kickoff: new Date(event.kickoffMs),
      search_text: searchText(event),
    })),
  );

const DESCRIBED = Prisma.sql`AS row (id int, source_key text, home text, away text, sport text, country text, league text, kickoff timestamptz, search_text text)`;

const LEAGUES = Prisma.sql`
  INSERT INTO league (sport, country, name) SELECT DISTINCT sport, country, league FROM described
  ON CONFLICT (sport, country, name) DO UPDATE SET name = excluded.name
  RETURNING id, sport, country, name`;

/** Inserts events with their leagues; returns `{ id, source_key }` of each. */
export function insertEvents(events: readonly ObservedEvent[], now: Date): Prisma.Sql {
  return Prisma.sql`
    WITH described AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${describedRows(events)}::jsonb) ${DESCRIBED}
    ), home_league AS (${LEAGUES})
    INSERT INTO event (source_key, league_id, home, away, kickoff, search_text, created_at)
    SELECT described.source_key, home_league.id, described.home, described.away, described.kickoff, described.search_text, ${now}
    FROM described JOIN home_league ON home_league.sport = described.sport
      AND home_league.country = described.country AND home_league.name = described.league
    RETURNING id, source_key`;
}

/** Stores changed names and kickoffs. */
export function updateEvents(
  events: readonly { readonly eventId: number; readonly described: ObservedEvent }[],
): Prisma.Sql {
  const rows = describedRows(events.map(({ eventId, described }) => ({ ...described, id: eventId })));
  return Prisma.sql`
    WITH described AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${rows}::jsonb) ${DESCRIBED}
    ), home_league AS (${LEAGUES})
    UPDATE event SET league_id = home_league.id, home = described.home, away = described.away,
      kickoff = described.kickoff, search_text = described.search_text
    FROM described JOIN home_league ON home_league.sport = described.sport
      AND home_league.country = described.country AND home_league.name = described.league
    WHERE event.id = described.id`;
}

/** Outcomes as their column holds them. */
export const storedOutcomesSchema = z.array(
  z.tuple([z.string(), z.int().positive(), z.union([z.literal(0), z.literal(1)])]),
);
const memorySchema = z.record(z.string(), z.unknown());

const readOutcomes = (stored: unknown): QuotedOutcome[] =>
  storedOutcomesSchema
    .parse(stored)
    .map(([name, milliOdds, suspended]) => ({ name, milliOdds, suspended: suspended === 1 }));

/** The key by which detection names a quote. */
const quoteKeyOf = (bookmaker: string, market: string, line: number | null): QuoteKey =>
  `${bookmaker}|${market}|${line ?? ''}`;

type VersionRow = {
  readonly quoteId: number;
  readonly observedAt: Date;
  readonly state: QuoteState;
  readonly outcomes: unknown;
};

/** Versions of one quote that are read back at most: the newest of a quote that changes every second for half an hour. */
const MAX_VERSIONS = 2_000;

/** Each quote's versions that began within `lookBackMs` of its newest one, and the one before them, in their order. */
async function loadVersions(
  client: Client,
  quoteIds: readonly number[],
  lookBackMs: number,
): Promise<Map<number, VersionRow[]>> {
  const rows = await client.$queryRaw<VersionRow[]>`
    SELECT version.quote_id AS "quoteId", version.observed_at AS "observedAt", version.state::text AS state, version.outcomes
    FROM odds_current AS quote
    CROSS JOIN LATERAL (
      SELECT history.id, history.quote_id, history.observed_at, history.state, history.outcomes FROM odds_history AS history
      WHERE history.quote_id = quote.id AND history.observed_at >= coalesce(
        (SELECT max(earlier.observed_at) FROM odds_history AS earlier
         WHERE earlier.quote_id = quote.id AND earlier.observed_at < quote.changed_at - ${lookBackMs}::float8 * interval '1 millisecond'),
        '-infinity')
      ORDER BY history.observed_at DESC, history.id DESC LIMIT ${MAX_VERSIONS}
    ) AS version
    WHERE quote.id = ANY(${[...quoteIds]}::int[]) ORDER BY version.quote_id, version.observed_at, version.id`;
  return Map.groupBy(rows, (row) => row.quoteId);
}

type Client = Prisma.TransactionClient;

/** Everything kept of the events with these keys, in five queries however many there are. */
export async function loadEvents(
  client: Client,
  sourceKeys: readonly string[],
  lookBackMs: number,
): Promise<StoredEvent[]> {
  const events = await client.event.findMany({
    where: { sourceKey: { in: [...sourceKeys] } },
    include: { league: true },
  });
  if (events.length === 0) return [];
  const where = { eventId: { in: events.map((event) => event.id) } };
  const quotes = await client.oddsCurrent.findMany({ where, include: { bookmaker: true } });
  const presences = await client.bookPresence.findMany({ where, include: { bookmaker: true } });
  const memories = await client.detectionState.findMany({ where });

  const versions = await loadVersions(
    client,
    quotes.map((quote) => quote.id),
    lookBackMs,
  );

  const quotesByEvent = Map.groupBy(quotes, (quote) => quote.eventId);
  const presencesByEvent = Map.groupBy(presences, (presence) => presence.eventId);
  const memoriesByEvent = Map.groupBy(memories, (memory) => memory.eventId);
  return events.map((event) => ({
    id: eventIdSchema.parse(event.id),
    described: {
      sourceKey: event.sourceKey,
      home: event.home,
      away: event.away,
      league: event.league.name,
      country: event.league.country,
      sport: event.league.sport,
      kickoffMs: event.kickoff.getTime(),
    },
    quotes: (quotesByEvent.get(event.id) ?? []).map((quote): StoredQuote => ({
      id: quote.id,
      bookmaker: quote.bookmaker.name,
      market: marketSchema.parse(quote.market),
      line: quote.line,
      state: quote.state,
      outcomes: readOutcomes(quote.outcomes),
      observedAtMs: quote.observedAt.getTime(),
      upstreamAtMs: quote.upstreamAt?.getTime() ?? null,
      changedAtMs: quote.changedAt.getTime(),
    })),
    history: (quotesByEvent.get(event.id) ?? []).flatMap((quote) => {
      const key = quoteKeyOf(quote.bookmaker.name, quote.market, quote.line);
      return (versions.get(quote.id) ?? []).map((version) => ({
        key,
        observedAtMs: version.observedAt.getTime(),
        state: version.state,
        outcomes: readOutcomes(version.outcomes),
      }));
    }),
    lastSeen: (presencesByEvent.get(event.id) ?? []).map((presence) => ({
      bookmaker: presence.bookmaker.name,
      lastSeenMs: presence.lastSeenAt.getTime(),
    })),
    memory: (memoriesByEvent.get(event.id) ?? []).map((memory) => ({
      key: memory.key,
      memory: memorySchema.parse(memory.state),
    })),
  }));
}
