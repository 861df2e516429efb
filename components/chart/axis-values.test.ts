import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oddsText } from '../words/odds-words.ts';
import { probabilityText } from '../words/number-words.ts';
import { type AxisKind, axisValues } from './axis-values.ts';

const KINDS = ['decimal', 'fractional', 'american', 'probability'] as const satisfies readonly AxisKind[];
const textOf = (kind: AxisKind, value: number): string =>
  kind === 'probability' ? probabilityText(value) : oddsText(value, kind);
const told = (kind: AxisKind, low: number, high: number, most = 7): string[] =>
  axisValues(kind, { low, high, gap: (high - low) / most }).map((value) => textOf(kind, value));

test.each([
  ['decimal', 1.64, 2.03, ['1.70', '1.80', '1.90', '2.00']],
  ['fractional', 1.64, 2.03, ['4/6', '8/11', '4/5', '10/11', 'Evens']],
  ['american', 1.64, 2.03, ['−150', '−130', '−120', '−110', '+100']],
  ['american', 1.9, 4.1, ['+100', '+150', '+200', '+250', '+300']],
  ['american', 1.1, 1.4, ['−850', '−600', '−450', '−350', '−300', '−250']],
  ['probability', 0.49, 0.613, ['50.0%', '52.0%', '54.0%', '56.0%', '58.0%', '60.0%']],
] as const)('[UI393] the axis of %s from %d to %d is marked %j', (kind, low, high, texts) => {
  expect(told(kind, low, high)).toEqual(texts);
});

test('[UI393] every value of an axis lies on it, reads as itself and as no other, and leaves the next its room', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS),
      fc.double({ min: 0.004, max: 0.999, noNaN: true }),
      fc.double({ min: 0.008, max: 3, noNaN: true }),
      fc.integer({ min: 3, max: 12 }),
      (kind, at, share, most) => {
        const low = kind === 'probability' ? at : 1 / at;
        const high = low * (1 + share);
        const gap = (high - low) / most;
        const values = axisValues(kind, { low, high, gap });
        expect(values.length).toBeGreaterThan(0);
        expect(values.every((value) => value >= low && value <= high)).toBe(true);
        for (const [index, value] of values.entries())
          if (index > 0) expect(value - (values[index - 1] ?? value)).toBeGreaterThanOrEqual(gap * 0.999_999);
        const texts = values.map((value) => textOf(kind, value));
        expect(new Set(texts).size).toBe(texts.length);
      },
    ),
  );
});
