import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MARGIN_METHODS,
  booksum,
  fairProbabilities,
  marginPercent,
  overroundPercent,
  removeMargin,
  removeMarginAdditive,
  removeMarginMultiplicative,
  removeMarginOddsRatio,
  removeMarginPower,
  removeMarginShin,
} from './probability.ts';

const SIX_DIGITS = 6;

const VECTORS = [
  {
    odds: [2.6, 2.4, 4.3],
    total: 1.03384,
    multiplicative: [0.372026, 0.403028, 0.224946],
    additive: [0.373335, 0.405387, 0.221278],
    power: { k: 1.032137, fair: [0.372984, 0.405107, 0.221908] },
    shin: { z: 0.016943, fair: [0.372994, 0.404779, 0.222227] },
  },
  {
    odds: [2.1, 3.4, 3.6],
    total: 1.048086,
    multiplicative: [0.454343, 0.280624, 0.265033],
    additive: [0.460162, 0.278089, 0.261749],
    power: { k: 1.046112, fair: [0.460174, 0.27798, 0.261846] },
    shin: { z: 0.024083, fair: [0.458666, 0.278738, 0.262597] },
  },
  {
    odds: [1.5, 2.74],
    total: 1.03163,
    multiplicative: [0.646226, 0.353774],
    additive: [0.650852, 0.349148],
    power: { k: 1.05051, fair: [0.653152, 0.346848] },
    shin: { z: 0.031727, fair: [0.650852, 0.349148] },
  },
  {
    odds: [1.2, 6.5, 13],
    total: 1.064103,
    multiplicative: [0.783133, 0.144578, 0.072289],
    additive: [0.811966, 0.132479, 0.055556],
    power: { k: 1.110033, fair: [0.816782, 0.12521, 0.058008] },
    shin: { z: 0.033971, fair: [0.80453, 0.135172, 0.060298] },
  },
];

const digits = (values: readonly number[] | undefined | null): readonly string[] | undefined =>
  values?.map((value) => value.toFixed(SIX_DIGITS));

test.each(VECTORS)('[DET1] margin removal of $odds agrees with the reference to six digits', (vector) => {
  const power = removeMarginPower(vector.odds);
  const shin = removeMarginShin(vector.odds);
  expect(digits([booksum(vector.odds), power?.k ?? 0, shin?.z ?? 0])).toEqual(
    digits([vector.total, vector.power.k, vector.shin.z]),
  );
  expect(digits(removeMarginMultiplicative(vector.odds))).toEqual(digits(vector.multiplicative));
  expect(digits(removeMarginAdditive(vector.odds))).toEqual(digits(vector.additive));
  expect(digits(power?.fair)).toEqual(digits(vector.power.fair));
  expect(digits(shin?.fair)).toEqual(digits(vector.shin.fair));
});

test('[DET1] the odds ratio method divides the odds of every outcome by one and the same number', () => {
  const odds = [2.1, 3.4, 3.6];
  const found = removeMarginOddsRatio(odds);
  const ratios = odds.map((price, index) => {
    const implied = 1 / price;
    const fair = found?.fair[index] ?? 0;
    return implied / (1 - implied) / (fair / (1 - fair));
  });
  for (const ratio of ratios) expect(ratio).toBeCloseTo(found?.c ?? 0, 9);
  expect((found?.fair ?? []).reduce((total, p) => total + p, 0)).toBeCloseTo(1, 12);
});

test('[DET1] overround and margin of a book of 1.05 are 5 % and 4.76 %', () => {
  const odds = [1 / 0.55, 1 / 0.5];
  expect(overroundPercent(odds)).toBeCloseTo(5, 9);
  expect(marginPercent(odds)).toBeCloseTo(100 / 21, 9);
});

test('[DET1] additive margin removal refuses a long shot that it would price below zero', () => {
  expect(removeMarginAdditive([1.05, 12, 100])).toBeNull();
});

test('[DET1] fair prices are by power for three outcomes, multiplicative for two and for a sure bet', () => {
  expect(fairProbabilities([2.1, 3.4, 3.6])).toEqual(removeMarginPower([2.1, 3.4, 3.6])?.fair);
  expect(fairProbabilities([1.5, 2.74])).toEqual(removeMarginMultiplicative([1.5, 2.74]));
  expect(fairProbabilities([3.2, 3.4, 3.6])).toEqual(removeMarginMultiplicative([3.2, 3.4, 3.6]));
});

test('[DET1] whatever the method, fair probabilities sum to 1 and keep the order of the prices', () => {
  const price = fc.double({ min: 1.01, max: 500, noNaN: true });
  fc.assert(
    fc.property(fc.array(price, { minLength: 2, maxLength: 6 }), fc.constantFrom(...MARGIN_METHODS), (odds, method) => {
      fc.pre(booksum(odds) > 1 && booksum(odds) < 1.5);
      const fair = removeMargin(method, odds);
      if (fair === null) return;
      expect(fair.reduce((total, p) => total + p, 0)).toBeCloseTo(1, 9);
      expect(Math.min(...fair)).toBeGreaterThan(-1e-12);
      const byPrice = [...fair.keys()]
        .toSorted((a, b) => (odds[a] ?? 0) - (odds[b] ?? 0))
        .map((index) => fair[index] ?? 0);
      for (const [place, p] of byPrice.entries()) expect(p).toBeGreaterThanOrEqual((byPrice[place + 1] ?? 0) - 1e-9);
    }),
  );
});
