import type { Market } from '../../contracts/market.ts';
import { settingsFor } from '../../contracts/settings-scopes.ts';
import type { Settings } from '../../contracts/settings.ts';
import { isTooLate } from './absence.ts';
import { type MemoryChange, type Step, advance } from './advance.ts';
import { CAP_KEY, capped } from './alert-cap.ts';
import { judgeAvailability } from './availability.ts';
import { tellOffer } from './changed-together.ts';
import {
  type BookState,
  type Detect,
  type DetectContext,
  type Detection,
  type EventState,
  type Finding,
  type IsMuted,
  type Memory,
  type Quote,
  type QuoteKey,
  quoteKey,
} from './detection.ts';
import { applyMemory } from './event-state.ts';
import { faultOf } from './hygiene.ts';
import { kickoffAfter } from './kickoff.ts';
import { marginChangeOf, marginFinding } from './margin-change.ts';
import { isWatched, watchMarket } from './market-watch.ts';
import { type MarketView, isMatchedMarket, viewMarket } from './market-view.ts';
import type { Observation } from './observation.ts';
import { heldElsewhere, lendsSupport } from './lone-jump.ts';
import { movesMemoryKey, movesOf } from './moves-memory.ts';
import { judgePrices } from './price-episodes.ts';
import { heardAgain } from './heard-again.ts';
import { isQuarantined, quarantineChanges } from './quarantine.ts';
import { recurringOf, sighted } from './recurring.ts';
import { withEntry } from './shared-map.ts';
import { inOrderOfDanger, tellOnce } from './told-once.ts';

const MINUTE_MS = 60_000;

const nothingIsMuted: IsMuted = () => false;

const unchanged = (state: EventState): Detection => ({ state, quoteChanges: [], memoryChanges: [], findings: [] });

/**
 * Detection: takes one observation into the state of its event and tells what deserves attention.
 *
 * An observation older than what its quote has already been seen with changes nothing at all and says so. Prices that cannot be
 * meant are quarantined: the book was heard of, its price stays as it was. From kickoff on
 * states and prices are kept up, and nothing is found: alerts are for matches to come.
 */
export const detect: Detect = (state, observation, allSettings, context) => {
  const settings = settingsFor(allSettings, observation.event);
  const before = state.books.get(observation.bookmaker);
  const key = quoteKey(observation);
  const quote = before?.quotes.get(key);
  if (before !== undefined && quote !== undefined && isTooLate(before, quote, key, observation.observedAtMs)) {
    return { ...unchanged(state), quarantined: 'outdated' };
  }
  const quarantined = faultOf(observation, quote, settings);
  const said = { isMeant: quarantined === null, atMs: observation.observedAtMs };
  if (quarantined === null) {
    const changes = quarantineChanges(state, key, said);
    return withChanges(take(withMemory(state, changes), before, key, observation, settings, context), changes);
  }
  if (quote === undefined || quote.state === 'removed') return { ...unchanged(state), quarantined };
  const asBefore = { ...observation, outcomes: quote.outcomes, suspended: quote.state === 'suspended' };
  const changes = quarantineChanges(state, key, said);
  const taken = take(withMemory(state, changes), before, key, asBefore, settings, context);
  return { ...withChanges(taken, changes), quarantined };
};

const withMemory = (state: EventState, changes: readonly MemoryChange[]): EventState =>
  changes.length === 0 ? state : { ...state, memory: applyMemory(state.memory, changes) };

const withChanges = (detection: Detection, changes: readonly MemoryChange[]): Detection =>
  changes.length === 0 ? detection : { ...detection, memoryChanges: [...changes, ...detection.memoryChanges] };

function take(
  state: EventState,
  before: BookState | undefined,
  key: QuoteKey,
  observation: Observation,
  settings: Settings,
  context: DetectContext,
): Detection {
  const step = advance(state, before, key, observation, settings);
  if (step.book === before) return unchanged(state);

  const { kickoffMs, memoryChanges: told } = kickoffAfter(state, before, observation, settings);
  const { quoteChanges } = step;
  const memoryChanges = told.length === 0 ? step.memoryChanges : [...step.memoryChanges, ...told];
  const books = withEntry(state.books, observation.bookmaker, step.book);
  const memory = applyMemory(state.memory, memoryChanges);
  const next: EventState = { kickoffMs, books, memory };
  const isPreMatch = observation.observedAtMs < kickoffMs;
  const isWaited = isWaitedFor(next, step.book, key, observation, settings);
  if ((quoteChanges.length === 0 && !isWaited) || !isPreMatch)
    return { state: next, quoteChanges, memoryChanges, findings: [] };
  const judged = judge(next, { ...step, memoryChanges }, observation, settings, context);
  const isDecided = isWaited && judged.memoryChanges.length > memoryChanges.length;
  if (!isDecided) return judged;
  const again = heardAgain(judged.state, before, observation);
  return withChanges({ ...judged, state: withMemory(judged.state, again) }, again);
}

/** Whether something waits for this very book to say again what it said. */
function isWaitedFor(
  state: EventState,
  book: BookState,
  key: QuoteKey,
  observation: Observation,
  settings: Settings,
): boolean {
  // What cannot be meant confirms nothing.
  if (isQuarantined(state, key)) return false;
  if (movesOf(state.memory, key).held !== null) return true;
  if (observation.bookmaker !== settings.ownBookmaker) return false;
  const quote = book.quotes.get(key);
  return quote !== undefined && isWatched(state, quote);
}

/** Turns what happened into findings and into what is to be remembered of it. */
function judge(
  start: EventState,
  step: Step,
  observation: Observation,
  settings: Settings,
  context: DetectContext,
): Detection {
  const { eventId, isMuted = nothingIsMuted } = context;
  const atMs = observation.observedAtMs;
  let state = start;
  const memoryChanges: MemoryChange[] = [...step.memoryChanges];
  const findings: Finding[] = [];
  const remember = (changes: readonly MemoryChange[]): void => {
    if (changes.length === 0) return;
    memoryChanges.push(...changes);
    state = { ...state, memory: applyMemory(state.memory, changes) };
  };
  const views = new Map<Market, MarketView>();
  const viewOf = (market: Market): MarketView => {
    const view = views.get(market) ?? viewMarket(state, market, settings.ownBookmaker, atMs);
    views.set(market, view);
    return view;
  };
  const alerts = (market: Market): boolean =>
    settings.primaryMarkets.includes(market) &&
    (!settings.matchedOnly || isMatchedMarket(state, market, settings.ownBookmaker, atMs));
  const coolDownMs = settings.coolDownMinutes * MINUTE_MS;

  for (const transition of step.transitions) {
    const { market } = transition.quote;
    if (!alerts(market)) continue;
    const severity = judgeAvailability(state, transition, viewOf(market), settings);
    const told = tellOffer(state, transition, { severity, viewOf, settings, eventId, isMuted });
    if (told === null) continue;
    findings.push(told.finding);
    remember(told.changes);
  }

  const key = quoteKey(observation);
  const quote = state.books.get(observation.bookmaker)?.quotes.get(key);
  if (quote !== undefined && alerts(observation.market)) {
    if (quote.state === 'open') judgeOpen(quote, key);
    const watched = watchMarket(state, quote, { atMs, settings, eventId });
    findings.push(...watched.findings);
    remember(watched.memoryChanges);
  }
  const cap = findings.length === 0 ? null : capped(state, findings, { atMs, settings, eventId });
  if (cap !== null) remember([{ key: CAP_KEY, memory: cap.memory }]);
  return { state, quoteChanges: step.quoteChanges, memoryChanges, findings: cap?.findings ?? findings };

  function judgeOpen(now: Quote, nowKey: QuoteKey): void {
    const compared = step.compared?.before ?? null;
    const margin = compared === null ? null : marginChangeOf(compared, now, settings);
    if (compared !== null && margin !== null) {
      const marginKey = `margin|${nowKey}`;
      const told = sighted(recurringOf(state.memory, marginKey), 'warning', atMs, coolDownMs);
      if (told === null) return;
      const about = { settings, eventId, beforeAtMs: compared.changedAtMs };
      findings.push(marginFinding(state, now, margin, { recurring: told.next, isNews: told.isNews }, about));
      remember([{ key: marginKey, memory: { ...told.next, isOpen: false } }]);
      return;
    }
    judgeMoves(now, nowKey, compared);
    if (compared === null || !lendsSupport(state, now, atMs, settings)) return;
    for (const waiting of heldElsewhere(state, now, settings)) judgeMoves(waiting.quote, waiting.key, null, true);
  }

  function judgeMoves(now: Quote, nowKey: QuoteKey, before: Quote | null, isSupported = false): void {
    const book = state.books.get(now.bookmaker);
    if (book === undefined) return;
    const about = { state, book, quote: now, key: nowKey, atMs, settings };
    const judged = judgePrices(about, before, isSupported);
    if (judged.isChanged) remember([{ key: movesMemoryKey(nowKey), memory: asMemory(judged.memory) }]);
    for (const move of inOrderOfDanger(judged.moves)) {
      const { finding, changes } = tellOnce(state, move, settings, { eventId, isMuted });
      remember(changes);
      if (finding !== null) add(finding);
    }
  }

  /** One alert found twice, as two outcomes of a market do, is one finding: the later one, which is worse. */
  function add(finding: Finding): void {
    const at = findings.findIndex(({ alertKey }) => alertKey === finding.alertKey);
    if (at === -1) findings.push(finding);
    else findings[at] = { ...finding, isNews: finding.isNews || findings[at]?.isNews === true };
  }
}

/** What is worth keeping: a quote of which nothing is open, held or cooling down is forgotten. */
function asMemory(moves: ReturnType<typeof movesOf>): Memory | null {
  const isEmpty = Object.keys(moves.episodes).length === 0 && moves.held === null && moves.anchorMs === 0;
  return isEmpty ? null : moves;
}
