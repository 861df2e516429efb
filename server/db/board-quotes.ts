import type { CurrentQuote } from '../../contracts/event.ts';
import type { Market } from '../../contracts/market.ts';

/** What a board shows of one match: the market, its main line, and one quote of each book that ever offered it. */
export type BoardQuotes = {
  readonly market: Market;
  readonly line: number | null;
  readonly quotes: readonly CurrentQuote[];
};

/**
 * Chooses from all quotes of a match. `markets` are those that can stand for each other, the preferred first: the
 * first that some book has open, else the first that was ever quoted, else the first of them.
 */
export function boardQuotes(markets: readonly Market[], quotes: readonly CurrentQuote[]): BoardQuotes {
  const market =
    markets.find((wanted) => quotes.some((quote) => quote.market === wanted && quote.state === 'open')) ??
    markets.find((wanted) => quotes.some((quote) => quote.market === wanted)) ??
    markets[0];
  if (market === undefined) throw new Error('expected at least one market to choose from');
  const offered = quotes.filter((quote) => quote.market === market);
  const line = mainLine(offered);
  const byBook = Map.groupBy(offered, ({ bookmaker }) => bookmaker);
  return { market, line, quotes: [...byBook.values()].flatMap((own) => own.toSorted(byNearness(line)).slice(0, 1)) };
}

/** The line that is open at the own book, else at most books; of several, that of most books, then the lowest. */
function mainLine(offered: readonly CurrentQuote[]): number | null {
  const open = offered.filter(({ state }) => state === 'open');
  const ownOpen = open.filter(({ own }) => own);
  const candidates = ownOpen.length > 0 ? ownOpen : open.length > 0 ? open : offered;
  const supportOf = (line: number | null): number => open.filter((quote) => quote.line === line).length;
  const [best] = candidates.toSorted((a, b) => supportOf(b.line) - supportOf(a.line) || (a.line ?? 0) - (b.line ?? 0));
  return best?.line ?? null;
}

/** A price that can be had comes before one that cannot, then the nearest line, then the latest change. */
const byNearness =
  (line: number | null) =>
  (a: CurrentQuote, b: CurrentQuote): number =>
    Number(b.state === 'open') - Number(a.state === 'open') ||
    distance(a.line, line) - distance(b.line, line) ||
    Date.parse(b.changedAt) - Date.parse(a.changedAt);

const distance = (a: number | null, b: number | null): number => Math.abs((a ?? 0) - (b ?? 0));
