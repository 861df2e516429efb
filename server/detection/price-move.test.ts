import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMilliOdds } from '../../contracts/market.ts';
import { bandOf, changeBasisPoints, directionOf, reachesPercent } from './price-move.ts';

const BANDS = { warning: 7, elevated: 10, critical: 15 };

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
  expect(bandOf(toMilliOdds(before), toMilliOdds(after), BANDS)).toBe(severity);
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
