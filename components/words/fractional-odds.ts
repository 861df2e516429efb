/**
 * The fractions that bookmakers quote, from the shortest to the longest price, as they are written: 6/4 and not 3/2.
 * https://en.wikipedia.org/wiki/Fixed-odds_betting and the ladders of the British exchanges agree on these.
 */
export const FRACTIONS = (
  '1/1000 1/500 1/400 1/300 1/250 1/200 1/150 1/125 1/100 1/80 1/66 1/50 1/40 1/33 1/28 1/25 1/22 1/20 1/18 1/16 1/14 ' +
  '1/12 1/11 1/10 1/9 1/8 2/15 1/7 2/13 1/6 2/11 1/5 2/9 1/4 2/7 3/10 1/3 4/11 2/5 4/9 9/20 1/2 8/15 4/7 8/13 4/6 ' +
  '8/11 4/5 5/6 10/11 20/21 1/1 21/20 11/10 6/5 5/4 11/8 7/5 6/4 8/5 13/8 17/10 7/4 9/5 15/8 19/10 2/1 21/10 85/40 ' +
  '11/5 9/4 23/10 12/5 5/2 13/5 11/4 14/5 29/10 3/1 31/10 16/5 13/4 10/3 17/5 7/2 18/5 15/4 19/5 4/1 21/5 9/2 5/1 ' +
  '11/2 6/1 13/2 7/1 15/2 8/1 17/2 9/1 19/2 10/1 11/1 12/1 13/1 14/1 15/1 16/1 18/1 20/1 22/1 25/1 28/1 33/1 40/1 ' +
  '50/1 66/1 80/1 100/1 125/1 150/1 200/1 250/1 300/1 400/1 500/1 750/1 1000/1'
)
  .split(' ')
  .map((text) => {
    const [numerator = Number.NaN, denominator = Number.NaN] = text.split('/').map(Number);
    return { text: text === '1/1' ? 'Evens' : text, profit: numerator / denominator, denominator };
  });

/** Where the ladder's rung at `profit` would have to stand: the first that is not below. */
function firstNotBelow(profit: number): number {
  let low = 0;
  let high = FRACTIONS.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((FRACTIONS[middle]?.profit ?? Infinity) < profit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Decimal odds above 1 as the nearest fraction of the ladder; of two that are equally near the shorter. Beyond the
 * ladder's end a whole number to one.
 */
export function fractionText(odds: number): string {
  const profit = odds - 1;
  const place = firstNotBelow(profit);
  const above = FRACTIONS[place];
  if (above === undefined) return `${Math.round(profit)}/1`;
  const below = FRACTIONS[place - 1];
  if (below === undefined) return above.text;
  return profit - below.profit <= above.profit - profit ? below.text : above.text;
}
