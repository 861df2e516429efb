import { Prisma, type PrismaClient } from './generated/client.ts';

/** All that a read needs of a client or of an open transaction. */
export type Reader = Pick<PrismaClient, '$queryRaw'>;

// What both sides write with a year of four digits; nothing on a desk lies beyond.
const FIRST_INSTANT_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LAST_INSTANT_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** An instant as a parameter. */
export const instant = (epochMs: number): Prisma.Sql => {
  const withinMs = Math.min(Math.max(epochMs, FIRST_INSTANT_MS), LAST_INSTANT_MS);
  return Prisma.sql`${new Date(withinMs).toISOString()}::timestamptz`;
};

/** Every one of the conditions; TRUE when there is none. */
export const allOf = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], ' AND ');
