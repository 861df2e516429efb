import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPatience } from './patience.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const setup = () => createPatience({ usualMs: 3_000, doubtedMs: 300, doubtForMs: 10_000, now: Date.now });
const answerIn = (ms: number) => () => new Promise<string>((resolve) => void setTimeout(() => resolve('answer'), ms));
const outcome = (asked: Promise<string>): Promise<string> => asked.catch(() => 'none');

test('[UI228] a page waits for an answer as long as is set, and shortly once one did not come', async () => {
  const { within } = setup();
  const slow = outcome(within(answerIn(20_000)));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await slow).toBe('none');
  const next = outcome(within(answerIn(400)));
  await vi.advanceTimersByTimeAsync(300);
  expect(await next).toBe('none');
});

test('[UI228] an answer, or time, ends the doubt; a refusal is passed on as it is', async () => {
  const { within } = setup();
  const lost = outcome(within(answerIn(20_000)));
  await vi.advanceTimersByTimeAsync(3_000);
  await lost;
  const quick = within(answerIn(10));
  await vi.advanceTimersByTimeAsync(10);
  expect(await quick).toBe('answer');
  const slower = within(answerIn(2_000));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await slower).toBe('answer');
  await expect(within(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(vi.getTimerCount()).toBe(1);
});
