import type { Market } from '../../contracts/market.ts';
import type { DemoSport, TickStyle } from './demo-fixtures.ts';

/**
 * What is believed of a match. Soccer: logarithm of the expected goals of home and away. Basketball: expected
 * margin of the home side and expected total, in points.
 */
export type Belief = { readonly first: number; readonly second: number };

type Priced = { readonly names: readonly string[]; readonly probabilities: readonly number[] };

const MAX_GOALS = 12;
const MARGIN_DEVIATION = 12;
const TOTAL_DEVIATION = 17;

export const DEMO_MARKETS: Readonly<Record<DemoSport, readonly Market[]>> = {
  soccer: ['1x2', 'over_under', 'handicap', 'btts', 'double_chance'],
  basketball: ['moneyline', 'handicap', 'over_under'],
};

function poisson(mean: number): number[] {
  const probabilities = [Math.exp(-mean)];
  for (let goals = 1; goals <= MAX_GOALS; goals += 1) {
    probabilities.push(((probabilities[goals - 1] ?? 0) * mean) / goals);
  }
  return probabilities;
}

/** Normal distribution function, by Abramowitz and Stegun 7.1.26: off by 1.5e-7 at most. */
function normalBelow(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const half = (1 - series * Math.exp(-z * z)) / 2;
  return x < 0 ? 0.5 - half : 0.5 + half;
}

const two = (names: readonly [string, string], first: number): Priced => ({ names, probabilities: [first, 1 - first] });

function priceSoccer(belief: Belief, market: Market, line: number | null): Priced {
  const home = poisson(Math.exp(belief.first));
  const away = poisson(Math.exp(belief.second));
  const sumWhere = (matches: (h: number, a: number) => boolean): number => {
    let total = 0;
    for (const [h, p] of home.entries()) for (const [a, q] of away.entries()) if (matches(h, a)) total += p * q;
    return total;
  };
  switch (market) {
    case 'over_under':
      return two(
        ['over', 'under'],
        sumWhere((h, a) => h + a > (line ?? 0)),
      );
    case 'handicap':
      return two(
        ['1', '2'],
        sumWhere((h, a) => h - a + (line ?? 0) > 0),
      );
    case 'btts':
      return two(
        ['yes', 'no'],
        sumWhere((h, a) => h > 0 && a > 0),
      );
    case '1x2':
    case 'moneyline':
    case 'double_chance': {
      const win = sumWhere((h, a) => h > a);
      const draw = sumWhere((h, a) => h === a);
      const loss = 1 - win - draw;
      if (market === 'double_chance') {
        return { names: ['1X', '12', 'X2'], probabilities: [win + draw, win + loss, draw + loss] };
      }
      return { names: ['1', 'X', '2'], probabilities: [win, draw, loss] };
    }
  }
}

function priceBasketball(belief: Belief, market: Market, line: number | null): Priced {
  if (market === 'over_under')
    return two(['over', 'under'], normalBelow((belief.second - (line ?? 0)) / TOTAL_DEVIATION));
  return two(['1', '2'], normalBelow((belief.first + (line ?? 0)) / MARGIN_DEVIATION));
}

/** Fair probabilities of a market's outcomes; they sum to 1, those of double chance to 2. */
export const priceFairly = (sport: DemoSport, belief: Belief, market: Market, line: number | null): Priced =>
  sport === 'soccer' ? priceSoccer(belief, market, line) : priceBasketball(belief, market, line);

/** How far from even the first side of a main line may get before another line takes its place. */
const LINE_BALANCE: Readonly<Record<DemoSport, number>> = { soccer: 0.1, basketball: 0.028 };
const halfLine = (value: number): number => Math.floor(value) + 0.5;

/** The main line of a market: the one held so far while it is balanced, else the half line nearest to even. */
export function mainLine(sport: DemoSport, belief: Belief, market: Market, held: number | null): number | null {
  if (market !== 'over_under' && market !== 'handicap') return null;
  const first = (line: number): number => priceFairly(sport, belief, market, line).probabilities[0] ?? 0;
  if (held !== null && Math.abs(first(held) - 0.5) <= LINE_BALANCE[sport]) return held;
  const [home, away] = [Math.exp(belief.first), Math.exp(belief.second)];
  const total = sport === 'soccer' ? home + away : belief.second;
  const margin = sport === 'soccer' ? home - away : belief.first;
  const middle = halfLine(market === 'over_under' ? total : -margin);
  const candidates = [middle - 1, middle, middle + 1, ...(held === null ? [] : [held])];
  return candidates.reduce((best, line) => (Math.abs(first(line) - 0.5) < Math.abs(first(best) - 0.5) ? line : best));
}

const POWER_STEPS = 24;

/** Puts a margin on fair probabilities by power, as books do: more of it on long shots. */
function withMargin(probabilities: readonly number[], margin: number): number[] {
  const fairSum = probabilities.reduce((sum, p) => sum + p, 0);
  const wanted = fairSum * (1 + margin);
  let low = 0.5;
  let high = 1;
  for (let step = 0; step < POWER_STEPS; step += 1) {
    const power = (low + high) / 2;
    const sum = probabilities.reduce((total, p) => total + p ** power, 0);
    if (sum > wanted) low = power;
    else high = power;
  }
  return probabilities.map((p) => p ** ((low + high) / 2));
}

function decimalTick(odds: number, style: TickStyle): number {
  if (style === 'fine') return odds < 3 ? 0.01 : odds < 6 ? 0.02 : odds < 12 ? 0.1 : 0.5;
  return odds < 2 ? 0.01 : odds < 3 ? 0.05 : odds < 6 ? 0.1 : odds < 12 ? 0.5 : 1;
}

/** American odds move in steps of 5 near even and of 10, 25 and more beyond; their decimals have three places. */
function roundAmerican(odds: number): number {
  const american = odds >= 2 ? (odds - 1) * 100 : -100 / (odds - 1);
  const size = Math.abs(american);
  const step = size < 200 ? 5 : size < 400 ? 10 : size < 1_000 ? 25 : 100;
  const rounded = Math.max(100, Math.round(size / step) * step);
  return american > 0 ? 1 + rounded / 100 : 1 + 100 / rounded;
}

const LEAST_ODDS = 1.01;
const MOST_ODDS = 501;

/** Odds of a book: margin put on, rounded to its ticks, in thousandths. `tilt` is the book's own lean, in log-odds. */
export function bookOdds(
  probabilities: readonly number[],
  book: { readonly margin: number; readonly ticks: TickStyle; readonly tilt: number },
): number[] {
  const fairSum = probabilities.reduce((sum, p) => sum + p, 0);
  const last = probabilities.length - 1;
  const leaning = probabilities.map((p, index) => p * Math.exp(book.tilt * (1 - (2 * index) / last) * (1 - p)));
  const scale = fairSum / leaning.reduce((sum, p) => sum + p, 0);
  const marked = withMargin(
    leaning.map((p) => Math.min(0.995, p * scale)),
    book.margin,
  );
  return marked.map((q) => {
    const odds = 1 / q;
    const tick = decimalTick(odds, book.ticks);
    const rounded = book.ticks === 'american' ? roundAmerican(odds) : Math.round(odds / tick) * tick;
    return Math.round(Math.min(MOST_ODDS, Math.max(LEAST_ODDS, rounded)) * 1_000);
  });
}
