/** Decimal odds of all outcomes of one market, each above 1. */
type MarketOdds = readonly number[];
/** Probabilities of all outcomes of one market. */
type Probabilities = readonly number[];

export const MARGIN_METHODS = ['multiplicative', 'additive', 'power', 'shin', 'odds_ratio'] as const;
export type MarginMethod = (typeof MARGIN_METHODS)[number];

/** Bisection halves its bracket until neither half is a different double: 200 is beyond any bracket used here. */
const MAX_BISECTION_STEPS = 200;
const MAX_POWER_STEPS = 200;
const POWER_TOLERANCE = 1e-14;
const MAX_ODDS_RATIO = 1e6;
const MAX_SHIN_STEPS = 1_000;
const SHIN_TOLERANCE = 1e-14;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Implied probability of each outcome, `q = 1/o`, margin included; each in (0, 1). */
export const impliedProbabilities = (odds: MarketOdds): number[] => odds.map((price) => 1 / price);

/** Booksum `B = Σ 1/o` over all outcomes, a ratio: 1 is a fair book, above 1 the bookmaker's, below 1 a sure bet. */
export const booksum = (odds: MarketOdds): number => sum(impliedProbabilities(odds));

/** Overround `(B − 1)·100` in percent of a fair book; negative for a sure bet. */
export const overroundPercent = (odds: MarketOdds): number => (booksum(odds) - 1) * 100;

/** Margin, or hold, `(1 − 1/B)·100`: percent of the stakes that the bookmaker keeps when they are balanced; below 100. */
export const marginPercent = (odds: MarketOdds): number => (1 - 1 / booksum(odds)) * 100;

/** The root of `f`, which falls through zero between `low` and `high`; null when it does not. */
function fallingRoot(f: (x: number) => number, low: number, high: number): number | null {
  if (f(low) < 0 || f(high) > 0) return null;
  let below = low;
  let above = high;
  for (let step = 0; step < MAX_BISECTION_STEPS; step += 1) {
    const middle = (below + above) / 2;
    if (middle === below || middle === above) break;
    if (f(middle) > 0) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

/**
 * Multiplicative: `p = q/B`. The margin lies on every outcome in proportion. Always has a solution.
 * Sums to 1; each p in (0, 1).
 */
export function removeMarginMultiplicative(odds: MarketOdds): Probabilities {
  const implied = impliedProbabilities(odds);
  const total = sum(implied);
  return implied.map((q) => q / total);
}

/**
 * Additive: `p = q − (B − 1)/n`. The margin lies on every outcome alike. Null when a p would be 0 or less,
 * which long shots bring about.
 */
export function removeMarginAdditive(odds: MarketOdds): Probabilities | null {
  const implied = impliedProbabilities(odds);
  const share = (sum(implied) - 1) / implied.length;
  const fair = implied.map((q) => q - share);
  return fair.every((p) => p > 0 && p < 1) ? fair : null;
}

/**
 * Power: `p = q^k` with k such that `Σ q^k = 1`; k is 1 or more and grows with the margin. Takes more from long
 * shots, as bookmakers do. Null when B < 1. The sum is convex and falls with k, so that Newton's steps from k = 1
 * come up to the root from one side and cannot miss it: five or so, where bisection needs fifty.
 * Source: Clarke et al. 2017 (doi 10.11648/j.ajss.20170506.12).
 */
export function removeMarginPower(odds: MarketOdds): { readonly fair: Probabilities; readonly k: number } | null {
  const implied = impliedProbabilities(odds);
  const logs = implied.map(Math.log);
  let k = 1;
  for (let step = 0; step < MAX_POWER_STEPS; step += 1) {
    let excess = -1;
    let slope = 0;
    for (const log of logs) {
      const power = Math.exp(k * log);
      excess += power;
      slope += power * log;
    }
    if (step === 0 && excess < 0) return null;
    const next = k - excess / slope;
    if (!(Math.abs(next - k) > POWER_TOLERANCE * k)) return { fair: logs.map((log) => Math.exp(next * log)), k: next };
    k = next;
  }
  return null;
}

/**
 * Shin: `p = (√(z² + 4(1 − z)q²/B) − z) / (2(1 − z))`, where z in [0, 1) is the share of insiders among the
 * stakes, found as the fixed point of `z ← (Σ√(z² + 4(1 − z)q²/B) − 2)/(n − 2)`; with two outcomes
 * `z = ((B − 1)(d² − B)) / (B(d² − 1))`, `d = q1 − q2`. Null when B < 1 or it does not converge.
 * Source: Shin 1992/93; Štrumbelj 2014 (doi 10.1016/j.ijforecast.2014.02.008).
 */
export function removeMarginShin(odds: MarketOdds): { readonly fair: Probabilities; readonly z: number } | null {
  const implied = impliedProbabilities(odds);
  const total = sum(implied);
  if (total < 1) return null;
  const roots = (z: number): number[] => implied.map((q) => Math.sqrt(z * z + (4 * (1 - z) * q * q) / total));
  const z = implied.length === 2 ? shinOfTwo(implied, total) : shinOfMany(implied.length, roots);
  if (z === null || !(z >= 0 && z < 1)) return null;
  return { fair: roots(z).map((root) => (root - z) / (2 * (1 - z))), z };
}

function shinOfTwo(implied: readonly number[], total: number): number {
  const [first = 0, second = 0] = implied;
  const squared = (first - second) ** 2;
  return ((total - 1) * (squared - total)) / (total * (squared - 1));
}

function shinOfMany(outcomes: number, roots: (z: number) => readonly number[]): number | null {
  let z = 0;
  for (let step = 0; step < MAX_SHIN_STEPS; step += 1) {
    const next = (sum(roots(z)) - 2) / (outcomes - 2);
    if (Math.abs(next - z) < SHIN_TOLERANCE) return next;
    z = next;
  }
  return null;
}

/**
 * Odds ratio: `p = q/(c + q − cq)` with c, the ratio of the odds of q to those of p, such that `Σp = 1`;
 * c is 1 or more and grows with the margin. Null when B < 1. Source: Štrumbelj 2014.
 */
export function removeMarginOddsRatio(odds: MarketOdds): { readonly fair: Probabilities; readonly c: number } | null {
  const implied = impliedProbabilities(odds);
  const fairAt = (c: number): number[] => implied.map((q) => q / (c + q - c * q));
  const c = fallingRoot((ratio) => sum(fairAt(ratio)) - 1, 1, MAX_ODDS_RATIO);
  return c === null ? null : { fair: fairAt(c), c };
}

/** The fair probabilities by one method; null where that method has no solution. */
export function removeMargin(method: MarginMethod, odds: MarketOdds): Probabilities | null {
  switch (method) {
    case 'multiplicative':
      return removeMarginMultiplicative(odds);
    case 'additive':
      return removeMarginAdditive(odds);
    case 'power':
      return removeMarginPower(odds)?.fair ?? null;
    case 'shin':
      return removeMarginShin(odds)?.fair ?? null;
    case 'odds_ratio':
      return removeMarginOddsRatio(odds)?.fair ?? null;
  }
}

/**
 * Fair probabilities of a whole market, all outcomes present and open: power for three outcomes and more,
 * multiplicative for two, where B is 1 or less, and where power has no solution. Sums to 1.
 */
export function fairProbabilities(odds: MarketOdds): Probabilities {
  if (odds.length < 3 || booksum(odds) <= 1) return removeMarginMultiplicative(odds);
  return removeMargin('power', odds) ?? removeMarginMultiplicative(odds);
}
