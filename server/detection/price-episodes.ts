import { type Severity, severityRank } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { EventState, Quote } from './detection.ts';
import { type Base, type Episode, type EpisodeRules, follow, open, settle } from './episode.ts';
import { basisPointsBetween, fairOf } from './fair-prices.ts';
import { loneJump, othersOf, supportPercent, wentThatWay } from './lone-jump.ts';
import { type MovesContext, type MovesMemory, type PriceMove, lookBackFrom, movesOf, rulesOf } from './moves-memory.ts';
import { bandOf, directionOf, reachesPercent } from './price-move.ts';
import { type Extreme, extremesSince } from './recent-prices.ts';
import { ticksBetween } from './ticks.ts';

const MINUTE_MS = 60_000;
const MICRO = 1_000_000;

/**
 * Whether another competitor's alert of the same move stands for this one too: the same outcome went the same way
 * there, is open or has just settled, and was told to be at least as bad. Our own moves are always told.
 */
export function isToldElsewhere(state: EventState, move: PriceMove, settings: Settings): boolean {
  const { quote, outcome, episode, atMs } = move;
  if (!settings.foldFollowers || quote.bookmaker === settings.ownBookmaker) return false;
  const rules = rulesOf(settings);
  for (const bookmaker of state.books.keys()) {
    if (bookmaker === quote.bookmaker || bookmaker === settings.ownBookmaker) continue;
    const stored = movesOf(state.memory, `${bookmaker}|${quote.market}|${quote.line ?? ''}`).episodes[outcome];
    if (stored === undefined || stored.isFolded || stored.direction !== episode.direction) continue;
    const other = settle(stored, atMs, rules);
    const isSettled = !other.isOpen && other.closedAtMs === other.lastExtensionMs + rules.quietMs;
    const isRecent = other.isOpen || (isSettled && atMs - other.closedAtMs <= rules.coolDownMs);
    if (isRecent && severityRank(stored.worst) >= severityRank(episode.severity)) return true;
  }
  return false;
}

export type PriceJudgement = {
  readonly moves: readonly PriceMove[];
  readonly memory: MovesMemory;
  readonly isChanged: boolean;
};

/** How many times as much a move counts: main markets and the last hour weigh more. */
export function weightOf(settings: Settings, market: Market, minutesToKickoff: number): number {
  const late = minutesToKickoff <= settings.lateWeight.withinMinutes ? settings.lateWeight.weight : 1;
  return (settings.marketWeights[market] ?? 1) * late;
}

/**
 * Judges the prices of an open quote against its window. `before` is the row they took the place of, if one;
 * `isSupported` says that another book has just gone the same way, so that a jump that waits may have been meant.
 */
export function judgePrices(context: MovesContext, before: Quote | null, isSupported = false): PriceJudgement {
  const { state, key, atMs, settings, quote } = context;
  const known = movesOf(state.memory, key);
  const returned = quote.recent.returnedAtMs;
  if (returned !== null && atMs < returned + settings.holdDownSeconds * 1_000) {
    return { moves: [], memory: known, isChanged: false };
  }
  if (isSupported && known.held !== null) return judgeHeld(context, known);
  const isConfirming = known.held !== null && atMs > known.held.atMs && !isSupported;
  const start = isConfirming ? settleHeld(known, quote, atMs) : known;
  // Unchanged prices, and jumps that still wait, have nothing else to say.
  if (isSupported || (before === null && !isConfirming)) return { moves: [], memory: known, isChanged: false };
  const step = judgeOutcomes(context, start);
  const jumped = isConfirming || before === null ? null : loneJump(context, before, step.moves, start);
  if (jumped === null) return { moves: step.moves, memory: step.memory, isChanged: step.isChanged || start !== known };
  const [from, to] = [before, quote].map(
    (row) => row?.outcomes.find((outcome) => outcome.name === jumped)?.milliOdds ?? 0,
  );
  return {
    moves: [],
    memory: { ...start, held: { atMs, outcome: jumped, from: from ?? 0, to: to ?? 0 } },
    isChanged: true,
  };
}

/** Judges a jump that waited and has been followed, if what followed is what it waited for. */
function judgeHeld(context: MovesContext, known: MovesMemory): PriceJudgement {
  const { state, atMs, settings } = context;
  const step = judgeOutcomes(context, { ...known, held: null });
  const { held } = known;
  if (held === null) return { moves: [], memory: known, isChanged: false };
  const move = {
    outcome: held.outcome,
    direction: directionOf(held.from, held.to),
    atMs,
    leastPercent: supportPercent(held.from, held.to, settings),
  };
  const votes = othersOf(context);
  if (!votes.some((vote) => wentThatWay(state, vote.quote, move, settings)))
    return { moves: [], memory: known, isChanged: false };
  return { moves: step.moves, memory: step.memory, isChanged: true };
}

/** What a book's next poll makes of a jump: taken back, it never was; standing, it is judged like any other. */
function settleHeld(known: MovesMemory, quote: Quote, atMs: number): MovesMemory {
  const { held } = known;
  if (held === null) return known;
  const now = quote.outcomes.find((outcome) => outcome.name === held.outcome)?.milliOdds ?? held.to;
  const isStanding = (now - held.from) * Math.sign(held.to - held.from) * 2 > Math.abs(held.to - held.from);
  return isStanding ? { ...known, held: null } : { ...known, held: null, anchorMs: atMs, spikeAtMs: atMs };
}

function judgeOutcomes(context: MovesContext, known: MovesMemory): PriceJudgement {
  const { quote, atMs, settings } = context;
  const rules = rulesOf(settings);
  const fromMs = Math.max(lookBackFrom(context), known.anchorMs);
  const moves: PriceMove[] = [];
  let episodes: Record<string, Episode> | undefined;
  for (const outcome of quote.outcomes) {
    if (outcome.suspended) continue;
    const stored = known.episodes[outcome.name];
    const found = judgeOutcome(context, outcome.name, outcome.milliOdds, { stored, fromMs, rules });
    if (found === null || found.episode === stored) continue;
    episodes ??= { ...known.episodes };
    if (found.episode === null) delete episodes[outcome.name];
    else episodes[outcome.name] = found.episode;
    if (found.move !== null) moves.push(found.move);
  }
  if (episodes === undefined) return { moves, memory: known, isChanged: false };
  for (const [name, episode] of Object.entries(episodes)) {
    if (!episode.isOpen && atMs - episode.closedAtMs > Math.max(rules.coolDownMs, settings.lookBackMinutes * MINUTE_MS))
      delete episodes[name];
  }
  return { moves, memory: { ...known, episodes }, isChanged: true };
}

function judgeOutcome(
  context: MovesContext,
  name: string,
  price: number,
  at: { readonly stored: Episode | undefined; readonly fromMs: number; readonly rules: EpisodeRules },
): { readonly episode: Episode | null; readonly move: PriceMove | null } | null {
  const { quote, atMs, settings, state } = context;
  const { rules, stored } = at;
  const weight = weightOf(settings, quote.market, (state.kickoffMs - atMs) / MINUTE_MS);
  const judge = (base: Base): Severity | null => {
    // Most prices have not moved that far: what costs more comes after.
    if (!reachesPercent(base.milliOdds, price, settings.priceChangePercent.warning)) return null;
    if (ticksBetween(base.milliOdds, price) < settings.minTicks) return null;
    const move = { from: base.milliOdds, to: price, basisPoints: pointsFrom(base, quote, name, price), weight };
    return bandOf(move, settings.priceChangePercent, settings.priceChangePoints);
  };
  const told = (episode: Episode, news: PriceMove['news'], high: number, low: number): PriceMove => ({
    quote,
    outcome: name,
    episode,
    news,
    atMs,
    weight,
    high,
    low,
    basisPoints: pointsFrom(
      { milliOdds: episode.base, atMs: episode.baseAtMs, fair: episode.baseFair },
      quote,
      name,
      price,
    ),
  });

  let episode = stored === undefined ? undefined : settle(stored, atMs, rules);
  let overshot: Base | null = null;
  if (episode?.isOpen) {
    const step = follow(episode, price, atMs, rules, judge);
    const { episode: next } = step;
    if (next === null) return null;
    if (next.isOpen) {
      const move =
        step.news === null ? null : told(next, step.news, Math.max(next.base, price), Math.min(next.base, price));
      return { episode: next, move };
    }
    // Back beyond where it began: the other side of the base is a move of its own.
    const isBeyond = next.direction === 'shortening' ? price > next.base : price < next.base;
    overshot = isBeyond ? { milliOdds: next.base, atMs: next.baseAtMs, fair: next.baseFair } : null;
    episode = next;
  }
  const { high, low } = extremesSince(quote.recent, name, Math.max(at.fromMs, episode?.anchorMs ?? 0));
  const bases = overshot === null ? candidates(context, name, price, { high, low }) : [overshot];
  for (const base of bases) {
    const severity = judge(base);
    if (severity === null) continue;
    const step = open(episode, base, { price, atMs, severity }, rules, judge);
    if (step.episode === null || step.news === null) continue;
    const top = Math.max(high?.milliOdds ?? price, base.milliOdds, price);
    const bottom = Math.min(low?.milliOdds ?? price, base.milliOdds, price);
    return { episode: step.episode, move: told(step.episode, step.news, top, bottom) };
  }
  return episode === undefined ? null : { episode, move: null };
}

/** The window's extremes as bases, the one that gives the larger relative move first. */
function candidates(
  { settings }: MovesContext,
  name: string,
  price: number,
  { high, low }: { readonly high: Extreme | null; readonly low: Extreme | null },
): Base[] {
  const percent = settings.priceChangePercent.warning;
  const toBase = (extreme: Extreme): Base => {
    const fair = fairOf(extreme.row, name);
    return {
      milliOdds: extreme.milliOdds,
      atMs: extreme.row.sinceMs,
      fair: fair === null ? null : Math.round(fair * MICRO),
    };
  };
  const bases: Base[] = [];
  const down = high === null ? 0 : (high.milliOdds - price) / high.milliOdds;
  const up = low === null ? 0 : (price - low.milliOdds) / low.milliOdds;
  if (high !== null && down > 0 && reachesPercent(high.milliOdds, price, percent)) bases.push(toBase(high));
  if (low !== null && up > 0 && reachesPercent(low.milliOdds, price, percent)) bases.push(toBase(low));
  return up > down ? bases.toReversed() : bases;
}

/** Hundredths of a point that the fair probability moved from a base; the implied one where a market is not whole. */
function pointsFrom(base: Base, quote: Quote, name: string, price: number): number {
  const now = fairOf(quote, name);
  if (now !== null && base.fair !== null) return basisPointsBetween(base.fair / MICRO, now);
  return basisPointsBetween(1_000 / base.milliOdds, 1_000 / price);
}
