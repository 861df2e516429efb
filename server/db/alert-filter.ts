import type { AlertFilter } from '../../contracts/alert-query.ts';
import { type AlertStatus, severityRank } from '../../contracts/alert.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { Prisma } from './generated/client.ts';
import { type Reader, instant } from './query.ts';
import { prefixQuery, searchWords } from './search-words.ts';
import { toWatermark } from './watermark.ts';

/** One way to satisfy a search: these words begin words of the event, and the bookmaker is one of these. */
type SearchWay = { readonly words: readonly string[]; readonly bookmakerIds: readonly number[] | 'any' };

/** A search with its bookmakers looked up; `watermark` was read together with them, before any alert. */
export type AlertSearch = { readonly ways: readonly SearchWay[]; readonly watermark: Watermark };

/** Conditions that every alert of the answer meets. They touch only columns that the list indexes hold. */
export function alertConditions(filter: AlertFilter, search: AlertSearch | undefined, nowMs: number): Prisma.Sql[] {
  return [
    ...(filter.status === undefined ? [] : [statusCondition(filter.status, nowMs)]),
    ...attributeConditions(filter),
    ...placeConditions(filter),
    ...(filter.from === undefined ? [] : [Prisma.sql`alert.detected_at >= ${instant(Date.parse(filter.from))}`]),
    ...(filter.to === undefined ? [] : [Prisma.sql`alert.detected_at < ${instant(Date.parse(filter.to))}`]),
    ...(search === undefined ? [] : [searchCondition(search)]),
  ];
}

/**
 * Looks up what a search needs before it can be asked. A word may begin a word of the event or of the
 * bookmaker; the bookmakers are few, so each is compared here and only the events are left to the index.
 */
export async function resolveSearch(reader: Reader, filter: AlertFilter): Promise<AlertSearch | undefined> {
  if (filter.q === undefined) return undefined;
  const rows = await reader.$queryRaw<{ epoch: string; seq: bigint; id: number | null; name: string | null }[]>`
    SELECT watermark.epoch, watermark.seq, bookmaker.id, bookmaker.name
    FROM watermark LEFT JOIN bookmaker ON TRUE WHERE watermark.id = 1`;
  const words = [...new Set(searchWords(filter.q))];
  return { ways: searchWays(words, rows), watermark: toWatermark(rows[0]) };
}

function searchWays(words: readonly string[], bookmakers: readonly { id: number | null; name: string | null }[]): SearchWay[] {
  if (words.length === 0) return [];
  const idsByRest = new Map<string, number[]>();
  for (const { id, name } of bookmakers) {
    if (id === null || name === null) continue;
    const own = searchWords(name);
    const rest = words.filter((word) => !own.some((ownWord) => ownWord.startsWith(word)));
    if (rest.length === words.length) continue;
    const key = rest.join(' ');
    idsByRest.set(key, [...(idsByRest.get(key) ?? []), id]);
  }
  const byBookmaker = [...idsByRest].map(([rest, bookmakerIds]) => ({ words: rest === '' ? [] : rest.split(' '), bookmakerIds }));
  return [{ words, bookmakerIds: 'any' }, ...byBookmaker];
}

function searchCondition(search: AlertSearch): Prisma.Sql {
  if (search.ways.length === 0) return Prisma.sql`FALSE`;
  const ways = search.ways.map(({ words, bookmakerIds }) => {
    const parts = [
      ...(words.length === 0 ? [] : [Prisma.sql`alert.event_id IN (SELECT event.id FROM event WHERE ${eventMatches(words)})`]),
      ...(bookmakerIds === 'any' ? [] : [Prisma.sql`alert.bookmaker_id = ANY(${[...bookmakerIds]}::int[])`]),
    ];
    return Prisma.join(parts, ' AND ');
  });
  return Prisma.sql`(${Prisma.join(ways, ' OR ')})`;
}

/** Events of which some word begins with each of these, by the index on their search text. */
export const eventMatches = (words: readonly string[]): Prisma.Sql =>
  Prisma.sql`to_tsvector('simple', event.search_text) @@ to_tsquery('simple', ${prefixQuery(words)})`;

function statusCondition(statuses: readonly AlertStatus[], nowMs: number): Prisma.Sql {
  const wanted = new Set(statuses);
  const now = instant(nowMs);
  if (wanted.has('new') && wanted.has('acknowledged')) {
    return wanted.has('past') ? Prisma.sql`TRUE` : Prisma.sql`alert.kickoff > ${now}`;
  }
  const one = (status: AlertStatus): Prisma.Sql => {
    switch (status) {
      case 'new':
        return Prisma.sql`(alert.kickoff > ${now} AND alert.acknowledged_at IS NULL)`;
      case 'acknowledged':
        return Prisma.sql`(alert.kickoff > ${now} AND alert.acknowledged_at IS NOT NULL)`;
      case 'past':
        return Prisma.sql`alert.kickoff <= ${now}`;
    }
  };
  return Prisma.sql`(${Prisma.join([...wanted].map(one), ' OR ')})`;
}

function attributeConditions(filter: AlertFilter): Prisma.Sql[] {
  return [
    ...(filter.severity === undefined ? [] : [Prisma.sql`alert.severity = ANY(${filter.severity.map(severityRank)}::smallint[])`]),
    ...(filter.type === undefined ? [] : [Prisma.sql`alert.type = ANY(${filter.type}::alert_type[])`]),
    ...(filter.market === undefined ? [] : [Prisma.sql`alert.market = ANY(${filter.market}::text[])`]),
    ...(filter.eventId === undefined ? [] : [Prisma.sql`alert.event_id = ANY(${filter.eventId}::int[])`]),
    ...(filter.bookmaker === undefined
      ? []
      : [Prisma.sql`alert.bookmaker_id = ANY(ARRAY(SELECT id FROM bookmaker WHERE name = ANY(${filter.bookmaker}::text[])))`]),
  ];
}

function placeConditions(filter: AlertFilter): Prisma.Sql[] {
  const leagues = leagueConditions(filter);
  if (leagues.length === 0) return [];
  // Events league by league: LIMIT ALL keeps the inner query from being flattened into a join over all events.
  return [
    Prisma.sql`alert.event_id IN (
      SELECT home_event.id FROM league
      CROSS JOIN LATERAL (SELECT event.id FROM event WHERE event.league_id = league.id LIMIT ALL) AS home_event
      WHERE ${Prisma.join(leagues, ' AND ')})`,
  ];
}

/** Conditions on `league` for what a filter says of it. */
export function leagueConditions(filter: Pick<AlertFilter, 'sport' | 'league' | 'country'>): Prisma.Sql[] {
  return [
    ...(filter.sport === undefined ? [] : [Prisma.sql`league.sport = ANY(${filter.sport}::text[])`]),
    ...(filter.league === undefined ? [] : [Prisma.sql`league.name = ANY(${filter.league}::text[])`]),
    ...(filter.country === undefined ? [] : [Prisma.sql`league.country = ANY(${filter.country}::text[])`]),
  ];
}
