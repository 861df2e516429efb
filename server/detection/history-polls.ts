import { type QuoteKey, type QuoteState, quoteKey } from './detection.ts';
import type { HeardAgain } from './heard-again.ts';
import type { Market } from '../../contracts/market.ts';
import type { Observation, ObservedEvent, QuotedOutcome } from './observation.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Changes closer together are of one sweep of the feed. */
const SAME_SWEEP_MS = 20 * SECOND_MS;
/** A feed's pace is taken to be this part of the way up its gaps: quiet stretches make gaps longer than its polls. */
const PACE_QUANTILE = 0.25;
/** So many gaps tell a pace; with fewer it is taken to be the quickest. */
const GAPS_FOR_PACE = 8;
const QUICKEST_MS = MINUTE_MS;
const SLOWEST_MS = 30 * MINUTE_MS;
/** In quiet stretches a poll every so often, or at the pace if that is slower. */
const QUIET_POLL_MS = 5 * MINUTE_MS;
/** An assumed poll keeps at least this part of the pace from any other one. */
const LEAST_GAP = 0.5;
/** Snapshots this close together belong to one poll. */
const SAME_POLL_MS = SECOND_MS;
/** Polls that miss a market before it counts as removed. */
const POLLS_MISSED = 2;

/** What a history of changes does not tell, and replaying it takes for granted. */
export const REPLAY_ASSUMPTIONS: readonly string[] = [
  'Only changes of prices are stored. Between them every book is taken to have answered with what it last showed, at the pace at which prices of the match changed (1 to 30 minutes): one poll before and after every change, and one every 5 minutes or more in quiet stretches. Outages of a feed are not replayed.',
  'A market that was removed is taken to have been missing from the two polls before; of a book that never offers two lines of a market at once, the line that changed last is taken to be the one on offer.',
  'Lines that a single poll did not show are remembered, the last 200 of a book and market; of other markets such a poll makes no difference.',
  'Polls that something had waited for (a lone jump, a price off the market, a lag) are remembered with the poll before them, the last 200 of a match; with other settings, other polls may have mattered.',
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

/** A line that a single poll did not show. */
export type HistoryAbsence = {
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly missedAtMs: number;
};

/** A match and its versions in the order of `observedAtMs`, those in force at the beginning included. */
export type EventHistory = {
  readonly described: ObservedEvent;
  readonly versions: readonly HistoryVersion[];
  readonly absences?: readonly HistoryAbsence[] | undefined;
  /** Polls that only confirmed what stood, and by that decided something. */
  readonly heardAgain?: readonly HeardAgain[] | undefined;
  /** The usual interval of the match's polls, rounded up to a power of two; only the versions tell it where it is not known. */
  readonly paceMs?: number | undefined;
};

type QuoteLine = {
  readonly versions: HistoryVersion[];
  /** The version in force, −1 before the first. */
  current: number;
};

/** When polls come, and from when on they miss what will be found to be removed. */
type Timetable = { readonly times: readonly number[]; readonly missingFromMs: ReadonlyMap<HistoryVersion, number> };

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
  const absences = Map.groupBy(history.absences ?? [], quoteKey);
  const knownMs = [
    ...[...absences.values()].flatMap((all) => all.map(({ missedAtMs }) => missedAtMs)),
    ...(history.heardAgain ?? []).flatMap(({ fromMs, atMs }) => [fromMs, atMs]),
  ];
  const silences = Map.groupBy(history.heardAgain ?? [], ({ bookmaker }) => bookmaker);
  const paceMs = paceWithin(paceOf(history.versions), history.paceMs);
  const { times, missingFromMs } = timetable([...lines.values()], paceMs, { ...range, knownMs });
  const offers = [...Map.groupBy(lines.values(), offerOf).values()].map((of) => ({ of, isSingle: isSingleLine(of) }));
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

/**
 * How often the feed came round, as far as changes tell. Polls must not be made up much closer together than they
 * were: a mistake that was gone at the next poll would then have lasted for several.
 */
function paceOf(versions: readonly HistoryVersion[]): number {
  const gaps: number[] = [];
  let lastMs = -Infinity;
  for (const { observedAtMs } of versions) {
    const gapMs = observedAtMs - lastMs;
    if (gapMs < SAME_SWEEP_MS) continue;
    if (Number.isFinite(gapMs)) gaps.push(gapMs);
    lastMs = observedAtMs;
  }
  if (gaps.length < GAPS_FOR_PACE) return QUICKEST_MS;
  const usual = gaps.toSorted((left, right) => left - right)[Math.floor(gaps.length * PACE_QUANTILE)] ?? QUICKEST_MS;
  return Math.min(Math.max(usual, QUICKEST_MS), SLOWEST_MS);
}

/** What the versions tell, where it is between the remembered pace and half of it, as it must be; else what is remembered. */
const paceWithin = (toldMs: number, rememberedMs: number | undefined): number =>
  rememberedMs === undefined || (toldMs <= rememberedMs && toldMs * 2 > rememberedMs) ? toldMs : rememberedMs;

function timetable(
  lines: readonly QuoteLine[],
  paceMs: number,
  range: { readonly fromMs: number; readonly toMs: number; readonly knownMs: readonly number[] },
): Timetable {
  const { fromMs, toMs, knownMs } = range;
  const isIn = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
  const changes = [...new Set(lines.flatMap(({ versions }) => versions.map((version) => version.observedAtMs)))];
  const known = knownMs.filter((atMs) => !changes.some((other) => Math.abs(other - atMs) < SAME_POLL_MS));
  const needed = [...new Set([...changes, ...known])].filter(isIn).toSorted((left, right) => left - right);
  const assumed = changes.flatMap((atMs) => [atMs - paceMs, atMs + paceMs]).filter(isIn);
  for (let atMs = fromMs; atMs < toMs; atMs += Math.max(QUIET_POLL_MS, paceMs)) assumed.push(atMs);
  assumed.sort((left, right) => left - right);
  const times = withAssumed(needed, assumed, LEAST_GAP * paceMs);
  const missingFromMs = new Map<HistoryVersion, number>();
  for (const { versions } of lines) {
    for (const [index, version] of versions.entries()) {
      const before = versions[index - 1];
      if (version.state !== 'removed' || before === undefined || !isIn(version.observedAtMs)) continue;
      missingFromMs.set(version, missBefore(times, before.observedAtMs, version.observedAtMs));
    }
  }
  return { times: [...new Set(times)].toSorted((left, right) => left - right), missingFromMs };
}

/**
 * The first of the two polls before `removedMs` that miss the market, both after `shownMs`: the latest there are, as
 * with more of them it would have been found to be removed sooner. Where there are fewer, they are added to `times`.
 */
function missBefore(times: number[], shownMs: number, removedMs: number): number {
  let firstMs = removedMs;
  for (let missed = 0; missed < POLLS_MISSED; missed += 1) {
    const known = latestBetween(times, shownMs, firstMs - SAME_POLL_MS);
    firstMs = known ?? shownMs + (firstMs - shownMs) / 2;
    if (known === null) times.push(firstMs);
  }
  return firstMs;
}

function latestBetween(times: readonly number[], afterMs: number, beforeMs: number): number | null {
  let latest: number | null = null;
  for (const atMs of times) if (atMs > afterMs && atMs < beforeMs && atMs > (latest ?? -Infinity)) latest = atMs;
  return latest;
}

/** The needed times, and of the assumed ones those that keep their distance. Both in order. */
function withAssumed(needed: readonly number[], assumed: readonly number[], leastGapMs: number): number[] {
  const times: number[] = [];
  let next = 0;
  for (const atMs of assumed) {
    while ((needed[next] ?? Infinity) <= atMs) times.push(needed[next++] as number);
    const isClear = atMs - (times.at(-1) ?? -Infinity) >= leastGapMs && (needed[next] ?? Infinity) - atMs >= leastGapMs;
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
