import type { Market } from '../../contracts/market.ts';

/** Names a quote within its event: `bookmaker|market|line`, the line empty where the market has none. */
export type QuoteKey = string;

/** Keys kept; far more than the quotes of the matches in memory would only be those of matches long past. */
const MAX_KEPT = 100_000;

/**
 * By market, line and bookmaker. A snapshot asks for some tens of keys, and to find a key that has been used before is
 * several times cheaper than to build it and have a map work out its hash again.
 */
const kept = new Map<Market, Map<number | null, Map<string, QuoteKey>>>();
let count = 0;

/** The key of a quote; the same string object as long as it is in use. */
export function quoteKey(quote: {
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
}): QuoteKey {
  return quoteKeyOf(quote.bookmaker, quote.market, quote.line);
}

export function quoteKeyOf(bookmaker: string, market: Market, line: number | null): QuoteKey {
  const known = kept.get(market)?.get(line)?.get(bookmaker);
  if (known !== undefined) return known;
  if (count >= MAX_KEPT) {
    kept.clear();
    count = 0;
  }
  let lines = kept.get(market);
  if (lines === undefined) kept.set(market, (lines = new Map()));
  let books = lines.get(line);
  if (books === undefined) lines.set(line, (books = new Map()));
  const key = `${bookmaker}|${market}|${line ?? ''}`;
  books.set(bookmaker, key);
  count += 1;
  return key;
}
