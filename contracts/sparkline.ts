import { z } from 'zod';
import { alertIdSchema, isoInstantSchema } from './ids.ts';
import { MAX_SPARKLINES } from './limits.ts';

/** How far back a sparkline looks. */
export const SPARKLINE_MINUTES = 120;

const ids = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(alertIdSchema).min(1).max(MAX_SPARKLINES));

/** `GET /api/alerts/sparklines`: the latest two hours of many alerts' prices, `ids` separated by commas. */
export const sparklineQuerySchema = z.strictObject({ ids });
export type SparklineQuery = z.infer<typeof sparklineQuerySchema>;

/**
 * The price of an alert's outcome at its bookmaker, in steps: each holds until the next, the last one until `to`.
 * Odds are null while it could not be had. Of an alert about a whole market, its first outcome. No points where
 * nothing is stored.
 */
export const sparklineSchema = z.object({
  alertId: alertIdSchema,
  from: isoInstantSchema,
  to: isoInstantSchema,
  points: z.array(z.object({ at: isoInstantSchema, odds: z.number().positive().nullable() })),
});
export type Sparkline = z.infer<typeof sparklineSchema>;

/** Alerts that are not stored have no line in it. */
export const sparklineListSchema = z.object({
  sparklines: z.array(sparklineSchema),
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type SparklineList = z.infer<typeof sparklineListSchema>;
