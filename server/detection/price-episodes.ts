import { type Direction, type Severity, severityRank } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import type { Settings } from '../../contracts/settings.ts';
import { type Vote, consensusOf, groupOf, votesOf } from './consensus.ts';
import type { BookState, EventState, Memory, Quote, QuoteKey } from './detection.ts';
import { type Base, type Episode, type EpisodeRules, follow, open, settle } from './episode.ts';
import { basisPointsBetween, fairOf } from './fair-prices.ts';
import { bandOf, directionOf, reachesPercent } from './price-move.ts';
import { type Extreme, extremesSince } from './recent-prices.ts';
import { ticksBetween } from './ticks.ts';

const MINUTE_MS = 60_000;
const MICRO = 1_000_000;

/** A book that went this share of the warning band the same way makes another book's jump believable. */
const SUPPORT_SHARE = 0.5;
/** It must also have gone this share of the jump. */
const JUMP_SHARE = 0.5;

/** What is remembered of one quote's moves. */
export type MovesMemory = {
  /** By outcome; closed ones are kept for the cool-down. */
  readonly episodes: { readonly [outcome: string]: Episode };
  /** A jump that waits for the book's next poll: the outcome that jumped most, before and after. */
  readonly held: { readonly atMs: number; readonly outcome: string; readonly from: number; readonly to: number } | null;
  /** Prices that stood until then are not looked back at. */
  readonly anchorMs: number;
  /** When a held jump was last taken back: the next one soon after is no single mistake. */
  readonly spikeAtMs: number;
};

/** The memory with the episode of an outcome marked as told by another book's alert, or as told by its own. */
export const withFolded = (moves: MovesMemory, outcome: string, isFolded: boolean): MovesMemory => {
  const episode = moves.episodes[outcome];
  return episode === undefined
    ? moves
    : { ...moves, episodes: { ...moves.episodes, [outcome]: { ...episode, isFolded } } };
};

export const movesMemoryKey = (key: QuoteKey): string => `moves|${key}`;

const NO_MOVES: MovesMemory = { episodes: {}, held: null, anchorMs: 0, spikeAtMs: 0 };

export const movesOf = (memory: ReadonlyMap<string, Memory>, key: QuoteKey): MovesMemory =>
  (memory.get(movesMemoryKey(key)) as MovesMemory | undefined) ?? NO_MOVES;

/** An episode that was opened or got worse, or opened again, with what a reader needs to see why. */
export type PriceMove = {
  readonly quote: Quote;
  readonly outcome: string;
  readonly episode: Episode;
  readonly news: 'opened' | 'escalated' | 'again';
  readonly atMs: number;
  readonly basisPoints: number;
  readonly weight: number;
  readonly high: number;
  readonly low: number;
};

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

type Context = {
  readonly state: EventState;
  readonly book: BookState;
  readonly quote: Quote;
  readonly key: QuoteKey;
  readonly atMs: number;
  readonly settings: Settings;
};

export const rulesOf = (settings: Settings): EpisodeRules => ({
  quietMs: settings.quietMinutes * MINUTE_MS,
  coolDownMs: settings.coolDownMinutes * MINUTE_MS,
  retraceShare: settings.retraceShare,
});

/** How many times as much a move counts: main markets and the last hour weigh more. */
export function weightOf(settings: Settings, market: Market, minutesToKickoff: number): number {
  const late = minutesToKickoff <= settings.lateWeight.withinMinutes ? settings.lateWeight.weight : 1;
  return (settings.marketWeights[market] ?? 1) * late;
}

/** Since when a quote's prices are looked back at. */
export function lookBackFrom({
  book,
  quote,
  atMs,
  settings,
}: Pick<Context, 'book' | 'quote' | 'atMs' | 'settings'>): number {
  const returned = quote.recent.returnedAtMs;
  return Math.max(
    atMs - settings.lookBackMinutes * MINUTE_MS,
    book.anchorMs,
    returned === null ? 0 : returned + settings.holdDownSeconds * 1_000,
  );
}

/**
 * Judges the prices of an open quote against its window. `before` is the row they took the place of, if one;
 * `isSupported` says that another book has just gone the same way, so that a jump that waits may have been meant.
 */
export function judgePrices(context: Context, before: Quote | null, isSupported = false): PriceJudgement {
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
function judgeHeld(context: Context, known: MovesMemory): PriceJudgement {
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

function judgeOutcomes(context: Context, known: MovesMemory): PriceJudgement {
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
  context: Context,
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
    ...{ quote, outcome: name, episode, news, atMs, weight, high, low },
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
  { settings }: Context,
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
  return up > down ? bases.reverse() : bases;
}

/** Hundredths of a point that the fair probability moved from a base; the implied one where a market is not whole. */
function pointsFrom(base: Base, quote: Quote, name: string, price: number): number {
  const now = fairOf(quote, name);
  if (now !== null && base.fair !== null) return basisPointsBetween(base.fair / MICRO, now);
  return basisPointsBetween(1_000 / base.milliOdds, 1_000 / price);
}

/**
 * The outcome whose jump away from everybody else nobody follows, null when the new prices are to be believed. A jump
 * too small to be told waits as well: if it is taken back, the way back is no move either.
 */
function loneJump(context: Context, before: Quote, moves: readonly PriceMove[], known: MovesMemory): string | null {
  const { state, quote, atMs, settings } = context;
  const lead = leadOf(quote, before, moves);
  const percent = settings.priceChangePercent.warning;
  // Most of the move came at once; what came bit by bit is no mistake.
  if (lead === null || !reachesPercent(lead.from, lead.to, moves.length > 0 ? percent * SUPPORT_SHARE : percent))
    return null;
  if (known.spikeAtMs > 0 && atMs - known.spikeAtMs <= settings.coolDownMinutes * MINUTE_MS) return null;
  const isOwn = quote.bookmaker === settings.ownBookmaker;
  const leastPoints = isOwn ? settings.spikeHoldPoints.own : settings.spikeHoldPoints.competitor;
  if (leastPoints >= 100) return null;
  const votes = othersOf(context);
  const { outcome } = lead;
  const others = consensusOf(votes, outcome, 1);
  const from = fairOf(before, outcome);
  const to = fairOf(quote, outcome);
  if (others === null || from === null || to === null) return null;
  const isAway = Math.abs(to - others.fair) > Math.abs(from - others.fair);
  if (!isAway || Math.abs(to - others.fair) * 100 < leastPoints) return null;
  const move = {
    outcome,
    direction: directionOf(lead.from, lead.to),
    atMs,
    leastPercent: supportPercent(lead.from, lead.to, settings),
  };
  return votes.some((vote) => wentThatWay(state, vote.quote, move, settings)) ? null : outcome;
}

/** The outcome that speaks for a new row: of those that moved enough the one with the most points, else the largest step. */
function leadOf(
  quote: Quote,
  before: Quote,
  moves: readonly PriceMove[],
): { readonly outcome: string; readonly from: number; readonly to: number } | null {
  const named = mostMoved(moves)?.outcome;
  let lead: { outcome: string; from: number; to: number } | null = null;
  let largest = 0;
  for (const { name, milliOdds, suspended } of quote.outcomes) {
    const old = before.outcomes.find((candidate) => candidate.name === name);
    if (old === undefined || old.suspended || suspended || old.milliOdds === milliOdds) continue;
    const size = name === named ? Number.POSITIVE_INFINITY : Math.abs(milliOdds - old.milliOdds) / old.milliOdds;
    // Of equals the first by name: a feed may turn its outcomes round.
    if (size < largest || (size === largest && lead !== null && lead.outcome < name)) continue;
    largest = size;
    lead = { outcome: name, from: old.milliOdds, to: milliOdds };
  }
  return lead;
}

/** What others say of the same market: to doubt a jump, prices as old as the look-back will do. */
const othersOf = ({ state, quote, atMs, settings }: Context): Vote[] => {
  const { market, line, bookmaker } = quote;
  return votesOf(
    state,
    { market, line, except: bookmaker, atMs, freshMs: settings.lookBackMinutes * MINUTE_MS },
    settings,
  );
};

const mostMoved = (moves: readonly PriceMove[]): PriceMove | null =>
  moves.toSorted(
    (one, other) => Math.abs(other.basisPoints) - Math.abs(one.basisPoints) || (one.outcome < other.outcome ? -1 : 1),
  )[0] ?? null;

/** How far another book must have gone to make a jump believable. */
const supportPercent = (from: number, to: number, settings: Settings): number =>
  Math.max(settings.priceChangePercent.warning * SUPPORT_SHARE, ((Math.abs(to - from) * 100) / from) * JUMP_SHARE);

/** Whether a book's price of an outcome went that way within the window, by the percentage. */
export function wentThatWay(
  state: EventState,
  quote: Quote,
  move: {
    readonly outcome: string;
    readonly direction: Direction;
    readonly atMs: number;
    readonly leastPercent: number;
  },
  settings: Settings,
): boolean {
  const book = state.books.get(quote.bookmaker);
  const now = quote.outcomes.find((candidate) => candidate.name === move.outcome);
  if (book === undefined || now === undefined || now.suspended) return false;
  const fromMs = lookBackFrom({ book, quote, atMs: move.atMs, settings });
  const { high, low } = extremesSince(quote.recent, move.outcome, fromMs);
  const from = move.direction === 'shortening' ? high : low;
  if (from === null || now.milliOdds < from.milliOdds !== (move.direction === 'shortening')) return false;
  return reachesPercent(from.milliOdds, now.milliOdds, move.leastPercent);
}

/** Whether a quote went either way far enough to make another book's jump believable. */
export function lendsSupport(state: EventState, quote: Quote, atMs: number, settings: Settings): boolean {
  const leastPercent = settings.priceChangePercent.warning * SUPPORT_SHARE;
  return quote.outcomes.some(
    ({ name }) =>
      wentThatWay(state, quote, { outcome: name, direction: 'shortening', atMs, leastPercent }, settings) ||
      wentThatWay(state, quote, { outcome: name, direction: 'drifting', atMs, leastPercent }, settings),
  );
}

/** Other books of the same market and line whose jumps wait, outside the group of `bookmaker`. */
export function heldElsewhere(
  state: EventState,
  quote: Quote,
  settings: Settings,
): { readonly key: QuoteKey; readonly quote: Quote }[] {
  const waiting: { key: QuoteKey; quote: Quote }[] = [];
  for (const [bookmaker, book] of state.books) {
    if (groupOf(settings, bookmaker) === groupOf(settings, quote.bookmaker)) continue;
    const key = `${bookmaker}|${quote.market}|${quote.line ?? ''}`;
    const other = movesOf(state.memory, key).held === null ? undefined : book.quotes.get(key);
    if (other?.state === 'open') waiting.push({ key, quote: other });
  }
  return waiting;
}
