import type { Settings } from '../../contracts/settings.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding, Quote } from './detection.ts';
import { hundredthsText, iso, lineText, oddsText, otherBooks } from './explanation.ts';
import { fairMoveBasisPoints } from './fair-move.ts';
import { bandOf, changeBasisPoints, directionOf, reachesPercent } from './price-move.ts';
import type { RememberedMove } from './remembered-moves.ts';

export type OutcomeMove = RememberedMove & { readonly outcome: string };

const MINUTE_MS = 60_000;

/**
 * The outcomes whose price moved between two open rows of one quote by at least the smaller of the warning band
 * and the disagreement minimum. An outcome that was shut on either side has no price to compare.
 */
export function movesBetween(before: Quote, after: Quote, settings: Settings): OutcomeMove[] {
  const leastPercent = Math.min(settings.priceChangePercent.warning, settings.disagreementMinPercent);
  const moves: OutcomeMove[] = [];
  for (const outcome of after.outcomes) {
    const old = before.outcomes.find((candidate) => candidate.name === outcome.name);
    if (old === undefined || old.milliOdds === outcome.milliOdds || old.suspended || outcome.suspended) continue;
    if (!reachesPercent(old.milliOdds, outcome.milliOdds, leastPercent)) continue;
    moves.push({
      outcome: outcome.name,
      bookmaker: after.bookmaker,
      oldMilliOdds: old.milliOdds,
      newMilliOdds: outcome.milliOdds,
      atMs: after.observedAtMs,
      baseAtMs: before.changedAtMs,
      probabilityBasisPoints: fairMoveBasisPoints(after.market, before.outcomes, after.outcomes, outcome.name),
    });
  }
  return moves;
}

/** A `price_change` when the move reaches a band. `state` already holds the new price. */
export function findPriceChange(
  state: EventState,
  quote: Quote,
  move: OutcomeMove,
  settings: Settings,
  eventId: number,
): Finding | null {
  const { oldMilliOdds, newMilliOdds, outcome, atMs, baseAtMs } = move;
  const bands = settings.priceChangePercent;
  const severity = bandOf(oldMilliOdds, newMilliOdds, bands);
  if (severity === null) return null;
  const { bookmaker, market, line } = quote;
  const basisPoints = changeBasisPoints(oldMilliOdds, newMilliOdds);
  const sinceMs = Math.max(baseAtMs + 1, atMs - settings.disagreementWindowMinutes * MINUTE_MS);
  const named = { eventId, type: 'price_change', bookmaker, market, line, outcome } as const;
  return {
    alertKey: alertKey(named, atMs),
    type: 'price_change',
    severity,
    bookmaker,
    market,
    line,
    outcome,
    oldMilliOdds,
    newMilliOdds,
    changeBasisPoints: basisPoints,
    probabilityBasisPoints: move.probabilityBasisPoints,
    competitor: null,
    availability: null,
    explanation: {
      rule:
        `${bookmaker} moved ${market}${lineText(line)} ${outcome} from ${oddsText(oldMilliOdds)} to ` +
        `${oddsText(newMilliOdds)} (${hundredthsText(basisPoints)} %), at least the ${severity} band of ${bands[severity]} %.`,
      base: { odds: fromMilliOdds(oldMilliOdds), at: iso(baseAtMs) },
      observedAt: iso(atMs),
      thresholds: { warningPercent: bands.warning, elevatedPercent: bands.elevated, criticalPercent: bands.critical },
      severityInputs: {
        changePercent: basisPoints / 100,
        direction: directionOf(oldMilliOdds, newMilliOdds),
        minutesToKickoff: Math.round((state.kickoffMs - atMs) / MINUTE_MS),
      },
      books: otherBooks(state, named, { sinceMs, ownBookmaker: settings.ownBookmaker }),
    },
  };
}
