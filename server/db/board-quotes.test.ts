import { describe, expect, test } from 'vitest';
import type { CurrentQuote } from '../../contracts/event.ts';
import { boardQuotes } from './board-quotes.ts';

const NOON = '2026-03-01T12:00:00.000Z';

const quote = (bookmaker: string, line: number | null, sketch: Partial<CurrentQuote> = {}): CurrentQuote => ({
  bookmaker,
  own: bookmaker === 'draftkings',
  market: 'over_under',
  line,
  state: 'open',
  outcomes: [],
  overroundPercent: null,
  changedAt: NOON,
  seenAt: NOON,
  ...sketch,
});
const shown = (quotes: readonly CurrentQuote[]) => {
  const board = boardQuotes(['over_under'], quotes);
  return [board.line, board.quotes.map(({ bookmaker, line, state }) => [bookmaker, line, state])];
};

describe('[DB310] the main line', () => {
  test.each<[string, readonly CurrentQuote[], unknown]>([
    ['is the own book’s', [quote('betmgm', 2.5), quote('pinnacle', 2.5), quote('draftkings', 3)], 3],
    ['is the own book’s open one', [quote('draftkings', 2.5, { state: 'removed' }), quote('draftkings', 3)], 3],
    ['is that of most books where we offer none', [quote('a', 2), quote('b', 2.5), quote('c', 2.5)], 2.5],
    ['of several own ones is that of most books', [quote('draftkings', 2), quote('draftkings', 3), quote('b', 3)], 3],
    ['of equally many is the lowest', [quote('a', 3), quote('b', 2)], 2],
    ['is what there was when all is shut', [quote('a', 2.5, { state: 'suspended' })], 2.5],
    ['is none without quotes', [], null],
  ])('%s', (_words, quotes, line) => {
    expect(boardQuotes(['over_under'], quotes).line).toBe(line);
  });

  test('a book without it shows the nearest that it has open, before what it has shut there', () => {
    const quotes = [
      quote('betmgm', 2.5, { state: 'removed' }),
      quote('betmgm', 3.5),
      quote('betmgm', 2.75),
      quote('draftkings', 2.5),
      quote('pinnacle', 2.25, { state: 'suspended' }),
      quote('pinnacle', 2.5, { state: 'removed', changedAt: '2026-03-01T11:00:00.000Z' }),
    ];
    const expected = [
      ['betmgm', 2.75, 'open'],
      ['draftkings', 2.5, 'open'],
      ['pinnacle', 2.5, 'removed'],
    ];
    expect(shown(quotes)).toEqual([2.5, expected]);
  });
});

test('[DB311] the winner is the 1x2 where a book has it open, else the moneyline, else whichever was ever quoted', () => {
  const of = (market: '1x2' | 'moneyline', state: CurrentQuote['state'] = 'open') =>
    quote('a', null, { market, state });
  const market = (quotes: readonly CurrentQuote[]) => boardQuotes(['1x2', 'moneyline'], quotes).market;
  expect(market([of('moneyline'), of('1x2')])).toBe('1x2');
  expect(market([of('moneyline'), of('1x2', 'removed')])).toBe('moneyline');
  expect(market([of('moneyline', 'suspended')])).toBe('moneyline');
  expect(market([])).toBe('1x2');
});
