import { type Market, fromMilliOdds } from '../../contracts/market.ts';
import type { QuotedOutcome } from './observation.ts';
import { removeMarginMultiplicative } from './probability.ts';

/** Outcomes without which a market is not whole, so that its probabilities cannot be told. */
const OUTCOMES_OF_WHOLE_MARKET: Readonly<Record<Market, number>> = {
  '1x2': 3,
  over_under: 2,
  handicap: 2,
  moneyline: 2,
  btts: 2,
  double_chance: 3,
};

/** Double chance is no partition: two of its three outcomes come true, so its probabilities sum to 2. */
const probabilitySum = (market: Market): number => (market === 'double_chance' ? 2 : 1);

const BASIS_POINTS = 10_000;

function fairByName(market: Market, outcomes: readonly QuotedOutcome[]): ReadonlyMap<string, number> | null {
  if (outcomes.length < OUTCOMES_OF_WHOLE_MARKET[market] || outcomes.some((outcome) => outcome.suspended)) return null;
  const fair = removeMarginMultiplicative(outcomes.map((outcome) => fromMilliOdds(outcome.milliOdds)));
  return new Map(outcomes.map((outcome, index) => [outcome.name, (fair[index] ?? 0) * probabilitySum(market)]));
}

/**
 * Signed hundredths of a percentage point by which an outcome's fair probability moved between two prices of
 * its market; null unless both show the whole market open with the same outcomes.
 */
export function fairMoveBasisPoints(
  market: Market,
  before: readonly QuotedOutcome[],
  after: readonly QuotedOutcome[],
  outcome: string,
): number | null {
  if (before.length !== after.length) return null;
  const fairBefore = fairByName(market, before);
  const fairAfter = fairByName(market, after);
  if (fairBefore === null || fairAfter === null) return null;
  for (const name of fairBefore.keys()) if (!fairAfter.has(name)) return null;
  const from = fairBefore.get(outcome);
  const to = fairAfter.get(outcome);
  return from === undefined || to === undefined ? null : Math.round((to - from) * BASIS_POINTS) + 0; // + 0 turns −0 into 0
}
