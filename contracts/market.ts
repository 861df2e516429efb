import { z } from 'zod';

export const MARKETS = ['1x2', 'over_under', 'handicap', 'moneyline', 'btts', 'double_chance'] as const;
export const marketSchema = z.enum(MARKETS);
export type Market = z.infer<typeof marketSchema>;

/** Markets that are only a market together with a line (2.5 goals, −1.5 points); the others never have one. */
export const MARKETS_WITH_LINE: ReadonlySet<Market> = new Set<Market>(['over_under', 'handicap']);

/** Decimal odds are prices above 1; beyond 1001 no bookmaker quotes, so it is a fault in the feed. */
export const MIN_ODDS_EXCLUSIVE = 1;
export const MAX_ODDS = 1001;

/** Decimal odds in thousandths, the integer in which prices are compared. 2.05 is 2050. */
export const toMilliOdds = (odds: number): number => Math.round(odds * 1000);
export const fromMilliOdds = (milliOdds: number): number => milliOdds / 1000;
