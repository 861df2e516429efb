import type { Quote, QuoteState } from './detection.ts';
import { fairOfRow } from './fair-prices.ts';
import { recentAfter } from './recent-prices.ts';
import type { Observation, QuotedOutcome } from './observation.ts';

/** A market is shut by its flag, by having no outcomes, or by having all of them suspended. */
function observedState({ suspended, outcomes }: Observation): QuoteState {
  return suspended || outcomes.every((outcome) => outcome.suspended) ? 'suspended' : 'open';
}

function sameOutcomes(before: readonly QuotedOutcome[], after: readonly QuotedOutcome[]): boolean {
  if (before.length !== after.length) return false;
  for (let index = 0; index < after.length; index += 1) {
    const next = after[index] as QuotedOutcome;
    // Feeds keep their order: the search is for those that do not.
    const inPlace = before[index] as QuotedOutcome;
    const old = inPlace.name === next.name ? inPlace : before.find((outcome) => outcome.name === next.name);
    if (old === undefined || old.milliOdds !== next.milliOdds || old.suspended !== next.suspended) return false;
  }
  return true;
}

/**
 * The row that an observation makes of a quote; the same object when nothing but freshness changed. A market
 * that is shut without prices keeps its last ones.
 */
export function observedQuote(before: Quote | undefined, observation: Observation, lookBackMs: number): Quote {
  const state = observedState(observation);
  const keepsPrices = state === 'suspended' && observation.outcomes.length === 0 && before !== undefined;
  const outcomes = keepsPrices ? before.outcomes : observation.outcomes;
  if (before !== undefined && before.state === state && sameOutcomes(before.outcomes, outcomes)) return before;
  const { bookmaker, market, line, observedAtMs, upstreamAtMs } = observation;
  const row = { bookmaker, market, line, state, outcomes, observedAtMs, upstreamAtMs, changedAtMs: observedAtMs };
  const fair = state === 'open' ? fairOfRow(market, outcomes) : null;
  return { ...row, fair, recent: recentAfter(before, row, lookBackMs) };
}
