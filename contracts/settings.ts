import { z } from 'zod';
import { MARKETS } from './market.ts';
import { marketSchema } from './market-schema.ts';
import { nameSchema } from './text.ts';

const percentSchema = z.number().positive().max(1_000);
const pointsSchema = z.number().nonnegative().max(100);
const minutesSchema = z.number().positive().max(1_440);
const secondsSchema = z.number().nonnegative().max(86_400);
const weightSchema = z.number().positive().max(10);

const ordered = (value: z.ZodNumber) =>
  z.strictObject({ warning: value, elevated: value, critical: value }).superRefine((bands, context) => {
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

/** What may differ from sport to sport and from league to league. */
const rulesSchema = z.strictObject({
  /** Move of one outcome within the look-back, in percent of its odds, that opens an alert of that severity … */
  priceChangePercent: ordered(percentSchema),
  /** … and by how many points its fair probability must have moved as well. */
  priceChangePoints: ordered(pointsSchema),
  /** A move of fewer ticks of the price ladder is no move. */
  minTicks: z.number().min(0).max(100),
  /** A price is compared with the extremes of so many minutes. */
  lookBackMinutes: minutesSchema,
  /** A book unheard of for longer starts afresh: prices that are hours apart are no move. */
  maxGapMinutes: minutesSchema,
  /** A move that went no further for so long has settled; the next one is measured from there. */
  quietMinutes: minutesSchema,
  /** Share of the largest move that must be taken back for the move to count as reverted. */
  retraceShare: z.number().positive().max(1),
  /** A move that opens again within this time is the same alert once more. */
  coolDownMinutes: z.number().nonnegative().max(10_080),
  /** Prices of the first seconds after a market returned are not judged. */
  holdDownSeconds: secondsSchema,
  /** New alerts of one event in one minute; what is beyond it comes as one summary. */
  maxAlertsPerEventMinute: z.int().min(1).max(10_000),
  /** Books that make the same move are one alert, which gets worse with the worst and speaks of our own price once that follows. */
  foldFollowers: z.boolean(),
  /** Outcomes of one market that move together, one at the expense of the other, are one alert. */
  foldOutcomes: z.boolean(),
  /** Markets and lines of a match that a book shuts, removes or offers again together are one alert. */
  foldOffers: z.boolean(),
  /**
   * Markets of a match that tell one opinion: a book that moves several of them, or several lines of one, the same way
   * is one alert. A market in no group stands by itself with each of its lines.
   */
  foldMarkets: z.array(z.array(marketSchema).min(1)).max(MARKETS.length),
  /**
   * A competitor's move that too few others share to be the market's, and that ends within so many points of where
   * they stand, is not told: it has only come into line. 0 tells them all.
   */
  inLinePoints: pointsSchema,
  /** Points of overround by which a margin must change to be told. */
  marginChangePoints: z.number().positive().max(100),
  /**
   * A jump that no other book follows, away from the others by at least so many points, waits for the book's next
   * poll to confirm it; 100 never waits. The own book waits for gross errors only.
   */
  spikeHoldPoints: z.strictObject({ own: pointsSchema, competitor: pointsSchema }),
  /** Both sides of a disagreement must have moved at least this much, in percent, … */
  disagreementMinPercent: percentSchema,
  /** … within so many minutes; not longer than the look-back. */
  disagreementWindowMinutes: minutesSchema,
  /** Competitors that we may disagree with, each by itself; none: with their consensus. */
  disagreementCompetitors: z.array(nameSchema).max(100),
  /** What a bet at our price would win at the consensus' probability, in percent of the stake. */
  offMarketEdgePercent: ordered(percentSchema),
  /** Points that our fair probability must lie apart from the consensus for it. */
  offMarketMinPoints: pointsSchema,
  /** No alert while so many competitors pay at least as much. */
  offMarketMoreGenerous: z.int().min(1).max(1_000),
  /** Profit of a sure bet with one leg at our price, in percent of the stakes. */
  sureBetPercent: percentSchema,
  /** An own price must be off the market in two polls and for so long: a sweep brings the books one after the other. */
  offMarketHoldSeconds: secondsSchema,
  /** We lag when we followed less than this share of the consensus' move … */
  laggingShare: z.number().positive().max(1),
  /** … after so many own polls or so many seconds; and critically after so many seconds. */
  laggingPolls: z.int().min(1).max(1_000),
  laggingSeconds: secondsSchema,
  laggingCriticalSeconds: secondsSchema,
  /** Independent competitors that a consensus needs. */
  consensusMinVotes: z.int().min(1).max(100),
  /** A price confirmed so long ago, or twice its feed's usual interval if that is longer, has no vote any more. */
  consensusFreshSeconds: secondsSchema,
  /** Severity: the move counts that many times as much in that market. */
  marketWeights: z.partialRecord(marketSchema, weightSchema),
  /** Severity: the move counts that many times as much so many minutes before kickoff. */
  lateWeight: z.strictObject({ withinMinutes: minutesSchema, weight: weightSchema }),
  /** Markets that alert. */
  primaryMarkets: z.array(marketSchema).min(1),
  /** Alert only where own book and a competitor both offer the market. */
  matchedOnly: z.boolean(),
});
export type Rules = z.infer<typeof rulesSchema>;
/** The names of what may differ from league to league. */
export const RULE_NAMES = Object.keys(rulesSchema.shape) as readonly (keyof Rules)[];
type RulesChange = { readonly [Name in keyof Rules]?: Rules[Name] | undefined };

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
      const resolved = resolve(settings, override);
      for (const { path, message, other } of ruleFaults(resolved)) {
        // At the field that the override names: where both sides are inherited, the fault stands there.
        const named = path.some((part) => part in override.rules) ? path : other?.path;
        if (named?.some((part) => part in override.rules))
          report(['overrides', index, 'rules', ...named], named === path ? message : (other?.message ?? message));
      }
    }
  });
export type Settings = z.infer<typeof settingsSchema>;

type RuleFault = {
  readonly path: readonly string[];
  readonly message: string;
  /** The same fault, told at the other field that it is about. */
  readonly other?: { readonly path: readonly string[]; readonly message: string };
};

/** What no single field can tell. */
function ruleFaults(rules: Rules): RuleFault[] {
  const faults: RuleFault[] = [];
  const atMost = (
    name: 'disagreementWindowMinutes' | 'laggingSeconds',
    limit: 'lookBackMinutes' | 'laggingCriticalSeconds',
  ) => {
    if (rules[name] <= rules[limit]) return;
    faults.push({
      path: [name],
      message: `expected at most ${limit} (${rules[limit]})`,
      other: { path: [limit], message: `expected at least ${name} (${rules[name]})` },
    });
  };
  const folded = rules.foldMarkets.flat();
  const twice = folded.find((market, index) => folded.indexOf(market) !== index);
  if (twice !== undefined)
    faults.push({ path: ['foldMarkets'], message: `expected every market in one group, ${twice} is in two` });
  atMost('disagreementWindowMinutes', 'lookBackMinutes');
  atMost('laggingSeconds', 'laggingCriticalSeconds');
  return faults;
}

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

/** For which matches an override holds. */
type Place = { readonly sport: string; readonly league: string | null; readonly country: string | null };
type Named = Omit<Place, 'country'> & { readonly country?: string | null | undefined };

const placeOf = ({ sport, league, country = null }: Named): Place => ({ sport, league, country });
const isSamePlace = (one: Named, other: Named): boolean =>
  one.sport === other.sport && one.league === other.league && placeOf(one).country === placeOf(other).country;

/** A place and those that it inherits from, the widest first. */
function lineageOf({ sport, league, country }: Place): readonly Place[] {
  const places: Place[] = [{ sport, league: null, country: null }];
  if (league !== null) places.push({ sport, league, country: null });
  if (league !== null && country !== null) places.push({ sport, league, country });
  return places;
}

/** `settings` with the overrides of a place, the narrower in place of the wider, in place of what they say. */
function resolve(settings: Settings, where: Named): Settings {
  const said = lineageOf(placeOf(where)).map(
    (place): RulesChange => settings.overrides.find((override) => isSamePlace(override, place))?.rules ?? {},
  );
  const known = said.flatMap((change) => Object.entries(change)).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(known) };
}

/** The settings of a place that overrides name, and those of the narrower places within it by their name. */
type Branch = { readonly settings: Settings; readonly within: Map<string, Branch> };

const trees = new WeakMap<Settings, Branch>();

/** Every place that an override names or lies in, resolved once for the settings. */
function treeOf(settings: Settings): Branch {
  const tree: Branch = { settings, within: new Map() };
  for (const override of settings.overrides) {
    let branch = tree;
    for (const place of lineageOf(placeOf(override))) {
      const name = place.country ?? place.league ?? place.sport;
      const known = branch.within.get(name) ?? { settings: resolve(settings, place), within: new Map() };
      branch.within.set(name, known);
      branch = known;
    }
  }
  return tree;
}

/** The settings in force for a match; the same object for the same settings and the same overrides. */
export function settingsFor(
  settings: Settings,
  where: { readonly sport: string; readonly league: string; readonly country: string },
): Settings {
  if (settings.overrides.length === 0) return settings;
  let tree = trees.get(settings);
  if (tree === undefined) {
    tree = treeOf(settings);
    trees.set(settings, tree);
  }
  const sport = tree.within.get(where.sport);
  const league = sport?.within.get(where.league);
  return (league?.within.get(where.country) ?? league ?? sport ?? tree).settings;
}

export const settingsAnswerSchema = z.object({
  settings: settingsSchema,
  epoch: z.string(),
  seq: z.int().nonnegative(),
});
export type SettingsAnswer = z.infer<typeof settingsAnswerSchema>;
