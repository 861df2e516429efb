import { Prisma } from './generated/client.ts';
import { instant } from './query.ts';

/** A mute whose time has come is over by itself; one until kickoff ends as its alerts become past. */
export const inForce = (nowMs: number): Prisma.Sql =>
  Prisma.sql`mute.lifted_at IS NULL AND (mute.until IS NULL OR mute.until > ${instant(nowMs)})`;

/** How many mutes are in force; one until kickoff no longer, once that has passed. */
export const mutesInForce = (nowMs: number): Prisma.Sql =>
  Prisma.sql`SELECT count(*) FROM mute LEFT JOIN event ON event.id = mute.event_id
    WHERE ${inForce(nowMs)} AND (mute.until IS NOT NULL OR event.kickoff > ${instant(nowMs)})`;

/** Whether there is any mute: lets a count that has nothing to subtract cost nothing. */
export const anyMuteInForce = (nowMs: number): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM mute WHERE ${inForce(nowMs)})`;

/**
 * Whether a mute is in force over `alert`, of which only columns of the list indexes are read. True of past alerts
 * too: whoever asks adds that the alert has not begun. Each subquery stands by itself, so that PostgreSQL reads it
 * once and looks every alert up in its result.
 */
export function isUnderMute(nowMs: number): Prisma.Sql {
  const muted = (columns: string, scope: string): Prisma.Sql =>
    Prisma.sql`SELECT ${Prisma.raw(columns)} FROM mute WHERE ${inForce(nowMs)} AND ${Prisma.raw(scope)}`;
  return Prisma.sql`(
    alert.event_id IN (${muted('mute.event_id', 'mute.event_id IS NOT NULL AND mute.market IS NULL')})
    OR alert.league_id IN (${muted('mute.league_id', 'mute.league_id IS NOT NULL')})
    OR alert.bookmaker_id IN (${muted('mute.bookmaker_id', 'mute.bookmaker_id IS NOT NULL')})
    OR alert.market IN (${muted('mute.market', 'mute.event_id IS NULL AND mute.market IS NOT NULL')})
    OR (alert.event_id, alert.market) IN (${muted('mute.event_id, mute.market', 'mute.event_id IS NOT NULL AND mute.market IS NOT NULL')})
  )`;
}

/** Has not begun, and is under a mute. */
export const isMuted = (nowMs: number): Prisma.Sql =>
  Prisma.sql`(alert.kickoff > ${instant(nowMs)} AND ${isUnderMute(nowMs)})`;

/** Would be new, and is muted. */
export const isMutedNew = (nowMs: number): Prisma.Sql =>
  Prisma.sql`(alert.kickoff > ${instant(nowMs)} AND alert.acknowledged_at IS NULL AND ${isUnderMute(nowMs)})`;

/** New and not muted: what calls a trader. */
export const isNew = (nowMs: number): Prisma.Sql =>
  Prisma.sql`(alert.kickoff > ${instant(nowMs)} AND alert.acknowledged_at IS NULL AND NOT ${isUnderMute(nowMs)})`;
