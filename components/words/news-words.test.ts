import { expect, test } from 'vitest';
import { type ToldAlert, alertWords } from './news-words.ts';

const MOVED: ToldAlert = {
  bookmaker: 'draftkings',
  market: '1x2',
  line: null,
  outcome: '1',
  type: 'price_change',
  oldOdds: 2.2,
  newOdds: 1.76,
  changePercent: -20,
  competitor: null,
  availability: null,
};
const CONSENSUS = { bookmaker: 'consensus', oldOdds: 1.97, newOdds: 1.97, direction: null };

test.each<readonly [string, Partial<ToldAlert>, string]>([
  ['moved', {}, '1X2 · Home 2.20 → 1.76 (−20.0%) at draftkings'],
  [
    'stands against the others',
    { type: 'off_market', newOdds: 2.2, changePercent: null, competitor: CONSENSUS },
    '1X2 · Home 2.20 at draftkings, consensus 1.97',
  ],
  [
    'was shut',
    { type: 'availability', availability: 'suspended', outcome: null },
    '1X2 · market suspended at draftkings',
  ],
])('[UI295] what is told of a price that %s says each price and whose it is', (_, told, words) => {
  expect(alertWords({ ...MOVED, ...told }, 'decimal')).toBe(words);
});

test('[UI391] what is told in implied percent has its change in points of them', () => {
  expect(alertWords(MOVED, 'percent')).toBe('1X2 · Home 45.5% → 56.8% (+11.4 pts) at draftkings');
});

test('[UI417] what is told of two prices that one fraction stands for has them as decimals', () => {
  expect(alertWords({ ...MOVED, oldOdds: 12.4, newOdds: 11.6, changePercent: -6.45 }, 'fractional')).toBe(
    '1X2 · Home 12.40 → 11.60 (−6.5%) at draftkings',
  );
  const near = { ...CONSENSUS, oldOdds: 2.16, newOdds: 2.16 };
  expect(
    alertWords(
      { ...MOVED, type: 'off_market', oldOdds: 2.22, newOdds: 2.22, changePercent: null, competitor: near },
      'fractional',
    ),
  ).toBe('1X2 · Home 2.22 at draftkings, consensus 2.16');
});
