import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TICK_MS, createDeskTime } from './desk-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NOON = '2026-06-20T12:00:00.000Z';

function setup() {
  let monotonicMs = 5_000;
  const time = createDeskTime(() => monotonicMs);
  function pass(ms: number): void {
    monotonicMs += ms;
    vi.advanceTimersByTime(ms);
  }
  return { time, pass };
}

test('[UI27] the desk keeps the server’s time at the server’s rate, in steps of the ticker', () => {
  const { time, pass } = setup();
  expect(time.deskNow()).toBeUndefined();
  time.subscribe(() => {});
  time.observe({ now: NOON, rate: 60 });
  pass(TICK_MS / 2);
  expect(time.deskNow()).toBe(Date.parse(NOON));
  pass(TICK_MS / 2);
  expect(time.deskNow()).toBe(Date.parse(NOON) + 60 * TICK_MS);
});

test('[UI27] the same reading twice does not set the clock back', () => {
  const { time, pass } = setup();
  time.subscribe(() => {});
  time.observe({ now: NOON, rate: 1 });
  pass(3 * TICK_MS);
  time.observe({ now: NOON, rate: 1 });
  expect(time.deskNow()).toBe(Date.parse(NOON) + 3 * TICK_MS);
});

test('[UI28] all listeners share one timer, and none is left when the last has gone', () => {
  const { time } = setup();
  const undo = [time.subscribe(() => {}), time.subscribe(() => {})];
  expect(vi.getTimerCount()).toBe(1);
  undo.forEach((stop) => stop());
  expect(vi.getTimerCount()).toBe(0);
});
