import type { OddsFormat } from '../../hooks/preferences.ts';
import { fractionText } from './fractional-odds.ts';
import { MINUS } from './number-words.ts';

const NONE = '–';

/** Two decimals, a third only where it says something: `2.10`, `1.925`. */
function decimalText(odds: number): string {
  const milli = Math.round(odds * 1_000);
  return (milli / 1_000).toFixed(milli % 10 === 0 ? 2 : 3);
}

/** What 100 wins, or, below evens, what wins 100: `+150`, `−200`. Evens has one spelling, `+100`. */
function americanText(odds: number): string {
  const profit = odds - 1;
  if (profit >= 1) return `+${Math.round(profit * 100)}`;
  const stake = Math.round(100 / profit);
  return stake === 100 ? '+100' : `${MINUS}${stake}`;
}

/**
 * Decimal odds in the trader's format, `–` for none. Whatever wins nothing (1 or less) has no fraction and no American
 * form and stays decimal.
 */
export function oddsText(odds: number | null, format: OddsFormat): string {
  if (odds === null) return NONE;
  switch (format) {
    case 'decimal':
      return decimalText(odds);
    case 'fractional':
      return odds > 1 ? fractionText(odds) : decimalText(odds);
    case 'american':
      return odds > 1 ? americanText(odds) : decimalText(odds);
    case 'percent':
      return `${(100 / odds).toFixed(1)}%`;
  }
}

/** The price itself for a hover, where the format rounds it: `2.14 decimal`. */
export function exactOddsWords(odds: number | null, format: OddsFormat): string | undefined {
  return odds === null || format === 'decimal' ? undefined : `${decimalText(odds)} decimal`;
}
