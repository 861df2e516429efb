import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRetentionWatch } from './retention-watch.ts';

type Options = Parameters<typeof createRetentionWatch>[0];

function setup(overrides: Partial<Options> = {}) {
  const swept: unknown[] = [];
  const errors: unknown[] = [];
  const watch = createRetentionWatch({
    step: () => Promise.resolve(0),
    isBusy: () => false,
    firstAfterMs: 1_000,
    everyMs: 60_000,
    onSwept: (sweep) => swept.push(sweep),
    onError: (error) => errors.push(error),
    ...overrides,
  });
  return { watch, swept, errors };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, _value: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new Error('stopped'));
      });
    }),
}));

test('[OPS90] retention sweeps after the start and then again and again, in steps until nothing is left', async () => {
  const left = [200, 200, 7, 0, 3, 0];
  const { watch, swept } = setup({ step: () => Promise.resolve(left.shift() ?? 0) });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(swept).toEqual([{ rows: 407, steps: 3 }]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(swept).toEqual([
    { rows: 407, steps: 3 },
    { rows: 3, steps: 1 },
  ]);
  await watch.stop();
});

test('[OPS91] while ingest is behind, retention waits', async () => {
  let busy = true;
  const step = vi.fn<() => Promise<number>>(() => Promise.resolve(0));
  const { watch } = setup({ step, isBusy: () => busy });
  await vi.advanceTimersByTimeAsync(30_000);
  expect(step).not.toHaveBeenCalled();
  busy = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(step).toHaveBeenCalledTimes(1);
  await watch.stop();
});

test('[OPS92] a failed step ends its sweep, the next one goes on; stopped, it does nothing more', async () => {
  const step = vi
    .fn<() => Promise<number>>(() => Promise.resolve(0))
    .mockRejectedValueOnce(new Error('the database is away'));
  const { watch, errors } = setup({ step });
  await vi.advanceTimersByTimeAsync(62_000);
  expect(errors).toEqual([new Error('the database is away')]);
  expect(step).toHaveBeenCalledTimes(2);
  await watch.stop();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(step).toHaveBeenCalledTimes(2);
});
