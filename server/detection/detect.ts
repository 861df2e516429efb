import type { Market } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import { isTooLate } from './absence.ts';
import { type MemoryChange, type Step, advance } from './advance.ts';
import { findAvailability } from './availability.ts';
import { type Detect, type Detection, type EventState, type Finding, quoteKey } from './detection.ts';
import { type Pair, disagreeingPairs, disagreementOf } from './direction-disagreement.ts';
import { applyMemory } from './event-state.ts';
import { type MarketView, isMatched, viewMarket } from './market-view.ts';
import type { Observation } from './observation.ts';
import { type OutcomeMove, findPriceChange, movesBetween } from './price-change.ts';
import { reachesPercent } from './price-move.ts';
import { movesKey, movesOf, movesToForget, withMove } from './remembered-moves.ts';

const MINUTE_MS = 60_000;

const unchanged = (state: EventState): Detection => ({ state, quoteChanges: [], memoryChanges: [], findings: [] });

/**
 * Detection by the rules of the first release: each price against the previous committed one.
 *
 * An observation older than what its quote has already been seen with changes nothing at all. From kickoff on
 * (the newest announced one) states and prices are kept up, and nothing is found: alerts are for matches to come.
 */
export const detect: Detect = (state, observation, settings, { eventId }) => {
  const before = state.books.get(observation.bookmaker);
  const key = quoteKey(observation);
  const quote = before?.quotes.get(key);
  if (before !== undefined && quote !== undefined && isTooLate(before, quote, key, observation.observedAtMs)) {
    return unchanged(state);
  }
  const step = advance(state, before, key, observation);
  const kickoffMs = newestKickoff(state, observation);
  if (step.book === before && kickoffMs === state.kickoffMs) return unchanged(state);

  const books = step.book === before ? state.books : new Map(state.books).set(observation.bookmaker, step.book);
  const memory = applyMemory(state.memory, step.memoryChanges);
  const next: EventState = { kickoffMs, books, memory };
  const { quoteChanges, memoryChanges } = step;
  const isPreMatch = observation.observedAtMs < kickoffMs;
  if (quoteChanges.length === 0 || !isPreMatch) return { state: next, quoteChanges, memoryChanges, findings: [] };
  return judge(next, step, observation, settings, eventId);
};

/** Kickoff follows the newest observation; of several at one instant the first decides, so that two cannot quarrel. */
function newestKickoff(state: EventState, observation: Observation): number {
  const { kickoffMs } = observation.event;
  if (kickoffMs === state.kickoffMs) return kickoffMs;
  for (const book of state.books.values()) if (book.lastSeenMs >= observation.observedAtMs) return state.kickoffMs;
  return kickoffMs;
}

/** Turns what happened into findings, and remembers the moves that somebody may yet disagree with. */
function judge(
  state: EventState,
  step: Step,
  observation: Observation,
  settings: Settings,
  eventId: number,
): Detection {
  const { quoteChanges } = step;
  const atMs = observation.observedAtMs;
  const views = new Map<Market, MarketView>();
  const viewOf = (market: Market): MarketView => {
    const view = views.get(market) ?? viewMarket(state, market, settings.ownBookmaker, atMs);
    views.set(market, view);
    return view;
  };
  const alerts = (market: Market): boolean =>
    settings.primaryMarkets.includes(market) && (!settings.matchedOnly || isMatched(viewOf(market)));

  const findings: Finding[] = [];
  for (const transition of step.transitions) {
    const { market } = transition.quote;
    if (!alerts(market)) continue;
    findings.push(findAvailability(state, transition, { view: viewOf(market), settings, eventId }));
  }
  const { compared } = step;
  const moves = compared === null ? [] : movesBetween(compared.before, compared.after, settings);
  if (compared === null || moves.length === 0 || !alerts(observation.market)) {
    return { state, quoteChanges, memoryChanges: step.memoryChanges, findings };
  }

  const { changes, disagreements } = disagree(state, moves, observation, settings);
  const next: EventState = { ...state, memory: applyMemory(state.memory, changes) };
  for (const move of moves) {
    const finding = findPriceChange(next, compared.after, move, settings, eventId);
    if (finding !== null) findings.push(finding);
  }
  for (const { pair, outcome } of disagreements) {
    const { market, line } = observation;
    findings.push(disagreementOf(next, pair, { market, line, outcome }, settings, eventId));
  }
  return { state: next, quoteChanges, memoryChanges: [...step.memoryChanges, ...changes], findings };
}

function disagree(state: EventState, moves: readonly OutcomeMove[], observation: Observation, settings: Settings) {
  const { market, line } = observation;
  const windowMs = settings.disagreementWindowMinutes * MINUTE_MS;
  const changes: MemoryChange[] = [];
  const disagreements: { readonly pair: Pair; readonly outcome: string }[] = [];
  for (const { outcome, ...move } of moves) {
    if (!reachesPercent(move.oldMilliOdds, move.newMilliOdds, settings.disagreementMinPercent)) continue;
    const key = movesKey(market, line, outcome);
    const others = movesOf(state.memory, key);
    for (const pair of disagreeingPairs(move, others, settings)) disagreements.push({ pair, outcome });
    changes.push({ key, memory: withMove(others, move, windowMs) });
  }
  const forgotten =
    changes.length === 0
      ? []
      : movesToForget(
          state,
          changes.map((change) => change.key),
        );
  return { changes: [...changes, ...forgotten.map((key) => ({ key, memory: null }))], disagreements };
}
