import type { AlertList, AlertQuery } from '../../contracts/alert-query.ts';
import { alertConditions } from './alert-filter.ts';
import { alertKeys, cursorAfter, foundOrder } from './alert-page.ts';
import { type AlertRow, alertColumns, alertsFound, toAlert } from './alert-row.ts';
import { type CountRow, countsByStatus, toCounts } from './alert-stats.ts';
import { resolveNames } from './filter-names.ts';
import type { Reader } from './query.ts';
import { toWatermark, missingWatermark } from './watermark.ts';

type ListRow = CountRow & { readonly epoch: string; readonly deskSeq: bigint } & (AlertRow | { readonly id: null });

/**
 * One page of the alerts that match, with the counts of every status for the same filter and the watermark.
 * All three come from one statement and so from one moment. A cursor keeps its place whatever is added meanwhile.
 * Throws `bad_request` for a cursor that is broken or belongs to another order.
 */
export async function readAlertList(reader: Reader, query: AlertQuery, nowMs: number): Promise<AlertList> {
  const names = await resolveNames(reader, query);
  const conditions = alertConditions(query, names, nowMs);
  const conditionsButStatus = alertConditions({ ...query, status: undefined }, names, nowMs);
  // One row more than the page, to know whether there is a next one.
  const keys = alertKeys({ conditions, sort: query.sort, cursor: query.cursor, limit: query.limit + 1 });
  const rows = await reader.$queryRaw<ListRow[]>`
    SELECT watermark.epoch, watermark.seq AS "deskSeq", counted.*, page.*
    FROM watermark
    CROSS JOIN LATERAL (${countsByStatus(conditionsButStatus, nowMs, query)}) AS counted
    LEFT JOIN (SELECT ${alertColumns(nowMs)}, row_number() OVER (ORDER BY ${foundOrder(query.sort)}) AS place FROM ${alertsFound(keys)}) AS page ON TRUE
    WHERE watermark.id = 1 ORDER BY page.place`;

  const [first] = rows;
  if (first === undefined) throw missingWatermark();
  const found = rows.filter(isAlert).map((row) => toAlert(row, nowMs));
  const alerts = found.slice(0, query.limit);
  const last = alerts.at(-1);
  return {
    alerts,
    nextCursor: found.length > alerts.length && last !== undefined ? cursorAfter(last, query.sort) : null,
    counts: toCounts(first),
    // With names the earlier of two moments: what came between them is answered again, never missed.
    ...(names?.watermark ?? toWatermark({ epoch: first.epoch, seq: first.deskSeq })),
  };
}

const isAlert = (row: ListRow): row is Extract<ListRow, AlertRow> => row.id !== null;
