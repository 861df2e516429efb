import type { Explanation } from '../../contracts/alert.ts';
import { type Market, fromMilliOdds } from '../../contracts/market.ts';
import type { BookState, EventState, Quote } from './detection.ts';
import { quoteKeyOf } from './quote-key.ts';

/** Books listed beside an alert; a market has some tens at most, and the explanation is stored with each alert. */
const MAX_BOOKS_EXPLAINED = 60;

export const iso = (ms: number): string => new Date(ms).toISOString();

/** Odds as people write them: two decimals, three where they say something. */
export const oddsText = (milliOdds: number): string => fromMilliOdds(milliOdds).toFixed(milliOdds % 10 === 0 ? 2 : 3);

/** Signed hundredths as a number with a true minus sign, `−11.90`. */
export const hundredthsText = (hundredths: number): string =>
  `${hundredths < 0 ? '−' : '+'}${(Math.abs(hundredths) / 100).toFixed(2)}`;

export const lineText = (line: number | null): string => (line === null ? '' : ` ${line}`);

export const percentText = (value: number): string => value.toFixed(2);

type Subject = {
  readonly bookmaker: string;
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string | null;
};

/**
 * Every other book's price of the same outcome, before `sinceMs` and now, by name. The earlier price is null where
 * it is not known any more: it lay between prices that are remembered.
 */
export function otherBooks(
  state: EventState,
  subject: Subject,
  options: { readonly sinceMs: number; readonly ownBookmaker: string },
): Explanation['books'] {
  const books: Explanation['books'] = [];
  for (const [bookmaker, book] of state.books) {
    if (bookmaker === subject.bookmaker) continue;
    const quote = book.quotes.get(quoteKeyOf(bookmaker, subject.market, subject.line));
    if (quote === undefined) continue;
    books.push(explainBook(subject, { book, quote, ...options }));
  }
  return books.toSorted((a, b) => (a.bookmaker < b.bookmaker ? -1 : 1)).slice(0, MAX_BOOKS_EXPLAINED);
}

function explainBook(
  { outcome: name }: Subject,
  at: { readonly book: BookState; readonly quote: Quote; readonly sinceMs: number; readonly ownBookmaker: string },
): Explanation['books'][number] {
  const { book, quote } = at;
  const outcome = name === null ? undefined : quote.outcomes.find((candidate) => candidate.name === name);
  const now = outcome?.milliOdds ?? null;
  return {
    bookmaker: quote.bookmaker,
    own: quote.bookmaker === at.ownBookmaker,
    oldOdds: oddsOrNull(earlierPrice()),
    newOdds: oddsOrNull(now),
    suspended: quote.state !== 'open' || (outcome?.suspended ?? false),
    seenAt: iso(book.lastSeenMs),
  };

  function earlierPrice(): number | null {
    if (name === null || now === null) return null;
    if (quote.changedAtMs < at.sinceMs) return now;
    const row = quote.recent.rows.find((past) => past.sinceMs < at.sinceMs && past.untilMs >= at.sinceMs);
    return row?.outcomes.find((candidate) => candidate.name === name)?.milliOdds ?? null;
  }
}

const oddsOrNull = (milliOdds: number | null): number | null => (milliOdds === null ? null : fromMilliOdds(milliOdds));
