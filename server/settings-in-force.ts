import type { Settings, SettingsAnswer } from '../contracts/settings.ts';
import { compareWatermarks } from '../contracts/watermark.ts';

/** The settings that this process goes by: the newest it has saved itself or read of what others saved. */
export function createSettingsInForce(
  initial: SettingsAnswer,
  options: { readonly onOwnBookmaker?: (change: { readonly before: string; readonly now: string }) => void } = {},
) {
  let known = initial;
  return {
    current: (): Settings => known.settings,
    /** Ignores an older state: a reading may have begun before the save that overtook it. */
    adopt(next: SettingsAnswer): void {
      if (compareWatermarks(next, known) === 'behind') return;
      const before = known.settings.ownBookmaker;
      known = next;
      const now = next.settings.ownBookmaker;
      if (now !== before) options.onOwnBookmaker?.({ before, now });
    },
  };
}
