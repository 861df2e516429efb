import type { Settings } from '../contracts/settings.ts';
import { type Opinion, isSameOpinion } from '../server/detection/opinion.ts';
import { directionOf } from '../server/detection/price-move.ts';
import { type Candidate, type Followed, candidateOpinion } from './candidates.ts';
import type { Replay, ReplayedAlert } from './detection-replay.ts';
import type { PlainAlert } from './plain-rule.ts';

const MINUTE_MS = 60_000;

/** How many alerts each rule told, of all, of moves that both told, and of consensus moves that both found. */
export type Comparison = {
  readonly ours: number;
  readonly plain: number;
  readonly oursOfShared: number;
  readonly plainOfShared: number;
  readonly consensusMoves: number;
  readonly oursOfConsensus: number;
  readonly plainOfConsensus: number;
};

type Timed = Opinion & { readonly event: string; readonly atMs: readonly number[] };

/** The alerts about single outcomes' prices: a changed margin is none that the plain rule could tell. */
export const priceMovesOf = (run: Replay): ReplayedAlert[] =>
  [...run.alerts.values()].filter(({ finding }) => finding.type === 'price_change' && finding.outcome !== null);

/**
 * Compares the rules for the same moves. Alerts are about one move when they are of one match and one opinion (see
 * `isSameOpinion`) and were told within the look-back of each other, whichever came first.
 */
export function compareRules(
  run: Replay,
  plain: readonly PlainAlert[],
  followed: readonly Followed[],
  settings: Settings,
): Comparison {
  const ours = priceMovesOf(run).map(({ event, finding, newsMs }): Timed => {
    const { market, line, outcome, oldMilliOdds, newMilliOdds } = finding;
    const direction = directionOf(oldMilliOdds ?? 0, newMilliOdds ?? 0);
    return { event, market, line, outcome: outcome ?? '', direction, atMs: newsMs };
  });
  const theirs = plain.map(({ atMs, ...alert }): Timed => ({ ...alert, atMs: [atMs] }));
  const isSame = (one: Timed, other: Timed): boolean =>
    isSameOpinion(one, other, settings) &&
    one.atMs.some((atMs) =>
      other.atMs.some((otherMs) => Math.abs(atMs - otherMs) <= settings.lookBackMinutes * MINUTE_MS),
    );
  const countSame = (some: readonly Timed[], others: readonly Timed[]): number => {
    const byEvent = Map.groupBy(others, ({ event }) => event);
    return some.filter((each) => (byEvent.get(each.event) ?? []).some((other) => isSame(each, other))).length;
  };
  const timed = ({ candidate }: Followed): Timed => ({
    event: candidate.event,
    ...candidateOpinion(candidate),
    atMs: [Date.parse(candidate.t)],
  });
  const consensus = followed
    .filter((each) => (each.duty === 'due' || each.duty === 'after a gap') && each.delayMs !== null)
    .filter((each) => isPlainlyFound(each.candidate, plain))
    .map(timed);
  return {
    ours: ours.length,
    plain: theirs.length,
    oursOfShared: countSame(ours, theirs),
    plainOfShared: countSame(theirs, ours),
    consensusMoves: consensus.length,
    oursOfConsensus: countSame(ours, consensus),
    plainOfConsensus: countSame(theirs, consensus),
  };
}

export const isPlainlyFound = (candidate: Candidate, plain: readonly PlainAlert[]): boolean => {
  const { market, line, outcome, direction } = candidateOpinion(candidate);
  return plain.some(
    (alert) =>
      alert.event === candidate.event &&
      alert.market === market &&
      alert.line === line &&
      alert.outcome === outcome &&
      alert.direction === direction &&
      alert.atMs === Date.parse(candidate.t) &&
      alert.bookmaker in (candidate.moves ?? {}),
  );
};

export const addUp = (comparisons: readonly Comparison[]): Comparison => {
  const sum = (name: keyof Comparison): number => comparisons.reduce((total, each) => total + each[name], 0);
  return {
    ours: sum('ours'),
    plain: sum('plain'),
    oursOfShared: sum('oursOfShared'),
    plainOfShared: sum('plainOfShared'),
    consensusMoves: sum('consensusMoves'),
    oursOfConsensus: sum('oursOfConsensus'),
    plainOfConsensus: sum('plainOfConsensus'),
  };
};

/** The comparison in words, a line for each way to count. */
export function comparisonLines(comparison: Comparison): string[] {
  const times = (plain: number, ours: number): string =>
    `episodes ${ours}, plain rule ${plain}: ${ours === 0 ? '-' : (plain / ours).toFixed(1)} times fewer`;
  const { ours, plain, oursOfShared, plainOfShared, consensusMoves, oursOfConsensus, plainOfConsensus } = comparison;
  return [
    `price changes told, all: ${times(plain, ours)}`,
    `  of the moves that both tell: ${times(plainOfShared, oursOfShared)}`,
    `  of the ${consensusMoves} consensus moves that both find: ${times(plainOfConsensus, oursOfConsensus)}`,
    `  told by episodes only (slow): ${ours - oursOfShared}; by the plain rule only (below the floor, taken back, in line): ${plain - plainOfShared}`,
  ];
}
