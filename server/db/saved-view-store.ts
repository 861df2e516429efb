import { type AlertFilter, alertFilterSchema } from '../../contracts/alert-query.ts';
import { AppError } from '../../contracts/errors.ts';
import {
  MAX_SAVED_VIEWS,
  type SavedViewAnswer,
  type SavedViewList,
  type SavedViewRequest,
  viewQuerySchema,
} from '../../contracts/saved-view.ts';
import { alertConditions } from './alert-filter.ts';
import { resolveNames } from './filter-names.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { type Reader, allOf, instant } from './query.ts';
import { type Announcement, type DeskTransaction, deskTransaction, toWatermark } from './watermark.ts';

type Writer = Pick<PrismaClient, '$transaction'>;
export type ChangedView = { readonly answer: SavedViewAnswer; readonly announcement: Announcement };

/** Who saves, and when. */
export type ViewSave = { readonly actor: string | null; readonly nowMs: number };

/** Saves a view under a new name. Throws `conflict` for a name that is taken, `bad_request` beyond `MAX_SAVED_VIEWS`. */
export async function createView(writer: Writer, request: SavedViewRequest, save: ViewSave): Promise<ChangedView> {
  return deskTransaction(writer, async (transaction) => {
    const { client } = transaction;
    await refuseTaken(client, request.name, null);
    const [counted] = await client.$queryRaw<{ views: bigint }[]>`SELECT count(*) AS views FROM saved_view`;
    if (Number(counted?.views ?? 0) >= MAX_SAVED_VIEWS) {
      throw new AppError('bad_request', `expected at most ${MAX_SAVED_VIEWS} saved views: delete one first`);
    }
    const [row] = await client.$queryRaw<{ id: number }[]>`
      INSERT INTO saved_view (name, filter, sort, saved_at, saved_by)
      VALUES (${request.name}, ${JSON.stringify(request.filter)}::jsonb, ${request.sort}, ${instant(save.nowMs)}, ${save.actor}::text)
      RETURNING id`;
    return changed(transaction, row?.id ?? 0);
  });
}

/** Gives a view another name, filter and order. Throws `conflict` for a name that another one has. */
export async function replaceView(
  writer: Writer,
  id: number,
  request: SavedViewRequest,
  save: ViewSave,
): Promise<ChangedView | 'not_found'> {
  return deskTransaction(writer, async (transaction) => {
    const { client } = transaction;
    await refuseTaken(client, request.name, id);
    const rows = await client.$executeRaw`
      UPDATE saved_view SET name = ${request.name}, filter = ${JSON.stringify(request.filter)}::jsonb, sort = ${request.sort},
        saved_at = ${instant(save.nowMs)}, saved_by = ${save.actor}::text WHERE id = ${id}::int`;
    return rows === 0 ? 'not_found' : changed(transaction, id);
  });
}

/** Deletes a view; the alerts it showed are as they were. */
export async function deleteView(writer: Writer, id: number): Promise<ChangedView | 'not_found'> {
  return deskTransaction(writer, async (transaction) => {
    const rows = await transaction.client.$executeRaw`DELETE FROM saved_view WHERE id = ${id}::int`;
    return rows === 0 ? 'not_found' : changed(transaction, id);
  });
}

/** Every view by name, each with how many new alerts stand under it; all are counted in one walk over those. */
export async function readViews(reader: Reader, nowMs: number): Promise<SavedViewList> {
  type Row = { epoch: string; seq: bigint } & (ViewRow | { id: null });
  const rows = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, saved_view.id, saved_view.name, saved_view.filter, saved_view.sort,
      saved_view.saved_at AS "savedAt", saved_view.saved_by AS "savedBy"
    FROM watermark LEFT JOIN saved_view ON TRUE WHERE watermark.id = 1 ORDER BY lower(saved_view.name)`;
  const views = rows.flatMap((row) => {
    if (row.id === null) return [];
    // What another version stored and this one cannot read is left out rather than shown as something else.
    const query = viewQuerySchema.safeParse({ filter: row.filter, sort: row.sort });
    return query.success ? [{ row, ...query.data }] : [];
  });
  const counts = await countNew(
    reader,
    views.map(({ filter }) => filter),
    nowMs,
  );
  return {
    views: views.map(({ row, filter, sort }, index) => ({
      id: row.id,
      name: row.name,
      filter: alertFilterSchema.parse(filter),
      sort,
      newAlerts: counts[index] ?? 0,
      savedAt: row.savedAt.toISOString(),
      savedBy: row.savedBy,
    })),
    ...toWatermark(rows[0]),
  };
}

type ViewRow = {
  readonly id: number;
  readonly name: string;
  readonly filter: unknown;
  readonly sort: string;
  readonly savedAt: Date;
  readonly savedBy: string | null;
};

async function countNew(reader: Reader, filters: readonly AlertFilter[], nowMs: number): Promise<readonly number[]> {
  if (filters.length === 0) return [];
  const conditions = await Promise.all(
    filters.map(async (filter) => {
      const query: AlertFilter = { ...filter, status: ['new'] };
      return allOf(alertConditions(query, await resolveNames(reader, query), nowMs));
    }),
  );
  const counters = conditions.map((condition) => Prisma.sql`count(*) FILTER (WHERE ${condition})::int`);
  const [row] = await reader.$queryRaw<{ counts: number[] }[]>`
    SELECT ARRAY[${Prisma.join(counters)}] AS counts FROM alert
    WHERE alert.kickoff > ${instant(nowMs)} AND alert.acknowledged_at IS NULL`;
  return row?.counts ?? [];
}

async function refuseTaken(client: Prisma.TransactionClient, name: string, ownId: number | null): Promise<void> {
  const [taken] = await client.$queryRaw<{ name: string }[]>`
    SELECT name FROM saved_view WHERE lower(name) = lower(${name}) AND id IS DISTINCT FROM ${ownId}::int`;
  if (taken === undefined) return;
  throw new AppError('conflict', `there is a view "${taken.name}" already: expected another name`);
}

/** Every browser reads its views anew; no alert has changed, and nobody is called. */
async function changed(transaction: DeskTransaction, id: number): Promise<ChangedView> {
  const watermark = await transaction.raise();
  return { answer: { id, ...watermark }, announcement: { watermark, alertCount: 0, eventIds: [], severities: [] } };
}
