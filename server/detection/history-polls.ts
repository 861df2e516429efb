import { SAME_POLL_MS } from './absence.ts';
import { quoteKey } from './detection.ts';
import type { EventHistory, HistoryVersion } from './event-history.ts';
import type { Observation, ObservedEvent } from './observation.ts';
import { type Timetable, timetable } from './poll-times.ts';

/** What a history of changes does not tell, and replaying it takes for granted. */
export const REPLAY_ASSUMPTIONS: readonly string[] = [
  'Only changes of prices are stored. Between them every book is taken to have answered with what it last showed, at the pace at which prices of the match changed (1 to 30 minutes): one poll before and after every change, and one every 5 minutes or more in quiet stretches. Outages of a feed are not replayed.',
  'A market that was removed is taken to have been missing from the two polls before; of a book that never offers two lines of a market at once, the line that changed last is taken to be the one on offer.',
  'Lines that a single poll did not show are remembered, the last 200 of a book and market; of other markets such a poll makes no difference.',
  'Polls that something had waited for (a lone jump, a price off the market, a lag) are remembered with the poll before them, the last 200 of a match; with other settings, other polls may have mattered.',
  "Names and kickoff of a match are today's: earlier kickoffs are not stored.",
];

type QuoteLine = {
  readonly versions: readonly HistoryVersion[];
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
  const quotes = [...Map.groupBy(history.versions, quoteKey).values()];
  const lines = quotes.map((versions): QuoteLine => ({ versions, current: -1 }));
  const absences = Map.groupBy(history.absences ?? [], quoteKey);
  const silences = Map.groupBy(history.heardAgain ?? [], ({ bookmaker }) => bookmaker);
  const { times, missingFromMs } = timetable(history, quotes, range);
  const offers = [...Map.groupBy(lines, offerOf).values()].map((of) => ({ of, isSingle: isSingleLine(of) }));
  const places = new Map(history.versions.map((version, index) => [version, index]));
  for (const atMs of times) {
    const poll = offers.flatMap(({ of, isSingle }) => {
      const shown = of
        .map((line) => shownAt(line, atMs, missingFromMs))
        .filter((version): version is HistoryVersion => version !== null && !isAbsent(version, atMs))
        .filter((version) => version.observedAtMs === atMs || !isSilent(version.bookmaker, atMs));
      return isSingle ? newestOf(shown) : shown;
    });
    for (const version of inStoredOrder(poll, places, atMs)) yield toObservation(history.described, version, atMs);
  }

  function isSilent(bookmaker: string, atMs: number): boolean {
    return (
      silences
        .get(bookmaker)
        ?.some((silence) => atMs > silence.fromMs + SAME_POLL_MS && atMs < silence.atMs - SAME_POLL_MS) ?? false
    );
  }

  function isAbsent(version: HistoryVersion, atMs: number): boolean {
    return (
      absences.get(quoteKey(version))?.some(({ missedAtMs }) => Math.abs(missedAtMs - atMs) < SAME_POLL_MS) ?? false
    );
  }
}

/** A poll in the order in which what changed in it was stored: of books that make one move, the first one is told. */
function inStoredOrder(
  poll: readonly HistoryVersion[],
  places: ReadonlyMap<HistoryVersion, number>,
  atMs: number,
): readonly HistoryVersion[] {
  const changed = poll.filter(({ observedAtMs }) => observedAtMs === atMs);
  const ordered = changed.toSorted((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
  if (ordered.every((version, index) => version === changed[index])) return poll;
  return [...ordered, ...poll.filter(({ observedAtMs }) => observedAtMs !== atMs)];
}

const offerOf = ({ versions }: QuoteLine): string => `${versions[0]?.bookmaker}|${versions[0]?.market}`;

/**
 * Whether a book offers one line of a market at a time: never were two of them stored at one moment, as they are
 * when a ladder opens. Such a line that stood aside for a single poll left no trace.
 */
function isSingleLine(of: readonly QuoteLine[]): boolean {
  if (of.length < 2) return false;
  const times = of.flatMap(({ versions }) =>
    versions.filter(({ state }) => state !== 'removed').map(({ observedAtMs }) => observedAtMs),
  );
  return new Set(times).size === times.length;
}

/** The line that was stored last stands in front of the others. */
const newestOf = (shown: readonly HistoryVersion[]): readonly HistoryVersion[] =>
  shown.toSorted((left, right) => right.observedAtMs - left.observedAtMs).slice(0, 1);

/** What a poll at `atMs` shows of a quote; null when it was not there. Times must not go back. */
function shownAt(line: QuoteLine, atMs: number, missingFromMs: Timetable['missingFromMs']): HistoryVersion | null {
  while ((line.versions[line.current + 1]?.observedAtMs ?? Infinity) <= atMs) line.current += 1;
  const version = line.versions[line.current];
  if (version === undefined || version.state === 'removed') return null;
  const next = line.versions[line.current + 1];
  return next !== undefined && atMs >= (missingFromMs.get(next) ?? Infinity) ? null : version;
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
