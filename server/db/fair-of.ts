import type { Market } from '../../contracts/market.ts';
import type { QuotedOutcome } from '../detection/observation.ts';

/** Fair probability of every outcome of a market, in its order; null unless the whole market is open. Detection's own is handed in. */
export type FairOf = (market: Market, outcomes: readonly QuotedOutcome[]) => readonly number[] | null;

type StoredOutcomes = readonly (readonly [name: string, milliOdds: number, suspended: 0 | 1])[];

const DECIMALS = 10_000;
/** The least that is told: a probability is never 0. */
const LEAST = 1 / DECIMALS;

/** Fair probabilities of stored outcomes, with four decimals. */
export function fairIn(fairOf: FairOf, market: Market, stored: StoredOutcomes): readonly number[] | null {
  const outcomes = stored.map(([name, milliOdds, suspended]) => ({ name, milliOdds, suspended: suspended === 1 }));
  return fairOf(market, outcomes)?.map((fair) => Math.max(Math.round(fair * DECIMALS) / DECIMALS, LEAST)) ?? null;
}
