import { type BookHistory, type PriceHistory, pointAt } from '../../hooks/price-history.ts';
import type { TimeRange } from '../../hooks/time-range.ts';

/** What is drawn of one book: steps, each value holding until the next, the last one until `endMs`. */
export type PlotLine = {
  readonly name: string;
  readonly kind: 'own' | 'other' | 'median';
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
  readonly endMs: number;
};

/** A stretch in which a book could not be bet on. */
export type ShutSpan = TimeRange & { readonly name: string; readonly kind: 'own' | 'other' };

/** What the lines are of: odds as they are, the share of the stake that they imply, or that without the book's margin. */
export type PlotUnit = 'odds' | 'implied' | 'fair';

type LinesOptions = {
  readonly unit: PlotUnit;
  /** Books whose feed is not away: their last price is taken to hold until now. */
  readonly isHeard: (bookmaker: string) => boolean;
  readonly nowMs: number;
};

type Columns = Pick<PlotLine, 'times' | 'values'>;

/** The steps of a book with nothing where it was not heard of; a span in which something came late after all stays. */
function withGaps({ times, values }: Columns, absences: readonly TimeRange[]): Columns {
  const gaps = absences.filter(({ fromMs, toMs }) => (times[pointAt(times, fromMs) + 1] ?? Infinity) >= toMs);
  if (gaps.length === 0) return { times, values };
  const broken: { readonly times: number[]; readonly values: (number | null)[] } = { times: [], values: [] };
  let next = 0;
  const takeUntil = (atMs: number): void => {
    for (; next < times.length && (times[next] ?? 0) <= atMs; next += 1) {
      broken.times.push(times[next] ?? 0);
      broken.values.push(values[next] ?? null);
    }
  };
  for (const { fromMs, toMs } of gaps) {
    takeUntil(fromMs);
    const held = broken.values.at(-1);
    if (held === undefined || held === null) continue;
    broken.times.push(fromMs);
    broken.values.push(null);
    if (times[next] === toMs) continue;
    broken.times.push(toMs);
    broken.values.push(held);
  }
  takeUntil(Infinity);
  return broken;
}

function valuesOf({ odds, fair }: BookHistory, unit: PlotUnit): readonly (number | null)[] {
  switch (unit) {
    case 'odds':
      return odds;
    case 'implied':
      return odds.map((price) => price && 1 / price);
    case 'fair':
      return fair;
  }
}

/** The books of a history as lines, the own one last. */
export function linesOf({ books }: PriceHistory, { unit, isHeard, nowMs }: LinesOptions): PlotLine[] {
  return books.map((book) => ({
    name: book.bookmaker,
    kind: book.own ? 'own' : 'other',
    ...withGaps({ times: book.times, values: valuesOf(book, unit) }, book.absences),
    endMs: Math.max(isHeard(book.bookmaker) ? nowMs : book.seenMs, book.times.at(-1) ?? 0),
  }));
}

/** Where each book was shut. A book that is away says neither that it is open nor that it is shut. */
export function shutSpans(books: readonly BookHistory[], lines: readonly PlotLine[]): ShutSpan[] {
  return books.flatMap(({ bookmaker, own, times, odds }, index) => {
    const endMs = lines[index]?.endMs ?? 0;
    return times.flatMap((fromMs, at) => {
      if (odds[at] !== null) return [];
      return [{ name: bookmaker, kind: own ? 'own' : 'other', fromMs, toMs: times[at + 1] ?? endMs } as const];
    });
  });
}

/** The value of a line at an instant; null where it has none. */
export function valueAt({ times, values, endMs }: PlotLine, atMs: number): number | null {
  return atMs > endMs ? null : (values[pointAt(times, atMs)] ?? null);
}

function middleOf(sorted: readonly number[]): number | null {
  const half = sorted.length >> 1;
  const [below, above] = [sorted[half - 1], sorted[half]];
  if (above === undefined) return null;
  return sorted.length % 2 === 1 || below === undefined ? above : (below + above) / 2;
}

/**
 * The middle of what the other books ask at each time, to see a move of the market at a glance. Detection's consensus
 * weighs books and their freshness; this is the plain median of the lines that are drawn.
 */
export function medianLine(lines: readonly PlotLine[]): PlotLine {
  const others = lines.filter(({ kind }) => kind === 'other');
  const times = [...new Set(others.flatMap((line) => line.times))].toSorted((a, b) => a - b);
  const places = others.map(() => -1);
  const values = times.map((atMs) => {
    const asked: number[] = [];
    for (const [index, line] of others.entries()) {
      let place = places[index] ?? -1;
      while ((line.times[place + 1] ?? Infinity) <= atMs) place += 1;
      places[index] = place;
      const value = atMs > line.endMs ? null : line.values[place];
      if (value !== null && value !== undefined) asked.push(value);
    }
    return middleOf(asked.toSorted((a, b) => a - b));
  });
  return { name: 'Median', kind: 'median', times, values, endMs: Math.max(0, ...others.map(({ endMs }) => endMs)) };
}

/** The lowest and the highest value of the lines within a range; null where there is none. */
export function extremesIn(lines: readonly PlotLine[], { fromMs, toMs }: TimeRange): readonly [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const { times, values, endMs } of lines) {
    if (endMs < fromMs) continue;
    for (let index = Math.max(pointAt(times, fromMs), 0); index < times.length; index += 1) {
      if ((times[index] ?? 0) > toMs) break;
      const value = values[index];
      if (value === null || value === undefined) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? null : [low, high];
}

/** A chart of a price that has only just come shows so much before it: the price then stands at its end, where now is. */
const LEAST_SPAN_MS = 5 * 60_000;

/** All that a chart can show: from the first price to now, and to kickoff where that lies near the prices. */
export function boundsOf(
  lines: readonly PlotLine[],
  { nowMs, kickoffMs }: { readonly nowMs: number; readonly kickoffMs: number },
): TimeRange {
  const firsts = lines.flatMap(({ times }) => times[0] ?? []);
  const lastMs = Math.max(...lines.map(({ endMs }) => endMs), 0);
  const fromMs = Math.min(...firsts, (lastMs || nowMs) - LEAST_SPAN_MS);
  const span = Math.max(lastMs - fromMs, 10 * 60_000);
  const isKickoffNear = kickoffMs > fromMs && kickoffMs - lastMs < span / 3;
  const toMs = Math.max(lastMs || nowMs, isKickoffNear ? kickoffMs : 0);
  const padding = (toMs - fromMs) * 0.02;
  return { fromMs: fromMs - padding, toMs: toMs + padding };
}
