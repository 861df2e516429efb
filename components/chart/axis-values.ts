import { FRACTIONS } from '../words/fractional-odds.ts';

/** How the values of an axis are written: as odds in one of their formats, or as percent of a probability. */
export type AxisKind = 'decimal' | 'fractional' | 'american' | 'probability';

type Place = {
  readonly low: number;
  readonly high: number;
  /** So far apart, in the axis's own unit, that no value covers another. */
  readonly gap: number;
};

/** A thousandth is the last decimal of a price, and of a probability a tenth of a percent. */
const LEAST_STEP = 0.001;
/** An American price of less wins or costs as good as nothing. */
const LEAST_PROFIT = 0.001;
const MAX_STEP = 1_000_000;

/** 1, 2, 5, 10, 20 …: the steps in which people count, from `least` on. */
function* stepsFrom(least: number): Generator<number> {
  for (let decade = least; decade < MAX_STEP; decade *= 10) yield* [decade, decade * 2, decade * 5];
}

const firstStep = (least: number, fits: (step: number) => boolean): number => {
  for (const step of stepsFrom(least)) if (fits(step)) return step;
  return MAX_STEP;
};

/** Multiples of a step within the axis. */
function multiplesOf(step: number, { low, high }: Omit<Place, 'gap'>): number[] {
  const first = Math.ceil(low / step);
  const count = Math.max(Math.floor(high / step) - first + 1, 0);
  // What a step of 0.1 adds up to is not what is meant.
  return Array.from({ length: count }, (_unused, index) => Number(((first + index) * step).toFixed(6)));
}

const even = (place: Place): number[] =>
  multiplesOf(
    firstStep(LEAST_STEP, (step) => step >= place.gap),
    place,
  );

/** Takes them in their order, and leaves out what would stand too near to one that is there. */
function apart(values: Iterable<number>, { low, high, gap }: Place): number[] {
  const taken: number[] = [];
  for (const value of values) {
    if (value < low || value > high) continue;
    if (taken.every((other) => Math.abs(other - value) >= gap)) taken.push(value);
  }
  return taken.toSorted((a, b) => a - b);
}

/** The rungs of the bookmakers' ladder, the roundest first: evens and whole numbers, then halves. */
const ROUNDEST_FIRST = FRACTIONS.toSorted((a, b) => a.denominator - b.denominator || a.profit - b.profit).map(
  ({ profit }) => 1 + profit,
);

const winning = (american: number): number => 1 + american / 100;
const costing = (american: number): number => 1 + 100 / american;

/** Round American prices: `+100`, `+150`, `−200`. They lie ever closer below evens, so some of them are left out. */
function american(place: Place): number[] {
  const high = Math.max(place.high, 1 + LEAST_PROFIT);
  // Steps as the highest of the axis need them: there they are furthest apart.
  const perUnit = high >= 2 ? 0.01 : (high - 1) ** 2 / 100;
  const step = firstStep(1, (size) => size * perUnit >= place.gap);
  const longest = (high - 1) * 100;
  const shortest = 100 / Math.max(place.low - 1, LEAST_PROFIT);
  return apart(
    [
      2,
      ...multiplesOf(step, { low: 100, high: longest }).map(winning).toReversed(),
      ...multiplesOf(step, { low: 100, high: shortest }).map(costing),
    ],
    place,
  );
}

/**
 * What a value axis from `low` to `high` is marked with: values that are round as they are written, each of which
 * reads as itself, `gap` or more apart. One that is nowhere round has its middle.
 */
export function axisValues(kind: AxisKind, place: Place): readonly number[] {
  const values = (() => {
    switch (kind) {
      case 'decimal':
      case 'probability':
        return even(place);
      case 'american':
        return american(place);
      case 'fractional':
        return apart(ROUNDEST_FIRST, place);
    }
  })();
  return values.length > 0 ? values : [(place.low + place.high) / 2];
}
