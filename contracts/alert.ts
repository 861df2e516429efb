import { z } from 'zod';
import { alertIdSchema, eventIdSchema, isoInstantSchema } from './ids.ts';
import { ALERT_STATUSES, ALERT_TYPES, AVAILABILITIES, DIRECTIONS, SEVERITIES } from './alert-words.ts';
import { marketSchema } from './market-schema.ts';

export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

export const alertTypeSchema = z.enum(ALERT_TYPES);
export type AlertType = z.infer<typeof alertTypeSchema>;

export const alertStatusSchema = z.enum(ALERT_STATUSES);
export type AlertStatus = z.infer<typeof alertStatusSchema>;

export const availabilitySchema = z.enum(AVAILABILITIES);
export type Availability = z.infer<typeof availabilitySchema>;

export const directionSchema = z.enum(DIRECTIONS);
export type Direction = z.infer<typeof directionSchema>;

export const alertEventSchema = z.object({
  home: z.string(),
  away: z.string(),
  league: z.string(),
  country: z.string(),
  sport: z.string(),
  kickoff: isoInstantSchema,
});
export type AlertEvent = z.infer<typeof alertEventSchema>;

const oddsSchema = z.number().positive().nullable();

export const competitorMoveSchema = z.object({
  bookmaker: z.string(),
  oldOdds: oddsSchema,
  newOdds: oddsSchema,
  direction: directionSchema.nullable(),
});
export type CompetitorMove = z.infer<typeof competitorMoveSchema>;

/**
 * One risky move, stored once. Odds are decimal with at most three decimals, `changePercent` is signed
 * with two (a fall is negative), `probabilityPoints` signed percentage points of probability.
 * `outcome` is null when the whole market is meant. `seq` is the watermark of its last change.
 */
export const alertSchema = z.object({
  id: alertIdSchema,
  eventId: eventIdSchema,
  event: alertEventSchema,
  bookmaker: z.string(),
  market: marketSchema,
  line: z.number().nullable(),
  outcome: z.string().nullable(),
  type: alertTypeSchema,
  severity: severitySchema,
  status: alertStatusSchema,
  /** Has not begun, and a mute is in force over it: kept out of badge and announcements, and nowhere else. */
  muted: z.boolean(),
  changePercent: z.number().nullable(),
  probabilityPoints: z.number().nullable(),
  oldOdds: oddsSchema,
  newOdds: oddsSchema,
  competitor: competitorMoveSchema.nullable(),
  availability: availabilitySchema.nullable(),
  /** How often it was opened; of a summary, how many alerts it stands for. */
  occurrences: z.int().positive(),
  detectedAt: isoInstantSchema,
  updatedAt: isoInstantSchema,
  acknowledgedAt: isoInstantSchema.nullable(),
  acknowledgedBy: z.string().nullable(),
  /** When it last got worse after somebody had acknowledged it; null once acknowledged again. */
  worsenedAt: isoInstantSchema.nullable(),
  note: z.string().nullable(),
  seq: z.int().nonnegative(),
});
export type Alert = z.infer<typeof alertSchema>;

const quoteThenNowSchema = z.object({
  bookmaker: z.string(),
  own: z.boolean(),
  oldOdds: oddsSchema,
  newOdds: oddsSchema,
  suspended: z.boolean(),
  seenAt: isoInstantSchema,
});

/**
 * Why an alert fired, kept as it was at that moment: the rule in one sentence, the base it was measured
 * against and when, the thresholds in force, and every other book's price of the same outcome.
 */
export const explanationSchema = z.object({
  rule: z.string(),
  /** The price that it is measured against, and when that stood: within the window, where the rule looks at one. */
  base: z.object({ odds: oddsSchema, at: isoInstantSchema.nullable() }),
  /** When what is told here was observed. */
  observedAt: isoInstantSchema,
  /** When the alert was first observed: it may have got worse since, or come to speak of another price. */
  openedAt: isoInstantSchema.optional(),
  /** The extremes that the price was compared with; absent where a rule looks at no window. */
  window: z.object({ minutes: z.number(), from: isoInstantSchema, highest: oddsSchema, lowest: oddsSchema }).optional(),
  thresholds: z.record(z.string(), z.number()),
  severityInputs: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  /** The book's whole market at the base and now, where the alert is about a move; oldOdds null where it is not known. */
  outcomes: z.array(z.object({ outcome: z.string(), oldOdds: oddsSchema, newOdds: oddsSchema })).optional(),
  books: z.array(quoteThenNowSchema),
});
export type Explanation = z.infer<typeof explanationSchema>;

export const alertWithExplanationSchema = alertSchema.extend({ explanation: explanationSchema });
export type AlertWithExplanation = z.infer<typeof alertWithExplanationSchema>;

/** How many alerts stand in each tab. */
export const alertCountsSchema = z.object({
  new: z.int().nonnegative(),
  acknowledged: z.int().nonnegative(),
  past: z.int().nonnegative(),
});
export type AlertCounts = z.infer<typeof alertCountsSchema>;
