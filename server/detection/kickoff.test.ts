import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildEventState } from './event-state.ts';
import { KICKOFF_KEY } from './kickoff.ts';
import { KICKOFF_MS, MINUTE_MS, START_MS, follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];
const LATER_MS = KICKOFF_MS + 90 * MINUTE_MS;
const LONG_AGO_MS = START_MS - MINUTE_MS;

/** Follows a match of these books and tells the kickoff after each word `[bookmaker, minute, kickoff]`. */
function kickoffs(words: readonly (readonly [string, number, number])[], event = follow()): number[] {
  return words.map(([bookmaker, minute, kickoffMs]) => {
    event.hear({ bookmaker, minute, odds: OPEN, kickoffMs });
    return event.state().kickoffMs;
  });
}

test('[DET260] one competitor that is wrong about the kickoff ends nothing: the match goes on and its moves are told', () => {
  const event = follow();
  kickoffs(
    [
      ['ours', 0, KICKOFF_MS],
      ['rival', 0, KICKOFF_MS],
      ['rival', 1, LONG_AGO_MS],
    ],
    event,
  );
  expect(event.state().kickoffMs).toBe(KICKOFF_MS);
  const found = event.findings({ bookmaker: 'ours', minute: 2, odds: [1.8, 3.5, 3.85] });
  expect(found.map(summary)).toContain('price_change elevated ours 1x2 1');
});

test('[DET260] our own word about the kickoff counts at once, whatever the others say', () => {
  const heard = kickoffs([
    ['a', 0, KICKOFF_MS],
    ['b', 0, KICKOFF_MS],
    ['ours', 0, LATER_MS],
    ['a', 1, KICKOFF_MS],
    ['ours', 2, KICKOFF_MS],
    ['b', 3, LATER_MS],
    ['a', 3, LATER_MS],
  ]);
  expect(heard).toEqual([KICKOFF_MS, KICKOFF_MS, LATER_MS, LATER_MS, KICKOFF_MS, KICKOFF_MS, KICKOFF_MS]);
});

test('[DET260] with our own book in the match the kickoff is what it said last, in any order of words', () => {
  const word = fc.record({ book: fc.constantFrom('ours', 'a', 'b', 'c'), kickoff: fc.integer({ min: 0, max: 2 }) });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const event = follow();
      let own = kickoffs([['ours', 0, KICKOFF_MS]], event)[0];
      for (const [index, { book, kickoff }] of words.entries()) {
        const saidMs = KICKOFF_MS + kickoff * 90 * MINUTE_MS;
        if (book === 'ours') own = saidMs;
        expect(kickoffs([[book, index + 1, saidMs]], event)).toEqual([own]);
      }
    }),
  );
});

test('[DET261] without our own book the kickoff is what more than half of the books say, from the word on that makes it so', () => {
  const heard = kickoffs([
    ['a', 0, KICKOFF_MS],
    ['b', 0, KICKOFF_MS],
    ['c', 0, KICKOFF_MS],
    ['a', 1, LATER_MS],
    ['b', 1, LATER_MS],
    ['a', 2, KICKOFF_MS],
    ['c', 2, LATER_MS],
    ['b', 3, KICKOFF_MS],
  ]);
  expect(heard).toEqual([KICKOFF_MS, KICKOFF_MS, KICKOFF_MS, KICKOFF_MS, LATER_MS, KICKOFF_MS, LATER_MS, KICKOFF_MS]);
});

test('[DET261] a book that is alone decides; of two that quarrel the kickoff stays as it was', () => {
  const heard = kickoffs([
    ['a', 0, KICKOFF_MS],
    ['a', 1, LATER_MS],
    ['b', 1, KICKOFF_MS],
    ['b', 2, LATER_MS],
  ]);
  expect(heard).toEqual([KICKOFF_MS, LATER_MS, LATER_MS, LATER_MS]);
});

test('[DET261] a match first told with a wrong kickoff gets the right one with our word or that of most', () => {
  expect(
    kickoffs([
      ['a', 0, LONG_AGO_MS],
      ['b', 0, KICKOFF_MS],
      ['c', 0, KICKOFF_MS],
    ]),
  ).toEqual([LONG_AGO_MS, LONG_AGO_MS, KICKOFF_MS]);
  expect(
    kickoffs([
      ['a', 0, LONG_AGO_MS],
      ['ours', 0, KICKOFF_MS],
    ]),
  ).toEqual([LONG_AGO_MS, KICKOFF_MS]);
});

test('[DET262] while our own book is away most others decide, and what a book said a day ago counts no more', () => {
  const polls = [0, 5, 10].map((minute) => ['ours', minute, KICKOFF_MS] as const);
  const event = follow();
  kickoffs([...polls, ['a', 10, KICKOFF_MS], ['b', 10, KICKOFF_MS]], event);
  // Ours was heard of 70 minutes ago, which is more than its five minutes and more than a gap.
  const away = kickoffs(
    [
      ['a', 80, LATER_MS],
      ['b', 80, LATER_MS],
    ],
    event,
  );
  expect(away).toEqual([KICKOFF_MS, LATER_MS]);
  expect(kickoffs([['ours', 85, KICKOFF_MS]], event)).toEqual([KICKOFF_MS]);
  const day = 24 * 60;
  expect(kickoffs([['b', 86 + day, LATER_MS]], event)).toEqual([LATER_MS]);
});

test('[DET263] who says another kickoff is remembered once, over a restart, and forgotten when all agree', () => {
  const event = follow();
  kickoffs(
    [
      ['a', 0, KICKOFF_MS],
      ['b', 0, KICKOFF_MS],
      ['c', 0, KICKOFF_MS],
      ['a', 1, LATER_MS],
    ],
    event,
  );
  const again = event.hear({ bookmaker: 'a', minute: 2, odds: OPEN, kickoffMs: LATER_MS });
  expect(again.memoryChanges.map(({ key }) => key)).not.toContain(KICKOFF_KEY);
  const { books, memory, kickoffMs } = event.state();
  event.replace(
    buildEventState({
      kickoffMs,
      quotes: [...books.values()].flatMap((book) => [...book.quotes.values()]),
      history: [],
      lookBackMs: 0,
      lastSeen: [...books].map(([bookmaker, { lastSeenMs }]) => ({ bookmaker, lastSeenMs })),
      memory: [...memory].map(([key, kept]) => ({ key, memory: JSON.parse(JSON.stringify(kept)) })),
    }),
  );
  expect(kickoffs([['b', 3, LATER_MS]], event)).toEqual([LATER_MS]);
  const agreed = event.hear({ bookmaker: 'c', minute: 4, odds: OPEN, kickoffMs: LATER_MS });
  expect(agreed.memoryChanges).toContainEqual({ key: KICKOFF_KEY, memory: null });
});
