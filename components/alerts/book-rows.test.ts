import { expect, test } from 'vitest';
import type { AlertWithExplanation } from '../../contracts/alert.ts';
import type { PriceHistory } from '../../hooks/price-history.ts';
import { bookRows } from './book-rows.ts';

const AT = '2026-06-13T15:00:00.000Z';
const MINUTE_MS = 60_000;

const told = (bookmaker: string, oldOdds: number | null) => ({
  bookmaker,
  own: false,
  oldOdds,
  newOdds: 2,
  suspended: false,
  seenAt: AT,
});

/** An alert of our price off the market, of which detection remembers one of two other prices. */
const alert = {
  bookmaker: 'ours',
  market: '1x2',
  line: null,
  outcome: '1',
  oldOdds: 2.4,
  availability: null,
  explanation: {
    base: { odds: 2.1, at: AT },
    observedAt: AT,
    books: [told('remembered', 2.2), told('forgotten', null)],
  },
} as unknown as AlertWithExplanation;

const book = (bookmaker: string, odds: readonly (number | null)[]) => ({
  bookmaker,
  own: false,
  seenMs: Date.parse(AT),
  times: odds.map((_, index) => Date.parse(AT) + (index - 1) * MINUTE_MS),
  odds,
  fair: odds.map(() => null),
  absences: [],
});
const history = { books: [book('remembered', [9, 9]), book('forgotten', [2.1, 2.15])] } as unknown as PriceHistory;

test('[UI303] a price that detection does not remember is the stored one of that moment', () => {
  const before = (options: { readonly history: PriceHistory | undefined }) =>
    new Map(
      bookRows(alert, { ownBookmaker: 'ours', quotes: undefined, ...options }).map((row) => [
        row.bookmaker,
        row.before,
      ]),
    );
  expect(before({ history })).toEqual(
    new Map([
      ['ours', 2.4],
      ['forgotten', 2.15],
      ['remembered', 2.2],
    ]),
  );
  expect(before({ history: undefined }).get('forgotten')).toBeNull();
});
