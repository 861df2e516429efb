export const MARKETS = ['1x2', 'over_under', 'handicap', 'moneyline', 'btts', 'double_chance'] as const;
export type Market = (typeof MARKETS)[number];

/** What can be compared. The winner is the 1x2 where a match has one, else the moneyline. */
export const BOARD_MARKETS = ['winner', 'handicap', 'over_under', 'btts', 'double_chance'] as const;
export type BoardMarket = (typeof BOARD_MARKETS)[number];
export const MARKETS_OF_BOARD: Readonly<Record<BoardMarket, readonly Market[]>> = {
  winner: ['1x2', 'moneyline'],
  handicap: ['handicap'],
  over_under: ['over_under'],
  btts: ['btts'],
  double_chance: ['double_chance'],
};

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
