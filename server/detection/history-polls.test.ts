import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { detect } from './detect.ts';
import { emptyEventState } from './detection.ts';
import type { HistoryVersion } from './event-history.ts';
import { pollsOf } from './history-polls.ts';

const T0 = Date.parse('2026-03-01T08:00:00Z');
const MINUTE = 60_000;
const END = T0 + 600 * MINUTE;
const SETTINGS = { ...DEFAULT_SETTINGS, ownBookmaker: 'own' };
const EVENT = { sourceKey: 'e', home: 'A', away: 'B', league: 'L', country: 'C', sport: 'soccer', kickoffMs: END };

type Sketch = Partial<Pick<HistoryVersion, 'bookmaker' | 'market' | 'line' | 'state'>> & {
  readonly minute: number;
  readonly home?: number;
};

const version = ({
  bookmaker = 'own',
  market = '1x2',
  line = null,
  state = 'open',
  minute,
  home = 2_000,
}: Sketch): HistoryVersion => ({
  bookmaker,
  market,
  line,
  state,
  outcomes: [
    { name: '1', milliOdds: home, suspended: false },
    { name: 'X', milliOdds: 3_400, suspended: false },
    { name: '2', milliOdds: 3_600, suspended: false },
  ],
  observedAtMs: T0 + minute * MINUTE,
});

/** The versions that detection would store of the polls. */
function storedOf(versions: readonly HistoryVersion[]): HistoryVersion[] {
  let state = emptyEventState(EVENT.kickoffMs);
  const stored: HistoryVersion[] = [];
  for (const observation of pollsOf({ described: EVENT, versions }, { fromMs: T0, toMs: END })) {
    const detection = detect(state, observation, SETTINGS, { eventId: 1 });
    state = detection.state;
    for (const { bookmaker, market, line, state: quoteState, outcomes, changedAtMs } of detection.quoteChanges) {
      stored.push({ bookmaker, market, line, state: quoteState, outcomes, observedAtMs: changedAtMs });
    }
  }
  return stored;
}

const inOrder = (versions: readonly HistoryVersion[]): string[] =>
  versions.map((row) => JSON.stringify(row)).toSorted();

test('[DET200] polls that are made up from a history store that history again', () => {
  const versions = [
    version({ minute: 0 }),
    version({ minute: 0, bookmaker: 'rival' }),
    version({ minute: 7, home: 1_900 }),
    version({ minute: 8, bookmaker: 'rival', state: 'suspended' }),
    version({ minute: 90, home: 1_800 }),
    version({ minute: 300, bookmaker: 'rival', home: 2_100 }),
  ];
  expect(inOrder(storedOf(versions))).toEqual(inOrder(versions));
});

test('[DET201] a removed market is missing from two polls before, and is removed at its time', () => {
  const versions = [
    version({ minute: 0 }),
    version({ minute: 0, market: 'over_under', line: 2.5 }),
    version({ minute: 40, market: 'over_under', line: 2.5, state: 'removed' }),
    version({ minute: 200, market: 'over_under', line: 2.5, home: 1_700 }),
  ];
  expect(inOrder(storedOf(versions))).toEqual(inOrder(versions));
});

test('[DET200] whatever prices did, made-up polls store the same history, in the order of time', () => {
  const step = fc.record({
    gap: fc.integer({ min: 1, max: 60 }),
    bookmaker: fc.constantFrom('own', 'rival', 'third'),
    // Within the booksums that are taken.
    home: fc.integer({ min: 1_300, max: 2_900 }),
    state: fc.constantFrom('open' as const, 'open' as const, 'suspended' as const),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      let minute = 0;
      const last = new Map<string, string>();
      const versions = steps.flatMap(({ gap, bookmaker, home, state }) => {
        minute += gap;
        const next = version({ minute, bookmaker, home, state });
        const shape = JSON.stringify([next.state, next.outcomes]);
        if (minute >= 600 || last.get(bookmaker) === shape) return [];
        last.set(bookmaker, shape);
        return [next];
      });
      const stored = storedOf(versions);
      expect(inOrder(stored)).toEqual(inOrder(versions));
      expect(stored.map((row) => row.observedAtMs)).toEqual(versions.map((row) => row.observedAtMs));
    }),
    { numRuns: 100 },
  );
});

test('[DET202] the first poll shows what was in force, and none comes after the end', () => {
  const versions = [version({ minute: -300 }), version({ minute: 700, home: 1_500 })];
  const times = [...pollsOf({ described: EVENT, versions }, { fromMs: T0, toMs: END })].map(
    (poll) => poll.observedAtMs,
  );
  expect(times[0]).toBe(T0);
  expect(times.at(-1)).toBeLessThan(END);
  expect(times).toHaveLength(120);
});

test('[DET203] a slow feed is replayed at its own pace: what was gone at its next poll has not lasted', () => {
  const versions = Array.from({ length: 20 }, (_unused, index) =>
    version({ minute: index * 15, home: index === 10 ? 1_500 : 2_000 + (index % 2) * 10 }),
  );
  const polls = [...pollsOf({ described: EVENT, versions }, { fromMs: T0, toMs: END })];
  expect(polls.filter((poll) => poll.outcomes[0]?.milliOdds === 1_500)).toHaveLength(1);
});

test('[DET204] of a book that offers one line at a time, the one that changed last is on offer', () => {
  const line = (at: number, minute: number, state: HistoryVersion['state'] = 'open'): HistoryVersion =>
    version({ market: 'over_under', line: at, minute, state });
  const other = Array.from({ length: 12 }, (_unused, index) =>
    version({ minute: index * 15, home: 2_000 + (index % 2) * 10 }),
  );
  const versions = [...other, line(1.5, 0), line(2, 60), line(2, 105, 'removed')].toSorted(
    (left, right) => left.observedAtMs - right.observedAtMs,
  );
  const shownAt = (minute: number) =>
    [...pollsOf({ described: EVENT, versions }, { fromMs: T0, toMs: END })]
      .filter((poll) => poll.market === 'over_under' && poll.observedAtMs === T0 + minute * MINUTE)
      .map((poll) => poll.line);
  expect([45, 60, 75, 90, 105].map(shownAt)).toEqual([[1.5], [2], [1.5], [1.5], [1.5]]);
  expect(inOrder(storedOf(versions))).toEqual(inOrder(versions));
});
