import type { AlertStats } from '../../contracts/alert-query.ts';
import { ALERT_TYPES, type AlertCounts, type AlertType, SEVERITIES, type Severity } from '../../contracts/alert.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { severityOf } from './alert-row.ts';
import { Prisma } from './generated/client.ts';
import { type Reader, allOf, instant } from './query.ts';
import { toWatermark } from './watermark.ts';

/** The badge: how many alerts stand in each tab, the worst of the new ones, and the watermark they belong to. */
export type DeskCounts = {
  readonly counts: AlertCounts;
  readonly worstNew: Severity | null;
  readonly watermark: Watermark;
};

export type CountRow = { readonly new: bigint; readonly acknowledged: bigint; readonly past: bigint };

export const toCounts = (row: CountRow): AlertCounts => ({
  new: Number(row.new),
  acknowledged: Number(row.acknowledged),
  past: Number(row.past),
});

/** Alerts by status in the columns `new`, `acknowledged`, `past`; for use beside the `watermark` row. */
export function countsByStatus(conditions: readonly Prisma.Sql[], nowMs: number): Prisma.Sql {
  const now = instant(nowMs);
  if (conditions.length === 0) {
    // Only the open alerts are counted: the past is all there are less those, and grows for years.
    return Prisma.sql`SELECT open."new", open.acknowledged,
      watermark.alert_total - open."new" - open.acknowledged AS past
      FROM (
        SELECT count(*) FILTER (WHERE alert.acknowledged_at IS NULL) AS "new", count(alert.acknowledged_at) AS acknowledged
        FROM alert WHERE alert.kickoff > ${now}
      ) AS open`;
  }
  return Prisma.sql`SELECT
      count(*) FILTER (WHERE alert.kickoff > ${now} AND alert.acknowledged_at IS NULL) AS "new",
      count(*) FILTER (WHERE alert.kickoff > ${now} AND alert.acknowledged_at IS NOT NULL) AS acknowledged,
      count(*) FILTER (WHERE alert.kickoff <= ${now}) AS past
    FROM alert WHERE ${allOf(conditions)}`;
}

/** Counts of every alert there is at `nowMs`, of one moment with its watermark. */
export async function readAlertStats(reader: Reader, nowMs: number): Promise<AlertStats> {
  type Row = {
    epoch: string;
    seq: bigint;
    severity: number | null;
    type: AlertType | null;
    begun: boolean;
    acknowledged: boolean;
    alerts: bigint;
  };
  const rows = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, cell.* FROM watermark LEFT JOIN (
      SELECT alert.severity, alert.type, alert.kickoff <= ${instant(nowMs)} AS begun,
        alert.acknowledged_at IS NOT NULL AS acknowledged, count(*) AS alerts
      FROM alert GROUP BY 1, 2, 3, 4
    ) AS cell ON TRUE WHERE watermark.id = 1`;
  const byStatus = { new: 0, acknowledged: 0, past: 0 };
  const bySeverity = zeroes(SEVERITIES);
  const newBySeverity = zeroes(SEVERITIES);
  const byType = zeroes(ALERT_TYPES);
  let total = 0;
  for (const row of rows) {
    if (row.severity === null || row.type === null) continue;
    const alerts = Number(row.alerts);
    const severity = severityOf(row.severity);
    total += alerts;
    const status = row.begun ? 'past' : row.acknowledged ? 'acknowledged' : 'new';
    byStatus[status] += alerts;
    bySeverity[severity] += alerts;
    byType[row.type] += alerts;
    if (status === 'new') newBySeverity[severity] += alerts;
  }
  return { total, byStatus, bySeverity, byType, newBySeverity, ...toWatermark(rows[0]) };
}

/** The badge's numbers at `nowMs`. Reads the open alerts in one index alone, as it is asked with every announcement. */
export async function readAlertCounts(reader: Reader, nowMs: number): Promise<DeskCounts> {
  const rows = await reader.$queryRaw<(CountRow & { epoch: string; seq: bigint; worstNew: number | null })[]>`
    SELECT watermark.epoch, watermark.seq, open."new", open.acknowledged, open."worstNew",
      watermark.alert_total - open."new" - open.acknowledged AS past
    FROM watermark CROSS JOIN (
      SELECT count(*) FILTER (WHERE alert.acknowledged_at IS NULL) AS "new", count(alert.acknowledged_at) AS acknowledged,
        max(alert.severity) FILTER (WHERE alert.acknowledged_at IS NULL) AS "worstNew"
      FROM alert WHERE alert.kickoff > ${instant(nowMs)}
    ) AS open WHERE watermark.id = 1`;
  const [row] = rows;
  const watermark = toWatermark(row);
  if (row === undefined) throw new Error('unreachable: a missing watermark was refused');
  return { counts: toCounts(row), worstNew: row.worstNew === null ? null : severityOf(row.worstNew), watermark };
}

const zeroes = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
