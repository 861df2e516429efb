import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings, settingsFor, settingsSchema } from './settings.ts';

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, ownBookmaker: 'ours' };

const faults = (change: object): string[] =>
  settingsSchema
    .safeParse({ ...SETTINGS, ...change })
    .error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];

test('[SET40] the defaults are valid', () => {
  expect(faults({})).toEqual([]);
});

test.each([
  [
    { priceChangePercent: { warning: 10, elevated: 10, critical: 15 } },
    'priceChangePercent.elevated: expected more than warning (10)',
  ],
  [
    { priceChangePoints: { warning: 1, elevated: 4, critical: 4 } },
    'priceChangePoints.critical: expected more than elevated (4)',
  ],
  [{ disagreementWindowMinutes: 90 }, 'disagreementWindowMinutes: expected at most lookBackMinutes (60)'],
  [{ laggingSeconds: 900 }, 'laggingSeconds: expected at most laggingCriticalSeconds (600)'],
  [{ feedSilentAfterSeconds: 10 }, 'feedSilentAfterSeconds: expected at least feedDelayedAfterSeconds (60)'],
  [
    {
      independenceGroups: [
        ['a', 'b'],
        ['b', 'c'],
      ],
    },
    'independenceGroups: expected every bookmaker in one group, b is in two',
  ],
  [
    { overrides: [{ sport: 'tennis', league: null, rules: { lookBackMinutes: 30, disagreementWindowMinutes: 45 } }] },
    'overrides.0.rules.disagreementWindowMinutes: expected at most lookBackMinutes (30)',
  ],
  [
    { overrides: [{ sport: 'tennis', league: null, rules: { lookBackMinutes: 30 } }] },
    'overrides.0.rules.lookBackMinutes: expected at least disagreementWindowMinutes (60)',
  ],
  [
    {
      overrides: [
        { sport: 'tennis', league: null, rules: { laggingSeconds: 300 } },
        { sport: 'tennis', league: 'ATP', rules: { laggingCriticalSeconds: 240 } },
      ],
    },
    'overrides.1.rules.laggingCriticalSeconds: expected at least laggingSeconds (300)',
  ],
])('[SET2] a fault across fields names its field: %j', (change, message) => {
  expect(faults(change)).toContain(message);
});

test('[SET3] a league inherits from its sport and a sport from all; the same question has the same answer', () => {
  const settings: Settings = {
    ...SETTINGS,
    overrides: [
      { sport: 'basketball', league: null, rules: { lookBackMinutes: 30, disagreementWindowMinutes: 30 } },
      { sport: 'basketball', league: 'WNBA', rules: { coolDownMinutes: 5 } },
    ],
  };
  const wnba = settingsFor(settings, { sport: 'basketball', league: 'WNBA' });
  expect([wnba.lookBackMinutes, wnba.coolDownMinutes]).toEqual([30, 5]);
  const other = settingsFor(settings, { sport: 'basketball', league: 'NBA' });
  expect([other.lookBackMinutes, other.coolDownMinutes]).toEqual([30, 60]);
  expect(settingsFor(settings, { sport: 'soccer', league: 'Liga' })).toEqual({ ...settings });
  expect(settingsFor(settings, { sport: 'basketball', league: 'WNBA' })).toBe(wnba);
  expect(settingsFor(settings, { sport: 'basketball', league: 'Other' })).toBe(other);
});
