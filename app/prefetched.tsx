import { HydrationBoundary, type QueryClient, dehydrate } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createQueryClient } from '../hooks/query-client.ts';

type PrefetchedProps = {
  /** Starts every read of this part of the page. One that fails is left to the browser, which then says so. */
  readonly load: (client: QueryClient) => readonly Promise<unknown>[];
  readonly children: ReactNode;
};

/** Puts answers into the HTML: the first paint has data, also without JavaScript. One client per request. */
export async function Prefetched({ load, children }: PrefetchedProps) {
  const client = createQueryClient();
  await Promise.all(load(client));
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
