import { fromMilliOdds, toMilliOdds } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import { alertKey } from './alert-key.ts';
import type { EventState, Finding, Quote } from './detection.ts';
import { hundredthsText, iso, lineText, oddsText, otherBooks } from './explanation.ts';
import type { PriceMove } from './moves-memory.ts';
import { changeBasisPoints } from './price-move.ts';

const MINUTE_MS = 60_000;

/**
 * The `price_change` of an episode that was opened, got worse, or opened again. `state` holds the new price. Of the same
 * opinion are `raisedBy`, the move whose severity it has, and `follows`, the one of another book that was told first.
 */
export function priceChangeOf(
  state: EventState,
  move: PriceMove,
  settings: Settings,
  eventId: number,
  { raisedBy, follows }: { readonly raisedBy?: PriceMove | undefined; readonly follows?: PriceMove | undefined } = {},
): Finding {
  const { quote, outcome, episode, atMs, basisPoints, news } = move;
  const { bookmaker, market, line } = quote;
  const { base, baseAtMs, peak, severity, occurrences, direction } = episode;
  const change = changeBasisPoints(base, peak);
  const percent = settings.priceChangePercent;
  const points = settings.priceChangePoints;
  // One that many settled moves make up began before the window.
  const minutes = Math.max(settings.lookBackMinutes, Math.ceil((atMs - baseAtMs) / MINUTE_MS));
  const outcomes = marketThenAndNow(quote, baseAtMs);
  const isAsBad = follows !== undefined && raisedBy === follows;
  const raised = raisedBy === undefined || isAsBad ? '' : ` As bad as ${moveText(raisedBy)}, which is the same move.`;
  const first =
    follows === undefined ? '' : ` It followed ${moveText(follows)}${isAsBad ? ', and is as bad as that' : ''}.`;
  const named = { eventId, type: 'price_change', bookmaker, market, line, outcome } as const;
  return {
    alertKey: alertKey({ ...named, ...episode.toldFirst }, episode.keyMs),
    type: 'price_change',
    severity,
    bookmaker,
    market,
    line,
    outcome,
    oldMilliOdds: base,
    newMilliOdds: peak,
    changeBasisPoints: change,
    probabilityBasisPoints: basisPoints,
    competitor: null,
    availability: null,
    occurrences,
    openedAtMs: episode.keyMs,
    isNews: news !== 'again',
    explanation: {
      rule:
        `${bookmaker} moved ${market}${lineText(line)} ${outcome} from ${oddsText(base)} to ${oddsText(peak)} ` +
        `(${hundredthsText(change)} %, ${hundredthsText(basisPoints)} points) within ${minutes} minutes: ` +
        `${severity} from ${percent[severity]} % and ${points[severity]} points on.${othersText(outcomes, outcome)}${raised}${first}`,
      base: { odds: fromMilliOdds(base), at: iso(baseAtMs) },
      observedAt: iso(atMs),
      window: {
        minutes: settings.lookBackMinutes,
        from: iso(atMs - settings.lookBackMinutes * MINUTE_MS),
        highest: fromMilliOdds(move.high),
        lowest: fromMilliOdds(move.low),
      },
      thresholds: {
        warningPercent: percent.warning,
        elevatedPercent: percent.elevated,
        criticalPercent: percent.critical,
        warningPoints: points.warning,
        elevatedPoints: points.elevated,
        criticalPoints: points.critical,
        minTicks: settings.minTicks,
      },
      severityInputs: {
        changePercent: change / 100,
        probabilityPoints: basisPoints / 100,
        direction,
        weight: move.weight,
        minutesToKickoff: Math.round((state.kickoffMs - atMs) / MINUTE_MS),
        occurrences,
        news,
        ...(raisedBy !== undefined && { raisedBy: moveText(raisedBy) }),
        ...(follows !== undefined && { follows: moveText(follows) }),
      },
      outcomes,
      books: otherBooks(state, named, {
        sinceMs: Math.max(baseAtMs + 1, atMs - settings.lookBackMinutes * MINUTE_MS),
        ownBookmaker: settings.ownBookmaker,
      }),
    },
  };
}

/** The prices of a whole market when `thenMs` began, as far as they are remembered, and now. */
function marketThenAndNow(quote: Quote, thenMs: number): NonNullable<Finding['explanation']['outcomes']> {
  const then = quote.recent.rows.find((row) => row.sinceMs <= thenMs && row.untilMs > thenMs);
  return quote.outcomes.map(({ name, milliOdds }) => {
    const before = then?.outcomes.find((outcome) => outcome.name === name);
    return {
      outcome: name,
      oldOdds: before === undefined ? null : fromMilliOdds(before.milliOdds),
      newOdds: fromMilliOdds(milliOdds),
    };
  });
}

function othersText(outcomes: NonNullable<Finding['explanation']['outcomes']>, subject: string): string {
  const others = outcomes.filter(({ outcome, oldOdds, newOdds }) => outcome !== subject && oldOdds !== newOdds);
  const texts = others.flatMap(({ outcome, oldOdds, newOdds }) =>
    oldOdds === null || newOdds === null
      ? []
      : [`${outcome} from ${oddsText(toMilliOdds(oldOdds))} to ${oddsText(toMilliOdds(newOdds))}`],
  );
  return texts.length === 0 ? '' : ` With it ${texts.join(', ')}.`;
}

function moveText({ quote, outcome, episode }: PriceMove): string {
  const { base, peak } = episode;
  return `${quote.bookmaker} ${quote.market}${lineText(quote.line)} ${outcome} from ${oddsText(base)} to ${oddsText(peak)} (${hundredthsText(changeBasisPoints(base, peak))} %)`;
}
