import { Prisma, type PrismaClient } from './generated/client.ts';

/** All that a read needs of a client or of an open transaction. */
export type Reader = Pick<PrismaClient, '$queryRaw'>;

/** An instant as a parameter. */
export const instant = (epochMs: number): Prisma.Sql => Prisma.sql`${new Date(epochMs).toISOString()}::timestamptz`;

/** Every one of the conditions; TRUE when there is none. */
export const allOf = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], ' AND ');
