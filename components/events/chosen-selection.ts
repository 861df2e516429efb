import type { Alert } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import type { Selection } from '../../hooks/price-history.ts';
import type { MarketQuotes } from './market-quotes.ts';

type Wanted = {
  readonly market: Market | null;
  readonly line: number | null;
  readonly outcome: string | null;
  readonly alert: number | null;
};

type Known = {
  readonly markets: readonly MarketQuotes[];
  /** The latest first. */
  readonly alerts: readonly Pick<Alert, 'id' | 'market' | 'line' | 'outcome' | 'status'>[];
  /** What the page opened on; null while it opens. */
  readonly opened: Selection | null;
};

/**
 * What an event's chart shows: what the address says; else the outcome of the alert that it names, or of the latest
 * new one; else the first market. Where a whole market is meant, its first outcome. Null while nothing is known of it.
 * Once opened it stays with what it opened on: a new alert elsewhere takes no chart from under its reader.
 */
export function chosenSelection(wanted: Wanted, { markets, alerts, opened }: Known): Selection | null {
  const named = alerts.find(({ id }) => id === wanted.alert);
  const latest = alerts.find(({ status }) => status === 'new');
  const [first] = markets;
  const about = wanted.market === null ? (named ?? opened ?? latest ?? first) : wanted;
  if (about === undefined || about.market === null) return null;
  const { market, line } = about;
  const quoted = markets.find((each) => each.market === market && each.line === line)?.outcomes;
  const outcome = ('outcome' in about ? about.outcome : null) ?? quoted?.[0];
  return outcome === undefined ? null : { market, line, outcome };
}
