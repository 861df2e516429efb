import type { AlertCounts, Severity } from '../contracts/alert.ts';
import type { BookmakerFeed, Desk, DeskClock } from '../contracts/feed.ts';
import type { Readiness } from '../contracts/health.ts';
import type { Settings } from '../contracts/settings.ts';
import type { Watermark } from '../contracts/watermark.ts';
import { feedState } from './feed-watch.ts';
import { createSharedReading } from './shared-reading.ts';

/** The signs of life of feeds are as old as this at most. */
const SHARED_FOR_MS = 500;

type Part = { readonly ok: boolean; readonly detail: string };

/** What stands around every page: the feeds, the badge, and whether the server is ready at all. */
export function createDeskFrame(options: {
  readonly watermark: () => Watermark;
  /** When counts read now become wrong by themselves, in wall milliseconds. */
  readonly validUntilMs: () => number;
  readonly feed: Desk['feed'];
  readonly clock: { readonly now: () => number; readonly read: () => DeskClock };
  readonly settings: () => Settings;
  readonly summary: (nowMs: number) => Promise<{
    readonly bookmakers: readonly { readonly bookmaker: string; readonly lastSeenMs: number }[];
    readonly openEvents: number;
    readonly mutes: number;
    readonly lastPriceMs: number | null;
    readonly watermark: Watermark;
  }>;
  readonly counts: (nowMs: number) => Promise<{
    readonly counts: AlertCounts;
    readonly worstNew: Severity | null;
    readonly watermark: Watermark;
  }>;
  /** How many prices of a bookmaker were quarantined, by reason. */
  readonly quarantined: (bookmaker: string) => BookmakerFeed['quarantined'];
  readonly database: () => Promise<Part>;
  readonly queue: () => Part;
  readonly hub: () => Part;
}) {
  const { clock, settings } = options;

  // Every open desk asks after every announcement, and the hub for each wave that comes back.
  const shared = <Value extends { readonly watermark: Watermark }>(read: (nowMs: number) => Promise<Value>) =>
    createSharedReading({
      async read() {
        const value = await read(clock.now());
        return { ...value, ...value.watermark };
      },
      watermark: options.watermark,
      validUntilMs: options.validUntilMs,
      maxAgeMs: SHARED_FOR_MS,
      now: Date.now,
    });
  const readCounts = shared(options.counts);
  const readSummary = shared(options.summary);

  return {
    /** The badge's numbers, not older than the watermark that was known when they were asked for. */
    counts: async (): Promise<AlertCounts> => (await readCounts()).counts,

    async feeds(): Promise<readonly BookmakerFeed[]> {
      const nowMs = clock.now();
      const { bookmakers } = await readSummary();
      return bookmakers.map((feed) => feedState(feed, settings(), nowMs, options.quarantined(feed.bookmaker)));
    },

    async desk(): Promise<Desk> {
      const [summary, { counts, worstNew, watermark }] = await Promise.all([readSummary(), readCounts()]);
      const nowMs = clock.now();
      return {
        feed: options.feed,
        ownBookmaker: settings().ownBookmaker,
        clock: clock.read(),
        bookmakers: summary.bookmakers.map((feed) =>
          feedState(feed, settings(), nowMs, options.quarantined(feed.bookmaker)),
        ),
        openEvents: summary.openEvents,
        mutes: summary.mutes,
        lastPriceAt: summary.lastPriceMs === null ? null : new Date(summary.lastPriceMs).toISOString(),
        counts,
        worstNew,
        ...watermark,
      };
    },

    async readiness(): Promise<Readiness> {
      const { ok, detail } = options.hub();
      const parts = { database: await options.database(), queue: options.queue(), hub: { ok, detail } };
      return { ready: Object.values(parts).every((part) => part.ok), parts };
    },
  };
}
