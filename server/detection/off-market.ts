import type { Severity } from '../../contracts/alert.ts';
import type { Settings } from '../../contracts/settings.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import type { Others, Vote } from './consensus.ts';
import type { Quote } from './detection.ts';
import { OUTCOMES_OF_WHOLE_MARKET, fairOf } from './fair-prices.ts';

/** An alert stays open until its edge has fallen to this share of the warning. */
const CLOSING_SHARE = 0.5;

/** What betting one outcome at our price means. */
export type OffMarket = {
  readonly severity: Severity;
  /** Expected win at the consensus' probability, percent of the stake. */
  readonly edgePercent: number;
  readonly ownFair: number;
  readonly consensusFair: number;
  readonly votes: number;
  /** Profit of the sure bet with our price as one leg, percent of the stakes; null when there is none. */
  readonly sureBetPercent: number | null;
};

/**
 * How far our price of an outcome is off the market; null when it is not, or when nobody would mind: others are as
 * generous, or we pay less than they do on average. The consensus is a median, so that a single outlier on the other
 * side makes no edge; a sure bet counts only when it is our price that is too long.
 */
export function offMarketOf(
  own: Quote,
  { outcome, votes, consensus }: Others,
  settings: Settings,
  isOpen: boolean,
): OffMarket | null {
  const price = own.outcomes.find((candidate) => candidate.name === outcome);
  const ownFair = fairOf(own, outcome);
  if (price === undefined || price.suspended || ownFair === null || consensus === null) return null;
  const edgePercent = (consensus.fair * fromMilliOdds(price.milliOdds) - 1) * 100;
  const { warning, elevated, critical } = settings.offMarketEdgePercent;
  const least = isOpen ? warning * CLOSING_SHARE : warning;
  if (edgePercent <= 0 || isSuppressed(price.milliOdds, votes, outcome, settings)) return null;
  const sureBetPercent = sureBetOf(own, votes, outcome);
  const isSure = sureBetPercent !== null && sureBetPercent >= settings.sureBetPercent;
  const points = (consensus.fair - ownFair) * 100;
  if (!isSure && (edgePercent < least || points < settings.offMarketMinPoints)) return null;
  const severity = edgePercent >= critical ? 'critical' : edgePercent >= elevated || isSure ? 'elevated' : 'warning';
  return {
    severity,
    edgePercent,
    ownFair,
    consensusFair: consensus.fair,
    votes: consensus.votes,
    sureBetPercent: isSure ? sureBetPercent : null,
  };
}

function isSuppressed(milliOdds: number, votes: readonly Vote[], outcome: string, settings: Settings): boolean {
  let sum = 0;
  let count = 0;
  let moreGenerous = 0;
  for (const { quote } of votes) {
    const theirs = quote.outcomes.find((candidate) => candidate.name === outcome);
    if (theirs === undefined || theirs.suspended) continue;
    sum += theirs.milliOdds;
    count += 1;
    if (theirs.milliOdds >= milliOdds) moreGenerous += 1;
  }
  return count === 0 || milliOdds <= sum / count || moreGenerous >= settings.offMarketMoreGenerous;
}

/** What backing every outcome at the best price wins, percent of the stakes, when ours is the best for `outcome`. */
function sureBetOf(own: Quote, votes: readonly Vote[], outcome: string): number | null {
  if (own.market === 'double_chance' || own.outcomes.length !== OUTCOMES_OF_WHOLE_MARKET[own.market]) return null;
  let inverse = 0;
  for (const { name, milliOdds } of own.outcomes) {
    let best = name === outcome ? milliOdds : 0;
    for (const { quote } of votes) {
      const theirs = quote.outcomes.find((candidate) => candidate.name === name);
      if (theirs === undefined || theirs.suspended) continue;
      if (name === outcome && theirs.milliOdds >= milliOdds) return null;
      if (name !== outcome) best = Math.max(best, theirs.milliOdds);
    }
    if (best === 0) return null;
    inverse += 1_000 / best;
  }
  return inverse >= 1 ? null : (1 / inverse - 1) * 100;
}
