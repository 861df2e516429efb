import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCoalescer } from './coalescer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setup() {
  const run = vi.fn<() => void>();
  return { run, coalescer: createCoalescer({ trailingMs: 250, maxWaitMs: 1_000, run }) };
}

test('[UI1] a burst of touches runs once, a quarter of a second after its last', () => {
  const { run, coalescer } = setup();
  for (let i = 0; i < 5; i++) {
    coalescer.touch();
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(149);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5_000);
  expect(run).toHaveBeenCalledTimes(1);
});

test('[UI1] touches that never pause run once a second, not never', () => {
  const { run, coalescer } = setup();
  for (let i = 0; i < 31; i++) {
    coalescer.touch();
    vi.advanceTimersByTime(100);
  }
  expect(run).toHaveBeenCalledTimes(3);
});

test('[UI1] stopping forgets what waits, and a later touch starts afresh', () => {
  const { run, coalescer } = setup();
  coalescer.touch();
  coalescer.stop();
  vi.advanceTimersByTime(5_000);
  expect(run).not.toHaveBeenCalled();
  coalescer.touch();
  vi.advanceTimersByTime(250);
  expect(run).toHaveBeenCalledTimes(1);
});
