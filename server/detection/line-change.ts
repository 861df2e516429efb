import { MARKETS_WITH_LINE, type Market } from '../../contracts/market.ts';
import type { BookState, Memory, Quote } from './detection.ts';

/** A newer line explains the end of an older one only when it opened at most this long before the older one vanished. */
export const LINE_CHANGE_WINDOW_MS = 60 * 60_000;

/** When each line of one book's market opened; lines that were retired are not in it. */
type OpenedLines = { readonly [line: string]: number };

export const LINES_PREFIX = 'lines|';
export const linesKey = (bookmaker: string, market: Market): string => `${LINES_PREFIX}${bookmaker}|${market}`;

const openedOf = (memory: Memory | undefined): OpenedLines => (memory?.openedAtMs ?? {}) as OpenedLines;

/** Whether the line is known, that is: open, suspended, or removed with an alert, and not retired. */
export const isKnownLine = (memory: Memory | undefined, line: number | null): boolean =>
  openedOf(memory)[String(line)] !== undefined;

/** The memory with a line opened at `atMs`. */
export const withOpenedLine = (memory: Memory | undefined, line: number | null, atMs: number): Memory => ({
  ...memory,
  openedAtMs: { ...openedOf(memory), [String(line)]: atMs },
});

/** The memory without a retired line; null when no line is left. */
export function withoutLine(memory: Memory | undefined, line: number | null): Memory | null {
  const { [String(line)]: _retired, ...rest } = openedOf(memory);
  return Object.keys(rest).length === 0 ? null : { ...memory, openedAtMs: rest };
}

/** Absences of single polls that are kept for a try of other settings; the history of prices has no trace of them. */
const MAX_ABSENCES = 200;

/** A line and the poll that did not show it, where the next one did. */
export type LineAbsence = { readonly line: number | null; readonly missedAtMs: number };

/** The memory with one more absence of a line, the oldest forgotten where there are too many. */
export const withAbsence = (memory: Memory, line: number | null, missedAtMs: number): Memory => ({
  ...memory,
  absences: [...absencesOf(memory), { line, missedAtMs }].slice(-MAX_ABSENCES),
});

export const absencesOf = (memory: Memory): readonly LineAbsence[] => (memory.absences ?? []) as readonly LineAbsence[];

/**
 * Whether a vanished line was retired: a line of the same market that opened after it, at about the time at
 * which it vanished, stands in its place, be it shut by now. A line that vanishes from a standing ladder is not
 * replaced by its neighbours. `book` has the vanished lines as removed already.
 */
export function isRetired(book: BookState, gone: Quote, memory: Memory | undefined, missingSinceMs: number): boolean {
  if (!MARKETS_WITH_LINE.has(gone.market)) return false;
  const opened = openedOf(memory);
  const goneOpenedAtMs = opened[String(gone.line)] ?? Number.NEGATIVE_INFINITY;
  for (const [, quote] of book.quotes) {
    if (quote.market !== gone.market || quote.line === gone.line || quote.state === 'removed') continue;
    const openedAtMs = opened[String(quote.line)];
    if (openedAtMs === undefined || openedAtMs <= goneOpenedAtMs) continue;
    if (openedAtMs >= missingSinceMs - LINE_CHANGE_WINDOW_MS) return true;
  }
  return false;
}
