import { DEFAULT_SETTINGS, type Settings, type SettingsAnswer, settingsSchema } from '../../contracts/settings.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { AppError } from '../../contracts/errors.ts';
import type { PrismaClient } from './generated/client.ts';
import { type Reader, instant } from './query.ts';
import { deskTransaction, toWatermark } from './watermark.ts';

const SETTING_NAMES: readonly string[] = Object.keys(settingsSchema.shape);

/**
 * The settings in force: the newest revision over the defaults, so that a setting that came later has its
 * default, and one that is gone is passed over. Throws `bad_config` when what is stored makes no sense.
 */
export async function readSettings(reader: Reader, ownBookmaker: string): Promise<SettingsAnswer> {
  const [row] = await reader.$queryRaw<{ epoch: string; seq: bigint; settings: Record<string, unknown> | null }[]>`
    SELECT epoch, seq, (SELECT settings FROM settings_revision ORDER BY id DESC LIMIT 1) AS settings
    FROM watermark WHERE id = 1`;
  const known = Object.entries(row?.settings ?? {}).filter(([name]) => SETTING_NAMES.includes(name));
  const parsed = settingsSchema.safeParse({ ...DEFAULT_SETTINGS, ownBookmaker, ...Object.fromEntries(known) });
  if (!parsed.success) {
    throw new AppError('bad_config', `the stored settings are not valid: ${parsed.error.message}`, {
      cause: parsed.error,
    });
  }
  return { settings: parsed.data, ...toWatermark(row) };
}

/** Stores a new revision and raises the watermark, so that every desk reads it. */
export async function saveSettings(
  writer: Pick<PrismaClient, '$transaction'>,
  settings: Settings,
  actor: string | null,
  nowMs: number,
): Promise<{ readonly settings: Settings; readonly watermark: Watermark }> {
  return deskTransaction(writer, async (transaction) => {
    await transaction.client.$executeRaw`
      INSERT INTO settings_revision (settings, changed_at, changed_by)
      VALUES (${JSON.stringify(settings)}::jsonb, ${instant(nowMs)}, ${actor})`;
    return { settings, watermark: await transaction.raise() };
  });
}
