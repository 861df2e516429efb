import type { BookState, Memory, Quote, QuoteKey } from './detection.ts';

/**
 * Feeds that stamp every market of a sweep by itself spread one poll over some milliseconds: snapshots this
 * close together belong to one poll, unless a quote comes round a second time.
 */
export const SAME_POLL_MS = 1_000;

/** Quotes missing from one finished poll, each with the time of that poll; a second one in a row removes them. */
type Missing = { readonly [key: QuoteKey]: number };

export const missingKey = (bookmaker: string): string => `missing|${bookmaker}`;
const readMissing = (memory: Memory | undefined): Missing => (memory?.since ?? {}) as Missing;

/** Whether an observation at `observedAtMs` opens a new poll of the book, rather than continuing the running one. */
export function beginsPoll(book: BookState, key: QuoteKey, observedAtMs: number): boolean {
  if (observedAtMs <= book.lastSeenMs) return false;
  if (observedAtMs - book.lastSeenMs > SAME_POLL_MS) return true;
  return isOffered(book.quotes.get(key)) && !book.unseen.includes(key);
}

const isOffered = (quote: Quote | undefined): boolean => quote !== undefined && quote.state !== 'removed';

/** What a new poll has yet to show. */
export function offeredExcept(quotes: ReadonlyMap<QuoteKey, Quote>, seen: QuoteKey): QuoteKey[] {
  const offered: QuoteKey[] = [];
  for (const [key, quote] of quotes) {
    if (quote.state !== 'removed' && key !== seen) offered.push(key);
  }
  return offered;
}

/** The list without a quote that has now been seen; the same list when it was not in it. */
export function without(unseen: readonly QuoteKey[], key: QuoteKey): readonly QuoteKey[] {
  const at = unseen.indexOf(key);
  return at === -1 ? unseen : unseen.toSpliced(at, 1);
}

/**
 * Whether an observation comes too late to say anything of its quote: something newer was taken already.
 * Older than the quote's row is too late. Older than the book's newest poll is too late as well if that poll has
 * shown the quote, or if it is no newer than the poll before, which has.
 */
export function isTooLate(book: BookState, quote: Quote, key: QuoteKey, observedAtMs: number): boolean {
  if (observedAtMs < quote.observedAtMs) return true;
  if (observedAtMs >= book.lastSeenMs) return false;
  return !book.unseen.includes(key) || (book.previousSeenMs !== null && observedAtMs <= book.previousSeenMs);
}

export type FinishedPoll = {
  /** Quotes absent for the second time in a row, as they were, with the poll that first missed them. */
  readonly gone: readonly { readonly key: QuoteKey; readonly quote: Quote; readonly missingSinceMs: number }[];
  /** Quotes that the poll before had missed and this one showed, with the time of the poll that missed them. */
  readonly back: readonly { readonly quote: Quote; readonly missedAtMs: number }[];
  /** The memory to keep of this book's absences; null when there is nothing to remember. */
  readonly missing: Memory | null;
};

/**
 * Settles a book's poll that has ended: what it did not show is missing, what was missing before is gone.
 * Other quotes were seen in it, or it would have been no poll: a book that falls silent loses nothing.
 * Undefined when nothing is or was missing.
 */
export function finishPoll(book: BookState, memory: Memory | undefined): FinishedPoll | undefined {
  if (book.unseen.length === 0 && memory === undefined) return undefined;
  const before = readMissing(memory);
  const gone: { key: QuoteKey; quote: Quote; missingSinceMs: number }[] = [];
  const since: Record<QuoteKey, number> = {};
  for (const key of book.unseen) {
    const quote = book.quotes.get(key);
    if (quote === undefined) continue;
    const missingSinceMs = before[key];
    if (missingSinceMs === undefined) since[key] = book.lastSeenMs;
    else gone.push({ key, quote, missingSinceMs });
  }
  const back: { quote: Quote; missedAtMs: number }[] = [];
  for (const [key, missedAtMs] of Object.entries(before)) {
    const quote = book.quotes.get(key);
    if (quote !== undefined && isOffered(quote) && !book.unseen.includes(key)) back.push({ quote, missedAtMs });
  }
  return { gone, back, missing: Object.keys(since).length === 0 ? null : { since } };
}
