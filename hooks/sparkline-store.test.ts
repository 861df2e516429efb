import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Sparkline } from '../contracts/sparkline.ts';
import { createSparklineStore } from './sparkline-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const EVERY_MS = 30_000;

function setup() {
  const asked: number[] = [];
  let isHidden = false;
  let reads = 0;
  let isAway = false;
  const store = createSparklineStore({
    async ask(id) {
      asked.push(id);
      if (isAway) throw new Error('away');
      reads += 1;
      return { alertId: id, reads } as unknown as Sparkline;
    },
    now: () => Date.now(),
    everyMs: EVERY_MS,
    isHidden: () => isHidden,
  });
  return {
    store,
    asked,
    hide: (hidden: boolean) => void (isHidden = hidden),
    fail: (away: boolean) => void (isAway = away),
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
}

test('[UI351] a row’s line is read when it appears, again by the clock while it is seen, and no more when it has gone', async () => {
  const { store, asked, hide, pass } = setup();
  const heard = vi.fn<() => void>();
  const leave = store.follow(1, 5, heard);
  expect(store.get(1)).toBeNull();
  await pass(0);
  expect(store.get(1)).toMatchObject({ alertId: 1 });
  expect(heard).toHaveBeenCalledTimes(1);
  await pass(EVERY_MS);
  hide(true);
  await pass(EVERY_MS);
  expect(asked).toEqual([1, 1]);
  leave();
  expect(vi.getTimerCount()).toBe(0);
});

test('[UI351] one that comes back shows what was read, and is read again only when its alert has changed', async () => {
  const { store, asked, pass } = setup();
  store.follow(1, 5, () => {})();
  await pass(EVERY_MS - 1);
  store.follow(1, 5, () => {})();
  expect(store.get(1)).not.toBeNull();
  expect(asked).toEqual([1]);
  store.follow(1, 6, () => {});
  expect(store.get(1)).not.toBeNull();
  expect(asked).toEqual([1, 1]);
});

test('[UI152] a line that cannot be read is left out, and read the next time', async () => {
  const { store, fail, pass } = setup();
  fail(true);
  store.follow(1, 5, () => {});
  await pass(0);
  expect(store.get(1)).toBeNull();
  fail(false);
  await pass(EVERY_MS);
  expect(store.get(1)).not.toBeNull();
});

test('[UI352] lines of rows that have left are kept up to a bound, those on screen always', async () => {
  const { store, pass } = setup();
  store.follow(1, 1, () => {});
  for (let id = 2; id <= 500; id += 1) store.follow(id, 1, () => {})();
  await pass(0);
  const kept = Array.from({ length: 500 }, (_unused, index) => index + 1).filter((id) => store.get(id) !== null);
  expect(kept[0]).toBe(1);
  expect(kept.slice(1)).toEqual(Array.from({ length: 200 }, (_unused, index) => index + 301));
});

test('[UI352] another life of the database begins without any, and those on screen are read anew', async () => {
  const { store, asked, pass } = setup();
  const first = store.follow(1, 5, () => {});
  store.follow(2, 5, () => {})();
  await pass(0);
  store.forget();
  expect([store.get(1), store.get(2)]).toEqual([null, null]);
  await pass(0);
  expect(store.get(1)).not.toBeNull();
  expect(asked).toEqual([1, 2, 1]);
  first();
});
