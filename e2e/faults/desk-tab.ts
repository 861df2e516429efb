import { InfiniteQueryObserver, QueryObserver } from '@tanstack/react-query';
import type { AlertCounts } from '../../contracts/alert.ts';
import { type Watermark, compareWatermarks } from '../../contracts/watermark.ts';
import { createApiClient } from '../../hooks/api-client.ts';
import { createDeskLink } from '../../hooks/desk-link.ts';
import { createLiveCache } from '../../hooks/live-cache.ts';
import { createQueries } from '../../hooks/queries.ts';
import { createQueryClient } from '../../hooks/query-client.ts';
import { createDeskSocket } from '../../hooks/socket.ts';

export type DeskTabOptions = {
  /** What is on screen: only the frame with its badge, or the list of new alerts below it too. */
  readonly shows?: 'frame' | 'list';
  /** Where the API is asked, when not where the socket connects. */
  readonly apiUrl?: string;
  readonly onOddsUpdate?: (eventIds: readonly number[]) => void;
};

/** Where a tab came to stand, and when on the monotonic clock. */
export type Step = { readonly atMs: number; readonly seq: number };

/** A browser's tab without the browser: its own socket, link, cache and queries, and everything but React. */
export type DeskTab = {
  readonly link: ReturnType<typeof createDeskLink>;
  /** The watermark of all that is on screen; null while something is missing, broken or being fetched. */
  readonly settled: () => Watermark | null;
  /** What the badge would say; null while it would be a question mark. */
  readonly counts: () => AlertCounts | null;
  readonly steps: readonly Step[];
  /** Requests sent, over the life of the tab. */
  readonly requests: () => number;
  /** Resolves when the screen has settled at `wanted` or beyond; with the moment on the monotonic clock. */
  readonly levelWith: (wanted: Watermark, withinMs: number) => Promise<number>;
  readonly close: () => void;
};

const isPast = (level: Watermark | null, wanted: Watermark): boolean => {
  if (level === null) return false;
  const relation = compareWatermarks(level, wanted);
  return relation === 'same' || relation === 'ahead';
};

/** Opens a tab at `url`. It connects at once and reconnects for ever. */
export function openDeskTab(url: string, options: DeskTabOptions = {}): DeskTab {
  let requests = 0;
  const client = createQueryClient();
  const queries = createQueries(
    createApiClient((path, init) => {
      requests += 1;
      return fetch(`${options.apiUrl ?? url}${path}`, init);
    }),
  );
  const cache = createLiveCache(client);
  const link = createDeskLink({
    socket: createDeskSocket(url),
    cache,
    now: () => performance.now(),
    onGreeted: () => undefined,
    onOddsUpdate: ({ data }) => options.onOddsUpdate?.(data.event_ids),
    onFeedStatus: () => undefined,
  });

  const steps: Step[] = [];
  const waiting = new Set<() => void>();

  function settled(): Watermark | null {
    if (client.isFetching() > 0 || cache.isBroken()) return null;
    return cache.level();
  }

  function onChange(): void {
    const level = cache.level();
    if (level !== null && level.seq !== steps.at(-1)?.seq) steps.push({ atMs: performance.now(), seq: level.seq });
    for (const look of waiting) look();
  }

  // An observer is what a component is to the cache: without one nothing is fetched again.
  const frame = new QueryObserver(client, queries.desk());
  const undos = [client.getQueryCache().subscribe(onChange), frame.subscribe(() => undefined)];
  if (options.shows === 'list') {
    const list = new InfiniteQueryObserver(client, queries.alerts({ status: ['new'], sort: 'detected' }));
    undos.push(list.subscribe(() => undefined));
  }
  undos.push(link.start());

  return {
    link,
    settled,
    counts: () => (link.getSnapshot().connection.kind === 'live' ? (link.getSnapshot().counts?.value ?? null) : null),
    steps,
    requests: () => requests,
    levelWith: (wanted, withinMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const stands = {
            settled: settled(),
            level: cache.level(),
            isFetching: client.isFetching() > 0,
            isBroken: cache.isBroken(),
            link: link.getSnapshot(),
          };
          reject(new Error(`${withinMs} ms after ${wanted.seq} was wanted a tab stands at ${JSON.stringify(stands)}`));
        }, withinMs);
        function look(): void {
          if (!isPast(settled(), wanted)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(performance.now());
        }
        waiting.add(look);
        look();
      }),
    close() {
      for (const undo of undos.toReversed()) undo();
      client.clear();
    },
  };
}
