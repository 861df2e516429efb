import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createKickoffWatch } from './kickoff-watch.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 5, 1, 12);

function setup(kickoffs: readonly number[], rewind: (nowMs: number) => Promise<void> = async () => undefined) {
  vi.useFakeTimers({ now: START_MS });
  const calls: string[] = [];
  const errors: unknown[] = [];
  const hours = (nowMs: number): string => ((nowMs - START_MS) / HOUR_MS).toFixed(1);
  const watch = createKickoffWatch({
    now: Date.now,
    rate: () => 1,
    nextKickoff: async (nowMs) => kickoffs.find((kickoff) => kickoff > nowMs) ?? null,
    nextMuteEnd: async () => null,
    pass: async (nowMs) => void calls.push(`pass ${hours(nowMs)}`),
    rewind: async (nowMs) => {
      calls.push(`rewind ${hours(nowMs)}`);
      await rewind(nowMs);
    },
    onError: (error) => errors.push(error),
  });
  onTestFinished(async () => {
    await watch.stop();
    vi.useRealTimers();
  });
  const step = async (ms: number): Promise<void> => {
    vi.setSystemTime(Date.now() + ms);
    await vi.advanceTimersByTimeAsync(600);
  };
  return { calls, errors, step, watch };
}

describe('the watch of kickoffs', () => {
  test('[FLT33] a clock that is stepped forward passes the kickoffs between, one stepped back takes them back', async () => {
    const { calls, step } = setup([START_MS + HOUR_MS / 2]);
    await step(0);
    expect(calls).toEqual(['pass 0.0']);
    await step(HOUR_MS);
    expect(calls).toEqual(['pass 0.0', 'pass 1.0']);
    await step(-HOUR_MS);
    expect(calls.slice(2)).toEqual(['rewind 0.0', 'pass 0.0']);
  });

  test('[FLT34] after a step back the kickoff that lies ahead again is passed at its own time', async () => {
    const { calls, step } = setup([START_MS + HOUR_MS / 2, START_MS + 5 * HOUR_MS]);
    await step(HOUR_MS);
    await step(-HOUR_MS);
    calls.length = 0;
    await step(HOUR_MS / 2);
    expect(calls).toEqual(['pass 0.5']);
  });

  test('[FLT35] a clock that is disciplined by less than a second is not stepped', async () => {
    const { calls, step } = setup([]);
    await step(0);
    await step(-900);
    expect(calls).toEqual(['pass 0.0']);
  });

  test('[FLT38] a kickoff that is learnt of and passes between two looks is passed with the next one', async () => {
    const kickoffs: number[] = [];
    const { calls, step, watch } = setup(kickoffs);
    await step(0);
    kickoffs.push(Date.now() + 200);
    watch.refresh();
    await step(1_000);
    await step(0);
    expect(calls).toEqual(['pass 0.0', 'pass 0.0']);
    await step(0);
    expect(calls).toHaveLength(2);
  });

  test('[FLT36] taking kickoffs back is tried again when the database is away', async () => {
    let isAway = true;
    const { calls, errors, step } = setup([], async () => {
      if (isAway) throw new Error('away');
    });
    await step(0);
    await step(-HOUR_MS);
    isAway = false;
    await step(0);
    expect(errors).toEqual([new Error('away')]);
    expect(calls.filter((call) => call.startsWith('rewind')).length).toBe(2);
  });
});
