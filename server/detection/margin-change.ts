import type { Settings } from '../../contracts/settings.ts';
import { fromMilliOdds } from '../../contracts/market.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding, Quote } from './detection.ts';
import { iso, lineText, otherBooks, percentText } from './explanation.ts';
import { fairOf } from './fair-prices.ts';
import { overroundPercent } from './probability.ts';
import type { Recurring } from './recurring.ts';

export type MarginChange = { readonly from: number; readonly to: number };

const odds = (quote: Quote): number[] => quote.outcomes.map((outcome) => fromMilliOdds(outcome.milliOdds));

/**
 * The overround before and after, in percent, when all outcomes of a whole market shortened together or drifted
 * together by enough to be told: the bookmaker changed its margin, not its opinion. Null otherwise.
 */
export function marginChangeOf(before: Quote, after: Quote, settings: Settings): MarginChange | null {
  if (before.outcomes.length !== after.outcomes.length) return null;
  let shorter = 0;
  let longer = 0;
  for (const outcome of after.outcomes) {
    const old = before.outcomes.find((candidate) => candidate.name === outcome.name);
    if (old === undefined) return null;
    if (outcome.milliOdds < old.milliOdds) shorter += 1;
    if (outcome.milliOdds > old.milliOdds) longer += 1;
  }
  if (shorter !== after.outcomes.length && longer !== after.outcomes.length) return null;
  if (before.fair === null || after.fair === null) return null;
  const isOpinion = after.outcomes.some(({ name }) => {
    const [from, to] = [fairOf(before, name), fairOf(after, name)];
    return from === null || to === null || Math.abs(to - from) * 100 >= settings.priceChangePoints.warning;
  });
  if (isOpinion) return null;
  const change = { from: overroundPercent(odds(before)), to: overroundPercent(odds(after)) };
  return Math.abs(change.to - change.from) >= settings.marginChangePoints ? change : null;
}

/** The finding of a changed margin: a `price_change` of the whole market, its outcome null. */
export function marginFinding(
  state: EventState,
  after: Quote,
  change: MarginChange,
  told: { readonly recurring: Recurring; readonly isNews: boolean },
  context: { readonly settings: Settings; readonly eventId: number; readonly beforeAtMs: number },
): Finding {
  const { bookmaker, market, line, changedAtMs } = after;
  const { settings, eventId, beforeAtMs } = context;
  const named = { eventId, type: 'price_change', bookmaker, market, line, outcome: null } as const;
  return {
    alertKey: alertKey(named, 'margin', told.recurring.keyMs),
    type: 'price_change',
    severity: 'warning',
    bookmaker,
    market,
    line,
    outcome: null,
    oldMilliOdds: null,
    newMilliOdds: null,
    changeBasisPoints: null,
    probabilityBasisPoints: null,
    competitor: null,
    availability: null,
    occurrences: told.recurring.occurrences,
    openedAtMs: told.recurring.keyMs,
    isNews: told.isNews,
    explanation: {
      rule:
        `${bookmaker} changed the margin of ${market}${lineText(line)}: all prices ${change.to > change.from ? 'shortened' : 'drifted'} together, ` +
        `overround ${percentText(change.from)} % to ${percentText(change.to)} %.`,
      base: { odds: null, at: iso(beforeAtMs) },
      observedAt: iso(changedAtMs),
      thresholds: { marginChangePoints: settings.marginChangePoints },
      severityInputs: { overroundBefore: change.from, overroundAfter: change.to },
      books: otherBooks(state, named, { sinceMs: beforeAtMs + 1, ownBookmaker: settings.ownBookmaker }),
    },
  };
}
