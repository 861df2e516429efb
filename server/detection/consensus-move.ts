import type { Direction } from '../../contracts/alert.ts';
import type { Settings } from '../../contracts/settings.ts';
import { type Vote, weightedMedian } from './consensus.ts';
import type { EventState, Quote } from './detection.ts';
import { lookBackFrom } from './moves-memory.ts';
import { extremesSince } from './recent-prices.ts';
import { ticksBetween } from './ticks.ts';

const MINUTE_MS = 60_000;

export const opposite = (direction: Direction): Direction => (direction === 'shortening' ? 'drifting' : 'shortening');

/**
 * One price's move from the extreme of a window: percent of the extreme, 0 below the least ticks, where it came from,
 * and the earliest time in the window at which that stood.
 */
export type WindowMove = {
  readonly percent: number;
  readonly from: number;
  readonly to: number;
  readonly fromAtMs: number;
};

/** How far an outcome of a quote went in a direction within the last `minutes`. Null when its price is not there. */
export function windowMove(
  state: EventState,
  quote: Quote,
  move: { readonly outcome: string; readonly direction: Direction; readonly atMs: number; readonly minutes: number },
  settings: Settings,
): WindowMove | null {
  const book = state.books.get(quote.bookmaker);
  const now = quote.outcomes.find((candidate) => candidate.name === move.outcome);
  if (book === undefined || now === undefined || now.suspended) return null;
  const fromMs = Math.max(
    lookBackFrom({ book, quote, atMs: move.atMs, settings }),
    move.atMs - move.minutes * MINUTE_MS,
  );
  const { high, low } = extremesSince(quote.recent, move.outcome, fromMs);
  const extreme = move.direction === 'shortening' ? high : low;
  const from = extreme?.milliOdds ?? now.milliOdds;
  const distance = move.direction === 'shortening' ? from - now.milliOdds : now.milliOdds - from;
  if (extreme === null || distance <= 0)
    return { percent: 0, from: now.milliOdds, to: now.milliOdds, fromAtMs: move.atMs };
  const percent = (distance / from) * 100;
  // Below the least of a disagreement nobody asks for the ticks, and they are the dearer question.
  const isMove = percent < settings.disagreementMinPercent || ticksBetween(from, now.milliOdds) >= settings.minTicks;
  const fromAtMs = Math.max(extreme.row.sinceMs, fromMs);
  return { percent: isMove ? percent : 0, from, to: now.milliOdds, fromAtMs };
}

/**
 * How far the votes went in a direction: the weighted median of their moves, so that half of them went at least that
 * far. Percent, 0 or more; null with fewer than the least votes.
 */
export function consensusMove(
  state: EventState,
  votes: readonly Vote[],
  move: Parameters<typeof windowMove>[2],
  settings: Settings,
): { readonly percent: number; readonly votes: number } | null {
  const values: { value: number; weight: number }[] = [];
  for (const { quote, weight } of votes) {
    const own = windowMove(state, quote, move, settings);
    if (own !== null) values.push({ value: own.percent, weight });
  }
  if (values.length < settings.consensusMinVotes) return null;
  return { percent: weightedMedian(values), votes: values.length };
}
