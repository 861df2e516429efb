import { expect, test } from 'vitest';
import type { EventHistory } from '../contracts/event.ts';
import { eventIdSchema } from '../contracts/ids.ts';
import { extendHistory, pointAt, toPriceHistory } from './price-history.ts';

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const ms = (minute: number): number => minute * 60_000;

function answer(series: Readonly<Record<string, readonly [minute: number, odds: number | null][]>>): EventHistory {
  return {
    eventId: eventIdSchema.parse(1),
    market: '1x2',
    line: null,
    outcome: '1',
    series: Object.entries(series).map(([bookmaker, points]) => ({
      bookmaker,
      own: bookmaker === 'ours',
      seenAt: at(points.at(-1)?.[0] ?? 0),
      absences: [],
      points: points.map(([minute, odds]) => ({ at: at(minute), odds, fair: odds === null ? null : 0.5 })),
    })),
    alerts: [],
    truncated: false,
    head: 1,
    epoch: 'a',
    seq: 1,
  };
}

test('[UI150] a chart takes what came after its head, a late price to its place in time, a new book among the others', () => {
  const first = toPriceHistory(
    answer({
      ours: [
        [1, 2],
        [5, 2.1],
      ],
      bova: [[2, 3]],
    }),
  );
  const next = extendHistory(first, {
    ...answer({
      ours: [
        [3, null],
        [9, 1.9],
      ],
      acme: [[4, 2.5]],
    }),
    head: 7,
  });
  expect(next.books.map(({ bookmaker }) => bookmaker)).toEqual(['acme', 'bova', 'ours']);
  expect(next.books.at(-1)).toMatchObject({
    times: [ms(1), ms(3), ms(5), ms(9)],
    odds: [2, null, 2.1, 1.9],
    seenMs: ms(9),
  });
  expect(next.head).toBe(7);
});

test.each([
  [0, -1],
  [1, 0],
  [4, 0],
  [5, 1],
  [99, 1],
])('[UI150] the price at minute %i is that of point %i', (minute, expected) => {
  expect(pointAt([ms(1), ms(5)], ms(minute))).toBe(expected);
});
