import { z } from 'zod';

export const MARKETS = ['1x2', 'over_under', 'handicap', 'moneyline', 'btts', 'double_chance'] as const;
export const marketSchema = z.enum(MARKETS);
export type Market = z.infer<typeof marketSchema>;

/** Markets that are only a market together with a line (2.5 goals, −1.5 points); the others never have one. */
export const MARKETS_WITH_LINE: ReadonlySet<Market> = new Set<Market>(['over_under', 'handicap']);

/**
 * Decimal odds are prices above 1, so the least is one thousandth more; what lies between would be stored as 1.
 * Beyond 1001 no bookmaker quotes. Either is a fault in the feed.
 */
export const MIN_ODDS = 1.001;
export const MAX_ODDS = 1001;

/** Decimal odds in thousandths, the integer in which prices are compared. 2.05 is 2050. */
export const toMilliOdds = (odds: number): number => Math.round(odds * 1000);
/** A line in whole thousandths: `-0` is 0, and the noise of a producer's floating point is no line of its own. */
export const roundLine = (line: number): number => Math.round(line * 1000) / 1000 + 0;

export const fromMilliOdds = (milliOdds: number): number => milliOdds / 1000;
