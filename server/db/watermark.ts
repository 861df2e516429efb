import type { Severity } from '../../contracts/alert.ts';
import { AppError } from '../../contracts/errors.ts';
import type { EventId } from '../../contracts/ids.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import type { Prisma, PrismaClient } from './generated/client.ts';
import type { Reader } from './query.ts';
import { WATERMARK_CHANNEL, watermarkPayload } from './watermark-channel.ts';

const CONNECTION_WAIT_MS = 5_000;
const MISSING_RETRY_SECONDS = 5;
/** The watermark is locked meanwhile, so nothing else is written: what takes longer than this is stuck. */
const TRANSACTION_TIMEOUT_MS = 20_000;

/** What a committed change of the desk tells the browsers. */
export type Announcement = {
  readonly watermark: Watermark;
  readonly alertCount: number;
  /** Each event once. */
  readonly eventIds: readonly EventId[];
  /** Each severity among the changed alerts once, the worst first. */
  readonly severities: readonly Severity[];
};

export type DeskTransaction = {
  readonly client: Prisma.TransactionClient;
  /** Where the desk stood when the lock was won. */
  readonly head: Watermark;
  readonly kickoffsPassedMs: number;
  /** The seq that everything changed in this transaction carries. */
  readonly nextSeq: number;
  /** Raises the watermark to `nextSeq` and tells the other processes with the commit. */
  readonly raise: () => Promise<Watermark>;
};

/** How far the stored truth has come. */
export async function readWatermark(reader: Reader): Promise<Watermark> {
  const [row] = await reader.$queryRaw<{ epoch: string; seq: bigint }[]>`SELECT epoch, seq FROM watermark WHERE id = 1`;
  return toWatermark(row);
}

/** How far the stored prices have come; every commit of prices raises the version, whether or not one changed. */
export async function readOddsHead(reader: Reader): Promise<{ readonly epoch: string; readonly oddsVersion: number }> {
  const [row] = await reader.$queryRaw<{ epoch: string; seq: bigint; version: bigint }[]>`
    SELECT epoch, seq, odds_version AS version FROM watermark WHERE id = 1`;
  return { epoch: toWatermark(row).epoch, oddsVersion: Number(row?.version) };
}

/** A database that was migrated has the row, so one without it is half restored. */
export const missingWatermark = (): AppError =>
  new AppError('database_unavailable', 'The database has no watermark: is it being restored?', {
    retryAfterSeconds: MISSING_RETRY_SECONDS,
  });

export function toWatermark(row: { readonly epoch: string; readonly seq: bigint } | undefined): Watermark {
  if (row === undefined) throw missingWatermark();
  return { epoch: row.epoch, seq: Number(row.seq) };
}

/**
 * One small write of the desk. The watermark row is locked before anything is read or changed, as every writer
 * does: so the order of seq is the order of commits, and two writers cannot lock each other out. It is raised
 * only when `work` asks for it: what changes nothing moves nothing.
 */
export function deskTransaction<Result>(
  writer: Pick<PrismaClient, '$transaction'>,
  work: (transaction: DeskTransaction) => Promise<Result>,
): Promise<Result> {
  return writer.$transaction(async (client) => work(await openTransaction(client)), {
    timeout: TRANSACTION_TIMEOUT_MS,
    maxWait: CONNECTION_WAIT_MS,
  });
}

async function openTransaction(client: Prisma.TransactionClient): Promise<DeskTransaction> {
  const [row] = await client.$queryRaw<{ epoch: string; seq: bigint; kickoffsPassed: Date }[]>`
    SELECT epoch, seq, kickoffs_passed AS "kickoffsPassed" FROM watermark WHERE id = 1 FOR UPDATE`;
  const head = toWatermark(row);
  const nextSeq = head.seq + 1;
  return {
    client,
    head,
    kickoffsPassedMs: row?.kickoffsPassed.getTime() ?? 0,
    nextSeq,
    async raise() {
      await client.$executeRaw`UPDATE watermark SET seq = ${nextSeq} WHERE id = 1`;
      await client.$executeRaw`SELECT pg_notify(${WATERMARK_CHANNEL}, ${watermarkPayload({ epoch: head.epoch, seq: nextSeq })})`;
      return { epoch: head.epoch, seq: nextSeq };
    },
  };
}
