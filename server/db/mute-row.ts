import type { Mute, MuteScope } from '../../contracts/mute.ts';
import { eventIdSchema } from '../../contracts/ids.ts';
import { marketSchema } from '../../contracts/market-schema.ts';
import { Prisma } from './generated/client.ts';

/** A mute as `MUTE_COLUMNS` selects it. */
export type MuteRow = {
  readonly id: number;
  readonly eventId: number | null;
  readonly home: string | null;
  readonly away: string | null;
  readonly league: string | null;
  readonly country: string | null;
  readonly sport: string | null;
  readonly kickoff: Date | null;
  readonly leagueId: number | null;
  readonly bookmakerId: number | null;
  readonly bookmaker: string | null;
  readonly market: string | null;
  readonly until: Date | null;
  readonly reason: string;
  readonly mutedAt: Date;
  readonly mutedBy: string | null;
  readonly liftedAt: Date | null;
  readonly liftedBy: string | null;
};

/** `league` is that of the scope, or of the scope's event. */
export const MUTE_COLUMNS = Prisma.sql`
  mute.id, mute.event_id AS "eventId", event.home, event.away, league.name AS league, league.country, league.sport,
  event.kickoff, mute.league_id AS "leagueId", mute.bookmaker_id AS "bookmakerId", bookmaker.name AS bookmaker,
  mute.market, mute.until, mute.reason, mute.muted_at AS "mutedAt", mute.muted_by AS "mutedBy",
  mute.lifted_at AS "liftedAt", mute.lifted_by AS "liftedBy"`;

export const MUTE_TABLES = Prisma.sql`
  mute LEFT JOIN event ON event.id = mute.event_id
  LEFT JOIN league ON league.id = coalesce(mute.league_id, event.league_id)
  LEFT JOIN bookmaker ON bookmaker.id = mute.bookmaker_id`;

/** The mute as it stands at `nowMs`. */
export function toMute(row: MuteRow, nowMs: number): Mute {
  const endsAt = row.until ?? row.kickoff;
  if (endsAt === null) throw new Error(`mute ${row.id} has neither a time nor an event to end with`);
  return {
    id: row.id,
    scope: scopeOf(row),
    event: eventOf(row),
    until: row.until === null ? 'kickoff' : row.until.toISOString(),
    endsAt: endsAt.toISOString(),
    state: stateOf(row.liftedAt, endsAt, nowMs),
    reason: row.reason,
    mutedAt: row.mutedAt.toISOString(),
    mutedBy: row.mutedBy,
    liftedAt: row.liftedAt?.toISOString() ?? null,
    liftedBy: row.liftedBy,
  };
}

function stateOf(liftedAt: Date | null, endsAt: Date, nowMs: number): Mute['state'] {
  if (liftedAt !== null) return 'lifted';
  return endsAt.getTime() <= nowMs ? 'over' : 'in_force';
}

function scopeOf(row: MuteRow): MuteScope {
  const eventId = row.eventId === null ? null : eventIdSchema.parse(row.eventId);
  if (row.market !== null) return { kind: 'market', market: marketSchema.parse(row.market), eventId };
  if (eventId !== null) return { kind: 'event', eventId };
  if (row.bookmaker !== null) return { kind: 'bookmaker', bookmaker: row.bookmaker };
  return { kind: 'league', sport: row.sport ?? '', country: row.country ?? '', league: row.league ?? '' };
}

function eventOf(row: MuteRow): Mute['event'] {
  if (row.home === null || row.away === null || row.kickoff === null) return null;
  return {
    home: row.home,
    away: row.away,
    league: row.league ?? '',
    country: row.country ?? '',
    sport: row.sport ?? '',
    kickoff: row.kickoff.toISOString(),
  };
}

/** What a scope stands for in the database. */
export type StoredScope = {
  readonly eventId: number | null;
  readonly leagueId: number | null;
  readonly bookmakerId: number | null;
  readonly market: string | null;
};

/** Whether `alert` lies in the scope. */
export function inScope(scope: StoredScope): Prisma.Sql {
  const parts = [
    ...(scope.eventId === null ? [] : [Prisma.sql`alert.event_id = ${scope.eventId}::int`]),
    ...(scope.leagueId === null ? [] : [Prisma.sql`alert.league_id = ${scope.leagueId}::int`]),
    ...(scope.bookmakerId === null ? [] : [Prisma.sql`alert.bookmaker_id = ${scope.bookmakerId}::int`]),
    ...(scope.market === null ? [] : [Prisma.sql`alert.market = ${scope.market}::text`]),
  ];
  return parts.length === 0 ? Prisma.sql`FALSE` : Prisma.sql`(${Prisma.join(parts, ' AND ')})`;
}

/** Whether `alert` lies in any of the scopes, of which there is one at least. */
export const inAnyScope = (scopes: readonly StoredScope[]): Prisma.Sql =>
  Prisma.sql`(${Prisma.join(scopes.map(inScope), ' OR ')})`;
