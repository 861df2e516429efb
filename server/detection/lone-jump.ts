import type { Direction } from '../../contracts/alert.ts';
import type { Settings } from '../../contracts/settings.ts';
import { type Vote, consensusOf, groupOf, votesOf } from './consensus.ts';
import type { EventState, Quote, QuoteKey } from './detection.ts';
import { fairOf } from './fair-prices.ts';
import { type MovesContext, type MovesMemory, type PriceMove, lookBackFrom, movesOf } from './moves-memory.ts';
import { directionOf, reachesPercent } from './price-move.ts';
import { quoteKeyOf } from './quote-key.ts';
import { extremesSince } from './recent-prices.ts';

const MINUTE_MS = 60_000;

/** A book that went this share of the warning band the same way makes another book's jump believable. */
const SUPPORT_SHARE = 0.5;
/** It must also have gone this share of the jump. */
const JUMP_SHARE = 0.5;

/**
 * The outcome whose jump away from everybody else nobody follows, null when the new prices are to be believed. A jump
 * too small to be told waits as well: if it is taken back, the way back is no move either.
 */
export function loneJump(
  context: MovesContext,
  before: Quote,
  moves: readonly PriceMove[],
  known: MovesMemory,
): string | null {
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
export const othersOf = ({ state, quote, atMs, settings }: MovesContext): Vote[] => {
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
export const supportPercent = (from: number, to: number, settings: Settings): number =>
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
    const key = quoteKeyOf(bookmaker, quote.market, quote.line);
    const other = movesOf(state.memory, key).held === null ? undefined : book.quotes.get(key);
    if (other?.state === 'open') waiting.push({ key, quote: other });
  }
  return waiting;
}

/**
 * Whether a competitor's move has only brought it into line: it ends where the others stand, and fewer of them went the
 * same way than would make a consensus with it. It was the odd one out and is not any more; ours is always a move.
 */
export function isInLine(context: MovesContext, { quote, outcome, episode }: PriceMove): boolean {
  const { state, atMs, settings } = context;
  if (settings.inLinePoints === 0 || quote.bookmaker === settings.ownBookmaker) return false;
  const votes = othersOf(context);
  const others = consensusOf(votes, outcome, settings.consensusMinVotes);
  const fair = fairOf(quote, outcome);
  if (others === null || fair === null || Math.abs(fair - others.fair) * 100 >= settings.inLinePoints) return false;
  const { base, peak, direction } = episode;
  const move = { outcome, direction, atMs, leastPercent: supportPercent(base, peak, settings) };
  const sharing = votes.filter((vote) => wentThatWay(state, vote.quote, move, settings)).length;
  return sharing + 1 < settings.consensusMinVotes;
}
