import { z } from 'zod';
import { MARKETS } from './market.ts';
import { marketSchema } from './market-schema.ts';
import { nameSchema } from './text.ts';

const percentSchema = z.number().positive().max(1_000);
const pointsSchema = z.number().nonnegative().max(100);
const minutesSchema = z.number().positive().max(1_440);
const secondsSchema = z.number().nonnegative().max(86_400);
export const weightSchema = z.number().positive().max(10);

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
export const rulesSchema = z.strictObject({
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
  /** What a book shuts, removes or offers again of a match together, and competitors of a market one after the other, is one alert. */
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
export type RulesChange = { readonly [Name in keyof Rules]?: Rules[Name] | undefined };

type RuleFault = {
  readonly path: readonly string[];
  readonly message: string;
  /** The same fault, told at the other field that it is about. */
  readonly other?: { readonly path: readonly string[]; readonly message: string };
};

/** What no single field can tell. */
export function ruleFaults(rules: Rules): RuleFault[] {
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
