import type { BookmakerFeed } from '../contracts/feed.ts';
import type { Settings } from '../contracts/settings.ts';

/** How a feed stands that was last heard of at `lastSeenMs`; delayed and silent from the set ages on. */
export function feedState(
  feed: { readonly bookmaker: string; readonly lastSeenMs: number },
  settings: Settings,
  nowMs: number,
  quarantined?: BookmakerFeed['quarantined'],
): BookmakerFeed {
  const ageSeconds = (nowMs - feed.lastSeenMs) / 1_000;
  const delayed = ageSeconds >= settings.feedDelayedAfterSeconds;
  const silent = ageSeconds >= settings.feedSilentAfterSeconds;
  return {
    bookmaker: feed.bookmaker,
    own: feed.bookmaker === settings.ownBookmaker,
    state: silent ? 'silent' : delayed ? 'delayed' : 'live',
    lastSeen: new Date(feed.lastSeenMs).toISOString(),
    ...(quarantined !== undefined && { quarantined }),
  };
}

/** All that is told of a feed: one whose prices are not taken says something though it is heard of no later. */
const wordOf = ({ state, lastSeen, quarantined = {} }: BookmakerFeed): string =>
  `${state} ${lastSeen} ${Object.values(quarantined).join(' ')}`;

/** Tells browsers every `everyMs` of the feeds that said something or changed their state. */
export function createFeedWatch(options: {
  readonly read: () => Promise<readonly BookmakerFeed[]>;
  readonly announce: (feeds: readonly BookmakerFeed[]) => void;
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
}) {
  const told = new Map<string, string>();
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const changed = (await options.read()).filter((feed) => told.get(feed.bookmaker) !== wordOf(feed));
    for (const feed of changed) told.set(feed.bookmaker, wordOf(feed));
    if (changed.length > 0) options.announce(changed);
  }

  const timer = setInterval(() => {
    looking ??= look()
      .catch(options.onError)
      .finally(() => {
        looking = undefined;
      });
  }, options.everyMs);

  return {
    async stop(): Promise<void> {
      clearInterval(timer);
      await looking;
    },
  };
}
