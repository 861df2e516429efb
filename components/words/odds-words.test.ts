import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRACTIONS } from './fractional-odds.ts';
import { ODDS_FORMATS } from '../../hooks/preferences.ts';
import { changeText, exactOddsWords, formatApart, oddsText } from './odds-words.ts';

test.each([
  [1.9, '1.90', '10/11', '−111', '52.6%'],
  [2, '2.00', 'Evens', '+100', '50.0%'],
  [2.1, '2.10', '11/10', '+110', '47.6%'],
  [1.5, '1.50', '1/2', '−200', '66.7%'],
  [2.5, '2.50', '6/4', '+150', '40.0%'],
  [3.125, '3.125', '85/40', '+213', '32.0%'],
  [1.667, '1.667', '4/6', '−150', '60.0%'],
  [1.925, '1.925', '10/11', '−108', '51.9%'],
  [1.999, '1.999', 'Evens', '+100', '50.0%'],
  [1.01, '1.01', '1/100', '−10000', '99.0%'],
  [101, '101.00', '100/1', '+10000', '0.99%'],
  [1001, '1001.00', '1000/1', '+100000', '0.10%'],
  [1851.4, '1851.40', '1850/1', '+185040', '0.05%'],
  [1, '1.00', '1.00', '1.00', '100.0%'],
] as const)('[UI200] decimal %d reads %s, %s, %s and %s', (odds, decimal, fractional, american, percent) => {
  expect(oddsText(odds, 'decimal')).toBe(decimal);
  expect(oddsText(odds, 'fractional')).toBe(fractional);
  expect(oddsText(odds, 'american')).toBe(american);
  expect(oddsText(odds, 'percent')).toBe(percent);
});

test('[UI200] no price is a dash in every format, and a rounded one says its decimal on hover', () => {
  expect((['decimal', 'fractional', 'american', 'percent'] as const).map((format) => oddsText(null, format))).toEqual([
    '–',
    '–',
    '–',
    '–',
  ]);
  expect(exactOddsWords(2.14, 'fractional')).toBe('2.14 decimal');
  expect(exactOddsWords(2.14, 'decimal')).toBeUndefined();
  expect(exactOddsWords(null, 'american')).toBeUndefined();
});

test('[UI391] a change of a price is told in the measure of the prices beside it', () => {
  const fall = { oldOdds: 2.2, newOdds: 1.76, percent: -20 };
  expect((['decimal', 'fractional', 'american', 'percent'] as const).map((format) => changeText(fall, format))).toEqual(
    ['−20.0%', '−20.0%', '−20.0%', '+11.4 pts'],
  );
  expect(changeText({ ...fall, oldOdds: null }, 'percent')).toBe('−20.0%');
});

const milliOdds = fc.integer({ min: 1_001, max: 1_001_000 });
const profitOf = (text: string): number => FRACTIONS.find((fraction) => fraction.text === text)?.profit ?? Number.NaN;

test('[UI201] a fraction is of the ladder, no other one is nearer, and a longer price never reads shorter', () => {
  fc.assert(
    fc.property(milliOdds, milliOdds, (a, b) => {
      const [shorter, longer] = [Math.min(a, b) / 1_000, Math.max(a, b) / 1_000];
      const shown = profitOf(oddsText(shorter, 'fractional'));
      const away = (profit: number): number => Math.abs(profit - (shorter - 1));
      expect(Math.min(...FRACTIONS.map(({ profit }) => away(profit)))).toBe(away(shown));
      expect(shown).toBeLessThanOrEqual(profitOf(oddsText(longer, 'fractional')));
    }),
  );
});

test('[UI201] the ladder ascends, and each of its fractions reads as itself', () => {
  for (const [index, { text, profit }] of FRACTIONS.entries()) {
    expect(profit).toBeGreaterThan(FRACTIONS[index - 1]?.profit ?? 0);
    expect(oddsText(profit + 1, 'fractional')).toBe(text);
  }
});

test('[UI202] American odds give the decimal price back to within their rounding, with a real minus sign', () => {
  fc.assert(
    fc.property(milliOdds, (milli) => {
      const odds = milli / 1_000;
      const text = oddsText(odds, 'american');
      expect(text).toMatch(/^[+−]\d{3,}$/);
      const size = Number(text.slice(1));
      const back = text.startsWith('+') ? 1 + size / 100 : 1 + 100 / size;
      // Half a unit of what was rounded: of the win per 100, or of the stake that wins 100.
      const slack = text.startsWith('+') ? 0.005 : 100 / (size - 0.5) - 100 / size;
      expect(Math.abs(back - odds)).toBeLessThanOrEqual(slack + 1e-9);
    }),
  );
});

test('[UI417] two prices of a difference never read alike: where a format rounds them to the same words they are decimal', () => {
  expect(formatApart(11.6, 12.4, 'fractional')).toBe('decimal');
  expect(formatApart(11.6, 13, 'fractional')).toBe('fractional');
  expect(formatApart(11.6, 11.6, 'fractional')).toBe('fractional');
  expect(formatApart(11.6, null, 'american')).toBe('american');
  fc.assert(
    fc.property(milliOdds, milliOdds, fc.constantFrom(...ODDS_FORMATS), (a, b, format) => {
      fc.pre(a !== b);
      const apart = formatApart(a / 1_000, b / 1_000, format);
      expect(oddsText(a / 1_000, apart)).not.toBe(oddsText(b / 1_000, apart));
    }),
  );
});
