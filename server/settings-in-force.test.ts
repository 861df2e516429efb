import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type SettingsAnswer } from '../contracts/settings.ts';
import { createSettingsInForce } from './settings-in-force.ts';

const saved = (seq: number, epoch = 'one'): SettingsAnswer => ({
  settings: { ...DEFAULT_SETTINGS, ownBookmaker: `${epoch} ${seq}` },
  epoch,
  seq,
});

test.each([
  ['what another process saved later', saved(9), 'one 9'],
  ['a reading at the same watermark', saved(5), 'one 5'],
  ['a reading that began before the last save', saved(4), 'one 5'],
  ['the settings of another epoch, whatever its seq', saved(2, 'restored'), 'restored 2'],
])('[SET1] after %s the newest settings are in force', (_what, next, inForce) => {
  const settings = createSettingsInForce(saved(5));
  settings.adopt(next);
  expect(settings.current().ownBookmaker).toBe(inForce);
});
