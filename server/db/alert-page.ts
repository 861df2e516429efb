import type { AlertSort } from '../../contracts/alert-query.ts';
import type { Alert } from '../../contracts/alert.ts';
import { severityRank } from '../../contracts/alert-words.ts';
import { decodeCursor, encodeCursor } from './page-cursor.ts';
import { Prisma } from './generated/client.ts';
import { allOf, instant } from './query.ts';

/** An order of alerts: its keys are unique in themselves, as the id is the last of them, and all run one way. */
type Order = {
  readonly keys: Prisma.Sql;
  readonly orderBy: (table: 'alert' | 'found') => Prisma.Sql;
  readonly keyCount: number;
  readonly after: (keys: readonly number[]) => Prisma.Sql;
  readonly keysOf: (alert: Alert) => number[];
};

const ORDERS: Readonly<Record<AlertSort, Order>> = {
  detected: {
    keys: Prisma.sql`alert.detected_at`,
    orderBy: (table) => Prisma.raw(`${table}.detected_at DESC, ${table}.id DESC`),
    keyCount: 2,
    after: ([detectedMs = 0, id]) =>
      Prisma.sql`(alert.detected_at, alert.id) < (${instant(detectedMs)}, ${id}::bigint)`,
    keysOf: (alert) => [Date.parse(alert.detectedAt), alert.id],
  },
  severity: {
    keys: Prisma.sql`alert.severity, alert.detected_at`,
    orderBy: (table) => Prisma.raw(`${table}.severity DESC, ${table}.detected_at DESC, ${table}.id DESC`),
    keyCount: 3,
    after: ([severity, detectedMs = 0, id]) =>
      Prisma.sql`(alert.severity, alert.detected_at, alert.id) < (${severity}::bigint, ${instant(detectedMs)}, ${id}::bigint)`,
    keysOf: (alert) => [severityRank(alert.severity), Date.parse(alert.detectedAt), alert.id],
  },
  kickoff: {
    keys: Prisma.sql`alert.kickoff`,
    orderBy: (table) => Prisma.raw(`${table}.kickoff, ${table}.id`),
    keyCount: 2,
    after: ([kickoffMs = 0, id]) => Prisma.sql`(alert.kickoff, alert.id) > (${instant(kickoffMs)}, ${id}::bigint)`,
    keysOf: (alert) => [Date.parse(alert.event.kickoff), alert.id],
  },
};

/** The cursor after this alert in that order. */
export const cursorAfter = (alert: Alert, sort: AlertSort): string =>
  encodeCursor(`alerts:${sort}`, ORDERS[sort].keysOf(alert));

/** The order of alerts found by `alertKeys`. */
export const foundOrder = (sort: AlertSort): Prisma.Sql => ORDERS[sort].orderBy('found');

/**
 * Ids and sort keys of one page. Nothing but columns of the list indexes is read, so that however rare the
 * filter is, an index is walked and never the table; the rows themselves are fetched for the page alone.
 */
export function alertKeys(page: {
  readonly conditions: readonly Prisma.Sql[];
  readonly sort: AlertSort;
  readonly cursor: string | undefined;
  readonly limit: number;
}): Prisma.Sql {
  const order = ORDERS[page.sort];
  const place =
    page.cursor === undefined ? [] : [order.after(decodeCursor(page.cursor, `alerts:${page.sort}`, order.keyCount))];
  return Prisma.sql`SELECT alert.id, ${order.keys} FROM alert WHERE ${allOf([...page.conditions, ...place])}
    ORDER BY ${order.orderBy('alert')} LIMIT ${page.limit}`;
}
