import type { OddsFormat } from '../../hooks/preferences.ts';
import { fractionText } from './fractional-odds.ts';
import { MINUS, percentText, pointsText } from './number-words.ts';

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

/** Below one percent a second decimal: `0.4% → 0.4%` would be a move that nobody sees. */
const SMALL_PERCENT = 0.995;

const impliedPercent = (odds: number): number => 100 / odds;
const impliedText = (percent: number): string => `${percent.toFixed(percent < SMALL_PERCENT ? 2 : 1)}%`;

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
      return impliedText(impliedPercent(odds));
  }
}

/**
 * The format that tells two prices apart: the trader's, or decimal where that one rounds both to the same words, as
 * fractions of a ladder do. `11/1 → 11/1` would be a move that nobody sees.
 */
export function formatApart(odds: number | null, other: number | null, format: OddsFormat): OddsFormat {
  if (odds === null || other === null || odds === other) return format;
  return oddsText(odds, format) === oddsText(other, format) ? 'decimal' : format;
}

/** The price itself for a hover, where the format rounds it: `2.14 decimal`. */
export function exactOddsWords(odds: number | null, format: OddsFormat): string | undefined {
  return odds === null || format === 'decimal' ? undefined : `${decimalText(odds)} decimal`;
}

type PriceChange = {
  readonly oldOdds: number | null;
  readonly newOdds: number | null;
  /** Signed percent of the odds. */
  readonly percent: number;
};

/**
 * How far one price is from another: `−11.9%` of the odds. Who reads implied percent is told it in points of them,
 * `+6.4 pts`: a fall of the odds beside a percentage that rises would say the opposite of what stands there.
 */
export function changeText({ oldOdds, newOdds, percent }: PriceChange, format: OddsFormat): string {
  if (format !== 'percent' || oldOdds === null || newOdds === null) return percentText(percent);
  return pointsText(impliedPercent(newOdds) - impliedPercent(oldOdds));
}
