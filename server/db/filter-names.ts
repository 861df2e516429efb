import type { AlertFilter } from '../../contracts/alert-query.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { Prisma } from './generated/client.ts';
import { type Reader, allOf } from './query.ts';
import { prefixQuery, searchWords } from './search-words.ts';
import { toWatermark } from './watermark.ts';

/** Up to so many events a search travels as their ids, by which the planner knows how rare they are; beyond, as a subquery. */
const MAX_EVENT_IDS_LISTED = 2_000;

/** One way to satisfy a search: the event is one of these and the bookmaker one of those. */
export type SearchWay = {
  readonly events: 'any' | { readonly ids: readonly number[] } | { readonly words: readonly string[] };
  readonly bookmakerIds: 'any' | readonly number[];
};

/**
 * What the names in a filter stand for; undefined where the filter names none. `watermark` was read before any
 * alert, so that an answer which carries it may repeat what came meanwhile but never miss it.
 */
export type FilterNames = {
  readonly watermark: Watermark;
  readonly bookmakerIds: readonly number[] | undefined;
  readonly leagueIds: readonly number[] | undefined;
  readonly search: readonly SearchWay[] | undefined;
};

type Place = Pick<AlertFilter, 'sport' | 'league' | 'country'>;

/**
 * Looks up the names in a filter; undefined when it has none. Done beforehand because the planner tells a rare
 * league from a common one by its id, and cannot by a subquery.
 */
export async function resolveNames(reader: Reader, filter: AlertFilter): Promise<FilterNames | undefined> {
  const leagues = leagueConditions(filter);
  if (filter.bookmaker === undefined && filter.q === undefined && leagues.length === 0) return undefined;
  const isLeague = leagues.length === 0 ? Prisma.sql`FALSE` : allOf(leagues);
  type Row = { epoch: string; seq: bigint; bookmakers: { id: number; name: string }[] | null; leagueIds: number[] };
  const [row] = await reader.$queryRaw<Row[]>`
    SELECT epoch, seq, (SELECT json_agg(json_build_object('id', id, 'name', name)) FROM bookmaker) AS bookmakers,
      ARRAY(SELECT league.id FROM league WHERE ${isLeague}) AS "leagueIds"
    FROM watermark WHERE id = 1`;
  const watermark = toWatermark(row);
  const bookmakers = row?.bookmakers ?? [];
  return {
    watermark,
    bookmakerIds: filter.bookmaker === undefined ? undefined : idsOfNames(bookmakers, filter.bookmaker),
    leagueIds: leagues.length === 0 ? undefined : (row?.leagueIds ?? []),
    search: filter.q === undefined ? undefined : await resolveSearch(reader, filter.q, bookmakers),
  };
}

/** Events of which some word begins with each of these, by the index on their search text. */
export const eventMatches = (words: readonly string[]): Prisma.Sql =>
  Prisma.sql`to_tsvector('simple', event.search_text) @@ to_tsquery('simple', ${prefixQuery(words)})`;

/** Conditions on `league` for what a filter says of it. */
export function leagueConditions(filter: Place): Prisma.Sql[] {
  return [
    ...(filter.sport === undefined ? [] : [Prisma.sql`league.sport = ANY(${filter.sport}::text[])`]),
    ...(filter.league === undefined ? [] : [Prisma.sql`league.name = ANY(${filter.league}::text[])`]),
    ...(filter.country === undefined ? [] : [Prisma.sql`league.country = ANY(${filter.country}::text[])`]),
  ];
}

type NamedBookmaker = { readonly id: number; readonly name: string };

const idsOfNames = (bookmakers: readonly NamedBookmaker[], names: readonly string[]): number[] =>
  bookmakers.filter(({ name }) => names.includes(name)).map(({ id }) => id);

/**
 * A word may begin a word of the event or of the bookmaker. Bookmakers are few and compared here; the words
 * that one leaves over are left to the index on events.
 */
async function resolveSearch(reader: Reader, q: string, bookmakers: readonly NamedBookmaker[]): Promise<SearchWay[]> {
  const words = [...new Set(searchWords(q))];
  if (words.length === 0) return [];
  const byRest = new Map<string, { readonly words: readonly string[]; readonly bookmakerIds: number[] }>();
  for (const { id, name } of bookmakers) {
    const own = searchWords(name);
    const rest = words.filter((word) => !own.some((ownWord) => ownWord.startsWith(word)));
    if (rest.length === words.length) continue;
    const way = byRest.get(rest.join(' ')) ?? { words: rest, bookmakerIds: [] };
    way.bookmakerIds.push(id);
    byRest.set(rest.join(' '), way);
  }
  const ways = [{ words, bookmakerIds: 'any' as const }, ...byRest.values()];
  const resolved = await Promise.all(
    ways.map(async (way) => ({ events: await findEvents(reader, way.words), bookmakerIds: way.bookmakerIds })),
  );
  return resolved.filter((way) => way.events === 'any' || !('ids' in way.events) || way.events.ids.length > 0);
}

async function findEvents(reader: Reader, words: readonly string[]): Promise<SearchWay['events']> {
  if (words.length === 0) return 'any';
  const rows = await reader.$queryRaw<{ id: number }[]>`
    SELECT event.id FROM event WHERE ${eventMatches(words)} LIMIT ${MAX_EVENT_IDS_LISTED + 1}`;
  return rows.length > MAX_EVENT_IDS_LISTED ? { words } : { ids: rows.map((row) => row.id) };
}
