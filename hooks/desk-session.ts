import { isServer } from '@tanstack/react-query';
import type { BookmakerFeed, Desk } from '../contracts/feed.ts';
import type { FeedStatusMessage } from '../contracts/socket.ts';
import { deskTime, monotonicNow } from './desk-clock.ts';
import { createDeskLink } from './desk-link.ts';
import { patchDesk } from './desk-patch.ts';
import { createLiveCache } from './live-cache.ts';
import { createLivePrices } from './live-prices.ts';
import { createQueryClient } from './query-client.ts';
import { createDeskSocket } from './socket.ts';
import { sparklines } from './sparklines.ts';

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

  /** Writes the signs of life into the frame. */
  function onSignsOfLife(bookmakers: ReadonlySet<string>): void {
    const nowMs = deskTime.deskNow();
    if (nowMs === undefined || bookmakers.size === 0) return;
    const seen = new Date(nowMs).toISOString();
    patchDesk(queryClient, (desk) => withSignsOfLife(desk, bookmakers, seen));
  }

  const prices = createLivePrices({ client: queryClient, onSignsOfLife });

  function onFeedStatus({ data }: FeedStatusMessage): void {
    patchDesk(queryClient, (desk) => ({ ...desk, bookmakers: mergeFeeds(desk, data.bookmakers) }));
  }

  const link = createDeskLink({
    socket: createDeskSocket(),
    cache: createLiveCache(queryClient, sparklines.forget),
    now: monotonicNow,
    onGreeted: prices.greeted,
    onOddsUpdate: prices.heard,
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
