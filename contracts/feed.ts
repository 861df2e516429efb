import { z } from 'zod';
import { isoInstantSchema } from './ids.ts';

export const FEED_STATES = ['live', 'delayed', 'silent'] as const;

/**
 * Why prices were not taken: they cannot be what the bookmaker meant, they are older than what was taken of that
 * price, or they were refused for a time that has not come.
 */
export const QUARANTINE_REASONS = [
  'impossible_odds',
  'booksum',
  'placeholder',
  'missing_outcome',
  'outdated',
  'too_far_ahead',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** How one bookmaker's feed stands: when it last said anything, and whether that is as recent as it should be. */
export const bookmakerFeedSchema = z.object({
  bookmaker: z.string(),
  own: z.boolean(),
  state: z.enum(FEED_STATES),
  lastSeen: isoInstantSchema,
  /** Prices that were not taken since this process started, by reason; reasons without any are left out. */
  quarantined: z.partialRecord(z.enum(QUARANTINE_REASONS), z.int().nonnegative()).optional(),
});
export type BookmakerFeed = z.infer<typeof bookmakerFeedSchema>;

export const FEED_KINDS = ['demo', 'none', 'replay'] as const;

/** The desk's time. A replay runs the clock of its recording; `rate` is desk seconds per real second. */
export const deskClockSchema = z.object({ now: isoInstantSchema, rate: z.number().positive() });
export type DeskClock = z.infer<typeof deskClockSchema>;

/** `GET /api/desk`: what every page's frame needs, the badge included. */
export const deskSchema = z.object({
  feed: z.enum(FEED_KINDS),
  ownBookmaker: z.string(),
  clock: deskClockSchema,
  bookmakers: z.array(bookmakerFeedSchema),
  /** Events that have not begun and have prices. */
  openEvents: z.int().nonnegative(),
  /** Mutes in force. */
  mutes: z.int().nonnegative(),
  lastPriceAt: isoInstantSchema.nullable(),
  counts: z.object({ new: z.int().nonnegative(), acknowledged: z.int().nonnegative(), past: z.int().nonnegative() }),
  worstNew: z.enum(['warning', 'elevated', 'critical']).nullable(),
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type Desk = z.infer<typeof deskSchema>;
