import type { AlertWithExplanation } from '../../contracts/alert.ts';
import type { CurrentQuote } from '../../contracts/event.ts';
import { type PriceHistory, pointAt } from '../../hooks/price-history.ts';

/** What a book asks for the alert's outcome at this moment. */
export type BookNow = { readonly odds: number | null; readonly fair: number | null; readonly isShut: boolean };

export type BookRow = {
  readonly bookmaker: string;
  readonly own: boolean;
  /** The book that the alert is about. */
  readonly isSubject: boolean;
  /** Before the move. */
  readonly before: number | null;
  /** Whether it could be bet on when the alert fired. */
  readonly wasShut: boolean;
  /** Null while the prices of this moment are not known, and where the book does not offer the market any more. */
  readonly now: BookNow | null;
  /** Signed percent from then to now; null where either is missing. */
  readonly movePercent: number | null;
};

type Told = Pick<BookRow, 'bookmaker' | 'own' | 'isSubject' | 'before' | 'wasShut'>;

function toldBooks(alert: AlertWithExplanation, ownBookmaker: string | undefined): Told[] {
  const subject: Told = {
    bookmaker: alert.bookmaker,
    own: alert.bookmaker === ownBookmaker,
    isSubject: true,
    before: alert.oldOdds,
    wasShut: alert.availability === 'suspended' || alert.availability === 'removed',
  };
  const others = alert.explanation.books
    .filter(({ bookmaker }) => bookmaker !== alert.bookmaker)
    .map(({ bookmaker, own, oldOdds, suspended }) => ({
      bookmaker,
      own,
      isSubject: false,
      before: oldOdds,
      wasShut: suspended,
    }));
  return [subject, ...others];
}

function nowOf(quote: CurrentQuote, outcome: string | null): BookNow {
  const priced = quote.outcomes.find(({ name }) => name === outcome);
  const isShut = quote.state !== 'open' || (priced?.suspended ?? false);
  return { odds: priced?.odds ?? null, fair: isShut ? null : (priced?.fair ?? null), isShut };
}

/** The moment that the prices before the move are of: its base, or, of an alert without one, when it fired. */
export const thenMsOf = ({ explanation }: AlertWithExplanation): number =>
  Date.parse(explanation.base.at ?? explanation.observedAt);

/** What detection did not remember any more is still stored: what the chart knows of that moment. */
function priceAt(history: PriceHistory | undefined, bookmaker: string, atMs: number): number | null {
  const book = history?.books.find((each) => each.bookmaker === bookmaker);
  return book?.odds[pointAt(book.times, atMs)] ?? null;
}

type BookRowsOptions = {
  readonly ownBookmaker: string | undefined;
  readonly quotes: readonly CurrentQuote[] | undefined;
  /** Of the alert's outcome; undefined while it is not known. */
  readonly history: PriceHistory | undefined;
};

/**
 * Every book's price of an alert's outcome, before the move and now; the alert's own book first, then ours, then by
 * name. Books that came later stand among them. `quotes` is undefined while the present is not known.
 */
export function bookRows(alert: AlertWithExplanation, { ownBookmaker, quotes, history }: BookRowsOptions): BookRow[] {
  const thenMs = thenMsOf(alert);
  const told = toldBooks(alert, ownBookmaker).map((book) => ({
    ...book,
    before: book.before ?? priceAt(history, book.bookmaker, thenMs),
  }));
  const current = new Map(
    quotes
      ?.filter(({ market, line }) => market === alert.market && line === alert.line)
      .map((quote) => [quote.bookmaker, quote]),
  );
  const known = new Set(told.map(({ bookmaker }) => bookmaker));
  const later = [...current.values()]
    .filter(({ bookmaker }) => !known.has(bookmaker))
    .map(({ bookmaker, own }) => ({ bookmaker, own, isSubject: false, before: null, wasShut: false }));
  return [...told, ...later]
    .map((book) => {
      const quote = current.get(book.bookmaker);
      const now = quote === undefined ? null : nowOf(quote, alert.outcome);
      const odds = now?.odds ?? null;
      return {
        ...book,
        now,
        movePercent: book.before === null || odds === null ? null : (odds / book.before - 1) * 100,
      };
    })
    .toSorted(
      (a, b) =>
        Number(b.isSubject) - Number(a.isSubject) ||
        Number(b.own) - Number(a.own) ||
        a.bookmaker.localeCompare(b.bookmaker, 'en'),
    );
}
