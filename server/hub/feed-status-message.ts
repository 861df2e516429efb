import type { BookmakerFeed } from '../../contracts/feed.ts';
import type { FeedStatusMessage } from '../../contracts/socket.ts';

/** Every bookmaker once, as it was announced last. */
export function mergeFeeds(
  earlier: readonly BookmakerFeed[],
  later: readonly BookmakerFeed[],
): readonly BookmakerFeed[] {
  return [...new Map([...earlier, ...later].map((feed) => [feed.bookmaker, feed])).values()];
}

/** The `feed_status` notification. */
export function feedStatusMessage(feeds: readonly BookmakerFeed[], nowMs: number): FeedStatusMessage {
  return { type: 'feed_status', timestamp: new Date(nowMs).toISOString(), data: { bookmakers: [...feeds] } };
}
