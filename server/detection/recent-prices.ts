import type { Quote, QuoteState } from './detection.ts';
import type { Priced } from './fair-prices.ts';
import type { QuotedOutcome } from './observation.ts';

/** Rows kept of one quote. Only extremes are kept, so that more would be a market that goes one way all the time. */
const MAX_ROWS = 256;

/** Prices that stood from `sinceMs` until another row took their place at `untilMs`. */
export type PastPrices = Priced & { readonly sinceMs: number; readonly untilMs: number };

/**
 * The look-back window of an open quote: its earlier prices since the market opened, oldest first. Rows that can
 * be no outcome's extreme any more are left out. It follows from the stored history of the quote alone, and is
 * folded from it again after a restart.
 */
export type RecentPrices = {
  /** When the market came back; null when it was never seen shut. */
  readonly returnedAtMs: number | null;
  readonly rows: readonly PastPrices[];
};

export const NO_PRICES: RecentPrices = { returnedAtMs: null, rows: [] };

type Row = { readonly state: QuoteState; readonly outcomes: readonly QuotedOutcome[]; readonly changedAtMs: number };

/** The window that belongs to `next`, which takes the place of `before`. */
export function recentAfter(
  before: (Row & Pick<Quote, 'recent' | 'fair'>) | undefined,
  next: Row,
  lookBackMs: number,
): RecentPrices {
  if (before === undefined || next.state !== 'open') return NO_PRICES;
  if (before.state !== 'open') return { returnedAtMs: next.changedAtMs, rows: [] };
  const replaced = {
    sinceMs: before.changedAtMs,
    untilMs: next.changedAtMs,
    outcomes: before.outcomes,
    fair: before.fair,
  };
  return {
    returnedAtMs: before.recent.returnedAtMs,
    rows: extremesOnly(before.recent.rows, replaced, next.changedAtMs - lookBackMs),
  };
}

/** Rows and the newest one, without those that ended before `fromMs` or lie within later prices in every outcome. */
function extremesOnly(rows: readonly PastPrices[], newest: PastPrices, fromMs: number): readonly PastPrices[] {
  const highs = newest.outcomes.map((outcome) => (outcome.suspended ? 0 : outcome.milliOdds));
  const lows = newest.outcomes.map((outcome) => (outcome.suspended ? Number.POSITIVE_INFINITY : outcome.milliOdds));
  const kept: PastPrices[] = [newest];
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] as PastPrices;
    if (row.untilMs <= fromMs || kept.length >= MAX_ROWS) break;
    if (widens(row.outcomes, newest.outcomes, highs, lows)) kept.push(row);
  }
  return kept.toReversed();
}

/** Whether a row has an extreme beyond what came later, which it then adds; rows with other outcomes always do. */
function widens(
  row: readonly QuotedOutcome[],
  names: readonly QuotedOutcome[],
  highs: number[],
  lows: number[],
): boolean {
  if (row.length !== names.length) return true;
  let isWider = false;
  for (let index = 0; index < row.length; index += 1) {
    const outcome = row[index] as QuotedOutcome;
    const later = names[index];
    if (later === undefined || outcome.name !== later.name || outcome.suspended !== later.suspended) return true;
    if (outcome.suspended) continue;
    if (outcome.milliOdds > (highs[index] as number)) {
      highs[index] = outcome.milliOdds;
      isWider = true;
    }
    if (outcome.milliOdds < (lows[index] as number)) {
      lows[index] = outcome.milliOdds;
      isWider = true;
    }
  }
  return isWider;
}

export type Extreme = { readonly milliOdds: number; readonly row: PastPrices };

/**
 * The highest and the lowest price of an outcome that stood after `sinceMs` and after the outcome was last suspended;
 * the latest where several are equal.
 */
export function extremesSince(
  recent: RecentPrices,
  outcome: string,
  sinceMs: number,
): { readonly high: Extreme | null; readonly low: Extreme | null } {
  let high: Extreme | null = null;
  let low: Extreme | null = null;
  for (let index = recent.rows.length - 1; index >= 0; index -= 1) {
    const row = recent.rows[index] as PastPrices;
    if (row.untilMs <= sinceMs) break;
    const price = row.outcomes.find((candidate) => candidate.name === outcome);
    if (price === undefined || price.suspended) break;
    if (high === null || price.milliOdds > high.milliOdds) high = { milliOdds: price.milliOdds, row };
    if (low === null || price.milliOdds < low.milliOdds) low = { milliOdds: price.milliOdds, row };
  }
  return { high, low };
}
