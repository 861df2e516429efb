import { namedIn, withNamed } from '../../contracts/named-in.ts';
import type { Settings } from '../../contracts/settings.ts';
import type { EventState, Memory } from './detection.ts';

/** The usual interval of each book's polls at an event, in seconds, rounded up to a power of two. */
type Paces = { readonly [bookmaker: string]: number };

export const PACE_KEY = 'pace';

const MINUTE_MS = 60_000;
/** So many of a book's usual intervals without a word are a gap. */
const GAP_INTERVALS = 3;
const NO_PACES: Paces = {};

const pacesOf = (state: EventState): Paces => (state.memory.get(PACE_KEY)?.seconds as Paces | undefined) ?? NO_PACES;
/** How long, in ms, a book usually takes from poll to poll at this event; 0 before its second poll. */
export const paceMs = (state: EventState, bookmaker: string): number =>
  (namedIn(pacesOf(state), bookmaker) ?? 0) * 1_000;

/** The longest interval that is no gap: a feed that always takes hours is slow, one that took hours once was away. */
export function longestIntervalMs(state: EventState, bookmaker: string, settings: Settings): number {
  const usualMs = paceMs(state, bookmaker);
  return usualMs === 0
    ? Number.POSITIVE_INFINITY
    : Math.max(settings.maxGapMinutes * MINUTE_MS, GAP_INTERVALS * usualMs);
}

/**
 * The memory once a book came round after `intervalMs`; null when it says nothing new. It grows at once and shrinks
 * only by a factor of four, so that a steady feed writes it once.
 */
export function changedPace(state: EventState, bookmaker: string, intervalMs: number): Memory | null {
  const seconds = 2 ** Math.ceil(Math.log2(Math.max(intervalMs / 1_000, 1)));
  const paces = pacesOf(state);
  const known = namedIn(paces, bookmaker);
  if (known !== undefined && seconds <= known && seconds * 4 > known) return null;
  return { seconds: withNamed(paces, bookmaker, seconds) };
}

/** Shorter silences are nothing that a trader would ask about. */
const LEAST_ABSENCE_MS = 5 * 60_000;
/** A poll that is lost now and then is no absence. */
const ABSENT_INTERVALS = 3;

/**
 * Since when a book that says something at `observedAtMs` had said nothing at this event, where that is longer than its
 * polls take: what its prices were meanwhile nobody knows. Null where it was not away, or its pace is not known.
 */
export function absentSinceMs(state: EventState, bookmaker: string, observedAtMs: number): number | null {
  const lastSeenMs = state.books.get(bookmaker)?.lastSeenMs;
  const usualMs = paceMs(state, bookmaker);
  if (lastSeenMs === undefined || usualMs === 0) return null;
  const isAway = observedAtMs - lastSeenMs > Math.max(LEAST_ABSENCE_MS, ABSENT_INTERVALS * usualMs);
  return isAway ? lastSeenMs : null;
}
