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
};

/**
 * What an event's chart shows: what the address says; else the outcome of the alert that it names, or of the latest
 * new one; else the first market. Where a whole market is meant, its first outcome. Null while nothing is known of it.
 */
export function chosenSelection(wanted: Wanted, { markets, alerts }: Known): Selection | null {
  const alert = alerts.find(({ id }) => id === wanted.alert) ?? alerts.find(({ status }) => status === 'new');
  const [first] = markets;
  const about = wanted.market === null ? (alert ?? first) : wanted;
  if (about === undefined || about.market === null) return null;
  const { market, line } = about;
  const quoted = markets.find((each) => each.market === market && each.line === line)?.outcomes;
  const named = 'outcome' in about ? about.outcome : null;
  const outcome = named ?? quoted?.[0];
  return outcome === undefined ? null : { market, line, outcome };
}
