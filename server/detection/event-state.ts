import {
  type BookState,
  type EventState,
  type Memory,
  type Quote,
  type QuoteKey,
  type QuoteRow,
  type QuoteVersion,
  quoteKey,
} from './detection.ts';
import { fairOfRow } from './fair-prices.ts';
import { NO_PRICES, recentAfter } from './recent-prices.ts';
import { withEntry } from './shared-map.ts';

const POLL_PREFIX = 'poll|';

/** Since when a book's prices are looked back at, kept from its last long silence on. */
export const anchorKey = (bookmaker: string): string => `anchor|${bookmaker}`;

/** What a running poll has yet to show, kept so that a restart in the middle of a poll changes nothing. */
type PollMemory = {
  readonly lastSeenMs: number;
  readonly previousSeenMs: number | null;
  readonly unseen: readonly QuoteKey[];
};

/**
 * The state of an event as it was when its rows were stored: quotes, presence and memory in any order.
 * Without a remembered poll a book's running poll counts as complete, so that nobody is absent by mistake.
 */
export function buildEventState(rows: {
  readonly kickoffMs: number;
  readonly quotes: readonly QuoteRow[];
  /**
   * Versions of the quotes, each quote's in their order: those that began within the look-back of its newest one,
   * and the one before them. More do no harm.
   */
  readonly history: readonly QuoteVersion[];
  readonly lookBackMs: number;
  readonly lastSeen: readonly { readonly bookmaker: string; readonly lastSeenMs: number }[];
  readonly memory: readonly { readonly key: string; readonly memory: Memory }[];
}): EventState {
  const memory = new Map(rows.memory.map((row) => [row.key, row.memory]));
  const historyByQuote = Map.groupBy(rows.history, (version) => version.key);
  const quotesByBook = Map.groupBy(
    rows.quotes.map((row): Quote => ({
      ...row,
      ...workedOut(row, historyByQuote.get(quoteKey(row)) ?? [], rows.lookBackMs),
    })),
    (quote) => quote.bookmaker,
  );
  const lastSeen = new Map(rows.lastSeen.map((row) => [row.bookmaker, row.lastSeenMs]));
  const books = new Map<string, BookState>();
  for (const bookmaker of new Set([...lastSeen.keys(), ...quotesByBook.keys()])) {
    const quotes = quotesByBook.get(bookmaker) ?? [];
    // Presence may be stored less often than prices: the newest word of either counts.
    const seenMs = Math.max(lastSeen.get(bookmaker) ?? 0, ...quotes.map((quote) => quote.observedAtMs));
    const poll = memory.get(POLL_PREFIX + bookmaker) as PollMemory | undefined;
    books.set(bookmaker, {
      lastSeenMs: Math.max(seenMs, poll?.lastSeenMs ?? 0),
      quotes: new Map(quotes.map((quote) => [quoteKey(quote), quote])),
      unseen: poll?.unseen ?? [],
      previousSeenMs: poll?.previousSeenMs ?? null,
      anchorMs: (memory.get(anchorKey(bookmaker))?.atMs as number | undefined) ?? 0,
    });
  }
  return { kickoffMs: rows.kickoffMs, books, memory };
}

/** What follows from the prices of a quote and from its versions, worked out one after the other. */
function workedOut(
  { market, state, outcomes }: QuoteRow,
  versions: readonly QuoteVersion[],
  lookBackMs: number,
): Pick<Quote, 'recent' | 'fair'> {
  let before: Parameters<typeof recentAfter>[0];
  for (const version of versions) {
    const row = { state: version.state, outcomes: version.outcomes, changedAtMs: version.observedAtMs };
    before = {
      ...row,
      fair: row.state === 'open' ? fairOfRow(market, row.outcomes) : null,
      recent: recentAfter(before, row, lookBackMs),
    };
  }
  return { fair: state === 'open' ? fairOfRow(market, outcomes) : null, recent: before?.recent ?? NO_PRICES };
}

/**
 * To be called for each touched event once a batch is at its end, before its memory is written: the memory that
 * polls still running need, or need no longer, and the state that holds it. Polls that came whole cost nothing.
 */
export function rememberRunningPolls(state: EventState): {
  readonly state: EventState;
  readonly memoryChanges: readonly { readonly key: string; readonly memory: Memory | null }[];
} {
  const memoryChanges: { key: string; memory: Memory | null }[] = [];
  for (const [bookmaker, book] of state.books) {
    const key = POLL_PREFIX + bookmaker;
    const stored = state.memory.get(key) as PollMemory | undefined;
    const { lastSeenMs, previousSeenMs, unseen } = book;
    if (unseen.length > 0) {
      const isStored = stored?.lastSeenMs === lastSeenMs && stored.unseen.length === unseen.length;
      if (!isStored) memoryChanges.push({ key, memory: { lastSeenMs, previousSeenMs, unseen } satisfies PollMemory });
    } else if (stored !== undefined) memoryChanges.push({ key, memory: null });
  }
  if (memoryChanges.length === 0) return { state, memoryChanges };
  return { state: { ...state, memory: applyMemory(state.memory, memoryChanges) }, memoryChanges };
}

/** Memory with changes applied; the same map when there are none. */
export function applyMemory(
  memory: ReadonlyMap<string, Memory>,
  changes: readonly { readonly key: string; readonly memory: Memory | null }[],
): ReadonlyMap<string, Memory> {
  let next = memory;
  for (const change of changes) next = withEntry(next, change.key, change.memory ?? undefined);
  return next;
}
