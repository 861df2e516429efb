/**
 * The price ladder: from `from` (milli-odds) on, neighbouring prices are `step` apart. It is the ladder of price
 * increments that betting exchanges publish, on which a step weighs about the same (0.5-3 % of the price) wherever
 * it stands. Bookmakers quote off this ladder, so distances on it may be fractions of a tick.
 */
const LADDER = [
  { from: 1_000, step: 10 },
  { from: 2_000, step: 20 },
  { from: 3_000, step: 50 },
  { from: 4_000, step: 100 },
  { from: 6_000, step: 200 },
  { from: 10_000, step: 500 },
  { from: 20_000, step: 1_000 },
  { from: 30_000, step: 2_000 },
  { from: 50_000, step: 5_000 },
  { from: 100_000, step: 10_000 },
] as const;

/** The tick, in milli-odds, at a price in milli-odds above 1,000. */
export function tickSize(milliOdds: number): number {
  return LADDER.findLast((part) => milliOdds >= part.from)?.step ?? LADDER[0].step;
}

/** Ticks from odds of 1 up to where each part of the ladder begins. */
const TICKS_BELOW: readonly number[] = ticksBelow();

function ticksBelow(): number[] {
  const below = [0];
  for (const [index, { from, step }] of LADDER.entries()) {
    const next = LADDER[index + 1];
    if (next !== undefined) below.push((below[index] ?? 0) + (next.from - from) / step);
  }
  return below;
}

const FROM: readonly number[] = LADDER.map(({ from }) => from);
const STEP: readonly number[] = LADDER.map(({ step }) => step);

/** Ticks from odds of 1 up to a price in milli-odds, fractions included. Most prices are on the lowest parts. */
function ladderPosition(milliOdds: number): number {
  let index = 0;
  while (index + 1 < FROM.length && milliOdds >= (FROM[index + 1] as number)) index += 1;
  return (TICKS_BELOW[index] as number) + (milliOdds - (FROM[index] as number)) / (STEP[index] as number);
}

/** Ticks between two prices in milli-odds, 0 or more, fractions included. */
export const ticksBetween = (oneMilliOdds: number, otherMilliOdds: number): number =>
  Math.abs(ladderPosition(oneMilliOdds) - ladderPosition(otherMilliOdds));
