import { type AlertChanges, MAX_CHANGES_PER_ANSWER } from '../../contracts/alert-query.ts';
import { type AlertWithExplanation, type Severity, explanationSchema } from '../../contracts/alert.ts';
import { type AlertId, type EventId, eventIdSchema } from '../../contracts/ids.ts';
import { type AlertRow, alertColumns, alertsFound, severitiesOf, toAlert } from './alert-row.ts';
import { type CountRow, countsByStatus, toCounts } from './alert-stats.ts';
import { Prisma } from './generated/client.ts';
import { isMuted, isNew } from './mute-condition.ts';
import { type StoredScope, inAnyScope } from './mute-row.ts';
import type { Reader } from './query.ts';
import { toWatermark, missingWatermark } from './watermark.ts';

/** One alert with the reason why it fired. */
export async function readAlert(
  reader: Reader,
  id: AlertId,
  nowMs: number,
): Promise<AlertWithExplanation | 'not_found'> {
  const found = Prisma.sql`SELECT ${id}::bigint AS id`;
  const [row] = await reader.$queryRaw<(AlertRow & { readonly explanation: unknown })[]>`
    SELECT ${alertColumns(nowMs)}, alert.explanation FROM ${alertsFound(found)}`;
  if (row === undefined) return 'not_found';
  return { ...toAlert(row, nowMs), explanation: explanationSchema.parse(row.explanation) };
}

type ChangeRow = CountRow & {
  readonly epoch: string;
  readonly deskSeq: bigint;
  readonly changesFrom: bigint;
} & (AlertRow | { readonly id: null });

/**
 * Every alert whose last change came after `since`, in the order of the changes. `reset` when that cannot be
 * told wholly: another epoch, a `since` that lies ahead or below what is still known one by one (rows deleted,
 * kickoffs passed), or more than `MAX_CHANGES_PER_ANSWER` alerts.
 */
export async function readChangesSince(
  reader: Reader,
  since: number,
  epoch: string | undefined,
  nowMs: number,
): Promise<AlertChanges> {
  const found = Prisma.sql`SELECT changed.id, changed.seq FROM alert AS changed
    WHERE changed.seq > ${since}::bigint ORDER BY changed.seq LIMIT ${MAX_CHANGES_PER_ANSWER + 1}`;
  const rows = await reader.$queryRaw<ChangeRow[]>`
    SELECT watermark.epoch, watermark.seq AS "deskSeq", watermark.changes_from AS "changesFrom", counted.*, change.*
    FROM watermark
    CROSS JOIN LATERAL (${countsByStatus([], nowMs)}) AS counted
    LEFT JOIN (SELECT ${alertColumns(nowMs)} FROM ${alertsFound(found)}) AS change ON TRUE
    WHERE watermark.id = 1 ORDER BY change.seq, change.id`;
  const [first] = rows;
  if (first === undefined) throw missingWatermark();
  const watermark = toWatermark({ epoch: first.epoch, seq: first.deskSeq });
  const changes = rows.filter((row): row is Extract<ChangeRow, AlertRow> => row.id !== null);
  const isTold =
    (epoch === undefined || epoch === watermark.epoch) &&
    since <= watermark.seq &&
    since >= Number(first.changesFrom) &&
    changes.length <= MAX_CHANGES_PER_ANSWER;
  if (!isTold) return { reset: true, ...watermark };
  return { reset: false, alerts: changes.map((row) => toAlert(row, nowMs)), counts: toCounts(first), ...watermark };
}

export type ChangeSummary = {
  readonly alertCount: number;
  /** Each event once. */
  readonly eventIds: EventId[];
  /** Each severity once, the worst first. */
  readonly severities: Severity[];
};

/**
 * What changed after `fromSeq` up to `toSeq`, as an announcement needs it of commits that another process made: muted
 * alerts call nobody, and those that a mute gave back are told as they were where it ended.
 */
export async function readAlertsChangedBetween(
  reader: Reader,
  fromSeq: number,
  toSeq: number,
  nowMs: number,
): Promise<ChangeSummary> {
  const ended = await reader.$queryRaw<StoredScope[]>`
    SELECT mute.event_id AS "eventId", mute.league_id AS "leagueId", mute.bookmaker_id AS "bookmakerId", mute.market
    FROM mute WHERE mute.seq > ${fromSeq}::bigint AND mute.seq <= ${toSeq}::bigint
      AND (mute.lifted_at IS NOT NULL OR mute.end_told)`;
  const changed = Prisma.sql`(alert.seq > ${fromSeq}::bigint AND alert.seq <= ${toSeq}::bigint AND NOT ${isMuted(nowMs)})`;
  if (ended.length === 0) return summarizeAlerts(reader, changed);
  return summarizeAlerts(reader, Prisma.sql`(${changed} OR (${inAnyScope(ended)} AND ${isNew(nowMs)}))`);
}

/** How many alerts a condition finds, in which events and of which severities. */
export async function summarizeAlerts(reader: Reader, condition: Prisma.Sql): Promise<ChangeSummary> {
  const rows = await reader.$queryRaw<{ eventId: number; severity: number; alerts: bigint }[]>`
    SELECT alert.event_id AS "eventId", alert.severity, count(*) AS alerts FROM alert WHERE ${condition} GROUP BY 1, 2`;
  return {
    alertCount: rows.reduce((sum, row) => sum + Number(row.alerts), 0),
    eventIds: [...new Set(rows.map((row) => eventIdSchema.parse(row.eventId)))],
    severities: severitiesOf(rows.map((row) => row.severity)),
  };
}
