import type { Market } from '../../contracts/market.ts';
import type { BookState, EventState } from './detection.ts';

/**
 * A book whose market shut within this time still counts as offering it. A day: a competitor that takes a match
 * down overnight must not silence the own book in the morning, one that gave it up last week must not matter.
 */
export const OFFERED_LATELY_MS = 24 * 60 * 60_000;

/** How a book stands in a market, all its lines together. `shut` was open, or at least shown, lately. */
export type Standing = 'open' | 'shut' | 'not_offered';

/**
 * A quote that is open counts however long ago it was confirmed: a book that fell silent is a matter of its feed,
 * and is no reason to doubt that the market is matched.
 */
export function standing(book: BookState | undefined, market: Market, atMs: number): Standing {
  let found: Standing = 'not_offered';
  if (book === undefined) return found;
  for (const [, quote] of book.quotes) {
    if (quote.market !== market) continue;
    if (quote.state === 'open') return 'open';
    if (quote.changedAtMs >= atMs - OFFERED_LATELY_MS) found = 'shut';
  }
  return found;
}

export type MarketView = {
  readonly own: Standing;
  /** Competitors that offer the market or did lately, and those of them that have no line of it open. */
  readonly competitors: number;
  readonly shutCompetitors: number;
};

/** Who offers a market of an event at `atMs`, seen from the own book. */
export function viewMarket(state: EventState, market: Market, ownBookmaker: string, atMs: number): MarketView {
  let competitors = 0;
  let shutCompetitors = 0;
  for (const [bookmaker, book] of state.books) {
    if (bookmaker === ownBookmaker) continue;
    const here = standing(book, market, atMs);
    if (here !== 'not_offered') competitors += 1;
    if (here === 'shut') shutCompetitors += 1;
  }
  return { own: standing(state.books.get(ownBookmaker), market, atMs), competitors, shutCompetitors };
}

/** Whether own book and at least one competitor offer the market, on any line, now or lately. */
export function isMatchedMarket(state: EventState, market: Market, ownBookmaker: string, atMs: number): boolean {
  if (standing(state.books.get(ownBookmaker), market, atMs) === 'not_offered') return false;
  for (const [bookmaker, book] of state.books)
    if (bookmaker !== ownBookmaker && standing(book, market, atMs) !== 'not_offered') return true;
  return false;
}
