import type { AlertFilter } from '../../contracts/alert-query.ts';
import type { AlertStatus } from '../../contracts/alert.ts';
import { severityRank } from '../../contracts/alert-words.ts';
import { type FilterNames, type SearchWay, eventMatches } from './filter-names.ts';
import { Prisma } from './generated/client.ts';
import { isMuted, isMutedNew } from './mute-condition.ts';
import { allOf, instant } from './query.ts';

/**
 * Conditions that every alert of an answer meets, with the filter's names as `resolveNames` found them. They
 * read no column that the list indexes lack.
 */
export function alertConditions(filter: AlertFilter, names: FilterNames | undefined, nowMs: number): Prisma.Sql[] {
  return [
    ...given(filter.status, (statuses) => statusCondition(statuses, filter.muted, nowMs)),
    ...given(filter.muted, (muted) => (muted ? isMuted(nowMs) : Prisma.sql`NOT ${isMuted(nowMs)}`)),
    ...given(
      filter.severity,
      (severities) => Prisma.sql`alert.severity = ANY(${severities.map(severityRank)}::smallint[])`,
    ),
    ...given(filter.type, (types) => Prisma.sql`alert.type = ANY(${types}::alert_type[])`),
    ...given(filter.market, (markets) => Prisma.sql`alert.market = ANY(${markets}::text[])`),
    ...given(filter.eventId, (ids) => oneOf(Prisma.sql`alert.event_id`, ids)),
    ...given(filter.from, (from) => Prisma.sql`alert.detected_at >= ${instant(Date.parse(from))}`),
    ...given(filter.to, (to) => Prisma.sql`alert.detected_at < ${instant(Date.parse(to))}`),
    ...given(names?.bookmakerIds, (ids) => oneOf(Prisma.sql`alert.bookmaker_id`, ids)),
    ...given(names?.leagueIds, (ids) => oneOf(Prisma.sql`alert.league_id`, ids)),
    ...given(names?.search, anyWay),
  ];
}

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

/** What stands open in a tab. Muted alerts are not new unless they were asked for, or ruled out already. */
function statusCondition(statuses: readonly AlertStatus[], muted: boolean | undefined, nowMs: number): Prisma.Sql {
  const wanted = new Set(statuses);
  const now = instant(nowMs);
  const notQuiet = muted === undefined && wanted.has('new') ? [Prisma.sql`NOT ${isMutedNew(nowMs)}`] : [];
  if (wanted.has('new') && wanted.has('acknowledged')) {
    return allOf([...(wanted.has('past') ? [] : [Prisma.sql`alert.kickoff > ${now}`]), ...notQuiet]);
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
  return allOf([Prisma.sql`(${Prisma.join([...wanted].map(one), ' OR ')})`, ...notQuiet]);
}
