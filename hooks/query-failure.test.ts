import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { failureOf } from './query-failure.ts';

test('[UI228] a failure stands while its query is asked again, and until there is an answer', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  let ask = (): Promise<string> => Promise.reject(new Error('away'));
  const observer = new QueryObserver(client, { queryKey: ['test'], queryFn: () => ask() });
  const stop = observer.subscribe(() => {});
  expect(failureOf(observer.getCurrentResult())).toBeNull();
  await expect.poll(() => failureOf(observer.getCurrentResult())?.message).toBe('away');

  let answer: (value: string) => void = () => {};
  ask = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const again = observer.refetch();
  expect(observer.getCurrentResult().status).toBe('pending');
  expect(failureOf(observer.getCurrentResult())).not.toBeNull();
  answer('here');
  await again;
  expect(failureOf(observer.getCurrentResult())).toBeNull();
  stop();
  client.clear();
});
