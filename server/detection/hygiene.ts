import { MAX_ODDS, fromMilliOdds } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { QuarantineReason } from '../../contracts/feed.ts';
import type { Quote } from './detection.ts';
import { OUTCOMES_OF_WHOLE_MARKET } from './fair-prices.ts';
import type { Observation } from './observation.ts';

/** Odds at or below this on every outcome are no offer but a placeholder. */
const PLACEHOLDER_MILLI_ODDS = 1_020;

/**
 * Why the prices of an open observation cannot be meant, null when they can. A market that says less than it did, or
 * than its kind has, misses an outcome; a booksum outside the bounds belongs to no bookmaker.
 */
export function faultOf(
  observation: Observation,
  known: Quote | undefined,
  settings: Settings,
): QuarantineReason | null {
  const { outcomes, market } = observation;
  if (observation.suspended || outcomes.length === 0) return null;
  let sum = 0;
  let areAllPlaceholders = true;
  let isOpen = false;
  let areAllOpen = true;
  for (const { milliOdds, suspended } of outcomes) {
    if (!(milliOdds > 1_000 && fromMilliOdds(milliOdds) <= MAX_ODDS)) return 'impossible_odds';
    if (milliOdds > PLACEHOLDER_MILLI_ODDS) areAllPlaceholders = false;
    if (suspended) areAllOpen = false;
    else {
      isOpen = true;
      sum += 1_000 / milliOdds;
    }
  }
  if (!isOpen) return null;
  if (areAllPlaceholders) return 'placeholder';
  const expected = Math.max(
    OUTCOMES_OF_WHOLE_MARKET[market],
    known === undefined || known.state === 'removed' ? 0 : known.outcomes.length,
  );
  if (outcomes.length < expected) return 'missing_outcome';
  const booksum = market === 'double_chance' ? sum / 2 : sum;
  if (booksum > settings.booksum.most || (areAllOpen && booksum < settings.booksum.least)) return 'booksum';
  return null;
}
