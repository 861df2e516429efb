import { expect, test } from 'vitest';
import type { Explanation } from '../../contracts/alert.ts';
import type { Market } from '../../contracts/market.ts';
import { bandWords, nameList, othersMoved, othersWords, otherMove, ruleWords } from './why-words.ts';

const explained = (rule: string): Explanation => ({
  rule,
  base: { odds: null, at: null },
  observedAt: '2026-03-01T12:00:00.000Z',
  thresholds: {},
  severityInputs: {},
  books: [],
});
const about = (market: Market, line: number | null, outcome: string | null, rule: string) =>
  ruleWords({ market, line, outcome, explanation: explained(rule) }, 'decimal');

test.each([
  [
    about('1x2', null, '2', 'ours moved 1x2 2 from 2.00 to 1.80 (-10.00 %).'),
    'ours moved 1X2 · Away from 2.00 to 1.80 (−10.00%).',
  ],
  [
    about('over_under', 2.5, 'over', 'Our 1.90 on over_under 2.5 over is 6.00 % better.'),
    'Our 1.90 on Over/Under 2.5 · Over is 6.00% better.',
  ],
  [
    about('handicap', -1.5, null, 'b suspended handicap -1.5; 2 of 3 competitors are shut.'),
    'b suspended Handicap −1.5; 2 of 3 competitors are shut.',
  ],
  [
    about(
      'moneyline',
      null,
      null,
      'b suspended moneyline, with it handicap -1.5, over_under 163.5; 1 of 3 competitors are shut.',
    ),
    'b suspended Moneyline, with it Handicap −1.5, Over/Under 163.5; 1 of 3 competitors are shut.',
  ],
  [about('1x2', null, null, 'b shut 12 markets of several matches.'), 'b shut 12 markets of several matches.'],
])('[UI155] a stored rule is told in a trader’s words: %s', (told, expected) => {
  expect(told).toBe(expected);
});

test.each([
  [
    'Our 2.45 on 1x2 1 is 15.60 % better than the fair price 2.12 of 5 independent competitors.',
    'Our 40.8% on 1X2 · Home is 15.60% better than the fair price 47.2% of 5 independent competitors.',
  ],
  [
    'More than 5 alerts within a minute. The worst: ours moved 1x2 1 from 2.20 to 1.765 (-19.77 %, 11.20 points) within 60 minutes: critical from 15.25 % and 4.25 points on.',
    'More than 5 alerts within a minute. The worst: ours moved 1X2 · Home from 45.5% to 56.7% (−19.77%, 11.20 points) within 60 minutes: critical from 15.25% and 4.25 points on.',
  ],
  [
    'b changed the margin of 1x2: all prices shortened together, overround 5.25 % to 7.10 %.',
    'b changed the margin of 1X2: all prices shortened together, overround 5.25% to 7.10%.',
  ],
])(
  '[UI391] prices of a stored rule are told in the trader’s format, and nothing else of it is: %s',
  (rule, expected) => {
    expect(ruleWords({ market: '1x2', line: null, outcome: '1', explanation: explained(rule) }, 'percent')).toBe(
      expected,
    );
  },
);

test('[UI155] what the other books did is one sentence, and many names are counted', () => {
  const book = (bookmaker: string, oldOdds: number | null, newOdds: number | null, suspended = false) => ({
    bookmaker,
    own: false,
    oldOdds,
    newOdds,
    suspended,
    seenAt: '2026-03-01T12:00:00.000Z',
  });
  const books = [
    book('a', 2, 1.8),
    book('b', 2, 1.9),
    book('c', 2, 2.01),
    book('d', 2, 2.2),
    book('e', 2, 2, true),
    book('f', null, 2),
  ];
  expect(othersWords(othersMoved({ ...explained(''), books }, -10))).toBe(
    'a and b moved the same way; d went the other way; c has not; e was shut.',
  );
  expect(othersWords(othersMoved({ ...explained(''), books: [book('c', 2, 2), book('g', 3, 3)] }, 10))).toBe(
    'c and g have not moved.',
  );
  expect(othersWords(othersMoved(explained(''), 10))).toBe('');
  expect(nameList(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a, b, c, d and 3 others');
});

test.each([
  [
    'ours moneyline 2 from 1.75 to 2.02 (+15.43 %)',
    { bookmaker: 'ours', selection: 'Moneyline · Away', oldOdds: 1.75, newOdds: 2.02, percent: 15.43 },
  ],
  [
    'two words handicap -1.5 1 from 2.00 to 1.60 (-20.00 %)',
    { bookmaker: 'two words', selection: 'Handicap −1.5 · Home', oldOdds: 2, newOdds: 1.6, percent: -20 },
  ],
  [
    'c 1x2 1 from 2.00 to 1.60 (−20.00 %)',
    { bookmaker: 'c', selection: '1X2 · Home', oldOdds: 2, newOdds: 1.6, percent: -20 },
  ],
  [undefined, null],
] as const)('[UI282] a severity that was taken over names the move that it came from: %s', (raisedBy, move) => {
  const severityInputs: Explanation['severityInputs'] = raisedBy === undefined ? {} : { raisedBy };
  expect(otherMove({ severityInputs }, 'raisedBy')).toEqual(move);
  expect(otherMove({ severityInputs }, 'follows')).toBeNull();
  const follows: Explanation['severityInputs'] = raisedBy === undefined ? {} : { follows: raisedBy };
  expect(otherMove({ severityInputs: follows }, 'follows')).toEqual(move);
});

test.each([
  ['critical', 1.25, 'critical from 15% and 4 points, counted 1.25 times'],
  ['critical', 1, 'critical from 15% and 4 points'],
  ['warning', 0.8, 'warning from 7% and 1.5 points'],
  ['elevated', 1.25, null],
] as const)('[UI283] the band of a severity says what the move counted for: %s, %d', (severity, weight, words) => {
  const thresholds = { warningPercent: 7, warningPoints: 1.5, criticalPercent: 15, criticalPoints: 4 };
  expect(bandWords({ severity, explanation: { ...explained(''), thresholds, severityInputs: { weight } } })).toBe(
    words,
  );
});
