import { type QuoteKey, type QuoteState, quoteKey } from './detection.ts';
import type { Market } from '../../contracts/market.ts';
import type { Observation, ObservedEvent, QuotedOutcome } from './observation.ts';

const SECOND_MS = 1_000;
/** Every book is taken to have answered so long before and after whatever changed, … */
const POLL_MS = 60 * SECOND_MS;
/** … and in quiet stretches every so often. */
const QUIET_POLL_MS = 300 * SECOND_MS;
/** An assumed poll this close to another one says nothing more. */
const LEAST_GAP_MS = 20 * SECOND_MS;
/** A market that was found to be removed is taken to have been missing for so long at most. */
const MISSING_MS = 150 * SECOND_MS;

/** What a history of changes does not tell, and replaying it takes for granted. */
export const REPLAY_ASSUMPTIONS: readonly string[] = [
  `Only changes of prices are stored. Between them every book is taken to have answered with what it last showed: ${POLL_MS / SECOND_MS} s before and after every change at the match, and every ${QUIET_POLL_MS / SECOND_MS} s in quiet stretches; outages of a feed are not replayed.`,
  'A market that was removed is taken to have been missing from the two polls before.',
  "Names and kickoff of a match are today's: earlier kickoffs are not stored.",
];

/** One stored version of a quote: what it was from `observedAtMs` on. */
export type HistoryVersion = {
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly state: QuoteState;
  readonly outcomes: readonly QuotedOutcome[];
  readonly observedAtMs: number;
};

/** A match and its versions in the order of `observedAtMs`, those in force at the beginning included. */
export type EventHistory = { readonly described: ObservedEvent; readonly versions: readonly HistoryVersion[] };

type QuoteLine = {
  readonly versions: HistoryVersion[];
  /** The version in force, −1 before the first. */
  current: number;
};

/**
 * The observations that a feed must have made for these versions to be stored, poll by poll from `fromMs` up to
 * `toMs`, exclusive: see REPLAY_ASSUMPTIONS. Versions before `fromMs` are shown as they stood then.
 */
export function* pollsOf(
  history: EventHistory,
  range: { readonly fromMs: number; readonly toMs: number },
): Generator<Observation> {
  const lines = new Map<QuoteKey, QuoteLine>();
  for (const version of history.versions) {
    const key = quoteKey(version);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { versions: [version], current: -1 });
    else line.versions.push(version);
  }
  for (const atMs of pollTimes([...lines.values()], range)) {
    for (const line of lines.values()) {
      const version = shownAt(line, atMs);
      if (version !== null) yield toObservation(history.described, version, atMs);
    }
  }
}

/** What a poll at `atMs` shows of a quote; null when it was not there. Times must not go back. */
function shownAt(line: QuoteLine, atMs: number): HistoryVersion | null {
  while ((line.versions[line.current + 1]?.observedAtMs ?? Infinity) <= atMs) line.current += 1;
  const version = line.versions[line.current];
  if (version === undefined || version.state === 'removed') return null;
  const next = line.versions[line.current + 1];
  return next?.state === 'removed' && atMs > missingFrom(version, next) ? null : version;
}

const missingFrom = (before: HistoryVersion, removed: HistoryVersion): number =>
  Math.max(before.observedAtMs, removed.observedAtMs - MISSING_MS);

function pollTimes(
  lines: readonly QuoteLine[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number[] {
  const changes = new Set<number>();
  const misses = new Set<number>();
  for (const { versions } of lines) {
    for (const [index, version] of versions.entries()) {
      changes.add(version.observedAtMs);
      const before = versions[index - 1];
      if (version.state !== 'removed' || before === undefined) continue;
      const missingMs = version.observedAtMs - missingFrom(before, version);
      misses
        .add(Math.round(version.observedAtMs - 0.6 * missingMs))
        .add(Math.round(version.observedAtMs - 0.3 * missingMs));
    }
  }
  const isIn = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
  const needed = [...new Set([...changes, ...misses])].filter(isIn).toSorted((left, right) => left - right);
  const assumed = [...changes].flatMap((atMs) => [atMs - POLL_MS, atMs + POLL_MS]).filter(isIn);
  for (let atMs = fromMs; atMs < toMs; atMs += QUIET_POLL_MS) assumed.push(atMs);
  return withAssumed(
    needed,
    assumed.toSorted((left, right) => left - right),
  );
}

/** The needed times, and of the assumed ones those that keep their distance. Both in order. */
function withAssumed(needed: readonly number[], assumed: readonly number[]): number[] {
  const times: number[] = [];
  let next = 0;
  for (const atMs of assumed) {
    while ((needed[next] ?? Infinity) <= atMs) times.push(needed[next++] as number);
    const isClear =
      atMs - (times.at(-1) ?? -Infinity) >= LEAST_GAP_MS && (needed[next] ?? Infinity) - atMs >= LEAST_GAP_MS;
    if (isClear) times.push(atMs);
  }
  return [...times, ...needed.slice(next)];
}

function toObservation(event: ObservedEvent, version: HistoryVersion, observedAtMs: number): Observation {
  const { bookmaker, market, line, outcomes, state } = version;
  return {
    event,
    bookmaker,
    market,
    line,
    outcomes,
    suspended: state === 'suspended',
    observedAtMs,
    upstreamAtMs: null,
  };
}
