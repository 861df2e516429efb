import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMilliOdds } from '../../contracts/market.ts';
import { bandOf, changeBasisPoints, directionOf, reachesPercent } from './price-move.ts';

const BANDS = { warning: 7, elevated: 10, critical: 15 };
const FLOORS = { warning: 1.5, elevated: 2.5, critical: 4 };
const LARGE = 10_000;

test.each([
  [2.0, 1.86, 'warning', -700],
  [2.0, 1.861, null, -695],
  [2.0, 2.14, 'warning', 700],
  [2.0, 2.139, null, 695],
  [1.5, 1.65, 'elevated', 1000],
  [1.5, 1.649, 'warning', 993],
  [2.0, 1.8, 'elevated', -1000],
  [2.0, 2.3, 'critical', 1500],
  [2.0, 2.299, 'elevated', 1495],
  [2.0, 1.7, 'critical', -1500],
  [2.0, 1.701, 'elevated', -1495],
  [1.1, 1.177, 'warning', 700],
  [1.1, 1.023, 'warning', -700],
  [2.1, 1.85, 'elevated', -1190],
  [1001, 1.001, 'critical', -9990],
  [2.0, 2.0, null, 0],
])('[DET2] %d → %d is %s, %d hundredths of a percent', (before, after, severity, basisPoints) => {
  const move = { from: toMilliOdds(before), to: toMilliOdds(after), basisPoints: LARGE, weight: 1 };
  expect(bandOf(move, BANDS, FLOORS)).toBe(severity);
  expect(Object.is(changeBasisPoints(toMilliOdds(before), toMilliOdds(after)), basisPoints)).toBe(true);
});

test('[DET2] thresholds hold exactly for every price and for percentages with decimals', () => {
  const milliOdds = fc.integer({ min: 1_001, max: 1_001_000 });
  const percentHundredths = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(milliOdds, milliOdds, percentHundredths, (before, after, hundredths) => {
      const moved = BigInt(Math.abs(after - before)) * 10_000n;
      expect(reachesPercent(before, after, hundredths / 100)).toBe(moved >= BigInt(hundredths) * BigInt(before));
    }),
  );
});

test('[DET2] odds that fall shorten, odds that rise drift', () => {
  expect(directionOf(2_000, 1_900)).toBe('shortening');
  expect(directionOf(2_000, 2_100)).toBe('drifting');
});

test.each([
  [149, 1, null],
  [150, 1, 'warning'],
  [-249, 1, 'warning'],
  [250, 1, 'elevated'],
  [399, 1, 'elevated'],
  [400, 1, 'critical'],
])('[DET20] a move of 20 % with %d hundredths of a point is %s', (basisPoints, weight, severity) => {
  expect(bandOf({ from: 2_000, to: 1_600, basisPoints, weight }, BANDS, FLOORS)).toBe(severity);
});

test('[DET20] a weight shifts the severities and never what is told', () => {
  const move = { from: 2_000, to: 1_840, basisPoints: LARGE };
  expect([0.8, 1, 1.25].map((weight) => bandOf({ ...move, weight }, BANDS, FLOORS))).toEqual([
    'warning',
    'warning',
    'elevated',
  ]);
  expect(bandOf({ ...move, to: 1_861, weight: 10 }, BANDS, FLOORS)).toBeNull();
});
