import { expect, test } from 'vitest';
import type { Finding } from './detection.ts';
import { collapseOutages } from './book-outage.ts';
import { findSilences } from './feed-silence.ts';
import { EVENT_ID, MINUTE_MS, SETTINGS, START_MS, follow } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];

test.each([
  ['missing_outcome', '1x2', [1.351, 3.4]],
  ['placeholder', 'moneyline', [1.01, 1.01]],
  ['booksum', 'moneyline', [1.2, 1.2]],
  ['booksum', 'moneyline', [3, 3]],
  ['impossible_odds', 'moneyline', [1, 12]],
  ['impossible_odds', 'moneyline', [1.05, 1_002]],
] as const)('[DET35] %s: %s at %j is quarantined, and the price before it stands', (reason, market, odds) => {
  const event = follow();
  const before = market === '1x2' ? OPEN : [1.9, 1.9];
  for (const bookmaker of ['ours', 'rival']) event.hear({ bookmaker, minute: 0, market, odds: before });
  const kept = event.state().books.get('ours')?.quotes.get(`ours|${market}|`);
  const detection = event.hear({ bookmaker: 'ours', minute: 5, market, odds });
  expect([detection.quarantined, detection.quoteChanges, detection.findings]).toEqual([reason, [], []]);
  expect(event.state().books.get('ours')?.quotes.get(`ours|${market}|`)).toBe(kept);
  expect(event.hear({ bookmaker: 'ours', minute: 10, market, odds: before }).findings).toEqual([]);
});

test('[DET35] a first price that cannot be meant makes no quote, and a market partly suspended is none of it', () => {
  const event = follow();
  expect(event.hear({ bookmaker: 'ours', minute: 0, odds: [1.3, 3.4] }).state.books.size).toBe(0);
  expect(event.hear({ bookmaker: 'ours', minute: 0, odds: OPEN, suspendedOutcomes: [0] }).quarantined).toBeUndefined();
});

function silentAt(minute: number, ...seen: readonly (readonly [string, number])[]) {
  const event = follow();
  for (const [bookmaker, at] of seen.toSorted(([, one], [, other]) => one - other))
    event.hear({ bookmaker, minute: at, odds: OPEN });
  return findSilences([{ eventId: EVENT_ID, state: event.state() }], START_MS + minute * MINUTE_MS, SETTINGS).map(
    ({ finding }) => finding,
  );
}

test('[DET36] a feed is silent after three of its intervals and five minutes; nobody is before its second poll', () => {
  const alive = [
    ['b', 0],
    ['b', 1],
    ['b', 6],
  ] as const;
  expect(silentAt(7, ['a', 0], ['a', 1], ...alive).map((finding) => [finding.bookmaker, finding.severity])).toEqual([
    ['a', 'elevated'],
  ]);
  expect(silentAt(6, ['a', 0], ['a', 1], ...alive)).toEqual([]);
  expect(silentAt(40, ['a', 0], ['a', 15], ['b', 0], ['b', 15], ['b', 30])).toEqual([]);
  expect(silentAt(60, ['a', 0], ...alive).map((finding) => finding.bookmaker)).toEqual(['b']);
});

test('[DET36] our own silent feed is critical, and when nobody says anything that is one alert', () => {
  expect(silentAt(7, ['ours', 0], ['ours', 1], ['b', 0], ['b', 6]).map((finding) => finding.severity)).toEqual([
    'critical',
  ]);
  const everybody = silentAt(60, ['a', 0], ['a', 1], ['b', 0], ['b', 1], ['c', 0], ['c', 2]);
  expect(everybody.map((finding) => [finding.bookmaker, finding.severity])).toEqual([['c', 'critical']]);
});

test('[DET37] a whole book shut at several matches at once is its feed, not its markets; shut at one it is told as it is', () => {
  const shut = (event: number): { event: number; finding: Finding } => {
    const match = follow();
    for (const bookmaker of ['ours', 'a']) match.hear({ bookmaker, minute: 0, odds: OPEN });
    const [finding] = match.findings({ bookmaker: 'a', minute: 5, suspended: true });
    if (finding === undefined) throw new Error('expected a finding');
    return { event, finding };
  };
  const found = [1, 2, 3, 4].map(shut);
  const poll = { openBooks: new Set(['ours']), settings: SETTINGS };
  expect(collapseOutages(found, poll).map(({ finding }) => [finding.type, finding.bookmaker])).toEqual([
    ['feed_silent', 'a'],
  ]);
  expect(collapseOutages(found.slice(0, 2), poll)).toHaveLength(2);
  expect(collapseOutages(found, { ...poll, openBooks: new Set(['ours', 'a']) })).toHaveLength(4);
});

test('[DET37] it is its feed also where another book had shut the market just before', () => {
  const found = [1, 2, 3].flatMap((event) => {
    const match = follow();
    for (const bookmaker of ['ours', 'a', 'b']) match.hear({ bookmaker, minute: 0, odds: OPEN });
    match.hear({ bookmaker: 'b', minute: 4, suspended: true });
    return match.findings({ bookmaker: 'a', minute: 5, suspended: true }).map((finding) => ({ event, finding }));
  });
  expect(found.map(({ finding }) => finding.bookmaker)).toEqual(['b', 'b', 'b']);
  const poll = { openBooks: new Set(['ours', 'b']), settings: SETTINGS };
  expect(collapseOutages(found, poll).map(({ finding }) => [finding.type, finding.bookmaker])).toEqual([
    ['feed_silent', 'a'],
  ]);
});

test('[DET36] old prices that have just come in are late and no silence', () => {
  const event = follow();
  for (const minute of [0, 1]) event.hear({ bookmaker: 'a', minute, odds: OPEN });
  const events = [{ eventId: EVENT_ID, state: event.state() }];
  const nowMs = START_MS + 60 * MINUTE_MS;
  expect(findSilences(events, nowMs, SETTINGS, () => nowMs - MINUTE_MS)).toEqual([]);
  expect(findSilences(events, nowMs, SETTINGS, () => nowMs - 10 * MINUTE_MS)).toHaveLength(1);
});
