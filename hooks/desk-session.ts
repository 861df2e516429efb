import { isServer, partialMatchKey } from '@tanstack/react-query';
import type { BookmakerFeed, Desk } from '../contracts/feed.ts';
import type { FeedStatusMessage, OddsUpdateMessage } from '../contracts/socket.ts';
import { createCoalescer } from './coalescer.ts';
import { deskTime, monotonicNow } from './desk-clock.ts';
import { createDeskLink } from './desk-link.ts';
import { createLiveCache } from './live-cache.ts';
import { deskKey, eventHistoryKey, eventOddsKey, eventsKey } from './queries.ts';
import { createQueryClient } from './query-client.ts';
import { createDeskSocket } from './socket.ts';
import { sparklines } from './sparklines.ts';

/** Prices may move with every poll of a feed: a table that redraws more often than this cannot be read. */
const PRICES_TRAILING_MS = 500;
const PRICES_MAX_WAIT_MS = 2_000;

const nothingMoved = () => ({ eventIds: new Set<number>(), bookmakers: new Set<string>(), truncated: false });

/** Bookmakers whose prices have just come are heard of now, whenever the next feed status is due. */
function withSignsOfLife(desk: Desk, heardOf: ReadonlySet<string>, seen: string): Desk {
  const bookmakers = desk.bookmakers.map((feed) =>
    heardOf.has(feed.bookmaker) ? { ...feed, state: 'live' as const, lastSeen: seen } : feed,
  );
  return { ...desk, bookmakers, lastPriceAt: seen };
}

/** A message may name only the feeds that changed. */
function mergeFeeds(desk: Desk, changed: readonly BookmakerFeed[]): BookmakerFeed[] {
  return [...new Map([...desk.bookmakers, ...changed].map((feed) => [feed.bookmaker, feed])).values()];
}

function createDeskSession() {
  const queryClient = createQueryClient();
  let moved = nothingMoved();

  /** Writes the signs of life into the frame and refetches the prices on screen that moved. */
  function settlePrices(): void {
    const { bookmakers, eventIds, truncated } = moved;
    moved = nothingMoved();
    const nowMs = deskTime.deskNow();
    if (nowMs !== undefined) {
      const seen = new Date(nowMs).toISOString();
      queryClient.setQueryData<Desk>(deskKey, (desk) => desk && withSignsOfLife(desk, bookmakers, seen));
    }
    const hasMoved = (queryKey: readonly unknown[]): boolean =>
      truncated ||
      queryKey[2] === 'list' ||
      [...eventIds].some((id) => [eventOddsKey(id), eventHistoryKey(id)].some((key) => partialMatchKey(queryKey, key)));
    void queryClient.invalidateQueries(
      { queryKey: eventsKey, refetchType: 'active', predicate: (query) => hasMoved(query.queryKey) },
      { cancelRefetch: false },
    ); // a failing fetch surfaces in its own query
  }

  const prices = createCoalescer({
    trailingMs: PRICES_TRAILING_MS,
    maxWaitMs: PRICES_MAX_WAIT_MS,
    run: settlePrices,
  });

  function onOddsUpdate({ data }: OddsUpdateMessage): void {
    data.event_ids.forEach((id) => moved.eventIds.add(id));
    data.bookmakers.forEach((bookmaker) => moved.bookmakers.add(bookmaker));
    moved.truncated ||= data.truncated === true;
    prices.touch();
  }

  function onFeedStatus({ data }: FeedStatusMessage): void {
    queryClient.setQueryData<Desk>(
      deskKey,
      (desk) => desk && { ...desk, bookmakers: mergeFeeds(desk, data.bookmakers) },
    );
  }

  const link = createDeskLink({
    socket: createDeskSocket(),
    cache: createLiveCache(queryClient, sparklines.forget),
    now: monotonicNow,
    onOddsUpdate,
    onFeedStatus,
  });

  let isStarted = false;

  /** Connects, and listens to the browser's own signs of having been away. For the life of the tab; once is enough. */
  function start(): void {
    if (isStarted) return;
    isStarted = true;
    const check = (): void => void link.check(); // it never rejects: a lost answer reconnects
    const whenVisible = (): void => {
      if (document.visibilityState === 'visible') check();
    };
    link.start();
    document.addEventListener('visibilitychange', whenVisible);
    addEventListener('pageshow', whenVisible);
    addEventListener('online', check);
    addEventListener('offline', link.networkLost);
  }

  return { queryClient, link, start };
}
export type DeskSession = ReturnType<typeof createDeskSession>;

let session: DeskSession | undefined;

/** This tab's one session. On the server each render gets its own, which is never started. */
export function deskSession(): DeskSession {
  if (isServer) return createDeskSession();
  return (session ??= createDeskSession());
}
