import type { BoardAlert, BoardEvent } from '../../contracts/odds-board.ts';
import type { CurrentQuote } from '../../contracts/event.ts';
import { marginPercent, outcomesOf } from '../events/market-quotes.ts';

/** One book's price of one outcome: had, shut since an instant, of another line than the row's, or never offered. */
export type BoardPrice =
  | { readonly kind: 'open'; readonly odds: number; readonly isBest: boolean; readonly alert: BoardAlert | undefined }
  | { readonly kind: 'other_line'; readonly odds: number; readonly line: number | null }
  | { readonly kind: 'shut'; readonly odds: number; readonly alert: BoardAlert | undefined }
  | { readonly kind: 'never' };

/** How one book offers the market at all; its margin where every outcome can be had. */
export type BoardOffer =
  | { readonly kind: 'open'; readonly marginPercent: number | null; readonly otherLine: number | null }
  | { readonly kind: 'suspended' | 'removed'; readonly since: string; readonly alert: BoardAlert | undefined }
  | { readonly kind: 'never' };

export type BoardRow = {
  readonly outcome: string;
  readonly best: number | null;
  /** Our price against the best of the others; null where either cannot be had. */
  readonly against: { readonly best: number; readonly ours: number; readonly percent: number } | null;
  readonly prices: ReadonlyMap<string, BoardPrice>;
};

export type BoardBlock = { readonly offers: ReadonlyMap<string, BoardOffer>; readonly rows: readonly BoardRow[] };

const NEVER = { kind: 'never' } as const;

/** What the board shows of one event, by outcome and bookmaker. */
export function boardBlock(event: BoardEvent): BoardBlock {
  const comparable = event.quotes.filter((quote) => quote.line === event.line);
  const rows = outcomesOf(comparable.length > 0 ? comparable : event.quotes).map((outcome) => boardRow(event, outcome));
  return { offers: new Map(event.quotes.map((quote) => [quote.bookmaker, offerOf(event, quote)])), rows };
}

function offerOf(event: BoardEvent, quote: CurrentQuote): BoardOffer {
  if (quote.state !== 'open') {
    const alert = event.newAlerts.find((each) => each.outcome === null && concerns(each, quote));
    return { kind: quote.state, since: quote.changedAt, alert };
  }
  return {
    kind: 'open',
    marginPercent: marginPercent(quote),
    otherLine: quote.line === event.line ? null : quote.line,
  };
}

function boardRow(event: BoardEvent, outcome: string): BoardRow {
  const open = event.quotes.flatMap((quote) => {
    const odds = quote.line === event.line ? openOdds(quote, outcome) : undefined;
    return odds === undefined ? [] : [{ own: quote.own, odds }];
  });
  const best = open.reduce<number | null>((most, { odds }) => Math.max(most ?? 0, odds), null);
  const ours = open.find(({ own }) => own)?.odds;
  const theirs = open
    .filter(({ own }) => !own)
    .reduce<number | null>((most, { odds }) => Math.max(most ?? 0, odds), null);
  return {
    outcome,
    best,
    against: ours === undefined || theirs === null ? null : { best: theirs, ours, percent: (ours / theirs - 1) * 100 },
    prices: new Map(event.quotes.map((quote) => [quote.bookmaker, priceOf(event, quote, outcome, best)])),
  };
}

function priceOf(event: BoardEvent, quote: CurrentQuote, outcome: string, best: number | null): BoardPrice {
  const priced = quote.outcomes.find(({ name }) => name === outcome);
  if (priced === undefined) return NEVER;
  const { odds } = priced;
  if (quote.line !== event.line) return { kind: 'other_line', odds, line: quote.line };
  const alert = event.newAlerts.find((each) => each.outcome === outcome && concerns(each, quote));
  if (openOdds(quote, outcome) === undefined) return { kind: 'shut', odds, alert };
  return { kind: 'open', odds, isBest: odds === best, alert };
}

const concerns = (alert: BoardAlert, quote: CurrentQuote): boolean =>
  alert.bookmaker === quote.bookmaker && alert.line === quote.line;

function openOdds(quote: CurrentQuote, outcome: string): number | undefined {
  if (quote.state !== 'open') return undefined;
  const priced = quote.outcomes.find(({ name }) => name === outcome);
  return priced === undefined || priced.suspended ? undefined : priced.odds;
}

/** Every book of the board: the own one first, then by name. */
export function booksOf(events: readonly BoardEvent[], ownBookmaker: string | undefined): string[] {
  const names = new Set(events.flatMap((event) => event.quotes.map(({ bookmaker }) => bookmaker)));
  const own = ownBookmaker !== undefined && names.delete(ownBookmaker) ? [ownBookmaker] : [];
  return [...own, ...[...names].toSorted((a, b) => a.localeCompare(b, 'en'))];
}
