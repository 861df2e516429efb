import { expect, test } from 'vitest';
import { settingsFor } from './settings-scopes.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from './settings.ts';

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
  const wnba = settingsFor(settings, { sport: 'basketball', league: 'WNBA', country: 'USA' });
  expect([wnba.lookBackMinutes, wnba.coolDownMinutes]).toEqual([30, 5]);
  const other = settingsFor(settings, { sport: 'basketball', league: 'NBA', country: 'USA' });
  expect([other.lookBackMinutes, other.coolDownMinutes]).toEqual([30, 60]);
  expect(settingsFor(settings, { sport: 'soccer', league: 'Liga', country: 'Spain' })).toEqual({ ...settings });
  expect(settingsFor(settings, { sport: 'basketball', league: 'WNBA', country: 'USA' })).toBe(wnba);
  expect(settingsFor(settings, { sport: 'basketball', league: 'Other', country: 'USA' })).toBe(other);
});

test('[SET81] an override may name the country of its league: it inherits from that league anywhere, and holds nowhere else', () => {
  const league = 'Premier League';
  const settings: Settings = {
    ...SETTINGS,
    overrides: [
      { sport: 'soccer', league, country: 'England', rules: { coolDownMinutes: 5 } },
      { sport: 'soccer', league, rules: { quietMinutes: 20, coolDownMinutes: 90 } },
      { sport: 'soccer', league: null, rules: { quietMinutes: 40, minTicks: 3 } },
      { sport: 'soccer', league: 'Serie A', country: 'Brazil', rules: { minTicks: 4 } },
    ],
  };
  expect(faults(settings)).toEqual([]);
  const of = (name: string, country: string) => {
    const { coolDownMinutes, quietMinutes, minTicks } = settingsFor(settings, {
      sport: 'soccer',
      league: name,
      country,
    });
    return [coolDownMinutes, quietMinutes, minTicks];
  };
  expect(of(league, 'England')).toEqual([5, 20, 3]);
  expect(of(league, 'Ukraine')).toEqual([90, 20, 3]);
  expect(of('Serie A', 'Brazil')).toEqual([60, 40, 4]);
  expect(of('Serie A', 'Italy')).toEqual([60, 40, 3]);
  expect(settingsFor(settings, { sport: 'tennis', league, country: 'England' })).toBe(settings);
});

test('[SET81] the same league of two countries is two overrides; without a country, or with null, it is one, and a country needs a league', () => {
  const place = { sport: 'soccer', league: 'Premier League' };
  const overrides = (...countries: readonly (string | null | undefined)[]) => ({
    overrides: countries.map((country) => ({ ...place, ...(country !== undefined && { country }), rules: {} })),
  });
  expect(faults(overrides('England', 'Ukraine', null))).toEqual([]);
  expect(faults(overrides(undefined, null))).toEqual(['overrides.1: expected one override of soccer, 0 is another']);
  expect(faults(overrides('England', 'England'))).toEqual([
    'overrides.1: expected one override of soccer, 0 is another',
  ]);
  expect(faults({ overrides: [{ sport: 'soccer', league: null, country: 'England', rules: {} }] })).toEqual([
    'overrides.0.country: expected a league beside a country',
  ]);
});
