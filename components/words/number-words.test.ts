import { expect, test } from 'vitest';
import { shortCount } from './number-words.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1k'],
  [28_342, '28k'],
  [1_234_567, '1,234k'],
])('[UI306] a count without room is told in thousands: %d', (count, words) => {
  expect(shortCount(count, 1_000)).toBe(words);
});

test('[UI306] a count that has room is told whole', () => {
  expect(shortCount(9_999, 10_000)).toBe('9,999');
  expect(shortCount(10_000, 10_000)).toBe('10k');
});
