import { AppError } from '../../contracts/errors.ts';
import { describeIssue } from '../../contracts/issue-message.ts';
import { changesBetween, isSame } from '../../contracts/settings-changes.ts';
import type {
  RevisionList,
  RevisionQuery,
  SettingsConflict,
  SettingsInForce,
  SettingsOfRevision,
  SettingsRevision,
} from '../../contracts/settings-history.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../contracts/settings.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { Prisma, type PrismaClient } from './generated/client.ts';
import { decodeCursor, encodeCursor } from './page-cursor.ts';
import { type Reader, instant } from './query.ts';
import { deskTransaction, toWatermark } from './watermark.ts';

const SETTING_NAMES: readonly string[] = Object.keys(settingsSchema.shape);
const CURSOR_LIST = 'settings';
/** Revisions that a conflict spells out. */
const MAX_REVISIONS_MEANWHILE = 20;

type Stored = Readonly<Record<string, unknown>>;
type RevisionRow = {
  readonly revision: number;
  readonly settings: Stored;
  readonly changedAt: Date;
  readonly changedBy: string | null;
};

const REVISION_COLUMNS = Prisma.sql`id AS revision, settings, changed_at AS "changedAt", changed_by AS "changedBy"`;

/** Over the defaults, so that a setting that came later has its default, and one that is gone is passed over. */
const overDefaults = (stored: Stored, ownBookmaker: string): Stored => ({
  ...DEFAULT_SETTINGS,
  ownBookmaker,
  ...Object.fromEntries(Object.entries(stored).filter(([name]) => SETTING_NAMES.includes(name))),
});

/** The settings in force: the newest revision. Throws `bad_config` when what is stored makes no sense. */
export async function readSettings(reader: Reader, ownBookmaker: string): Promise<SettingsInForce> {
  type Row = { readonly epoch: string; readonly seq: bigint } & (RevisionRow | { readonly revision: null });
  const [row] = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, newest.* FROM watermark
    LEFT JOIN (SELECT ${REVISION_COLUMNS} FROM settings_revision ORDER BY id DESC LIMIT 1) AS newest ON TRUE
    WHERE watermark.id = 1`;
  const newest = row === undefined || row.revision === null ? null : row;
  const parsed = settingsSchema.safeParse(overDefaults(newest?.settings ?? {}, ownBookmaker));
  if (!parsed.success) {
    throw new AppError('bad_config', `the stored settings are not valid: ${parsed.error.message}`, {
      cause: parsed.error,
    });
  }
  return {
    settings: parsed.data,
    revision: newest?.revision ?? 0,
    changedAt: newest?.changedAt.toISOString() ?? null,
    changedBy: newest?.changedBy ?? null,
    ...toWatermark(row),
  };
}

/**
 * The settings as a revision left them, 0 for the defaults; null where there is no such revision. Throws `conflict`
 * when today's bounds do not allow them any more: they could not be put in force again.
 */
export async function readRevision(
  reader: Reader,
  revision: number,
  ownBookmaker: string,
): Promise<SettingsOfRevision | null> {
  const [row] =
    revision === 0
      ? [{ revision, settings: {}, changedAt: null, changedBy: null }]
      : await reader.$queryRaw<RevisionRow[]>`
          SELECT ${REVISION_COLUMNS} FROM settings_revision WHERE id = ${revision}::bigint`;
  if (row === undefined) return null;
  const settings = overDefaults(row.settings, ownBookmaker);
  const parsed = settingsSchema.safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const why = issue === undefined ? '' : `: ${describeIssue(issue, settings)}`;
    throw new AppError('conflict', `expected revision ${revision} to fit the bounds of today${why}`);
  }
  return {
    settings: parsed.data,
    revision: row.revision,
    changedAt: row.changedAt?.toISOString() ?? null,
    changedBy: row.changedBy,
  };
}

/** Who saves, when, and over which revision; without `ifRevision` over whatever there is. */
export type SettingsSave = {
  readonly actor: string | null;
  readonly nowMs: number;
  readonly ownBookmaker: string;
  readonly ifRevision?: number | undefined;
};

/** `watermark` is null when the settings were these already: then nothing was stored and nothing moved. */
export type SavedSettings = { readonly answer: SettingsInForce; readonly watermark: Watermark | null };

/**
 * Stores a new revision and raises the watermark, so that every desk reads it. Throws `conflict`, with what came
 * meanwhile, when the revision in force is not the one that was changed.
 */
export async function saveSettings(
  writer: Pick<PrismaClient, '$transaction'>,
  settings: Settings,
  save: SettingsSave,
): Promise<SavedSettings> {
  const { actor, nowMs, ownBookmaker, ifRevision } = save;
  return deskTransaction(writer, async (transaction) => {
    const { client } = transaction;
    const current = await readSettings(client, ownBookmaker);
    if (ifRevision !== undefined && ifRevision !== current.revision) {
      const meanwhile = await readRevisions(client, { limit: MAX_REVISIONS_MEANWHILE }, ownBookmaker);
      const details: SettingsConflict = {
        current,
        meanwhile: meanwhile.revisions.filter((revision) => revision.revision > ifRevision),
      };
      const who = current.changedBy === null ? 'somebody' : `"${current.changedBy}"`;
      const message = `expected revision ${ifRevision} to be in force, ${who} has made it ${current.revision}`;
      throw new AppError('conflict', message, { details });
    }
    // The first save is stored even when it repeats the defaults: it holds when those change.
    if (current.revision > 0 && isSame(settings, current.settings)) return { answer: current, watermark: null };
    const [row] = await client.$queryRaw<{ id: number }[]>`
      INSERT INTO settings_revision (settings, changed_at, changed_by)
      VALUES (${JSON.stringify(settings)}::jsonb, ${instant(nowMs)}, ${actor}) RETURNING id`;
    const watermark = await transaction.raise();
    const changedAt = new Date(nowMs).toISOString();
    return {
      answer: { settings, revision: row?.id ?? 0, changedAt, changedBy: actor, ...watermark },
      watermark,
    };
  });
}

/** One page of revisions, the newest first, each with what it changed of the one before it. */
export async function readRevisions(reader: Reader, query: RevisionQuery, ownBookmaker: string): Promise<RevisionList> {
  const [before = Number.MAX_SAFE_INTEGER] =
    query.cursor === undefined ? [] : decodeCursor(query.cursor, CURSOR_LIST, 1);
  type Row = { readonly epoch: string; readonly seq: bigint } & (RevisionRow | { readonly revision: null });
  // One row more than the page: the last of it is told by what it changed as well.
  const rows = await reader.$queryRaw<Row[]>`
    SELECT watermark.epoch, watermark.seq, page.* FROM watermark LEFT JOIN (
      SELECT ${REVISION_COLUMNS} FROM settings_revision WHERE id < ${before}::bigint ORDER BY id DESC LIMIT ${query.limit + 1}
    ) AS page ON TRUE WHERE watermark.id = 1 ORDER BY page.revision DESC`;
  const found = rows.filter((row): row is Extract<Row, RevisionRow> => row.revision !== null);
  const revisions = found.slice(0, query.limit).map((row, index): SettingsRevision => ({
    revision: row.revision,
    changedAt: row.changedAt.toISOString(),
    changedBy: row.changedBy,
    changes: changesBetween(
      overDefaults(found[index + 1]?.settings ?? {}, ownBookmaker),
      overDefaults(row.settings, ownBookmaker),
    ),
  }));
  const last = revisions.at(-1);
  return {
    revisions,
    nextCursor:
      found.length > revisions.length && last !== undefined ? encodeCursor(CURSOR_LIST, [last.revision]) : null,
    ...toWatermark(rows[0]),
  };
}
