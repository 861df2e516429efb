import { expect, test, vi } from 'vitest';
import { createBatch } from './batch.ts';

function setup({ maxIds = 10, fails = false } = {}) {
  vi.useFakeTimers();
  const requests: (readonly number[])[] = [];
  const ask = createBatch<number, string>({
    gatherMs: 5,
    maxIds,
    fetchMany: async (ids) => {
      requests.push(ids);
      if (fails) throw new Error('away');
      return new Map(ids.filter((id) => id < 100).map((id) => [id, `line ${id}`]));
    },
  });
  return { ask, requests };
}

test('[UI152] rows that appear together ask in one request, each id once; what is not there is null', async () => {
  const { ask, requests } = setup();
  const answers = Promise.all([ask(1), ask(2), ask(1), ask(100)]);
  await vi.runAllTimersAsync();
  expect(await answers).toEqual(['line 1', 'line 2', 'line 1', null]);
  expect(requests).toEqual([[1, 2, 100]]);
  vi.useRealTimers();
});

test('[UI152] more rows than a request may name make a second one, and a failed request fails its own rows', async () => {
  const many = setup({ maxIds: 2 });
  const answers = Promise.all([1, 2, 3].map((id) => many.ask(id)));
  await vi.runAllTimersAsync();
  await answers;
  expect(many.requests).toEqual([[1, 2], [3]]);
  const failing = setup({ fails: true });
  const outcome = Promise.allSettled([failing.ask(1), failing.ask(2)]);
  await vi.runAllTimersAsync();
  expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  vi.useRealTimers();
});
