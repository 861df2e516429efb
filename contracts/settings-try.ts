import { z } from 'zod';
import { alertSchema, alertTypeSchema, severitySchema } from './alert.ts';
import { errorEnvelopeSchema } from './error-envelope.ts';
import { alertIdSchema, eventIdSchema, isoInstantSchema } from './ids.ts';
import { settingsSchema } from './settings.ts';

const DAY_MS = 86_400_000;

/** The longest stretch of history that one try replays, and the most matches. */
export const MAX_TRY_DAYS = 31;
export const MAX_TRY_EVENTS = 5_000;
/** Alerts that each list of the result spells out; the summary counts them all. */
export const MAX_TRY_ALERTS = 2_000;

const instantSchema = z.iso.datetime({ offset: true });

/** `POST /api/settings/try`: what would these settings have found in the stored history of that time? */
export const tryRequestSchema = z
  .strictObject({
    settings: settingsSchema,
    /** Prices observed at or after. */
    from: instantSchema,
    /** Prices observed before. */
    to: instantSchema,
    /** Only these matches; without it, all that had prices. */
    eventIds: z.array(eventIdSchema).min(1).max(MAX_TRY_EVENTS).optional(),
  })
  .superRefine(({ from, to }, context) => {
    const lengthMs = Date.parse(to) - Date.parse(from);
    if (lengthMs <= 0)
      context.addIssue({ code: 'custom', path: ['to'], message: 'expected `to` to be later than `from`' });
    if (lengthMs > MAX_TRY_DAYS * DAY_MS) {
      context.addIssue({
        code: 'custom',
        path: ['to'],
        message: `expected at most ${MAX_TRY_DAYS} days after \`from\``,
      });
    }
  });
export type TryRequest = z.infer<typeof tryRequestSchema>;

/** One alert of a try, or one that was stored. `at` is the observation that first showed it. */
export const triedAlertSchema = alertSchema
  .pick({
    eventId: true,
    bookmaker: true,
    market: true,
    line: true,
    outcome: true,
    severity: true,
    changePercent: true,
    probabilityPoints: true,
    oldOdds: true,
    newOdds: true,
    availability: true,
  })
  .extend({
    type: alertTypeSchema,
    /** Null of an alert that exists only in the try. */
    id: alertIdSchema.nullable(),
    at: isoInstantSchema,
    /** The other list has an alert of that type about the same book, market, line and outcome. */
    inBoth: z.boolean(),
  });
export type TriedAlert = z.infer<typeof triedAlertSchema>;

const nowAndTriedSchema = z.object({ now: z.int().nonnegative(), tried: z.int().nonnegative() });
export type NowAndTried = z.infer<typeof nowAndTriedSchema>;

/** A match that the lists of a result name by its id. */
export const triedEventSchema = z.object({
  id: eventIdSchema,
  ...alertSchema.shape.event.pick({ home: true, away: true, league: true, sport: true }).shape,
});
export type TriedEvent = z.infer<typeof triedEventSchema>;

/** `now` counts what was stored, `tried` what would have fired. */
export const trySummarySchema = nowAndTriedSchema.extend({
  byType: z.partialRecord(alertTypeSchema, nowAndTriedSchema),
  bySeverity: z.record(severitySchema, nowAndTriedSchema),
});
export type TrySummary = z.infer<typeof trySummarySchema>;

/**
 * One line of the answer, which is NDJSON: progress every moment, and one result or error at the end. A stream
 * that ends without either was cut.
 */
export const tryLineSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    /** Matches. */
    done: z.int().nonnegative(),
    total: z.int().nonnegative(),
    observations: z.int().nonnegative(),
  }),
  z.object({
    kind: z.literal('result'),
    fired: z.array(triedAlertSchema),
    stored: z.array(triedAlertSchema),
    /** Every match that the two lists name. */
    events: z.array(triedEventSchema),
    /** More fired, or were stored, than the lists hold. */
    truncated: z.boolean(),
    /** Matches whose history is longer than a try reads: the oldest part was left out. */
    cutEventIds: z.array(eventIdSchema),
    summary: trySummarySchema,
    observations: z.int().nonnegative(),
    /** What history does not tell and the try takes for granted. */
    assumptions: z.array(z.string()),
  }),
  errorEnvelopeSchema.extend({ kind: z.literal('error') }),
]);
export type TryLine = z.infer<typeof tryLineSchema>;
