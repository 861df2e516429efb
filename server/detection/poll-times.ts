import { SAME_POLL_MS } from './absence.ts';
import type { EventHistory, HistoryVersion } from './event-history.ts';

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
/** Polls that miss a market before it counts as removed. */
const POLLS_MISSED = 2;

/** When polls come, and from when on they miss what will be found to be removed. */
export type Timetable = {
  readonly times: readonly number[];
  readonly missingFromMs: ReadonlyMap<HistoryVersion, number>;
};

/**
 * The polls from `fromMs` up to `toMs`, exclusive, that a feed must have made for these quotes, each the versions of
 * one in their order: those that changed or decided something, those that missed what was removed, and others at the
 * match's pace, which no history tells.
 */
export function timetable(
  history: EventHistory,
  quotes: readonly (readonly HistoryVersion[])[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Timetable {
  const paceMs = paceWithin(paceOf(history.versions), history.paceMs);
  const isIn = (atMs: number): boolean => atMs >= fromMs && atMs < toMs;
  const changes = [...new Set(history.versions.map((version) => version.observedAtMs))];
  const known = decidingTimes(history).filter(
    (atMs) => !changes.some((other) => Math.abs(other - atMs) < SAME_POLL_MS),
  );
  const needed = [...new Set([...changes, ...known])].filter(isIn).toSorted((left, right) => left - right);
  const assumed = changes.flatMap((atMs) => [atMs - paceMs, atMs + paceMs]).filter(isIn);
  for (let atMs = fromMs; atMs < toMs; atMs += Math.max(QUIET_POLL_MS, paceMs)) assumed.push(atMs);
  assumed.sort((left, right) => left - right);
  const times = withAssumed(needed, assumed, LEAST_GAP * paceMs);
  const missingFromMs = new Map<HistoryVersion, number>();
  for (const versions of quotes) {
    for (const [index, version] of versions.entries()) {
      const before = versions[index - 1];
      if (version.state !== 'removed' || before === undefined || !isIn(version.observedAtMs)) continue;
      missingFromMs.set(version, missBefore(times, before.observedAtMs, version.observedAtMs));
    }
  }
  return { times: [...new Set(times)].toSorted((left, right) => left - right), missingFromMs };
}

/** Polls that are remembered although no price changed with them: they missed a line, or confirmed what was waited for. */
const decidingTimes = ({ absences = [], heardAgain = [] }: EventHistory): readonly number[] => [
  ...absences.map(({ missedAtMs }) => missedAtMs),
  ...heardAgain.flatMap(({ fromMs, atMs }) => [fromMs, atMs]),
];

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
