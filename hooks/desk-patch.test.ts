import { QueryObserver, environmentManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApiClient } from './api-client.ts';
import { patchDesk } from './desk-patch.ts';
import { createQueries, deskKey } from './queries.ts';
import { createQueryClient } from './query-client.ts';

beforeEach(() => {
  vi.useFakeTimers();
  // On a server nothing is read again.
  environmentManager.setIsServer(() => false);
});
afterEach(() => {
  environmentManager.setIsServer(() => true);
  vi.useRealTimers();
});

test('[UI406] a desk that messages write into all the time is read again every fifteen seconds', async () => {
  let reads = 0;
  const api = createApiClient(() => {
    reads += 1;
    return Promise.resolve(
      Response.json({ clock: {}, bookmakers: [], counts: {}, openEvents: reads, epoch: 'one', seq: 1 }),
    );
  });
  const client = createQueryClient();
  const stop = new QueryObserver(client, createQueries(api).desk()).subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  expect(reads).toBe(1);

  for (let second = 0; second < 60; second += 1) {
    patchDesk(client, (desk) => ({ ...desk, lastPriceAt: `second ${second}` }));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(reads).toBe(5);
  expect(client.getQueryData(deskKey)).toMatchObject({ openEvents: 5 });
  stop();
  client.clear();
});
