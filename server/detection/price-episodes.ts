import type { Severity } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import { namedIn, withNamed, withoutNames } from '../../contracts/named-in.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { Quote } from './detection.ts';
import { type Base, type Episode, type EpisodeRules, follow, open, settle } from './episode.ts';
import { basisPointsBetween, fairOf } from './fair-prices.ts';
import { isInLine, loneJump, othersOf, supportPercent, wentThatWay } from './lone-jump.ts';
import { type MovesContext, type MovesMemory, type PriceMove, lookBackFrom, movesOf, rulesOf } from './moves-memory.ts';
import { bandOf, directionOf, reachesPercent } from './price-move.ts';
import { type Extreme, extremesSince } from './recent-prices.ts';
import { ticksBetween } from './ticks.ts';

const MINUTE_MS = 60_000;
const MICRO = 1_000_000;

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
  // What has only come into line is nothing by standing there.
  if (before === null && known.held?.isInLine === true) return { moves: [], memory: start, isChanged: true };
  const step = withoutInLine(context, judgeOutcomes(context, start));
  const jumped = isConfirming || before === null ? null : loneJump(context, before, step.moves, start);
  if (jumped === null) return { ...step, isChanged: step.isChanged || start !== known };
  const [from, to] = [before, quote].map(
    (row) => row?.outcomes.find((outcome) => outcome.name === jumped)?.milliOdds ?? 0,
  );
  return {
    moves: [],
    memory: { ...start, held: { atMs, outcome: jumped, from: from ?? 0, to: to ?? 0, isInLine: false } },
    isChanged: true,
  };
}

/** Judges a jump that waited and has been followed, if what followed is what it waited for. */
function judgeHeld(context: MovesContext, known: MovesMemory): PriceJudgement {
  const { state, atMs, settings } = context;
  const start = { ...known, held: null };
  const step = withoutInLine(context, judgeOutcomes(context, start));
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
  if (held.isInLine && step.moves.length === 0) return { moves: [], memory: known, isChanged: false };
  return { ...step, isChanged: true };
}

/** What a book's next poll makes of a jump: taken back, it never was; standing, it is judged like any other. */
function settleHeld(known: MovesMemory, quote: Quote, atMs: number): MovesMemory {
  const { held } = known;
  if (held === null) return known;
  if (held.isInLine) return { ...known, held: null };
  const now = quote.outcomes.find((outcome) => outcome.name === held.outcome)?.milliOdds ?? held.to;
  const isStanding = (now - held.from) * Math.sign(held.to - held.from) * 2 > Math.abs(held.to - held.from);
  return isStanding ? { ...known, held: null } : { ...known, held: null, anchorMs: atMs, spikeAtMs: atMs };
}

/**
 * The judgement without the moves that have only come into line: they wait for others that share them. Their episodes
 * are not opened, so that going on is judged from where they began.
 */
function withoutInLine(context: MovesContext, step: PriceJudgement): PriceJudgement {
  if (step.moves.length === 0) return step;
  const inLine = step.moves.filter((move) => move.news === 'opened' && isInLine(context, move));
  const [first] = inLine;
  if (first === undefined) return step;
  // What is new continues nothing: there is no earlier episode to go back to.
  const episodes = withoutNames(
    step.memory.episodes,
    inLine.map(({ outcome }) => outcome),
  );
  const { base, peak } = first.episode;
  const held = { atMs: context.atMs, outcome: first.outcome, from: base, to: peak, isInLine: true };
  return {
    moves: step.moves.filter((move) => !inLine.includes(move)),
    memory: { ...step.memory, episodes, held },
    isChanged: true,
  };
}

function judgeOutcomes(context: MovesContext, known: MovesMemory): PriceJudgement {
  const { quote, atMs, settings } = context;
  const rules = rulesOf(settings);
  const fromMs = Math.max(lookBackFrom(context), known.anchorMs);
  const moves: PriceMove[] = [];
  let episodes: MovesMemory['episodes'] | undefined;
  for (const outcome of quote.outcomes) {
    if (outcome.suspended) continue;
    const stored = namedIn(known.episodes, outcome.name);
    const found = judgeOutcome(context, outcome.name, outcome.milliOdds, { stored, fromMs, rules });
    if (found === null || found.episode === stored) continue;
    episodes ??= known.episodes;
    episodes =
      found.episode === null
        ? withoutNames(episodes, [outcome.name])
        : withNamed(episodes, outcome.name, found.episode);
    if (found.move !== null) moves.push(found.move);
  }
  if (episodes === undefined) return { moves, memory: known, isChanged: false };
  const keptMs = Math.max(rules.coolDownMs, settings.lookBackMinutes * MINUTE_MS);
  const old = Object.keys(episodes).filter((name) => {
    const episode = episodes[name];
    return episode !== undefined && !episode.isOpen && atMs - episode.closedAtMs > keptMs;
  });
  return { moves, memory: { ...known, episodes: withoutNames(episodes, old) }, isChanged: true };
}

/** An episode as it is to be told at `atMs`, with what its quote shows now. */
export function moveOf(
  { state, quote, atMs, settings }: Pick<MovesContext, 'state' | 'quote' | 'atMs' | 'settings'>,
  outcome: string,
  episode: Episode,
  news: PriceMove['news'],
): PriceMove {
  const price = quote.outcomes.find((candidate) => candidate.name === outcome)?.milliOdds ?? episode.peak;
  const base = { milliOdds: episode.base, atMs: episode.baseAtMs, fair: episode.baseFair };
  return {
    quote,
    outcome,
    episode,
    news,
    atMs,
    weight: weightOf(settings, quote.market, (state.kickoffMs - atMs) / MINUTE_MS),
    high: Math.max(episode.base, price),
    low: Math.min(episode.base, price),
    basisPoints: pointsFrom(base, quote, outcome, price),
  };
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
  let episode = stored === undefined ? undefined : settle(stored, atMs, rules);
  let overshot: Base | null = null;
  if (episode?.isOpen) {
    const step = follow(episode, price, atMs, rules, judge);
    const { episode: next } = step;
    if (next === null) return null;
    if (next.isOpen) {
      const move = step.news === null ? null : moveOf(context, name, next, step.news);
      return { episode: next, move };
    }
    // Back beyond where it began: the other side of the base is a move of its own.
    const isBeyond = next.direction === 'shortening' ? price > next.base : price < next.base;
    overshot = isBeyond ? { milliOdds: next.base, atMs: next.baseAtMs, fair: next.baseFair } : null;
    episode = next;
  }
  const fromMs = Math.max(at.fromMs, episode?.anchorMs ?? 0);
  const { high, low } = extremesSince(quote.recent, name, fromMs);
  const bases = overshot === null ? candidates(context, name, price, { high, low, fromMs }) : [overshot];
  for (const base of bases) {
    const severity = judge(base);
    if (severity === null) continue;
    const step = open(episode, base, { price, atMs, severity }, rules, judge);
    if (step.episode === null || step.news === null) continue;
    const move = moveOf(context, name, step.episode, step.news);
    const top = Math.max(high?.milliOdds ?? price, move.high);
    const bottom = Math.min(low?.milliOdds ?? price, move.low);
    return { episode: step.episode, move: { ...move, high: top, low: bottom } };
  }
  return episode === undefined ? null : { episode, move: null };
}

/**
 * The extremes since `fromMs` as bases, the one that gives the larger relative move first. One that had stood for long
 * counts from there on: it was left within the window, whenever it was first shown.
 */
function candidates(
  { settings }: MovesContext,
  name: string,
  price: number,
  { high, low, fromMs }: { readonly high: Extreme | null; readonly low: Extreme | null; readonly fromMs: number },
): Base[] {
  const percent = settings.priceChangePercent.warning;
  const toBase = (extreme: Extreme): Base => {
    const fair = fairOf(extreme.row, name);
    return {
      milliOdds: extreme.milliOdds,
      atMs: Math.max(extreme.row.sinceMs, fromMs),
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
