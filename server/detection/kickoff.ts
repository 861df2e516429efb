import type { Settings } from '../../contracts/settings.ts';
import type { MemoryChange } from './advance.ts';
import type { BookState, EventState } from './detection.ts';
import type { Observation } from './observation.ts';
import { longestIntervalMs } from './pace.ts';

export const KICKOFF_KEY = 'kickoff';

/** What a book said of the kickoff is old news when the book was not heard of for a day. */
const OLD_NEWS_MS = 24 * 60 * 60_000;

/** Books whose last word differs from the kickoff in force, each with that word; the others said what is in force. */
type Others = readonly (readonly [bookmaker: string, kickoffMs: number])[];

/** The kickoff in force, and what is to be remembered of who says another. */
type Kickoff = { readonly kickoffMs: number; readonly memoryChanges: readonly MemoryChange[] };

const NO_OTHERS: Others = [];
const NO_CHANGES: readonly MemoryChange[] = [];

/** In one order, whichever process remembers it: the books of a state come as they were loaded. */
const byName = (others: Others): Others => others.toSorted(([one], [other]) => (one < other ? -1 : 1));

const othersOf = (state: EventState): Others =>
  (state.memory.get(KICKOFF_KEY)?.others as Others | undefined) ?? NO_OTHERS;

/**
 * The kickoff once a book told one: what our own book says while it is not away, else what more than half of the books
 * say that were heard of within a day, else what it was. So one competitor's mistake ends nothing, and a match that is
 * put off is put off with our own word or with that of most. `state` is the one before, with `before` as the book that
 * speaks; of several words of one instant the first counts, and a late one says nothing.
 */
export function kickoffAfter(
  state: EventState,
  before: BookState | undefined,
  observation: Observation,
  settings: Settings,
): Kickoff {
  const saidMs = observation.event.kickoffMs;
  const stored = othersOf(state);
  if (stored === NO_OTHERS && saidMs === state.kickoffMs) return { kickoffMs: saidMs, memoryChanges: NO_CHANGES };

  const isNews = before === undefined || before.lastSeenMs < observation.observedAtMs;
  const said = isNews ? withWord(stored, observation.bookmaker, saidMs, state.kickoffMs) : stored;
  const kickoffMs = decide(state, said, observation, settings);
  const others = kickoffMs === state.kickoffMs ? said : turnedRound(state, said, observation.bookmaker, kickoffMs);
  if (others === stored) return { kickoffMs, memoryChanges: NO_CHANGES };
  return { kickoffMs, memoryChanges: [{ key: KICKOFF_KEY, memory: others.length === 0 ? null : { others } }] };
}

/** The list after a book's word; the same list when it said that before. */
function withWord(others: Others, bookmaker: string, saidMs: number, inForceMs: number): Others {
  const known = others.find(([name]) => name === bookmaker)?.[1] ?? inForceMs;
  if (known === saidMs) return others;
  const rest = others.filter(([name]) => name !== bookmaker);
  return saidMs === inForceMs ? rest : byName([...rest, [bookmaker, saidMs]]);
}

function decide(state: EventState, others: Others, { bookmaker, observedAtMs }: Observation, settings: Settings) {
  const own = settings.ownBookmaker;
  const ownSeenMs = own === bookmaker ? observedAtMs : state.books.get(own)?.lastSeenMs;
  if (
    ownSeenMs !== undefined &&
    observedAtMs - ownSeenMs <= Math.min(longestIntervalMs(state, own, settings), OLD_NEWS_MS)
  )
    return others.find(([name]) => name === own)?.[1] ?? state.kickoffMs;

  const isHeard = (name: string): boolean =>
    name === bookmaker || observedAtMs - (state.books.get(name)?.lastSeenMs ?? -Infinity) <= OLD_NEWS_MS;
  let heard = state.books.has(bookmaker) ? 0 : 1;
  for (const name of state.books.keys()) if (isHeard(name)) heard += 1;
  const votes = new Map<number, number>();
  for (const [name, saidMs] of others) if (isHeard(name)) votes.set(saidMs, (votes.get(saidMs) ?? 0) + 1);
  for (const [saidMs, count] of votes) if (count * 2 > heard) return saidMs;
  return state.kickoffMs;
}

/** The list once another kickoff is in force: who had said the one before is now among the others. */
function turnedRound(state: EventState, others: Others, bookmaker: string, kickoffMs: number): Others {
  const said = new Map(others);
  for (const name of [...state.books.keys(), bookmaker]) if (!said.has(name)) said.set(name, state.kickoffMs);
  return byName([...said].filter(([, saidMs]) => saidMs !== kickoffMs));
}
