import { MARKETS_WITH_LINE, type Market } from '../../contracts/market.ts';
import { type FinishedPoll, beginsPoll, finishPoll, missingKey, offeredExcept, without } from './absence.ts';
import type { Transition } from './availability.ts';
import { type BookState, type EventState, type Memory, type Quote, type QuoteKey, quoteKey } from './detection.ts';
import { anchorKey, applyMemory } from './event-state.ts';
import { isKnownLine, isRetired, linesKey, withAbsence, withOpenedLine, withoutLine } from './line-change.ts';
import type { Observation } from './observation.ts';
import type { Settings } from '../../contracts/settings.ts';
import { observedQuote } from './observed-quote.ts';
import { PACE_KEY, changedPace, longestIntervalMs } from './pace.ts';
import { NO_PRICES } from './recent-prices.ts';
import { withEntry } from './shared-map.ts';

export type MemoryChange = { readonly key: string; readonly memory: Memory | null };

const MINUTE_MS = 60_000;
const NO_CHANGES: readonly MemoryChange[] = [];
const NO_QUOTES: ReadonlyMap<QuoteKey, Quote> = new Map();

/** What one observation did to its book, before anybody judges it. */
export type Step = {
  readonly book: BookState;
  readonly quoteChanges: readonly Quote[];
  readonly memoryChanges: readonly MemoryChange[];
  readonly transitions: readonly Transition[];
  /** The row before and after, when prices may be compared: open on both sides. */
  readonly compared: { readonly before: Quote; readonly after: Quote } | null;
};

/** Takes an observation into its book: settles the poll that it ends, and puts the new row in place of the old. */
export function advance(
  state: EventState,
  before: BookState | undefined,
  key: QuoteKey,
  observation: Observation,
  settings: Settings,
): Step {
  const { observedAtMs, bookmaker } = observation;
  const opensPoll = before !== undefined && beginsPoll(before, key, observedAtMs);
  const finished = opensPoll ? finishPoll(before, state.memory.get(missingKey(bookmaker))) : undefined;
  const settled =
    before === undefined || finished === undefined ? undefined : settle(state, before, finished, observation);

  const quotes = settled?.quotes ?? before?.quotes ?? NO_QUOTES;
  const old = quotes.get(key);
  const row = observedQuote(old, observation, settings.lookBackMinutes * MINUTE_MS);
  const isChanged = row !== old;
  const nextQuotes = isChanged ? withEntry(quotes, key, row) : quotes;
  const intervalMs = opensPoll ? observedAtMs - before.lastSeenMs : 0;
  const isGap = opensPoll && intervalMs > longestIntervalMs(state, bookmaker, settings);
  const book = touch(before, nextQuotes, key, { observedAtMs, opensPoll, isGap });

  const rhythm = opensPoll ? rhythmChanges(state, bookmaker, { intervalMs, isGap, observedAtMs }) : NO_CHANGES;
  const memoryChanges = settled === undefined ? rhythm : [...settled.memoryChanges, ...rhythm];
  const transitions = settled?.transitions ?? [];
  if (!isChanged) return { book, quoteChanges: settled?.removed ?? [], memoryChanges, transitions, compared: null };

  const opened = openedLine(applyMemory(state.memory, memoryChanges), row, old);
  const transition = transitionOf(old, row, opened);
  return {
    book,
    quoteChanges: [...(settled?.removed ?? []), row],
    memoryChanges: opened === null ? memoryChanges : [...memoryChanges, opened.change],
    transitions: transition === null ? transitions : [...transitions, transition],
    compared: old?.state === 'open' && row.state === 'open' ? { before: old, after: row } : null,
  };
}

/** What a book's coming round says about its pace, and about prices that are too old to be compared with. */
function rhythmChanges(
  state: EventState,
  bookmaker: string,
  came: { readonly intervalMs: number; readonly isGap: boolean; readonly observedAtMs: number },
): readonly MemoryChange[] {
  const memory = changedPace(state, bookmaker, came.intervalMs);
  const pace = memory === null ? NO_CHANGES : [{ key: PACE_KEY, memory }];
  return came.isGap ? [...pace, { key: anchorKey(bookmaker), memory: { atMs: came.observedAtMs } }] : pace;
}

/** The book's state after a quote was seen; the same object when even that says nothing new. */
function touch(
  before: BookState | undefined,
  quotes: ReadonlyMap<QuoteKey, Quote>,
  key: QuoteKey,
  seen: { readonly observedAtMs: number; readonly opensPoll: boolean; readonly isGap: boolean },
): BookState {
  const { observedAtMs, opensPoll, isGap } = seen;
  if (before === undefined) return { lastSeenMs: observedAtMs, quotes, unseen: [], previousSeenMs: null, anchorMs: 0 };
  if (opensPoll) {
    const anchorMs = isGap ? observedAtMs : before.anchorMs;
    return {
      lastSeenMs: observedAtMs,
      quotes,
      unseen: offeredExcept(quotes, key),
      previousSeenMs: before.lastSeenMs,
      anchorMs,
    };
  }
  const lastSeenMs = Math.max(before.lastSeenMs, observedAtMs);
  const unseen = without(before.unseen, key);
  if (lastSeenMs === before.lastSeenMs && unseen === before.unseen && quotes === before.quotes) return before;
  return { lastSeenMs, quotes, unseen, previousSeenMs: before.previousSeenMs, anchorMs: before.anchorMs };
}

/** Removes what a finished poll showed to be gone, telling retired lines from vanished markets. */
function settle(state: EventState, before: BookState, finished: FinishedPoll, observation: Observation) {
  const { bookmaker, observedAtMs } = observation;
  const removed = finished.gone.map(({ quote }): Quote => {
    return {
      ...quote,
      state: 'removed',
      observedAtMs,
      upstreamAtMs: null,
      changedAtMs: observedAtMs,
      fair: null,
      recent: NO_PRICES,
    };
  });
  const quotes = withRows(before.quotes, removed);
  const book: BookState = { ...before, quotes };

  const lines = new Map<string, Memory | null>();
  const linesOf = (market: Market): Memory | undefined => {
    const key = linesKey(bookmaker, market);
    return lines.has(key) ? (lines.get(key) ?? undefined) : state.memory.get(key);
  };
  // A line that was away for a poll is as new as the one that stood in for it.
  for (const { quote, missedAtMs } of finished.back) {
    const { market, line } = quote;
    if (!MARKETS_WITH_LINE.has(market)) continue;
    const opened = withOpenedLine(linesOf(market), line, before.lastSeenMs);
    lines.set(linesKey(bookmaker, market), withAbsence(opened, line, missedAtMs));
  }
  const transitions: Transition[] = [];
  const verdicts = finished.gone.map(({ quote, missingSinceMs }) =>
    isRetired(book, quote, linesOf(quote.market), missingSinceMs),
  );
  for (const [index, { quote }] of finished.gone.entries()) {
    if (verdicts[index]) lines.set(linesKey(bookmaker, quote.market), withoutLine(linesOf(quote.market), quote.line));
    const row = removed[index];
    // A suspended market that disappears was shut before: that has been told.
    if (verdicts[index] || quote.state !== 'open' || row === undefined) continue;
    transitions.push({
      quote: row,
      from: 'open',
      availability: 'removed',
      fromAtMs: quote.changedAtMs,
      was: quote.outcomes,
    });
  }
  const memoryChanges: MemoryChange[] = [...lines].map(([key, memory]) => ({ key, memory }));
  const missing = missingKey(bookmaker);
  if (finished.missing !== null || state.memory.has(missing))
    memoryChanges.push({ key: missing, memory: finished.missing });
  return { quotes, removed, transitions, memoryChanges };
}

/** The rows with some replaced; the same map when there are none. */
function withRows(quotes: ReadonlyMap<QuoteKey, Quote>, rows: readonly Quote[]): ReadonlyMap<QuoteKey, Quote> {
  let next = quotes;
  for (const row of rows) next = withEntry(next, quoteKey(row), row);
  return next;
}

/** A line that opens, or opens again: the memory of when, and whether it had been retired. */
function openedLine(memory: ReadonlyMap<string, Memory>, row: Quote, old: Quote | undefined) {
  if (!MARKETS_WITH_LINE.has(row.market) || row.state === 'removed') return null;
  if (old !== undefined && old.state !== 'removed') return null;
  const key = linesKey(row.bookmaker, row.market);
  const known = memory.get(key);
  return {
    wasRetired: old !== undefined && !isKnownLine(known, row.line),
    change: { key, memory: withOpenedLine(known, row.line, row.observedAtMs) },
  };
}

function transitionOf(
  old: Quote | undefined,
  row: Quote,
  opened: { readonly wasRetired: boolean } | null,
): Transition | null {
  if (old === undefined || old.state === row.state) return null;
  const since = { quote: row, from: old.state, fromAtMs: old.changedAtMs, was: old.outcomes };
  if (row.state === 'open') return opened?.wasRetired ? null : { ...since, availability: 'returned' };
  return row.state === 'suspended' && old.state === 'open' ? { ...since, availability: 'suspended' } : null;
}
