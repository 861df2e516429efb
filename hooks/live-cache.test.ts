import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Watermark } from '../contracts/watermark.ts';
import { createLiveCache } from './live-cache.ts';
import { liveKey } from './queries.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FETCH_MS = 50;

function setup() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  let stored = { epoch: 'one', seq: 1 };
  const forgetOthers = vi.fn<() => void>();
  const read = vi.fn<() => Promise<Watermark>>(async () => {
    const answer = stored;
    await new Promise((resolve) => setTimeout(resolve, FETCH_MS));
    return answer;
  });
  const show = (name: string): (() => void) =>
    new QueryObserver(client, { queryKey: [...liveKey, name], queryFn: read }).subscribe(() => {});
  return {
    client,
    cache: createLiveCache(client, forgetOthers),
    forgetOthers,
    read,
    show,
    store: (seq: number, epoch = 'one') => void (stored = { epoch, seq }),
  };
}

test('[UI25] the level is the oldest watermark on screen; what is not on screen does not count', async () => {
  const { cache, show, store } = setup();
  expect(cache.level()).toBeNull();
  const hide = show('alerts');
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  store(5);
  show('desk');
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  expect(cache.level()).toEqual({ epoch: 'one', seq: 1 });
  hide();
  expect(cache.level()).toEqual({ epoch: 'one', seq: 5 });
});

test('[UI25] of data from two lives of the database the level is that of the life that is over', async () => {
  const { cache, show, store } = setup();
  show('desk');
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  store(9, 'two');
  show('alerts');
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  expect(cache.level('two')).toEqual({ epoch: 'one', seq: 1 });
  expect(cache.level('one')).toEqual({ epoch: 'two', seq: 9 });
});

test('[UI25] a list of several pages stands where its first page stands', async () => {
  const { client, cache } = setup();
  const pages = [
    { epoch: 'one', seq: 7 },
    { epoch: 'one', seq: 9 },
  ];
  const observer = new InfiniteQueryObserver(client, {
    queryKey: [...liveKey, 'list'],
    queryFn: ({ pageParam }) => Promise.resolve(pages[pageParam]),
    initialPageParam: 0,
    getNextPageParam: (_, all) => (all.length < pages.length ? all.length : undefined),
  });
  observer.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  await observer.fetchNextPage();
  expect(cache.level()).toEqual({ epoch: 'one', seq: 7 });
});

test('[UI26] a refresh during the first fetch joins it, so that its old answer can be seen', async () => {
  const { cache, read, show, store } = setup();
  show('alerts');
  store(2);
  const refreshed = cache.refresh();
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  await refreshed;
  expect(read).toHaveBeenCalledTimes(1);
  expect(cache.level()).toEqual({ epoch: 'one', seq: 1 });
});

test('[UI26] dropping fetches what is on screen anew and forgets the rest', async () => {
  const { client, cache, show, store, forgetOthers } = setup();
  const hide = show('past');
  show('alerts');
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  hide();
  store(1, 'two');
  const dropped = cache.drop();
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  await dropped;
  expect(cache.level()).toEqual({ epoch: 'two', seq: 1 });
  expect(client.getQueryData([...liveKey, 'past'])).toBeUndefined();
  expect(forgetOthers).toHaveBeenCalledTimes(1);
});

test('[UI26] a failed fetch shows as broken until one succeeds', async () => {
  const { cache, read, show } = setup();
  read.mockRejectedValueOnce(new Error('away'));
  show('alerts');
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  expect(cache.isBroken()).toBe(true);
  void cache.refresh();
  await vi.advanceTimersByTimeAsync(FETCH_MS);
  expect(cache.isBroken()).toBe(false);
});
