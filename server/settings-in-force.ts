import type { Settings, SettingsAnswer } from '../contracts/settings.ts';
import { compareWatermarks } from '../contracts/watermark.ts';

/** The settings that this process goes by: the newest it has saved itself or read of what others saved. */
export function createSettingsInForce(initial: SettingsAnswer) {
  let known = initial;
  return {
    current: (): Settings => known.settings,
    /** Ignores an older state: a reading may have begun before the save that overtook it. */
    adopt(next: SettingsAnswer): void {
      if (compareWatermarks(next, known) !== 'behind') known = next;
    },
  };
}
