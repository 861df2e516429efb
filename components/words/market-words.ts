import { namedIn } from '../../contracts/named-in.ts';
import type { AlertType, Severity } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import { lineText } from './number-words.ts';

export const MARKET_WORDS: Readonly<Record<Market, string>> = {
  '1x2': '1X2',
  over_under: 'Over/Under',
  handicap: 'Handicap',
  moneyline: 'Moneyline',
  btts: 'Both teams to score',
  double_chance: 'Double chance',
};

export const TYPE_WORDS: Readonly<Record<AlertType, string>> = {
  price_change: 'Price change',
  direction_disagreement: 'Disagreement',
  availability: 'Availability',
  off_market: 'Off market',
  lagging: 'Lagging',
  feed_silent: 'Feed silent',
};

export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  warning: 'Warning',
  elevated: 'Elevated',
  critical: 'Critical',
};

const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  '1': 'Home',
  X: 'Draw',
  '2': 'Away',
  home: 'Home',
  draw: 'Draw',
  away: 'Away',
  over: 'Over',
  under: 'Under',
  yes: 'Yes',
  no: 'No',
  '1X': 'Home or draw',
  '12': 'Home or away',
  X2: 'Draw or away',
};

/** A producer's name of an outcome in a trader's words; one that we do not know is shown as it came. */
export const outcomeWords = (outcome: string): string => namedIn(OUTCOME_WORDS, outcome) ?? outcome;

/** `Over/Under 2.5`, `Handicap −1.5`, `1X2`. */
export function marketWords(market: Market, line: number | null): string {
  if (line === null) return MARKET_WORDS[market];
  return `${MARKET_WORDS[market]} ${lineText(line, { signed: market === 'handicap' })}`;
}

/** Market and outcome in one: `1X2 · Home`; the whole market is meant where no outcome is named. */
export function selectionWords(selection: {
  readonly market: Market;
  readonly line: number | null;
  readonly outcome: string | null;
}): string {
  const outcome = selection.outcome === null ? 'market' : outcomeWords(selection.outcome);
  return `${marketWords(selection.market, selection.line)} · ${outcome}`;
}

/** A producer's name of a sport, as a heading: `ice_hockey` → `Ice hockey`. */
export function sportWords(sport: string): string {
  const words = sport.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
