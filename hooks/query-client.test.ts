import { QueryObserver, onlineManager } from '@tanstack/react-query';
import { afterEach, expect, test } from 'vitest';
import { createLiveCache } from './live-cache.ts';
import { createQueryClient } from './query-client.ts';
import { liveKey } from './queries.ts';

afterEach(() => onlineManager.setOnline(true));

test('[FLT232] the desk is asked also by a browser that sees no network, so that its list does not stay behind its badge', async () => {
  const client = createQueryClient();
  const queryKey = [...liveKey, 'list'];
  let seq = 1;
  const answer = async () => ({ epoch: 'one', seq: (seq += 1) });
  await client.prefetchQuery({ queryKey, queryFn: answer });
  const stop = new QueryObserver(client, { queryKey, queryFn: answer, staleTime: Infinity }).subscribe(() => {});
  onlineManager.setOnline(false);
  await createLiveCache(client).refresh();
  expect(client.getQueryState(queryKey)).toMatchObject({ data: { seq: 3 }, fetchStatus: 'idle' });
  stop();
});
