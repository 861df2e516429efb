import { expect, test } from 'vitest';
import { inputWords } from './input-words.ts';
import { outcomeWords, selectionWords } from './market-words.ts';
import { againstWords, standingPrices } from './move-words.ts';
import { lineText, percentText, pointsText } from './number-words.ts';
import { oddsText } from './odds-words.ts';
import { ageWords, countdownWords, preciseAgeWords, urgency } from './time-words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [0, true, '0'],
  [-0, false, '0'],
  [2.5, false, '2.5'],
  [-1.5, true, '−1.5'],
  [0.25, true, '+0.25'],
] as const)('[UI20] the line %d (signed: %s) reads %s', (line, signed, text) => {
  expect(lineText(line, { signed })).toBe(text);
});

test.each([
  [{ market: '1x2', line: null, outcome: '1' }, '1X2 · Home'],
  [{ market: '1x2', line: null, outcome: 'X' }, '1X2 · Draw'],
  [{ market: 'over_under', line: 2.5, outcome: 'under' }, 'Over/Under 2.5 · Under'],
  [{ market: 'handicap', line: 0, outcome: '2' }, 'Handicap 0 · Away'],
  [{ market: 'handicap', line: 0.5, outcome: '1' }, 'Handicap +0.5 · Home'],
  [{ market: 'over_under', line: 2.5, outcome: null }, 'Over/Under 2.5 · market'],
  [{ market: 'btts', line: null, outcome: 'maybe' }, 'Both teams to score · maybe'],
] as const)('[UI21] %o reads %s', (selection, words) => {
  expect(selectionWords(selection)).toBe(words);
});

test('[UI22] odds show a third decimal only where it says something; no price is a dash', () => {
  expect([1.9, 2, 1.925, 1.111, null].map((odds) => oddsText(odds, 'decimal'))).toEqual([
    '1.90',
    '2.00',
    '1.925',
    '1.111',
    '–',
  ]);
});

test('[UI22] signed numbers carry a real minus or a plus, zero neither', () => {
  expect([-17.949, 7.44, 0, -0.04].map(percentText)).toEqual(['−17.9%', '+7.4%', '0.0%', '0.0%']);
  expect(pointsText(9.06)).toBe('+9.1 pts');
});

test('[UI23] ages and countdowns read in few units', () => {
  expect([0, 12_400, 9 * MINUTE, 3 * HOUR, 50 * HOUR].map(ageWords)).toEqual(['now', '12 s', '9 m', '3 h', '2 d']);
  expect(preciseAgeWords(134_000)).toBe('2 m 14 s');
  expect([0, 30_000, 42 * MINUTE, 70 * MINUTE, 5 * HOUR, 72 * HOUR].map(countdownWords)).toEqual([
    'started',
    '< 1 min',
    '42 min',
    '1 h 10 m',
    '5 h',
    '3 d',
  ]);
});

test('[UI23] a kickoff is imminent under two hours and soon under four', () => {
  expect([-1, HOUR, 2 * HOUR, 4 * HOUR].map(urgency)).toEqual(['started', 'imminent', 'soon', 'later']);
});

test.each([
  ['minutesToKickoff', 42, { name: 'Minutes to kickoff', value: '42' }],
  ['changePercent', -17.95, { name: 'Change', value: '−17.9%' }],
  ['criticalPercent', 15, { name: 'Critical', value: '15%' }],
  ['windowMinutes', 60, { name: 'Window', value: '60 min' }],
  ['isOwn', true, { name: 'Is own', value: 'yes' }],
  ['ownState', null, { name: 'Our market', value: '–' }],
  ['surebetPercent', 7.17113946326442, { name: 'Surebet', value: '7.17%' }],
  ['ownProbability', 0.5582829411259117, { name: 'Own probability', value: '55.83%' }],
  ['sureBetPercent', null, { name: 'Sure bet', value: '–' }],
  ['minPoints', 1.5, { name: 'Least distance', value: '1.5 pts' }],
] as const)('[UI24] the stored input %s = %s can be read', (name, value, words) => {
  expect(inputWords(name, value)).toEqual(words);
});

const against = (newOdds: number | null) => ({ bookmaker: 'consensus', oldOdds: newOdds, newOdds, direction: null });
test.each([
  [
    { oldOdds: 2.45, newOdds: 2.45, competitor: against(2.12) },
    { odds: 2.45, otherOdds: 2.12, other: 'consensus' },
  ],
  [{ oldOdds: 2.45, newOdds: 2.3, competitor: against(2.12) }, null],
  [{ oldOdds: 2.45, newOdds: 2.45, competitor: against(null) }, null],
  [{ oldOdds: 2.45, newOdds: 2.45, competitor: null }, null],
] as const)(
  '[UI32] prices that stand against each other are told as such, moved ones as a move: %o',
  (alert, expected) => {
    expect(standingPrices(alert)).toEqual(expected);
  },
);

test.each(['constructor', '__proto__'])(
  '[DET265] what has the name of something that every object has is named so: %s',
  (name) => {
    expect(outcomeWords(name)).toBe(name);
    expect(inputWords('news', name).value).toBe(name);
  },
);

test.each([
  ['consensus', 'shortening', 'they shorten'],
  ['pinnacle', 'drifting', 'pinnacle drifts'],
  ['consensus', null, 'v consensus'],
] as const)('[UI348] %s %s reads `%s` in a row', (bookmaker, direction, words) => {
  expect(againstWords({ competitor: { bookmaker, direction, oldOdds: 2, newOdds: 2.2 } })).toBe(words);
});
