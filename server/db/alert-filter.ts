import type { AlertFilter } from '../../contracts/alert-query.ts';
import type { AlertStatus } from '../../contracts/alert.ts';
import { severityRank } from '../../contracts/alert-words.ts';
import { type FilterNames, type SearchWay, eventMatches } from './filter-names.ts';
import { Prisma } from './generated/client.ts';
import { isMuted, isMutedNew } from './mute-condition.ts';
import { allOf, instant } from './query.ts';

const MINUTE_MS = 60_000;

/** What an alert must meet for each part of a filter that is there, by which facets are told apart. */
export type FilterPart =
  | 'status'
  | 'muted'
  | 'severity'
  | 'type'
  | 'market'
  | 'event'
  | 'detected'
  | 'kickoff'
  | 'bookmaker'
  | 'place'
  | 'search';

/**
 * The conditions of each part of a filter, with its names as `resolveNames` found them. They read no column that
 * the list indexes lack.
 */
export function filterParts(
  filter: AlertFilter,
  names: FilterNames | undefined,
  nowMs: number,
): Readonly<Record<FilterPart, readonly Prisma.Sql[]>> {
  return {
    status: given(filter.status, (statuses) => standsIn(statuses, nowMs)),
    muted: mutedConditions(filter, nowMs),
    severity: given(
      filter.severity,
      (severities) => Prisma.sql`alert.severity = ANY(${severities.map(severityRank)}::smallint[])`,
    ),
    type: given(filter.type, (types) => Prisma.sql`alert.type = ANY(${types}::alert_type[])`),
    market: given(filter.market, (markets) => Prisma.sql`alert.market = ANY(${markets}::text[])`),
    event: given(filter.eventId, (ids) => oneOf(Prisma.sql`alert.event_id`, ids)),
    detected: [
      ...given(filter.from, (from) => Prisma.sql`alert.detected_at >= ${instant(Date.parse(from))}`),
      ...given(filter.to, (to) => Prisma.sql`alert.detected_at < ${instant(Date.parse(to))}`),
      ...given(
        filter.detectedWithin,
        (minutes) => Prisma.sql`alert.detected_at >= ${instant(nowMs - minutes * MINUTE_MS)}`,
      ),
    ],
    kickoff: [
      ...given(filter.kickoffFrom, (from) => Prisma.sql`alert.kickoff >= ${instant(Date.parse(from))}`),
      ...given(filter.kickoffTo, (to) => Prisma.sql`alert.kickoff < ${instant(Date.parse(to))}`),
      ...given(filter.kickoffWithin, (minutes) => Prisma.sql`alert.kickoff <= ${instant(nowMs + minutes * MINUTE_MS)}`),
    ],
    bookmaker: given(names?.bookmakerIds, (ids) => oneOf(Prisma.sql`alert.bookmaker_id`, ids)),
    place: given(names?.leagueIds, (ids) => oneOf(Prisma.sql`alert.league_id`, ids)),
    search: given(names?.search, anyWay),
  };
}

/** Conditions that every alert of an answer meets. */
export const alertConditions = (filter: AlertFilter, names: FilterNames | undefined, nowMs: number): Prisma.Sql[] =>
  Object.values(filterParts(filter, names, nowMs)).flat();

const given = <Value>(value: Value | undefined, toCondition: (value: Value) => Prisma.Sql): Prisma.Sql[] =>
  value === undefined ? [] : [toCondition(value)];

// Said outright when there is none, as the planner does not see it and would walk an index to its end. As bigint,
// since an id from outside may lie beyond what the column holds, and then is an id that nothing has.
const oneOf = (column: Prisma.Sql, ids: readonly number[]): Prisma.Sql =>
  ids.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`${column} = ANY(${[...ids]}::bigint[])`;

function anyWay(ways: readonly SearchWay[]): Prisma.Sql {
  if (ways.length === 0) return Prisma.sql`FALSE`;
  return Prisma.sql`(${Prisma.join(ways.map(oneWay), ' OR ')})`;
}

function oneWay({ events, bookmakerIds }: SearchWay): Prisma.Sql {
  const isBookmaker = bookmakerIds === 'any' ? [] : [oneOf(Prisma.sql`alert.bookmaker_id`, bookmakerIds)];
  if (events === 'any') return allOf(isBookmaker);
  const isEvent =
    'ids' in events
      ? oneOf(Prisma.sql`alert.event_id`, events.ids)
      : Prisma.sql`alert.event_id IN (SELECT event.id FROM event WHERE ${eventMatches(events.words)})`;
  return allOf([isEvent, ...isBookmaker]);
}

/** Muted alerts are not new unless they were asked for, or ruled out already. */
function mutedConditions({ status, muted }: AlertFilter, nowMs: number): Prisma.Sql[] {
  if (muted !== undefined) return [muted ? isMuted(nowMs) : Prisma.sql`NOT ${isMuted(nowMs)}`];
  return status?.includes('new') === true ? [Prisma.sql`NOT ${isMutedNew(nowMs)}`] : [];
}

/** What stands in one of the tabs, muted or not. */
function standsIn(statuses: readonly AlertStatus[], nowMs: number): Prisma.Sql {
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
