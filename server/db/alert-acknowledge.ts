import { type AcknowledgeAnswer, type AcknowledgeRequest, type AlertPatch } from '../../contracts/alert-query.ts';
import type { AlertWithExplanation } from '../../contracts/alert.ts';
import { AppError } from '../../contracts/errors.ts';
import { type AlertId, alertIdSchema, eventIdSchema } from '../../contracts/ids.ts';
import { alertConditions } from './alert-filter.ts';
import { readAlert } from './alert-read.ts';
import { severitiesOf } from './alert-row.ts';
import { resolveNames } from './filter-names.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { allOf, instant } from './query.ts';
import { type Announcement, type DeskTransaction, deskTransaction } from './watermark.ts';

/** One request holds up every other writer while it runs; this many take well under a second. */
export const MAX_ACKNOWLEDGED_AT_ONCE = 10_000;

type Writer = Pick<PrismaClient, '$transaction'>;
type ChangedRow = { readonly id: bigint; readonly eventId: number; readonly severity: number };

/** `announcement` is null when nothing changed, and then the watermark has not moved either. */
export type PatchedAlert = { readonly alert: AlertWithExplanation; readonly announcement: Announcement | null };
export type AcknowledgedAlerts = { readonly answer: AcknowledgeAnswer; readonly announcement: Announcement | null };

/**
 * Acknowledges an alert or takes that back, and keeps, replaces or (when empty) removes its note. Who and when
 * of an acknowledgement stay those of the first: doing it again changes nothing and moves nothing.
 */
export async function patchAlert(
  writer: Writer,
  id: AlertId,
  patch: AlertPatch,
  actor: string | null,
  nowMs: number,
): Promise<PatchedAlert | 'not_found'> {
  const acknowledgement = patch.acknowledged
    ? Prisma.sql`acknowledged_at = coalesce(acknowledged_at, ${instant(nowMs)}),
        acknowledged_by = CASE WHEN acknowledged_at IS NULL THEN ${actor}::text ELSE acknowledged_by END, worsened_at = NULL`
    : Prisma.sql`acknowledged_at = NULL, acknowledged_by = NULL`;
  const changesAcknowledgement = patch.acknowledged
    ? Prisma.sql`acknowledged_at IS NULL`
    : Prisma.sql`acknowledged_at IS NOT NULL`;
  const note = toNote(patch.note);
  return deskTransaction(writer, async (transaction) => {
    const changed = await transaction.client.$queryRaw<ChangedRow[]>`
      UPDATE alert SET ${acknowledgement}, ${setNote(note)}, seq = ${transaction.nextSeq}
      WHERE id = ${id}::bigint AND (${changesAcknowledgement} OR ${changesNote(note)})
      RETURNING id, event_id AS "eventId", severity`;
    const alert = await readAlert(transaction.client, id, nowMs);
    if (alert === 'not_found') return alert;
    return { alert, announcement: await announce(transaction, changed) };
  });
}

/**
 * Acknowledges many alerts at once, by ids or by filter: those that are new at `nowMs`. Acknowledged and past
 * ones are left as they were and not counted; ids that do not exist are passed over. Throws `bad_request`, and
 * changes nothing, when a filter finds more than `MAX_ACKNOWLEDGED_AT_ONCE`. Taking back is the same with the
 * acknowledged ones of the ids.
 */
export async function acknowledgeMany(
  writer: Writer,
  request: AcknowledgeRequest,
  actor: string | null,
  nowMs: number,
): Promise<AcknowledgedAlerts> {
  const note = toNote(request.note);
  const isTakenBack = 'ids' in request && request.acknowledged === false;
  return deskTransaction(writer, async (transaction) => {
    const ids = isTakenBack
      ? await acknowledgedIds(transaction, request.ids, nowMs)
      : await newAlertIds(transaction, request, nowMs);
    const acknowledgement = isTakenBack
      ? Prisma.sql`acknowledged_at = NULL, acknowledged_by = NULL`
      : Prisma.sql`acknowledged_at = ${instant(nowMs)}, acknowledged_by = ${actor}::text, worsened_at = NULL`;
    const changed =
      ids.length === 0
        ? []
        : await transaction.client.$queryRaw<ChangedRow[]>`
            UPDATE alert SET ${acknowledgement}, ${setNote(note)}, seq = ${transaction.nextSeq}
            WHERE id = ANY(${ids}::bigint[]) RETURNING id, event_id AS "eventId", severity`;
    const announcement = await announce(transaction, changed);
    const answer = {
      acknowledged: changed.length,
      ids: changed.map((row) => alertIdSchema.parse(Number(row.id))).toSorted((left, right) => left - right),
      ...(announcement?.watermark ?? transaction.head),
    };
    return { answer, announcement };
  });
}

async function newAlertIds({ client }: DeskTransaction, request: AcknowledgeRequest, nowMs: number): Promise<number[]> {
  // Whoever names a muted alert means it; a filter finds what the desk shows as new.
  const wanted =
    'ids' in request
      ? [
          Prisma.sql`alert.id = ANY(${request.ids}::bigint[])`,
          Prisma.sql`alert.kickoff > ${instant(nowMs)} AND alert.acknowledged_at IS NULL`,
        ]
      : [
          ...alertConditions(request.filter, await resolveNames(client, request.filter), nowMs),
          ...alertConditions({ status: ['new'], muted: request.filter.muted }, undefined, nowMs),
        ];
  const rows = await client.$queryRaw<{ id: bigint }[]>`
    SELECT alert.id FROM alert WHERE ${allOf(wanted)} LIMIT ${MAX_ACKNOWLEDGED_AT_ONCE + 1}`;
  if (rows.length > MAX_ACKNOWLEDGED_AT_ONCE) {
    throw new AppError(
      'bad_request',
      `expected a filter that finds at most ${MAX_ACKNOWLEDGED_AT_ONCE} new alerts, it finds more: narrow it, for instance by event, league or time`,
    );
  }
  return rows.map((row) => Number(row.id));
}

/** Of these alerts those that stand acknowledged at `nowMs`. */
async function acknowledgedIds({ client }: DeskTransaction, ids: readonly AlertId[], nowMs: number): Promise<number[]> {
  const rows = await client.$queryRaw<{ id: bigint }[]>`
    SELECT alert.id FROM alert
    WHERE alert.id = ANY(${ids}::bigint[]) AND alert.kickoff > ${instant(nowMs)} AND alert.acknowledged_at IS NOT NULL`;
  return rows.map((row) => Number(row.id));
}

async function announce(transaction: DeskTransaction, changed: readonly ChangedRow[]): Promise<Announcement | null> {
  if (changed.length === 0) return null;
  return {
    watermark: await transaction.raise(),
    alertCount: changed.length,
    eventIds: [...new Set(changed.map((row) => eventIdSchema.parse(row.eventId)))],
    severities: severitiesOf(changed.map((row) => row.severity)),
  };
}

/** A note left out is undefined and stays; an empty one is null and goes. */
const toNote = (note: string | undefined): string | null | undefined => (note === '' ? null : note);

const setNote = (note: string | null | undefined): Prisma.Sql =>
  note === undefined ? Prisma.sql`note = note` : Prisma.sql`note = ${note}::text`;

const changesNote = (note: string | null | undefined): Prisma.Sql =>
  note === undefined ? Prisma.sql`FALSE` : Prisma.sql`note IS DISTINCT FROM ${note}::text`;
