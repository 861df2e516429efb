import { summarizeAlerts } from './alert-read.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { type Reader, instant } from './query.ts';
import { type Announcement, type DeskTransaction, deskTransaction } from './watermark.ts';

type Writer = Pick<PrismaClient, '$transaction'>;

/** When the next alert becomes past, in epoch milliseconds; null when every alert is. */
export async function nextKickoff(reader: Reader, nowMs: number): Promise<number | null> {
  const rows = await reader.$queryRaw<{ kickoff: Date }[]>`
    SELECT alert.kickoff FROM alert WHERE alert.kickoff > ${instant(nowMs)} ORDER BY alert.kickoff LIMIT 1`;
  return rows[0]?.kickoff.getTime() ?? null;
}

/**
 * Raises the watermark once for all kickoffs that have passed unannounced and turned alerts past. Null when
 * there are none, or another process was first. No alert row is rewritten, so their changes cannot be told one
 * by one: whoever stands before this watermark is told to start afresh.
 */
export async function passKickoffs(writer: Writer, nowMs: number): Promise<Announcement | null> {
  return deskTransaction(writer, (transaction) => {
    const { kickoffsPassedMs } = transaction;
    if (kickoffsPassedMs >= nowMs) return Promise.resolve(null);
    return announceKickoffs(transaction, { afterMs: kickoffsPassedMs, untilMs: nowMs, nowMs });
  });
}

/**
 * Sets the kickoffs back when the desk's clock starts earlier than it last stood, as that of a replay does:
 * alerts whose kickoff lies ahead again are open again. To be called once at the start; never as time goes by,
 * where two processes whose clocks differ would undo each other's work.
 */
export async function rewindKickoffs(writer: Writer, nowMs: number): Promise<Announcement | null> {
  return deskTransaction(writer, async (transaction) => {
    const { kickoffsPassedMs } = transaction;
    if (kickoffsPassedMs <= nowMs) return null;
    await transaction.client.$executeRaw`UPDATE mute SET end_told = FALSE WHERE end_told AND until > ${instant(nowMs)}`;
    const announcement = await announceKickoffs(transaction, { afterMs: nowMs, untilMs: kickoffsPassedMs, nowMs });
    if (announcement === null) await markPassed(transaction, nowMs);
    return announcement;
  });
}

async function announceKickoffs(
  transaction: DeskTransaction,
  { afterMs, untilMs, nowMs }: { readonly afterMs: number; readonly untilMs: number; readonly nowMs: number },
): Promise<Announcement | null> {
  const touched = Prisma.sql`alert.kickoff > ${instant(afterMs)} AND alert.kickoff <= ${instant(untilMs)}`;
  const summary = await summarizeAlerts(transaction.client, touched);
  if (summary.alertCount === 0) return null;
  await markPassed(transaction, nowMs);
  await transaction.client.$executeRaw`UPDATE watermark SET changes_from = ${transaction.nextSeq} WHERE id = 1`;
  return { ...summary, watermark: await transaction.raise() };
}

const markPassed = ({ client }: DeskTransaction, nowMs: number): Promise<number> =>
  client.$executeRaw`UPDATE watermark SET kickoffs_passed = ${instant(nowMs)} WHERE id = 1`;
