import { z } from 'zod';
import { MARKETS, marketSchema } from './market.ts';
import { nameSchema } from './text.ts';

const percentSchema = z.number().positive().max(1_000);
const bandsSchema = z
  .object({ warning: percentSchema, elevated: percentSchema, critical: percentSchema })
  .superRefine((bands, context) => {
    if (bands.warning >= bands.elevated) {
      context.addIssue({
        code: 'custom',
        path: ['elevated'],
        message: `expected more than warning (${bands.warning})`,
      });
    }
    if (bands.elevated >= bands.critical) {
      context.addIssue({
        code: 'custom',
        path: ['critical'],
        message: `expected more than elevated (${bands.elevated})`,
      });
    }
  });

/** What detection goes by. A change takes effect with the next batch. */
export const settingsSchema = z.strictObject({
  /** The bookmaker that we are, as the feed names it. */
  ownBookmaker: nameSchema,
  /** Move of one outcome, in percent of its odds, that opens an alert of that severity. */
  priceChangePercent: bandsSchema,
  /** Both sides of a disagreement must have moved at least this much, in percent. */
  disagreementMinPercent: percentSchema,
  /** A disagreement looks back this far for the other side's move, in minutes. */
  disagreementWindowMinutes: z.number().positive().max(1_440),
  /** Markets that alert. */
  primaryMarkets: z.array(marketSchema).min(1),
  /** Alert only where own book and a competitor both offer the market. */
  matchedOnly: z.boolean(),
  /** Seconds without a word from a bookmaker until its feed counts as delayed, and as silent. */
  feedDelayedAfterSeconds: z.number().positive().max(86_400),
  feedSilentAfterSeconds: z.number().positive().max(604_800),
});
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Omit<Settings, 'ownBookmaker'> = {
  priceChangePercent: { warning: 7, elevated: 10, critical: 15 },
  disagreementMinPercent: 3,
  disagreementWindowMinutes: 60,
  primaryMarkets: [...MARKETS],
  matchedOnly: true,
  feedDelayedAfterSeconds: 60,
  feedSilentAfterSeconds: 300,
};

export const settingsAnswerSchema = z.object({
  settings: settingsSchema,
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>;
