import { z } from 'zod';
import { alertEventSchema, alertSchema, severitySchema } from './alert.ts';
import { eventIdSchema, isoInstantSchema } from './ids.ts';
import { marketSchema } from './market-schema.ts';
import { MAX_EVENTS_PER_PAGE } from './limits.ts';
import { instantSchema, nameSchema } from './text.ts';

const watermarkShape = { epoch: z.string(), seq: z.int().nonnegative() };

/** `GET /api/events`: by kickoff, soonest first; events that have begun only when asked for by `from`. */
export const eventQuerySchema = z.strictObject({
  sport: nameSchema.optional(),
  league: nameSchema.optional(),
  country: nameSchema.optional(),
  q: nameSchema.optional(),
  /** Kickoff at or after; without it, from now on. */
  from: instantSchema.optional(),
  /** Kickoff before. */
  to: instantSchema.optional(),
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(MAX_EVENTS_PER_PAGE)).default(50),
});
export type EventQuery = z.infer<typeof eventQuerySchema>;
export type EventQueryInput = z.input<typeof eventQuerySchema>;

export const eventSummarySchema = alertEventSchema.extend({
  id: eventIdSchema,
  bookmakers: z.int().nonnegative(),
  lastPriceAt: isoInstantSchema.nullable(),
  alerts: z.object({
    new: z.int().nonnegative(),
    acknowledged: z.int().nonnegative(),
    past: z.int().nonnegative(),
    worstNew: severitySchema.nullable(),
  }),
});
export type EventSummary = z.infer<typeof eventSummarySchema>;

export const eventListSchema = z.object({
  events: z.array(eventSummarySchema),
  nextCursor: z.string().nullable(),
  ...watermarkShape,
});
export type EventList = z.infer<typeof eventListSchema>;

export const eventAnswerSchema = z.object({ event: eventSummarySchema, ...watermarkShape });
export type EventAnswer = z.infer<typeof eventAnswerSchema>;

/** A probability freed of the bookmaker's margin, in (0, 1] with four decimals; null unless the whole market is open. */
const fairSchema = z.number().positive().max(1).nullable();
const pricedOutcomeSchema = z.object({
  name: z.string(),
  odds: z.number().positive(),
  suspended: z.boolean(),
  fair: fairSchema,
});

/** One bookmaker's current price row. `removed` is a market no longer offered, `suspended` one that is shut. */
export const currentQuoteSchema = z.object({
  bookmaker: z.string(),
  own: z.boolean(),
  market: marketSchema,
  line: z.number().nullable(),
  state: z.enum(['open', 'suspended', 'removed']),
  outcomes: z.array(pricedOutcomeSchema),
  /** (booksum − 1) · 100; null unless every outcome is open. */
  overroundPercent: z.number().nullable(),
  changedAt: isoInstantSchema,
  seenAt: isoInstantSchema,
});
export type CurrentQuote = z.infer<typeof currentQuoteSchema>;

export const eventOddsSchema = z.object({
  eventId: eventIdSchema,
  quotes: z.array(currentQuoteSchema),
  ...watermarkShape,
});
export type EventOdds = z.infer<typeof eventOddsSchema>;

/**
 * `GET /api/events/:id/history`: one outcome's price over time in all books; without a line, the market without one.
 * With `after`, the `head` of an earlier answer, only what was stored since then.
 */
export const historyQuerySchema = z.strictObject({
  market: marketSchema,
  line: z.coerce.number().optional(),
  outcome: nameSchema,
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  after: z.coerce.number().pipe(z.int().nonnegative()).optional(),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;
export type HistoryQueryInput = z.input<typeof historyQuerySchema>;

/**
 * A price holds until the next point. Odds are null while the outcome was suspended or gone: the shaded spans of a
 * chart. `fair` is the probability without this book's margin.
 */
export const historyPointSchema = z.object({
  at: isoInstantSchema,
  odds: z.number().positive().nullable(),
  fair: fairSchema,
});
export type HistoryPoint = z.infer<typeof historyPointSchema>;

/**
 * `seenAt`: when the book was last heard of at this event; its last price is known to have held until then. `absences`:
 * when it said nothing for longer than it usually takes, and what it asked is not known; always all of them.
 */
export const historySeriesSchema = z.object({
  bookmaker: z.string(),
  own: z.boolean(),
  seenAt: isoInstantSchema,
  absences: z.array(z.object({ from: isoInstantSchema, to: isoInstantSchema })),
  points: z.array(historyPointSchema),
});
export const eventHistorySchema = z.object({
  eventId: eventIdSchema,
  market: marketSchema,
  line: z.number().nullable(),
  outcome: z.string(),
  series: z.array(historySeriesSchema),
  alerts: z.array(alertSchema),
  /** More points exist than one answer holds; ask for a narrower range. */
  truncated: z.boolean(),
  /** How far the stored prices had come when this was read: `after` of the next question. */
  head: z.int().nonnegative(),
  ...watermarkShape,
});
export type EventHistory = z.infer<typeof eventHistorySchema>;
