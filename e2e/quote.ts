import type { Snapshot } from '../contracts/snapshot.ts';

/** Odds of home, draw and away. */
export type Prices = readonly [home: number, draw: number, away: number];

type Told = {
  readonly event: string;
  readonly home: string;
  readonly away: string;
  readonly league?: string;
  readonly bookmaker: string;
  readonly prices: Prices;
  readonly atMs: number;
  readonly kickoffMs: number;
  readonly suspended?: boolean;
};

/** One bookmaker's 1x2 prices of a match at one instant, as a feed says them. */
export function threeWayQuote(told: Told): Snapshot {
  const { event, home, away, league = 'Coastal League', bookmaker, prices, suspended = false } = told;
  const at = new Date(told.atMs).toISOString();
  return {
    t: at,
    upd: at,
    event,
    home,
    away,
    league,
    country: 'Testland',
    sport: 'soccer',
    kickoff: new Date(told.kickoffMs).toISOString(),
    bookmaker,
    market: '1x2',
    line: null,
    outcomes: (['1', 'X', '2'] as const).map((name, index) => ({ name, odds: prices[index] ?? 0 })),
    suspended,
  };
}
