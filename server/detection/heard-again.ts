import { SAME_POLL_MS } from './absence.ts';
import type { MemoryChange } from './advance.ts';
import type { BookState, EventState, Memory } from './detection.ts';

export const HEARD_AGAIN_KEY = 'heard-again';

/** Kept of one match; beyond them a try of other settings has to make up when the polls came. */
const MAX_KEPT = 200;

/** A poll that showed what its book had shown before, and by that decided something; nothing was heard of it since `fromMs`. */
export type HeardAgain = { readonly bookmaker: string; readonly fromMs: number; readonly atMs: number };

type Stored = readonly (readonly [bookmaker: string, fromMs: number, atMs: number])[];

const storedOf = (memory: Memory | undefined): Stored => (memory?.polls as Stored | undefined) ?? [];

/** What is remembered of such polls, in their order. */
export const heardAgainOf = (memory: Memory): readonly HeardAgain[] =>
  storedOf(memory).map(([bookmaker, fromMs, atMs]) => ({ bookmaker, fromMs, atMs }));

/**
 * What is to be remembered of an unchanged snapshot that something had waited for: the history of prices has no trace
 * of it, and a try of settings could not tell at which poll a price that stood became an alert.
 */
export function heardAgain(
  state: EventState,
  before: BookState | undefined,
  { bookmaker, observedAtMs }: { readonly bookmaker: string; readonly observedAtMs: number },
): readonly MemoryChange[] {
  const stored = storedOf(state.memory.get(HEARD_AGAIN_KEY));
  const isRunning = before !== undefined && before.lastSeenMs > observedAtMs - SAME_POLL_MS;
  // Of a poll that came whole nobody remembers, over a restart, what was before it: a second word of it tells nothing.
  if (isRunning && before.unseen.length === 0) return [];
  const fromMs = (isRunning ? before.previousSeenMs : before?.lastSeenMs) ?? 0;
  const others = stored.filter(([name, , atMs]) => name !== bookmaker || atMs <= observedAtMs - SAME_POLL_MS);
  const polls: Stored = [...others, [bookmaker, fromMs, observedAtMs] as const].slice(-MAX_KEPT);
  return [{ key: HEARD_AGAIN_KEY, memory: { polls } }];
}
