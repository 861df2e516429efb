import { createLoader, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { BOARD_MARKETS } from '../contracts/market.ts';
import type { OddsBoardQueryInput } from '../contracts/odds-board.ts';

/** Minutes until kickoff by the name that stands in the address. */
const KICKOFF_MINUTES = { '2h': 120, '6h': 360, '24h': 1_440, '3d': 4_320, '7d': 10_080 } as const;
export type KickoffWithin = keyof typeof KICKOFF_MINUTES;
export const KICKOFF_RANGES = ['2h', '6h', '24h', '3d', '7d'] as const satisfies readonly KickoffWithin[];

/** Everything that Odds Comparison keeps in its address. */
export const oddsViewParsers = {
  market: parseAsStringLiteral(BOARD_MARKETS).withDefault('winner'),
  league: parseAsArrayOf(parseAsString).withDefault([]),
  country: parseAsArrayOf(parseAsString).withDefault([]),
  kickoff: parseAsStringLiteral(KICKOFF_RANGES),
  q: parseAsString.withDefault(''),
};
export const loadOddsView = createLoader(oddsViewParsers);
export type OddsView = Awaited<ReturnType<typeof loadOddsView>>;

/** The board that a view shows: the same on server and browser, as it becomes the cache key. */
export function oddsBoardQuery(view: OddsView): OddsBoardQueryInput {
  const words = view.q.trim();
  return {
    market: view.market,
    ...(view.league.length === 0 ? {} : { league: view.league }),
    ...(view.country.length === 0 ? {} : { country: view.country }),
    ...(view.kickoff === null ? {} : { withinMinutes: KICKOFF_MINUTES[view.kickoff] }),
    ...(words === '' ? {} : { q: words }),
  };
}

/** Whether anything but the market is chosen. */
export const isBoardNarrowed = (view: OddsView): boolean => Object.keys(oddsBoardQuery(view)).length > 1;
