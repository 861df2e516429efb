import { expect, test } from 'vitest';
import type { PriceHistory } from '../../hooks/price-history.ts';
import { eventIdSchema } from '../../contracts/ids.ts';
import { boundsOf, extremesIn, linesOf, medianLine, shutSpans, valueAt } from './plot-lines.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
type Points = readonly [minute: number, odds: number | null][];

function history(books: Readonly<Record<string, Points>>): PriceHistory {
  return {
    eventId: eventIdSchema.parse(1),
    market: '1x2',
    line: null,
    outcome: '1',
    truncated: false,
    head: 1,
    epoch: 'a',
    seq: 1,
    alerts: [],
    books: Object.entries(books).map(([bookmaker, points]) => ({
      bookmaker,
      own: bookmaker === 'ours',
      seenMs: 30 * MINUTE_MS,
      absences: [],
      times: points.map(([minute]) => minute * MINUTE_MS),
      odds: points.map(([, odds]) => odds),
      fair: points.map(([, odds]) => odds && 1 / odds),
    })),
  };
}
const options = { unit: 'odds', isHeard: () => true, nowMs: 60 * MINUTE_MS } as const;

test('[UI156] a price holds until the next one, to now where its book is heard of, else to when it was last seen', () => {
  const told = history({
    a: [
      [0, 2],
      [10, 3],
      [20, null],
    ],
    ours: [[5, 4]],
  });
  const [a, ours] = linesOf(told, { ...options, isHeard: (book) => book === 'a' });
  if (a === undefined || ours === undefined) throw new Error('expected two lines');
  expect([0, 9, 10, 20, 59].map((minute) => valueAt(a, minute * MINUTE_MS))).toEqual([2, 2, 3, null, null]);
  expect([4, 5, 30, 31].map((minute) => valueAt(ours, minute * MINUTE_MS))).toEqual([null, 4, 4, null]);
  expect(linesOf(told, { ...options, unit: 'fair' })[1]?.values).toEqual([0.25]);
});

test('[UI156] a book is shut from a price that could not be had to the next one', () => {
  const told = history({
    a: [
      [0, 2],
      [10, null],
      [20, 2],
      [40, null],
    ],
  });
  const lines = linesOf(told, options);
  expect(shutSpans(told.books, lines)).toEqual([
    { name: 'a', kind: 'other', fromMs: 10 * MINUTE_MS, toMs: 20 * MINUTE_MS },
    { name: 'a', kind: 'other', fromMs: 40 * MINUTE_MS, toMs: 60 * MINUTE_MS },
  ]);
});

test('[UI156] the median is of the other books that have a price at the time', () => {
  const lines = linesOf(
    history({
      a: [[0, 2]],
      b: [
        [10, 3],
        [30, null],
      ],
      c: [[20, 4]],
      ours: [[0, 9]],
    }),
    options,
  );
  const median = medianLine(lines);
  expect([0, 10, 20, 30].map((minute) => valueAt(median, minute * MINUTE_MS))).toEqual([2, 2.5, 3, 3]);
});

test('[UI156] the extremes within a range count the price that held when it began', () => {
  const lines = linesOf(
    history({
      a: [
        [0, 2],
        [10, 5],
        [20, 3],
      ],
    }),
    options,
  );
  expect(extremesIn(lines, { fromMs: 5 * MINUTE_MS, toMs: 8 * MINUTE_MS })).toEqual([2, 2]);
  expect(extremesIn(lines, { fromMs: 5 * MINUTE_MS, toMs: 60 * MINUTE_MS })).toEqual([2, 5]);
  expect(extremesIn(lines, { fromMs: 90 * MINUTE_MS, toMs: 99 * MINUTE_MS })).toBeNull();
});

test('[UI156] everything ends at now, or at a kickoff that is near; one that is days away is out of sight', () => {
  const lines = linesOf(history({ a: [[0, 2]] }), { ...options, nowMs: 6 * HOUR_MS });
  const near = boundsOf(lines, { nowMs: 6 * HOUR_MS, kickoffMs: 7 * HOUR_MS });
  expect(near.toMs).toBeGreaterThan(7 * HOUR_MS);
  const far = boundsOf(lines, { nowMs: 6 * HOUR_MS, kickoffMs: 70 * HOUR_MS });
  expect(far.toMs).toBeLessThan(7 * HOUR_MS);
  expect(far.fromMs).toBeLessThan(0);
});

test('[UI343] a price that has only just come stands at the end of a few minutes, not at the start of what is not yet', () => {
  const lines = linesOf(history({ a: [[60, 2]] }), { ...options, nowMs: HOUR_MS });
  const { fromMs, toMs } = boundsOf(lines, { nowMs: HOUR_MS, kickoffMs: 70 * HOUR_MS });
  expect(toMs - HOUR_MS).toBeLessThan(MINUTE_MS);
  expect(HOUR_MS - fromMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
});

test('[UI313] a line breaks where its book was not heard of, and goes on with the price that it came back with', () => {
  const [book] = history({
    a: [
      [0, 2],
      [40, 3],
    ],
  }).books;
  if (book === undefined) throw new Error('expected a book');
  const away = (fromMinute: number, toMinute: number) => ({
    ...history({}),
    books: [{ ...book, absences: [{ fromMs: fromMinute * MINUTE_MS, toMs: toMinute * MINUTE_MS }] }],
  });
  const valuesAt = (told: PriceHistory): (number | null)[] => {
    const [line] = linesOf(told, options);
    if (line === undefined) throw new Error('expected a line');
    return [5, 15, 30, 45].map((minute) => valueAt(line, minute * MINUTE_MS));
  };
  // It came back with what it had asked before, then with another price.
  expect(valuesAt(away(10, 20))).toEqual([2, null, 2, 3]);
  expect(valuesAt(away(10, 40))).toEqual([2, null, null, 3]);
  // Something of that time came late: it was heard of.
  expect(valuesAt(away(10, 50))).toEqual([2, 2, 2, 3]);
});
