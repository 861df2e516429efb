import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSweep } from './sweep.ts';

function setup(found: readonly (number | Error)[]) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const left = [...found];
  const steps: number[] = [];
  const errors: unknown[] = [];
  const step = async (): Promise<number> => {
    steps.push(Date.now());
    const next = left.shift() ?? 0;
    if (next instanceof Error) throw next;
    return next;
  };
  const startedMs = Date.now();
  const sweep = createSweep({
    step,
    stepSize: 10,
    everyMs: 1_000,
    pauseMs: 50,
    onError: (error) => errors.push(error),
  });
  return { sweep, errors, steps: () => steps.map((atMs) => atMs - startedMs) };
}

describe('sweep', () => {
  test('[FLT30] full steps follow each other after a pause, the next sweep after the interval', async () => {
    const { sweep, steps } = setup([10, 10, 3, 0]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(steps()).toEqual([0, 50, 100, 1_100]);
    await sweep.stop();
  });

  test('[FLT31] a step that fails is reported and tried again with the next sweep', async () => {
    const { sweep, steps, errors } = setup([new Error('away'), 1]);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(errors).toEqual([new Error('away')]);
    expect(steps()).toEqual([0, 1_000]);
    await sweep.stop();
  });

  test('[FLT32] stopping ends it in the middle of a backlog, and may be asked for twice', async () => {
    const { sweep, steps } = setup([10, 10, 10, 10]);
    await vi.advanceTimersByTimeAsync(60);
    await Promise.all([sweep.stop(), sweep.stop()]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(steps()).toEqual([0, 50]);
  });
});
