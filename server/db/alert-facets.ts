import { type AlertFacets, MAX_FACET_VALUES } from '../../contracts/alert-facets.ts';
import type { AlertFilter } from '../../contracts/alert-query.ts';
import { DETECTED_WINDOWS, KICKOFF_WINDOWS } from '../../contracts/alert-windows.ts';
import { ALERT_TYPES, SEVERITIES } from '../../contracts/alert-words.ts';
import { MARKETS } from '../../contracts/market.ts';
import { type FilterPart, filterParts } from './alert-filter.ts';
import { severityOf } from './alert-row.ts';
import { resolveNames } from './filter-names.ts';
import { Prisma } from './generated/client.ts';
import { isMuted } from './mute-condition.ts';
import { type Reader, allOf, instant } from './query.ts';
import { toWatermark } from './watermark.ts';

const MINUTE_MS = 60_000;

/** Parts of a filter of which an alert may fail one and still be counted: under that facet. One bit each. */
const FACET_PARTS = ['severity', 'type', 'market', 'bookmaker', 'place', 'kickoff', 'detected', 'muted'] as const;
type FacetPart = (typeof FACET_PARTS)[number];
/** Parts that every counted alert meets. A search is one of them: judged alert by alert it would be slow. */
const PLAIN_PARTS: readonly FilterPart[] = ['status', 'event', 'search'];

const bitOf = (part: FacetPart): number => 1 << FACET_PARTS.indexOf(part);

/** Alerts with one value of one facet, and which parts of the filter they fail. */
type Cell = {
  /** Its index in `FACET_PARTS`. */
  readonly facet: number;
  readonly value: string;
  readonly misses: number;
  readonly alerts: bigint;
};

type Place = { readonly id: number; readonly sport: string; readonly country: string; readonly name: string };

/**
 * How many alerts each value of each facet would leave under the other parts of the filter. One walk over the
 * alerts of the filter's status: each is judged once by every part, and counted where it fails no other part.
 */
export async function readAlertFacets(reader: Reader, filter: AlertFilter, nowMs: number): Promise<AlertFacets> {
  type Head = { epoch: string; seq: bigint; bookmakers: { id: number; name: string }[] | null };
  // The watermark before any alert: what comes meanwhile is counted again, never missed.
  const [head] = await reader.$queryRaw<Head[]>`
    SELECT epoch, seq, (SELECT json_agg(json_build_object('id', id, 'name', name)) FROM bookmaker) AS bookmakers
    FROM watermark WHERE id = 1`;
  const watermark = toWatermark(head);
  const names = await resolveNames(reader, filter);
  const cells = await reader.$queryRaw<Cell[]>`${cellsOf(filterParts(filter, names, nowMs), nowMs)}`;
  const leagueIds = cells.filter(isOf('place')).map(({ value }) => Number(value));
  const [places, unknownPlaces] = await Promise.all([
    reader.$queryRaw<
      Place[]
    >`SELECT id, sport, country, name FROM league WHERE id = ANY(${[...new Set(leagueIds)]}::int[])`,
    unknownIn(reader, filter),
  ]);
  const bookmakers = head?.bookmakers ?? [];
  return {
    total: sumWhere(cells.filter(isOf('severity')), ({ misses }) => misses === 0),
    severity: facet(cells, 'severity', SEVERITIES, (value) => severityOf(Number(value))),
    type: facet(cells, 'type', ALERT_TYPES, (value) => value),
    market: facet(cells, 'market', MARKETS, (value) => value),
    bookmaker: facet(cells, 'bookmaker', namesOf(bookmakers), nameById(bookmakers)),
    ...placeFacets(cells, places, filter),
    kickoffWithin: windowFacet(cells, 'kickoff', KICKOFF_WINDOWS),
    detectedWithin: windowFacet(cells, 'detected', DETECTED_WINDOWS),
    muted: sumWhere(cells.filter(isOf('muted')), (cell) => cell.value === 'true' && counts(cell, 'muted')),
    unknown: {
      bookmaker: (filter.bookmaker ?? []).filter((name) => !bookmakers.some((known) => known.name === name)),
      ...unknownPlaces,
    },
    ...watermark,
  };
}

function cellsOf(parts: ReturnType<typeof filterParts>, nowMs: number): Prisma.Sql {
  const missed = (conditions: readonly Prisma.Sql[], bit: number): Prisma.Sql[] =>
    conditions.length === 0 ? [] : [Prisma.sql`CASE WHEN ${allOf(conditions)} THEN 0 ELSE ${bit}::int END`];
  const misses = FACET_PARTS.flatMap((part) => missed(parts[part], bitOf(part)));
  // An alert counts in the narrowest window that holds it, and so in all wider ones.
  const windowOf = (minutes: readonly number[], holds: (minutes: number) => Prisma.Sql): Prisma.Sql =>
    Prisma.sql`CASE ${Prisma.join(
      minutes.map((each) => Prisma.sql`WHEN ${holds(each)} THEN ${each}::int`),
      ' ',
    )} ELSE 0 END`;
  // Leagues are many and counted by themselves. All other values together have few combinations: these are counted
  // first, and then summed up value by value, instead of taking every alert into seven sums. Two walks over the index
  // with one hash table each; both groupings in one walk would make PostgreSQL sort, and that on disk.
  return Prisma.sql`
    WITH judged AS NOT MATERIALIZED (
      SELECT alert.severity, alert.type, alert.market, alert.bookmaker_id, alert.league_id,
        ${windowOf(KICKOFF_WINDOWS, (each) => Prisma.sql`alert.kickoff <= ${instant(nowMs + each * MINUTE_MS)}`)} AS kickoff_window,
        ${windowOf(DETECTED_WINDOWS, (each) => Prisma.sql`alert.detected_at >= ${instant(nowMs - each * MINUTE_MS)}`)} AS detected_window,
        ${isMuted(nowMs)} AS muted,
        ${misses.length === 0 ? Prisma.sql`0` : Prisma.join(misses, ' + ')} AS misses
      FROM alert WHERE ${allOf(PLAIN_PARTS.flatMap((part) => parts[part]))}
    )
    SELECT 4 AS facet, league_id::text AS value, misses, count(*) AS alerts FROM judged GROUP BY league_id, misses
    UNION ALL
    SELECT CASE
        WHEN GROUPING(severity) = 0 THEN 0 WHEN GROUPING(type) = 0 THEN 1 WHEN GROUPING(market) = 0 THEN 2
        WHEN GROUPING(bookmaker_id) = 0 THEN 3 WHEN GROUPING(kickoff_window) = 0 THEN 5
        WHEN GROUPING(detected_window) = 0 THEN 6 ELSE 7 END,
      coalesce(severity::text, type::text, market, bookmaker_id::text, kickoff_window::text, detected_window::text, muted::text),
      misses, sum(alerts)::bigint
    FROM (
      SELECT severity, type, market, bookmaker_id, kickoff_window, detected_window, muted, misses, count(*) AS alerts
      FROM judged GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    ) AS cell
    GROUP BY misses, GROUPING SETS ((severity), (type), (market), (bookmaker_id), (kickoff_window), (detected_window), (muted))`;
}

const isOf =
  (part: FacetPart) =>
  (cell: Cell): boolean =>
    FACET_PARTS[cell.facet] === part;
/** Whether alerts of this cell fail nothing but, at most, the facet itself. */
const counts = ({ misses }: Cell, part: FacetPart): boolean => misses === 0 || misses === bitOf(part);

function sumWhere(cells: readonly Cell[], isCounted: (cell: Cell) => boolean): number {
  return cells.reduce((sum, cell) => (isCounted(cell) ? sum + Number(cell.alerts) : sum), 0);
}

function facet<Value extends string>(
  cells: readonly Cell[],
  part: FacetPart,
  values: readonly Value[],
  nameOf: (value: string) => string | undefined,
): { value: Value; alerts: number }[] {
  const sums = new Map<string, number>();
  for (const cell of cells.filter(isOf(part))) {
    const name = nameOf(cell.value);
    if (name !== undefined && counts(cell, part)) sums.set(name, (sums.get(name) ?? 0) + Number(cell.alerts));
  }
  return values.map((value) => ({ value, alerts: sums.get(value) ?? 0 }));
}

function windowFacet(cells: readonly Cell[], part: 'kickoff' | 'detected', windows: readonly number[]) {
  const counted = cells.filter((cell) => isOf(part)(cell) && counts(cell, part) && cell.value !== '0');
  return windows.map((minutes) => ({ minutes, alerts: sumWhere(counted, ({ value }) => Number(value) <= minutes) }));
}

/** League, country and sport lie on one another: each is counted under what is chosen of the other two. */
function placeFacets(
  cells: readonly Cell[],
  places: readonly Place[],
  filter: AlertFilter,
): Pick<AlertFacets, 'league' | 'country' | 'sport'> {
  const alertsAt = new Map<number, number>();
  for (const cell of cells.filter(isOf('place'))) {
    if (!counts(cell, 'place')) continue;
    alertsAt.set(Number(cell.value), (alertsAt.get(Number(cell.value)) ?? 0) + Number(cell.alerts));
  }
  const fits = (chosen: readonly string[] | undefined, name: string): boolean =>
    chosen === undefined || chosen.includes(name);
  function count(nameOf: (place: Place) => string, fitsOthers: (place: Place) => boolean) {
    const sums = new Map<string, number>();
    for (const place of places) {
      const alerts = fitsOthers(place) ? (alertsAt.get(place.id) ?? 0) : 0;
      sums.set(nameOf(place), (sums.get(nameOf(place)) ?? 0) + alerts);
    }
    const all = [...sums].map(([value, alerts]) => ({ value, alerts }));
    // By name in the end, so that nothing changes its place as counts move.
    return all
      .toSorted((a, b) => b.alerts - a.alerts)
      .slice(0, MAX_FACET_VALUES)
      .toSorted((a, b) => a.value.localeCompare(b.value, 'en'));
  }
  return {
    league: count(
      ({ name }) => name,
      ({ country, sport }) => fits(filter.country, country) && fits(filter.sport, sport),
    ),
    country: count(
      ({ country }) => country,
      ({ name, sport }) => fits(filter.league, name) && fits(filter.sport, sport),
    ),
    sport: count(
      ({ sport }) => sport,
      ({ name, country }) => fits(filter.league, name) && fits(filter.country, country),
    ),
  };
}

type Named = { readonly id: number; readonly name: string };

const namesOf = (all: readonly Named[]): string[] =>
  all.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'en'));

function nameById(all: readonly Named[]): (id: string) => string | undefined {
  const names = new Map(all.map(({ id, name }) => [String(id), name]));
  return (id) => names.get(id);
}

/** Which places of a filter the desk has never heard of; costs nothing where the filter names none. */
async function unknownIn(
  reader: Reader,
  { league = [], country = [], sport = [] }: AlertFilter,
): Promise<Omit<AlertFacets['unknown'], 'bookmaker'>> {
  if (league.length + country.length + sport.length === 0) return { league, country, sport };
  type Known = { leagues: string[]; countries: string[]; sports: string[] };
  const [known] = await reader.$queryRaw<Known[]>`
    SELECT ARRAY(SELECT DISTINCT name FROM league WHERE name = ANY(${league}::text[])) AS leagues,
      ARRAY(SELECT DISTINCT league.country FROM league WHERE league.country = ANY(${country}::text[])) AS countries,
      ARRAY(SELECT DISTINCT league.sport FROM league WHERE league.sport = ANY(${sport}::text[])) AS sports`;
  const without = (all: readonly string[], some: readonly string[] = []) => all.filter((name) => !some.includes(name));
  return {
    league: without(league, known?.leagues),
    country: without(country, known?.countries),
    sport: without(sport, known?.sports),
  };
}
