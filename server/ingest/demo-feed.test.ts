import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../contracts/errors.ts';
import type { Observation } from '../detection/observation.ts';
import { DEMO_POLL_EVERY_MS, startDemoFeed } from './demo-feed.ts';
import type { Submit } from './source.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T03:00:07Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

function start(submit: Submit) {
  return startDemoFeed({ submit, ownBookmaker: 'harbourline', now: () => Date.now() });
}
const accept: Submit = (observations) => Promise.resolve({ accepted: observations.length, changed: 0, alerts: 0 });

test('[ING76] the demo feed says the whole market at once, then goes on sweep by sweep until it is stopped', async () => {
  const polls: (readonly Observation[])[] = [];
  const source = start((observations) => {
    polls.push(observations);
    return accept(observations);
  });
  await vi.advanceTimersByTimeAsync(5 * DEMO_POLL_EVERY_MS);
  expect(new Set(polls[0]?.map(({ event }) => event.sourceKey)).size).toBeGreaterThanOrEqual(38);
  expect(polls.length).toBeGreaterThanOrEqual(3);
  await source.stop();
  const said = polls.length;
  await vi.advanceTimersByTimeAsync(5 * DEMO_POLL_EVERY_MS);
  expect(polls).toHaveLength(said);
  expect(await source.done).toMatchObject({ outcome: 'stopped', polls: said, accepted: polls.flat().length });
  expect(vi.getTimerCount()).toBe(0);
});

test('[ING79] a desk without prices is first told of the last three quarters of an hour, its clock going along', async () => {
  const startMs = Date.now();
  const told: { readonly clockMs: number | null; readonly observedAtMs: number | undefined }[] = [];
  let clockMs: number | null = null;
  const source = startDemoFeed({
    submit: (observations) => {
      told.push({ clockMs, observedAtMs: observations[0]?.observedAtMs });
      return accept(observations);
    },
    ownBookmaker: 'harbourline',
    now: () => Date.now(),
    onPast: (atMs) => (clockMs = atMs),
  });
  await vi.advanceTimersByTimeAsync(3 * DEMO_POLL_EVERY_MS);
  await source.stop();
  const past = told.filter((poll) => poll.clockMs !== null);
  expect(past).toHaveLength(45);
  expect(past[0]).toEqual({ clockMs: startMs - 45 * 60_000, observedAtMs: startMs - 45 * 60_000 });
  for (const poll of past) expect(poll.observedAtMs).toBe(poll.clockMs);
  const live = told.slice(past.length);
  expect(live.length).toBeGreaterThanOrEqual(2);
  expect(live[0]).toEqual({ clockMs: null, observedAtMs: startMs });
});

test('[ING76] while the queue is full the demo feed waits with the same snapshots', async () => {
  const tried: (readonly Observation[])[] = [];
  const source = start((observations) => {
    tried.push(observations);
    return tried.length < 3
      ? Promise.reject(new AppError('queue_full', 'full', { retryAfterSeconds: 1 }))
      : accept(observations);
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(tried[1]).toBe(tried[0]);
  expect(tried[2]).toBe(tried[0]);
  await source.stop();
});

test('[ING76] a shutdown ends the demo feed quietly, a failure ends it with its error', async () => {
  const quiet = start(() => Promise.reject(new AppError('shutting_down', 'closing')));
  expect(await quiet.done).toMatchObject({ outcome: 'stopped', polls: 0 });
  const failing = start(() => Promise.reject(new AppError('rejected_by_database', 'no')));
  await expect(failing.done).rejects.toMatchObject({ code: 'rejected_by_database' });
});
