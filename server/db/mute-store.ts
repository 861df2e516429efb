import { AppError } from '../../contracts/errors.ts';
import {
  MAX_MUTES_IN_FORCE,
  type Mute,
  type MuteAnswer,
  type MuteList,
  type MuteQuery,
  type MuteRequest,
} from '../../contracts/mute.ts';
import { summarizeAlerts } from './alert-read.ts';
import { openCounts } from './alert-stats.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { inForce, isNew, mutesInForce } from './mute-condition.ts';
import { MUTE_COLUMNS, MUTE_TABLES, type MuteRow, type StoredScope, inAnyScope, inScope, toMute } from './mute-row.ts';
import { decodeCursor, encodeCursor } from './page-cursor.ts';
import { type Reader, allOf, instant } from './query.ts';
import { type Announcement, type DeskTransaction, deskTransaction, toWatermark } from './watermark.ts';

const CURSOR_LIST = 'mutes';

type Writer = Pick<PrismaClient, '$transaction'>;

/** `announcement` is null when nothing changed, and then the watermark has not moved either. */
export type ChangedMute = { readonly answer: MuteAnswer; readonly announcement: Announcement | null };

/**
 * Mutes a scope. Its alerts are not rewritten, so whoever stood before this watermark is told to start afresh; the
 * announcement calls nobody. Throws `not_found` for an event, league or bookmaker that is not there, `bad_request`
 * for an end that is not ahead and when `MAX_MUTES_IN_FORCE` are in force already.
 */
export async function createMute(
  writer: Writer,
  request: MuteRequest,
  actor: string | null,
  nowMs: number,
): Promise<ChangedMute> {
  return deskTransaction(writer, async (transaction) => {
    const { client } = transaction;
    const scope = await resolveScope(client, request.scope);
    await refuseTooMany(client, nowMs);
    const until = request.until === 'kickoff' ? null : instant(Date.parse(request.until));
    const quiet = await summarizeAlerts(client, allOf([inScope(scope), isNew(nowMs)]));
    const [row] = await client.$queryRaw<{ id: number }[]>`
      INSERT INTO mute (seq, event_id, league_id, bookmaker_id, market, until, reason, muted_at, muted_by)
      VALUES (${transaction.nextSeq}, ${scope.eventId}::int, ${scope.leagueId}::int, ${scope.bookmakerId}::int, ${scope.market}::text,
        ${until ?? Prisma.sql`NULL`}, ${request.reason}, ${instant(nowMs)}, ${actor}::text) RETURNING id`;
    const mute = await readMute(client, row?.id ?? 0, nowMs);
    if (mute === 'not_found') throw new Error('a mute that was just stored is not there');
    if (mute.state !== 'in_force') {
      const now = new Date(nowMs).toISOString();
      throw new AppError('bad_request', `until: expected a time ahead of the desk's (${now}), got ${mute.endsAt}`);
    }
    const announcement = await announce(transaction, { alertCount: 0, eventIds: quiet.eventIds, severities: [] });
    return { answer: { mute, alerts: quiet.alertCount, ...announcement.watermark }, announcement };
  });
}

/** Ends a mute before its time; its alerts come back at once. One that has ended stays as it is. */
export async function liftMute(
  writer: Writer,
  id: number,
  actor: string | null,
  nowMs: number,
): Promise<ChangedMute | 'not_found'> {
  return deskTransaction(writer, async (transaction) => {
    const { client } = transaction;
    const before = await readMute(client, id, nowMs);
    if (before === 'not_found') return before;
    if (before.state !== 'in_force')
      return { answer: { mute: before, alerts: 0, ...transaction.head }, announcement: null };
    const [scope] = await client.$queryRaw<StoredScope[]>`
      UPDATE mute SET lifted_at = ${instant(nowMs)}, lifted_by = ${actor}::text, seq = ${transaction.nextSeq} WHERE id = ${id}::int
      RETURNING event_id AS "eventId", league_id AS "leagueId", bookmaker_id AS "bookmakerId", market`;
    const mute = await readMute(client, id, nowMs);
    if (scope === undefined || mute === 'not_found') return 'not_found';
    const back = await summarizeAlerts(client, allOf([inScope(scope), isNew(nowMs)]));
    const announcement = await announce(transaction, back);
    return { answer: { mute, alerts: back.alertCount, ...announcement.watermark }, announcement };
  });
}

/** Mutes with how many alerts they keep quiet together, of one moment with the watermark. */
export async function readMutes(reader: Reader, query: MuteQuery, nowMs: number): Promise<MuteList> {
  const conditions = [
    ...(query.state === 'all'
      ? []
      : [inForce(nowMs), Prisma.sql`(mute.until IS NOT NULL OR event.kickoff > ${instant(nowMs)})`]),
    ...(query.cursor === undefined
      ? []
      : [Prisma.sql`mute.id < ${decodeCursor(query.cursor, CURSOR_LIST, 1)[0]}::bigint`]),
  ];
  type Row = { readonly epoch: string; readonly seq: bigint; readonly muted: bigint } & (
    | MuteRow
    | { readonly id: null }
  );
  const rows = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, counted.muted, page.*
    FROM watermark CROSS JOIN LATERAL (${openCounts(nowMs)}) AS counted
    LEFT JOIN (
      SELECT ${MUTE_COLUMNS} FROM ${MUTE_TABLES} WHERE ${allOf(conditions)} ORDER BY mute.id DESC LIMIT ${query.limit + 1}
    ) AS page ON TRUE
    WHERE watermark.id = 1 ORDER BY page.id DESC`;
  const found = rows.filter((row): row is Extract<Row, MuteRow> => row.id !== null).map((row) => toMute(row, nowMs));
  const mutes = found.slice(0, query.limit);
  const last = mutes.at(-1);
  return {
    mutes,
    nextCursor: found.length > mutes.length && last !== undefined ? encodeCursor(CURSOR_LIST, [last.id]) : null,
    mutedAlerts: Number(rows[0]?.muted ?? 0),
    ...toWatermark(rows[0]),
  };
}

/** When the next mute is over by its time, in epoch milliseconds; those until kickoff end with that. */
export async function nextMuteEnd(reader: Reader, nowMs: number): Promise<number | null> {
  const [row] = await reader.$queryRaw<{ until: Date | null }[]>`
    SELECT min(mute.until) AS until FROM mute WHERE mute.lifted_at IS NULL AND mute.until > ${instant(nowMs)}`;
  return row?.until?.getTime() ?? null;
}

/**
 * Raises the watermark once for all mutes whose time has come, and says which alerts are back. Null when there are
 * none, or another process was first.
 */
export async function passMuteEnds(writer: Writer, nowMs: number): Promise<Announcement | null> {
  return deskTransaction(writer, async (transaction) => {
    const { client } = transaction;
    const ended = await client.$queryRaw<StoredScope[]>`
      UPDATE mute SET end_told = TRUE, seq = ${transaction.nextSeq} WHERE NOT end_told AND lifted_at IS NULL AND until <= ${instant(nowMs)}
      RETURNING event_id AS "eventId", league_id AS "leagueId", bookmaker_id AS "bookmakerId", market`;
    if (ended.length === 0) return null;
    return announce(transaction, await summarizeAlerts(client, allOf([inAnyScope(ended), isNew(nowMs)])));
  });
}

async function readMute(reader: Reader, id: number, nowMs: number): Promise<Mute | 'not_found'> {
  const [row] = await reader.$queryRaw<MuteRow[]>`
    SELECT ${MUTE_COLUMNS} FROM ${MUTE_TABLES} WHERE mute.id = ${id}::bigint`;
  return row === undefined ? 'not_found' : toMute(row, nowMs);
}

async function resolveScope(client: Prisma.TransactionClient, scope: MuteRequest['scope']): Promise<StoredScope> {
  const nothing = { eventId: null, leagueId: null, bookmakerId: null, market: null };
  switch (scope.kind) {
    case 'event':
      return { ...nothing, eventId: await eventId(client, scope.eventId) };
    case 'market':
      if (scope.eventId === null) return { ...nothing, market: scope.market };
      return { ...nothing, market: scope.market, eventId: await eventId(client, scope.eventId) };
    case 'league': {
      const { sport, country, league } = scope;
      const place = { sport_country_name: { sport, country, name: league } };
      const found = await client.league.findUnique({ where: place, select: { id: true } });
      return { ...nothing, leagueId: idOf(found, `league "${league}" in ${country} (${sport})`) };
    }
    case 'bookmaker': {
      const found = await client.bookmaker.findUnique({ where: { name: scope.bookmaker }, select: { id: true } });
      return { ...nothing, bookmakerId: idOf(found, `bookmaker "${scope.bookmaker}"`) };
    }
  }
}

async function eventId(client: Prisma.TransactionClient, id: number): Promise<number> {
  const rows = await client.$queryRaw<{ id: number }[]>`SELECT event.id FROM event WHERE event.id = ${id}::bigint`;
  return idOf(rows[0] ?? null, `event ${id}`);
}

function idOf(found: { readonly id: number } | null, what: string): number {
  if (found === null) throw new AppError('not_found', `there is no ${what}`);
  return found.id;
}

async function refuseTooMany(client: Prisma.TransactionClient, nowMs: number): Promise<void> {
  const [row] = await client.$queryRaw<{ mutes: bigint }[]>`SELECT (${mutesInForce(nowMs)}) AS mutes`;
  if (Number(row?.mutes ?? 0) < MAX_MUTES_IN_FORCE) return;
  throw new AppError(
    'bad_request',
    `expected fewer than ${MAX_MUTES_IN_FORCE} mutes in force: lift some, or mute a wider scope`,
  );
}

/** No alert row is rewritten: whoever stands before this watermark cannot be told one by one. */
async function announce(
  transaction: DeskTransaction,
  what: Pick<Announcement, 'alertCount' | 'eventIds' | 'severities'>,
): Promise<Announcement> {
  await transaction.client.$executeRaw`UPDATE watermark SET changes_from = ${transaction.nextSeq} WHERE id = 1`;
  return { ...what, watermark: await transaction.raise() };
}
