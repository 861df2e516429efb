/** A stretch of time on a chart, in epoch milliseconds. */
export type TimeRange = { readonly fromMs: number; readonly toMs: number };

/** Nearer than this there is nothing more to see: books do not change their prices within a second. */
export const MIN_SPAN_MS = 60_000;

export const spanOf = ({ fromMs, toMs }: TimeRange): number => toMs - fromMs;

/** The range moved, and made shorter where it must be, so that it lies within the bounds. */
export function within(range: TimeRange, bounds: TimeRange): TimeRange {
  const span = Math.min(spanOf(range), spanOf(bounds));
  const fromMs = Math.min(Math.max(range.fromMs, bounds.fromMs), bounds.toMs - span);
  return { fromMs, toMs: fromMs + span };
}

/** The range with `factor` times its span, the instant `atMs` staying in its place. */
export function zoomed(range: TimeRange, atMs: number, factor: number, bounds: TimeRange): TimeRange {
  const span = Math.min(Math.max(spanOf(range) * factor, MIN_SPAN_MS), spanOf(bounds));
  const share = spanOf(range) === 0 ? 0.5 : (atMs - range.fromMs) / spanOf(range);
  const fromMs = atMs - span * share;
  return within({ fromMs, toMs: fromMs + span }, bounds);
}

/** The range so much later (earlier when negative), as far as there is something to see. */
export const panned = (range: TimeRange, byMs: number, bounds: TimeRange): TimeRange =>
  within({ fromMs: range.fromMs + byMs, toMs: range.toMs + byMs }, bounds);

/** The range moved no more than it takes to show an instant, and then with some room around it. */
export function showing(range: TimeRange, atMs: number, bounds: TimeRange): TimeRange {
  if (atMs >= range.fromMs && atMs <= range.toMs) return range;
  return within({ fromMs: atMs - spanOf(range) / 2, toMs: atMs + spanOf(range) / 2 }, bounds);
}
