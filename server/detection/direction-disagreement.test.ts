import { expect, test } from 'vitest';
import { buildEventState } from './event-state.ts';
import { EVENT_ID, KICKOFF_MS, MINUTE_MS, START_MS, follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];
const isDisagreement = (finding: { readonly type: string }): boolean => finding.type === 'direction_disagreement';

function offered() {
  const event = follow();
  event.findings(...['ours', 'rival', 'third'].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  return event;
}

test('[DET14] we drift and a competitor shortens: the later move completes the pair, whichever side it is', () => {
  const ours = { bookmaker: 'ours', minute: 5, odds: [2.1, 3.4, 3.8] };
  const theirs = { bookmaker: 'rival', minute: 9, odds: [1.92, 3.4, 3.8] };
  for (const stream of [
    [ours, theirs],
    [
      { ...theirs, minute: 5 },
      { ...ours, minute: 9 },
    ],
  ]) {
    const event = offered();
    const found = event.findings(...stream);
    expect(found.map(summary)).toEqual(['direction_disagreement elevated ours 1x2 1']);
    expect(found[0]).toMatchObject({
      oldMilliOdds: 2_000,
      newMilliOdds: 2_100,
      changeBasisPoints: 500,
      competitor: { bookmaker: 'rival', oldOdds: 2, newOdds: 1.92, direction: 'shortening' },
      explanation: { observedAt: '2026-03-01T12:09:00.000Z', severityInputs: { ownDirection: 'drifting' } },
    });
  }
});

test.each([
  [[2.14, 3.4, 3.8], [1.86, 3.4, 3.8], 'critical'],
  [[2.139, 3.4, 3.8], [1.86, 3.4, 3.8], 'elevated'],
  [[2.14, 3.4, 3.8], [1.861, 3.4, 3.8], 'elevated'],
  [[1.86, 3.4, 3.8], [2.14, 3.4, 3.8], 'elevated'],
  [[2.06, 3.4, 3.8], [1.94, 3.4, 3.8], 'elevated'],
])('[DET14] ours to %j, theirs to %j: %s', (ours, theirs, severity) => {
  const found = offered().findings(
    { bookmaker: 'ours', minute: 1, odds: ours },
    { bookmaker: 'rival', minute: 2, odds: theirs },
  );
  expect(found.filter(isDisagreement).map(summary)).toEqual([`direction_disagreement ${severity} ours 1x2 1`]);
});

test.each([
  ['the same direction', [1.9, 3.4, 3.8], [1.9, 3.4, 3.8], 2],
  ['ours below the minimum', [2.059, 3.4, 3.8], [1.9, 3.4, 3.8], 2],
  ['theirs below the minimum', [2.1, 3.4, 3.8], [1.941, 3.4, 3.8], 2],
  ['another outcome', [2.1, 3.4, 3.8], [2, 3.4, 3.6], 2],
  ['outside the window', [2.1, 3.4, 3.8], [1.9, 3.4, 3.8], 61.1],
])('[DET14] no disagreement: %s', (_why, ours, theirs, minute) => {
  const found = offered().findings(
    { bookmaker: 'ours', minute: 1, odds: ours },
    { bookmaker: 'rival', minute, odds: theirs },
  );
  expect(found.filter(isDisagreement)).toEqual([]);
});

test('[DET14] a pair of moves alerts once, each further competitor is a pair of its own, competitors alone are none', () => {
  const event = offered();
  const found = event.findings(
    { bookmaker: 'ours', minute: 1, odds: [2.1, 3.4, 3.8] },
    { bookmaker: 'rival', minute: 2, odds: [1.9, 3.4, 3.8] },
    { bookmaker: 'rival', minute: 3, odds: [1.9, 3.4, 3.8] },
    { bookmaker: 'third', minute: 4, odds: [1.9, 3.4, 3.8] },
    { bookmaker: 'rival', minute: 5, odds: [2.0, 3.4, 3.8] },
  );
  expect(found.filter(isDisagreement).map((finding) => finding.competitor?.bookmaker)).toEqual(['rival', 'third']);
  const [at1, at2, at4] = [1, 2, 4].map((minute) => START_MS + minute * MINUTE_MS);
  expect(found.filter(isDisagreement).map((finding) => finding.alertKey)).toEqual([
    `${EVENT_ID}|direction_disagreement|ours|1x2||1|${at1}|rival|${at2}`,
    `${EVENT_ID}|direction_disagreement|ours|1x2||1|${at1}|third|${at4}`,
  ]);
});

test('[DET14] a restart between the two moves does not lose the pair', () => {
  const event = offered();
  const moved = event.hear({ bookmaker: 'ours', minute: 1, odds: [2.1, 3.4, 3.8] });
  const stored = [...event.state().books].map(([bookmaker, book]) => ({ bookmaker, lastSeenMs: book.lastSeenMs }));
  event.replace(
    buildEventState({
      kickoffMs: KICKOFF_MS,
      quotes: [...event.state().books.values()].flatMap((book) => [...book.quotes.values()]),
      lastSeen: stored,
      memory: moved.memoryChanges.flatMap(({ key, memory }) => (memory === null ? [] : [{ key, memory }])),
    }),
  );
  expect(event.findings({ bookmaker: 'rival', minute: 2, odds: [1.9, 3.4, 3.8] }).map(summary)).toEqual([
    'direction_disagreement elevated ours 1x2 1',
  ]);
});
