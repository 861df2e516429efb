import { type Market, fromMilliOdds } from '../../contracts/market.ts';
import type { QuotedOutcome } from './observation.ts';
import { booksum, fairProbabilities } from './probability.ts';

/** Outcomes without which a market is not whole, so that its probabilities cannot be told. */
export const OUTCOMES_OF_WHOLE_MARKET: Readonly<Record<Market, number>> = {
  '1x2': 3,
  over_under: 2,
  handicap: 2,
  moneyline: 2,
  btts: 2,
  double_chance: 3,
};

const BASIS_POINTS = 10_000;

type Outcomes = readonly QuotedOutcome[];

/** Prices of a market with the fair probabilities that they tell, in the same order. */
export type Priced = { readonly outcomes: Outcomes; readonly fair: readonly number[] | null };

/**
 * Fair probability of every outcome in the order of the row; null unless the whole market is open. Double chance is
 * no partition: two of its three outcomes come true, and its probabilities sum to 2.
 */
export function fairOfRow(market: Market, outcomes: Outcomes): readonly number[] | null {
  if (outcomes.length < OUTCOMES_OF_WHOLE_MARKET[market] || outcomes.some((outcome) => outcome.suspended)) return null;
  const odds = outcomes.map((outcome) => fromMilliOdds(outcome.milliOdds));
  if (market !== 'double_chance') return fairProbabilities(odds);
  const total = booksum(odds);
  return odds.map((price) => Math.min(2 / (price * total), 1));
}

/** Fair probability of one outcome; null when the market is not whole or does not have it. */
export function fairOf({ outcomes, fair }: Priced, name: string): number | null {
  if (fair === null) return null;
  for (let index = 0; index < outcomes.length; index += 1)
    if (outcomes[index]?.name === name) return fair[index] ?? null;
  return null;
}

/** Signed hundredths of a percentage point between two probabilities. */
export const basisPointsBetween = (from: number, to: number): number => Math.round((to - from) * BASIS_POINTS) + 0; // + 0 turns −0 into 0
