import { expect, test } from 'vitest';
import { backOffDelay } from './back-off.ts';

test.each([
  [0, 1, 100],
  [1, 1, 200],
  [3, 1, 800],
  [4, 1, 1_000],
  [5_000, 1, 1_000],
  [2, 0.5, 200],
  [2, 0, 0],
])(
  '[WQ15] after attempt %i with random %d the delay is %i ms: doubling up to the maximum, with full jitter',
  (attempt, random, expected) => {
    expect(backOffDelay(attempt, { firstDelayMs: 100, maxDelayMs: 1_000 }, () => random)).toBe(expected);
  },
);
