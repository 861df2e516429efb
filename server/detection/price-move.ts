import type { Direction, Severity } from '../../contracts/alert.ts';
import type { Settings } from '../../contracts/settings.ts';

export type Bands = Settings['priceChangePercent'];

/** Percentages are compared as whole millionths of a percent: 0.1 has no exact double, 100,000 millionths has. */
const MICRO_PER_PERCENT = 1_000_000;
const BASIS_POINTS = 10_000;

/**
 * Whether odds moved by at least `percent` of what they were, either way. Decided in integers, so that
 * 2.00 → 1.86 is exactly 7 %. The largest product, 1000 % of odds 1001, is 10¹⁵ and still exact in a double.
 */
export function reachesPercent(oldMilliOdds: number, newMilliOdds: number, percent: number): boolean {
  const moved = Math.abs(newMilliOdds - oldMilliOdds) * 100 * MICRO_PER_PERCENT;
  return moved >= Math.round(percent * MICRO_PER_PERCENT) * oldMilliOdds;
}

/** A move as it is judged: prices in milli-odds, points of fair probability in hundredths, `weight` 1 for an ordinary one. */
export type Move = {
  readonly from: number;
  readonly to: number;
  readonly basisPoints: number;
  readonly weight: number;
};

/**
 * The severity of a move, null below the lowest band. A severity needs its band of percent and its floor of points;
 * the weight counts from the second band on, so that it never decides whether a move is told.
 */
export function bandOf({ from, to, basisPoints, weight }: Move, percent: Bands, points: Bands): Severity | null {
  const reaches = (severity: Severity, times: number): boolean =>
    reachesPercent(from, to, percent[severity] / times) && Math.abs(basisPoints) >= Math.round(points[severity] * 100);
  if (!reaches('warning', 1)) return null;
  if (!reaches('elevated', weight)) return 'warning';
  return reaches('critical', weight) ? 'critical' : 'elevated';
}

/** Signed hundredths of a percent, rounded; a fall is negative. */
export const changeBasisPoints = (oldMilliOdds: number, newMilliOdds: number): number =>
  Math.round(((newMilliOdds - oldMilliOdds) * BASIS_POINTS) / oldMilliOdds) + 0; // + 0 turns −0 into 0

/** Odds that fall shorten, odds that rise drift. Meant for odds that differ. */
export const directionOf = (oldMilliOdds: number, newMilliOdds: number): Direction =>
  newMilliOdds < oldMilliOdds ? 'shortening' : 'drifting';
