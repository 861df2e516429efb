import { z } from 'zod';
import { MARKETS } from './market.ts';
import { ruleFaults, rulesSchema, weightSchema } from './rules.ts';
import { isSamePlace, placeOf, resolveSettings } from './settings-scopes.ts';
import { nameSchema } from './text.ts';

const overrideSchema = z.strictObject({
  sport: nameSchema,
  /** The whole sport when null. */
  league: nameSchema.nullable(),
  /** Leagues of many countries have one name; null, or nothing, for that league wherever it is. */
  country: nameSchema.nullable().optional(),
  rules: rulesSchema.partial(),
});

const deskSchema = z.strictObject({
  /** The bookmaker that we are, as the feed names it. */
  ownBookmaker: nameSchema,
  /** Books that copy each other: each group has one vote. */
  independenceGroups: z.array(z.array(nameSchema).min(2).max(100)).max(100),
  /** Votes of a bookmaker in the consensus, 1 where nothing is said. */
  bookmakerWeights: z.record(nameSchema, weightSchema),
  /** Prices whose booksum is outside are quarantined. */
  booksum: z.strictObject({ least: z.number().positive().max(1), most: z.number().min(1).max(10) }),
  /** Seconds without a word from a bookmaker until its feed counts as delayed, and as silent. */
  feedDelayedAfterSeconds: z.number().positive().max(86_400),
  feedSilentAfterSeconds: z.number().positive().max(604_800),
  /** A feed is silent only after so many of its usual intervals. */
  feedSilentIntervals: z.number().min(1).max(1_000),
  /** How long alerts of past matches and their prices are kept. */
  retentionDays: z.strictObject({
    alerts: z.number().positive().max(3_650),
    history: z.number().positive().max(3_650),
  }),
  /** Rules of single sports and leagues: a league of a country inherits from that league anywhere, that from its sport, a sport from all. */
  overrides: z.array(overrideSchema).max(500),
});

/** What detection goes by. A change takes effect with the next batch. */
export const settingsSchema = z
  .strictObject({ ...rulesSchema.shape, ...deskSchema.shape })
  .superRefine((settings, context) => {
    const report = (path: readonly (string | number)[], message: string): void => {
      context.addIssue({ code: 'custom', path: [...path], message });
    };
    if (settings.feedSilentAfterSeconds < settings.feedDelayedAfterSeconds) {
      report(
        ['feedSilentAfterSeconds'],
        `expected at least feedDelayedAfterSeconds (${settings.feedDelayedAfterSeconds})`,
      );
    }
    const grouped = settings.independenceGroups.flat();
    const twice = grouped.find((name, index) => grouped.indexOf(name) !== index);
    if (twice !== undefined)
      report(['independenceGroups'], `expected every bookmaker in one group, ${twice} is in two`);
    for (const { path, message } of ruleFaults(settings)) report(path, message);
    for (const [index, override] of settings.overrides.entries()) {
      const same = settings.overrides.findIndex((other) => isSamePlace(other, override));
      if (same !== index)
        report(['overrides', index], `expected one override of ${override.sport}, ${same} is another`);
      if (override.league === null && placeOf(override).country !== null)
        report(['overrides', index, 'country'], 'expected a league beside a country');
      const resolved = resolveSettings(settings, override);
      for (const { path, message, other } of ruleFaults(resolved)) {
        // At the field that the override names: where both sides are inherited, the fault stands there.
        const named = path.some((part) => part in override.rules) ? path : other?.path;
        if (named?.some((part) => part in override.rules))
          report(['overrides', index, 'rules', ...named], named === path ? message : (other?.message ?? message));
      }
    }
  });
export type Settings = z.infer<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Omit<Settings, 'ownBookmaker'> = {
  priceChangePercent: { warning: 7, elevated: 10, critical: 15 },
  priceChangePoints: { warning: 1.5, elevated: 2.5, critical: 4 },
  minTicks: 2,
  lookBackMinutes: 60,
  maxGapMinutes: 60,
  quietMinutes: 30,
  retraceShare: 0.5,
  coolDownMinutes: 60,
  holdDownSeconds: 45,
  maxAlertsPerEventMinute: 12,
  foldFollowers: true,
  foldOutcomes: true,
  foldOffers: true,
  foldMarkets: [
    ['1x2', 'moneyline', 'handicap', 'double_chance'],
    ['over_under', 'btts'],
  ],
  inLinePoints: 1.5,
  marginChangePoints: 4,
  spikeHoldPoints: { own: 8, competitor: 0 },
  disagreementMinPercent: 3,
  disagreementWindowMinutes: 60,
  disagreementCompetitors: [],
  offMarketEdgePercent: { warning: 5, elevated: 8, critical: 12 },
  offMarketMinPoints: 1.5,
  offMarketMoreGenerous: 10,
  sureBetPercent: 1,
  offMarketHoldSeconds: 10,
  laggingShare: 0.33,
  laggingPolls: 2,
  laggingSeconds: 120,
  laggingCriticalSeconds: 600,
  consensusMinVotes: 3,
  consensusFreshSeconds: 120,
  marketWeights: { btts: 0.8, double_chance: 0.8 },
  lateWeight: { withinMinutes: 60, weight: 1.25 },
  primaryMarkets: [...MARKETS],
  matchedOnly: true,
  independenceGroups: [['betonlineag', 'lowvig']],
  bookmakerWeights: {},
  booksum: { least: 0.9, most: 1.5 },
  feedDelayedAfterSeconds: 60,
  feedSilentAfterSeconds: 300,
  feedSilentIntervals: 3,
  retentionDays: { alerts: 90, history: 30 },
  overrides: [],
};

export const settingsAnswerSchema = z.object({
  settings: settingsSchema,
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>;
