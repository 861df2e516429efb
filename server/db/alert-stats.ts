import type { AlertStats } from '../../contracts/alert-query.ts';
import type { AlertCounts, AlertType, Severity } from '../../contracts/alert.ts';
import { ALERT_TYPES, SEVERITIES } from '../../contracts/alert-words.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { severityOf } from './alert-row.ts';
import { Prisma } from './generated/client.ts';
import { anyMuteInForce, isMutedNew, isNew, isUnderMute } from './mute-condition.ts';
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

/**
 * All alerts by status in the columns `new`, `acknowledged`, `past`, with `muted` and `worstNew`; for use beside
 * the `watermark` row. Only the open alerts are counted: the past is all there are less those, and grows for years.
 * The muted are counted apart and taken off, so that a desk without mutes reads its smallest index alone.
 */
export function openCounts(nowMs: number): Prisma.Sql {
  const isOpen = Prisma.sql`alert.kickoff > ${instant(nowMs)}`;
  return Prisma.sql`SELECT open.unacknowledged - quiet.muted AS "new", open.acknowledged, quiet.muted,
      watermark.alert_total - open.unacknowledged - open.acknowledged AS past,
      CASE WHEN quiet.muted = 0 THEN open.worst ELSE quiet."worstLoud" END AS "worstNew"
    FROM (
      SELECT count(*) FILTER (WHERE alert.acknowledged_at IS NULL) AS unacknowledged,
        count(alert.acknowledged_at) AS acknowledged,
        max(alert.severity) FILTER (WHERE alert.acknowledged_at IS NULL) AS worst
      FROM alert WHERE ${isOpen}
    ) AS open CROSS JOIN (
      SELECT count(*) FILTER (WHERE judged.muted) AS muted, max(judged.severity) FILTER (WHERE NOT judged.muted) AS "worstLoud"
      FROM (
        SELECT alert.severity, ${isUnderMute(nowMs)} AS muted
        FROM alert WHERE ${isOpen} AND alert.acknowledged_at IS NULL AND ${anyMuteInForce(nowMs)}
      ) AS judged
    ) AS quiet`;
}

/**
 * Alerts that meet the conditions by status in the columns `new`, `acknowledged`, `past`; for use beside the
 * `watermark` row. New ones are those that are not muted, unless muted ones were asked for.
 */
export function countsByStatus(
  conditions: readonly Prisma.Sql[],
  nowMs: number,
  { muted }: { readonly muted?: boolean | undefined } = {},
): Prisma.Sql {
  const now = instant(nowMs);
  if (conditions.length === 0) return openCounts(nowMs);
  // Where the conditions speak of mutes, what they leave needs no second look.
  const isNewHere =
    muted === undefined ? isNew(nowMs) : Prisma.sql`(alert.kickoff > ${now} AND alert.acknowledged_at IS NULL)`;
  return Prisma.sql`SELECT
      count(*) FILTER (WHERE ${isNewHere}) AS "new",
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
    muted: boolean;
    alerts: bigint;
  };
  const rows = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, cell.* FROM watermark LEFT JOIN (
      SELECT alert.severity, alert.type, alert.kickoff <= ${instant(nowMs)} AS begun,
        alert.acknowledged_at IS NOT NULL AS acknowledged, FALSE AS muted, count(*) AS alerts
      FROM alert GROUP BY 1, 2, 3, 4
      UNION ALL
      SELECT alert.severity, NULL, FALSE, FALSE, TRUE, count(*)
      FROM alert WHERE ${isMutedNew(nowMs)} AND ${anyMuteInForce(nowMs)} GROUP BY 1
    ) AS cell ON TRUE WHERE watermark.id = 1`;
  const byStatus = { new: 0, acknowledged: 0, past: 0 };
  const bySeverity = zeroes(SEVERITIES);
  const newBySeverity = zeroes(SEVERITIES);
  const byType = zeroes(ALERT_TYPES);
  let total = 0;
  let muted = 0;
  for (const row of rows) {
    if (row.severity === null) continue;
    const alerts = Number(row.alerts);
    const severity = severityOf(row.severity);
    if (row.type === null) {
      muted += alerts;
      byStatus.new -= alerts;
      newBySeverity[severity] -= alerts;
      continue;
    }
    total += alerts;
    const status = row.begun ? 'past' : row.acknowledged ? 'acknowledged' : 'new';
    byStatus[status] += alerts;
    bySeverity[severity] += alerts;
    byType[row.type] += alerts;
    if (status === 'new') newBySeverity[severity] += alerts;
  }
  return { total, byStatus, bySeverity, byType, newBySeverity, muted, ...toWatermark(rows[0]) };
}

/** The badge's numbers at `nowMs`. Reads the open alerts in one index alone, as it is asked with every announcement. */
export async function readAlertCounts(reader: Reader, nowMs: number): Promise<DeskCounts> {
  const rows = await reader.$queryRaw<(CountRow & { epoch: string; seq: bigint; worstNew: number | null })[]>`
    SELECT watermark.epoch, watermark.seq, counted.*
    FROM watermark CROSS JOIN LATERAL (${openCounts(nowMs)}) AS counted WHERE watermark.id = 1`;
  const [row] = rows;
  const watermark = toWatermark(row);
  if (row === undefined) throw new Error('unreachable: a missing watermark was refused');
  return { counts: toCounts(row), worstNew: row.worstNew === null ? null : severityOf(row.worstNew), watermark };
}

const zeroes = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
