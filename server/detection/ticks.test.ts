import { expect, test } from 'vitest';
import { logOdds, logPrice, probabilityOf } from './scales.ts';
import { tickSize, ticksBetween } from './ticks.ts';

test.each([
  [1_010, 10],
  [1_990, 10],
  [2_000, 20],
  [2_990, 20],
  [3_000, 50],
  [4_000, 100],
  [6_000, 200],
  [10_000, 500],
  [20_000, 1_000],
  [30_000, 2_000],
  [50_000, 5_000],
  [100_000, 10_000],
  [1_001_000, 10_000],
])('[DET38] the tick at %d milli-odds is %d', (milliOdds, tick) => {
  expect(tickSize(milliOdds)).toBe(tick);
});

test('[DET38] ticks add up across the parts of the ladder, either way', () => {
  expect(ticksBetween(1_980, 2_040)).toBe(4);
  expect(ticksBetween(2_040, 1_980)).toBe(4);
  expect(ticksBetween(5_900, 6_400)).toBe(3);
  expect(ticksBetween(2_000, 2_010)).toBe(0.5);
});

test('[DET38] log prices add up over a drift, and log-odds lead back to their probability', () => {
  expect(logPrice(2_000, 1_800) + logPrice(1_800, 1_500)).toBeCloseTo(logPrice(2_000, 1_500), 12);
  expect(logOdds(0.5)).toBe(0);
  expect(probabilityOf(logOdds(0.372984))).toBeCloseTo(0.372984, 12);
});
