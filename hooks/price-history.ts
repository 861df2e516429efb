import type { Alert } from '../contracts/alert.ts';
import type { EventHistory } from '../contracts/event.ts';
import type { Market } from '../contracts/market.ts';
import type { TimeRange } from './time-range.ts';

/** One outcome of one market (and line) of an event: what a chart is about. */
export type Selection = { readonly market: Market; readonly line: number | null; readonly outcome: string };

/** One book's price over time in columns of one length: from each time on it holds until the next. */
export type BookHistory = {
  readonly bookmaker: string;
  readonly own: boolean;
  /** Until when the last price is known to have held. */
  readonly seenMs: number;
  readonly times: readonly number[];
  /** Null while the outcome could not be had. */
  readonly odds: readonly (number | null)[];
  readonly fair: readonly (number | null)[];
  /** When it said nothing for longer than it usually takes, in order: its prices of then are not known. */
  readonly absences: readonly TimeRange[];
};

export type PriceHistory = Pick<EventHistory, 'eventId' | 'truncated' | 'head' | 'epoch' | 'seq'> &
  Selection & {
    /** The own book last, so that it is drawn over the others. */
    readonly books: readonly BookHistory[];
    readonly alerts: readonly Alert[];
  };

const byOwnThenName = (a: BookHistory, b: BookHistory): number =>
  Number(a.own) - Number(b.own) || a.bookmaker.localeCompare(b.bookmaker, 'en');

function toBook({ bookmaker, own, seenAt, absences, points }: EventHistory['series'][number]): BookHistory {
  return {
    bookmaker,
    own,
    seenMs: Date.parse(seenAt),
    times: points.map(({ at }) => Date.parse(at)),
    odds: points.map(({ odds }) => odds),
    fair: points.map(({ fair }) => fair),
    absences: absences.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) })),
  };
}

/** An answer of the API in columns: two weeks of ten books are 13,000 points, and every frame walks them. */
export function toPriceHistory({ series, ...answer }: EventHistory): PriceHistory {
  return { ...answer, books: series.map(toBook).toSorted(byOwnThenName) };
}

/** The columns with later ones behind them; what was stored late goes to its place in time. */
function joined(book: BookHistory, tail: BookHistory): BookHistory {
  const seenMs = Math.max(book.seenMs, tail.seenMs);
  const { absences } = tail;
  const isInOrder = (tail.times[0] ?? Infinity) >= (book.times.at(-1) ?? -Infinity);
  const times = [...book.times, ...tail.times];
  const odds = [...book.odds, ...tail.odds];
  const fair = [...book.fair, ...tail.fair];
  if (isInOrder) return { ...book, seenMs, absences, times, odds, fair };
  const order = times.map((_unused, index) => index).toSorted((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const sorted = <Value>(column: readonly Value[]): Value[] => order.map((index) => column[index] as Value);
  return { ...book, seenMs, absences, times: sorted(times), odds: sorted(odds), fair: sorted(fair) };
}

/** A history with what the API told after its head. */
export function extendHistory(history: PriceHistory, tail: EventHistory): PriceHistory {
  const later = toPriceHistory(tail);
  const known = new Map(history.books.map((book) => [book.bookmaker, book]));
  for (const book of later.books) {
    const before = known.get(book.bookmaker);
    known.set(book.bookmaker, before === undefined ? book : joined(before, book));
  }
  return {
    ...later,
    truncated: history.truncated || later.truncated,
    books: [...known.values()].toSorted(byOwnThenName),
  };
}

/** The last point at or before `atMs`; -1 before the first. */
export function pointAt(times: readonly number[], atMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
