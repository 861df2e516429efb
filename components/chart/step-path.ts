import type uPlot from 'uplot';
import { pointAt } from '../../hooks/price-history.ts';
import type { PlotLine } from './plot-lines.ts';

const DASH_PX = 12;

/**
 * The visible steps of a line as a path in canvas pixels. It reads the book's own columns, not rows that all books
 * share: ten books poll at ten different times, and a shared time axis would be ten times as long as each of them.
 */
export function stepPath(plot: uPlot, { times, values, endMs }: PlotLine): Path2D {
  const path = new Path2D();
  const { min: fromMs = 0, max: toMs = 0 } = plot.scales['x'] ?? {};
  const { min: low = 0, max: high = 1 } = plot.scales['y'] ?? {};
  const { left, top, width, height } = plot.bbox;
  const perMs = width / (toMs - fromMs);
  const perUnit = height / (high - low);
  const rightMs = Math.min(endMs, toMs);
  // Beyond the edge by a pixel, so that no end of a line is seen there.
  const xOf = (atMs: number): number => Math.round(left + Math.max((atMs - fromMs) * perMs, -1));

  let level: number | null = null;
  let startX = 0;
  for (let index = Math.max(pointAt(times, fromMs), 0); index < times.length; index += 1) {
    const atMs = times[index] ?? 0;
    if (atMs > rightMs) break;
    const x = xOf(atMs);
    if (level !== null) path.lineTo(x, level);
    const value = values[index];
    if (value === null || value === undefined) {
      level = null;
      continue;
    }
    const y = Math.round(top + (high - value) * perUnit);
    if (level === null) {
      startX = x;
      path.moveTo(x, y);
    } else path.lineTo(x, y);
    level = y;
  }
  // A price that has only just come is a dash: a line of no length would be nothing.
  if (level !== null) path.lineTo(Math.max(xOf(rightMs), startX + DASH_PX * devicePixelRatio), level);
  return path;
}
