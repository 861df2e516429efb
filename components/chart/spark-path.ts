import type { Sparkline } from '../../contracts/sparkline.ts';

export type SparkBox = { readonly width: number; readonly height: number; readonly padding: number };
export type SparkShape = { readonly path: string; readonly end: { readonly x: number; readonly y: number } | null };

/** What is higher up: the longer price, or, to who reads implied percent, the likelier outcome. */
export type SparkScale = 'odds' | 'probability';

/** A history shorter than this is not stretched over the whole width. */
const LEAST_SPAN_MS = 20 * 60_000;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/**
 * The steps of a sparkline as an SVG path within a box, higher odds, or likelier ones, higher up; a price that stood still lies in the
 * middle. It breaks where the price could not be had, and begins with the first price that is known: a match that came
 * up an hour ago has its hour over the whole width. `end` is where the price stands now.
 */
export function sparkShape(
  { from, to, points }: Sparkline,
  { width, height, padding }: SparkBox,
  scale: SparkScale,
): SparkShape {
  const levelOf = (odds: number): number => (scale === 'odds' ? odds : 1 / odds);
  const levels = points.flatMap(({ odds }) => (odds === null ? [] : [levelOf(odds)]));
  if (levels.length === 0) return { path: '', end: null };
  const low = Math.min(...levels);
  const high = Math.max(...levels);
  const toMs = Date.parse(to);
  const firstMs = Date.parse(points[0]?.at ?? from);
  const fromMs = Math.max(Date.parse(from), Math.min(firstMs, toMs - LEAST_SPAN_MS));
  const spanMs = toMs - fromMs;
  const x = (atMs: number): number => rounded(padding + ((atMs - fromMs) / spanMs) * (width - 2 * padding));
  const y = (odds: number): number =>
    rounded(high === low ? height / 2 : padding + ((high - levelOf(odds)) / (high - low)) * (height - 2 * padding));
  let path = '';
  let level: number | null = null;
  for (const { at, odds: value } of points) {
    const left = x(Date.parse(at));
    if (level !== null) path += `H${left}`;
    if (value === null) level = null;
    else {
      path += level === null ? `M${left} ${y(value)}` : `V${y(value)}`;
      level = y(value);
    }
  }
  const right = width - padding;
  if (level !== null) path += `H${right}`;
  return { path, end: level === null ? null : { x: right, y: level } };
}
