import type { EventState, Memory } from './detection.ts';

/** The usual interval of each book's polls at an event, in seconds, rounded up to a power of two. */
type Paces = { readonly [bookmaker: string]: number };

export const PACE_KEY = 'pace';

const pacesOf = (state: EventState): Paces => (state.memory.get(PACE_KEY)?.seconds ?? {}) as Paces;

/** How long, in ms, a book usually takes from poll to poll at this event; 0 before its second poll. */
export const paceMs = (state: EventState, bookmaker: string): number => (pacesOf(state)[bookmaker] ?? 0) * 1_000;

/**
 * The memory once a book came round after `intervalMs`; null when it says nothing new. It grows at once and shrinks
 * only by a factor of four, so that a steady feed writes it once.
 */
export function changedPace(state: EventState, bookmaker: string, intervalMs: number): Memory | null {
  const seconds = 2 ** Math.ceil(Math.log2(Math.max(intervalMs / 1_000, 1)));
  const paces = pacesOf(state);
  const known = paces[bookmaker];
  if (known !== undefined && seconds <= known && seconds * 4 > known) return null;
  return { seconds: { ...paces, [bookmaker]: seconds } };
}
