import { expect, test } from 'vitest';
import type { Finding } from './detection.ts';
import { follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];
const RIVALS = ['a', 'b', 'c', 'd'] as const;

/** Everybody polled at a minute, with the prices given for some. */
function poll(
  event: ReturnType<typeof follow>,
  minute: number,
  odds: Readonly<Record<string, readonly number[]>> = {},
): Finding[] {
  return event.findings(
    ...['ours', ...RIVALS].map((bookmaker) => ({ bookmaker, minute, odds: odds[bookmaker] ?? OPEN })),
  );
}

const everybody = (odds: readonly number[]) => Object.fromEntries(RIVALS.map((bookmaker) => [bookmaker, odds]));
const ofType = (findings: readonly Finding[], type: Finding['type']) =>
  findings.filter((finding) => finding.type === type);

test('[DET31] our price above the fair price of the others is told at our second poll, by its edge, and once', () => {
  const event = follow();
  poll(event, 0);
  const wrong = { ours: [2.4, 3.4, 3.0] };
  expect(ofType(poll(event, 1, wrong), 'off_market')).toEqual([]);
  const found = ofType(poll(event, 2, wrong), 'off_market');
  expect(found.map(summary)).toEqual(['off_market critical ours 1x2 1']);
  expect(found[0]).toMatchObject({
    competitor: { bookmaker: 'consensus' },
    explanation: { severityInputs: { votes: 4 }, thresholds: { minVotes: 3 } },
  });
  expect(
    ofType(
      [3, 4, 5].flatMap((minute) => poll(event, minute, wrong)),
      'off_market',
    ),
  ).toEqual([]);
});

test.each([
  ['fewer votes than a consensus needs', { a: [1.7, 3.6, 5], b: [1.7, 3.6, 5] }, { consensusMinVotes: 5 }],
  ['one outlier on the other side', { a: [1.5, 4.2, 7] }, {}],
  ['others who are as generous', { a: [2.4, 3.4, 3], b: [2.4, 3.4, 3] }, { offMarketMoreGenerous: 2 }],
])('[DET31] our price is not off the market: %s', (_why, odds, settings) => {
  const event = follow({ ...settings });
  const wrong = { ours: _why === 'one outlier on the other side' ? OPEN : [2.4, 3.4, 3], ...odds };
  const found = [0, 1, 2, 3].flatMap((minute) => poll(event, minute, wrong));
  expect(ofType(found, 'off_market')).toEqual([]);
});

test('[DET32] a book and its clone have one vote', () => {
  const clones = { independenceGroups: [['a', 'b', 'c', 'd']] };
  const event = follow(clones);
  const found = [0, 1, 2, 3].flatMap((minute) => poll(event, minute, minute === 0 ? {} : { ours: [2.4, 3.4, 3] }));
  expect(ofType(found, 'off_market')).toEqual([]);
});

test('[DET33] the market shortens and we do not follow: lagging after two of our polls, critical with time', () => {
  const event = follow();
  poll(event, 0);
  const shorter = everybody([1.78, 3.6, 4.7]);
  expect(ofType(poll(event, 1, shorter), 'lagging')).toEqual([]);
  expect(ofType(poll(event, 2, shorter), 'lagging')).toEqual([]);
  expect(ofType(poll(event, 3, shorter), 'lagging').map(summary)).toEqual(['lagging elevated ours 1x2 1']);
  const later = [4, 6, 8, 10, 12, 14].flatMap((minute) => poll(event, minute, shorter));
  expect(ofType(later, 'lagging').map(summary)).toEqual(['lagging critical ours 1x2 1']);
});

test('[DET33] who follows by a third in time does not lag', () => {
  const event = follow();
  poll(event, 0);
  const shorter = everybody([1.78, 3.6, 4.7]);
  poll(event, 1, shorter);
  const found = [2, 3, 4].flatMap((minute) => poll(event, minute, { ...shorter, ours: [1.85, 3.5, 4.3] }));
  expect(ofType(found, 'lagging')).toEqual([]);
});

test('[DET210] a feed that tells only what changed lags too, once it has said something else', () => {
  const event = follow();
  const shorter = [1.78, 3.6, 4.7];
  poll(event, 0);
  event.findings(...RIVALS.map((bookmaker) => ({ bookmaker, minute: 1, odds: shorter })));
  const rivals = (minute: number) =>
    event.findings(...RIVALS.map((bookmaker) => ({ bookmaker, minute, odds: [1.77, 3.6, 4.7 + minute / 100] })));
  expect(ofType(rivals(2.5), 'lagging')).toEqual([]);
  event.hear({ bookmaker: 'ours', minute: 3, market: 'btts', odds: [1.9, 1.9] });
  expect(ofType(rivals(3.5), 'lagging').map(summary)).toEqual(['lagging elevated ours 1x2 1']);
});

test('[DET34] prices of a feed that fell silent have no vote', () => {
  const event = follow();
  poll(event, 0);
  poll(event, 1);
  const wrong = { bookmaker: 'ours', odds: [2.4, 3.4, 3] } as const;
  const found = [10, 11, 12].flatMap((minute) => event.findings({ ...wrong, minute }));
  expect(ofType(found, 'off_market')).toEqual([]);
});

test('[DET286] a lag and a disagreement say what our price was within the window, and what theirs was before', () => {
  const late = follow();
  poll(late, 0);
  poll(late, 30, { ours: [1.98, 3.4, 3.8], ...everybody([1.8, 3.6, 4.4]) });
  const [lag] = [31, 32].flatMap((minute) =>
    ofType(poll(late, minute, { ours: [1.98, 3.4, 3.8], ...everybody([1.8, 3.6, 4.4]) }), 'lagging'),
  );
  expect(lag).toMatchObject({
    competitor: { oldOdds: 2.074, newOdds: 1.866, direction: 'shortening' },
    explanation: { window: { minutes: 60, from: '2026-03-01T11:32:00.000Z', highest: 2, lowest: 1.98 } },
  });

  const apart = follow({ disagreementWindowMinutes: 20 });
  for (const minute of [0, 10, 20, 30]) poll(apart, minute);
  const [found] = ofType(
    poll(apart, 40, { ours: [2.14, 3.4, 3.5], ...everybody([1.88, 3.5, 4.2]) }),
    'direction_disagreement',
  );
  expect(found?.explanation).toMatchObject({
    base: { odds: 2, at: '2026-03-01T12:20:00.000Z' },
    window: { minutes: 20, from: '2026-03-01T12:20:00.000Z', highest: 2.14, lowest: 2 },
  });
});
