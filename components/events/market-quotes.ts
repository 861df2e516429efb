import type { CurrentQuote } from '../../contracts/event.ts';
import { MARKETS, type Market } from '../../contracts/market.ts';

/** One market (and line) of an event with every book's row of it. */
export type MarketQuotes = {
  readonly key: string;
  readonly market: Market;
  readonly line: number | null;
  /** In the order in which the first book quotes them. */
  readonly outcomes: readonly string[];
  /** The own book first, then by name. */
  readonly quotes: readonly CurrentQuote[];
  /** The highest open price of each outcome. */
  readonly best: ReadonlyMap<string, number>;
};

/**
 * A book's margin: what it keeps of the turnover in percent, `(1 − 1/B)·100`, from the wire's overround `(B − 1)·100`.
 * Null where not every outcome can be had.
 */
export function marginPercent({ overroundPercent }: Pick<CurrentQuote, 'overroundPercent'>): number | null {
  return overroundPercent === null ? null : (1 - 1 / (1 + overroundPercent / 100)) * 100;
}

const byOwnThenName = (a: CurrentQuote, b: CurrentQuote): number =>
  Number(b.own) - Number(a.own) || a.bookmaker.localeCompare(b.bookmaker, 'en');

function bestPrices(quotes: readonly CurrentQuote[]): Map<string, number> {
  const best = new Map<string, number>();
  for (const quote of quotes) {
    if (quote.state !== 'open') continue;
    for (const { name, odds, suspended } of quote.outcomes) {
      if (!suspended && odds > (best.get(name) ?? 0)) best.set(name, odds);
    }
  }
  return best;
}

const OUTCOME_ORDER = ['1', 'home', '1X', 'over', 'yes', 'X', 'draw', '12', '2', 'away', 'X2', 'under', 'no'];
const place = (outcome: string): number => {
  const index = OUTCOME_ORDER.indexOf(outcome);
  return index === -1 ? OUTCOME_ORDER.length : index;
};

/** The outcomes that any of these quotes has, in the order of a coupon. */
export function outcomesOf(quotes: readonly CurrentQuote[]): string[] {
  const names = new Set(quotes.flatMap((quote) => quote.outcomes.map(({ name }) => name)));
  return [...names].toSorted((a, b) => place(a) - place(b));
}

/** Current quotes by market and line: markets in their usual order, lines ascending. */
export function byMarket(quotes: readonly CurrentQuote[]): MarketQuotes[] {
  const groups = Map.groupBy(quotes, ({ market, line }) => `${market}|${line ?? ''}`);
  return [...groups.entries()]
    .flatMap(([key, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      return [
        {
          key,
          market: first.market,
          line: first.line,
          outcomes: outcomesOf(group),
          quotes: group.toSorted(byOwnThenName),
          best: bestPrices(group),
        },
      ];
    })
    .toSorted((a, b) => MARKETS.indexOf(a.market) - MARKETS.indexOf(b.market) || (a.line ?? 0) - (b.line ?? 0));
}
