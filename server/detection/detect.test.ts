import { expect, test } from 'vitest';
import { KICKOFF_MS, MINUTE_MS, START_MS, follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];

function matched(settings = {}) {
  const event = follow(settings);
  event.findings({ bookmaker: 'ours', minute: 0, odds: OPEN }, { bookmaker: 'rival', minute: 0, odds: OPEN });
  return event;
}

test('[DET3] an outcome that reaches a band alerts once, with both prices, percent, points and reason', () => {
  const event = matched();
  const { findings, quoteChanges } = event.hear({ bookmaker: 'ours', minute: 1, odds: [1.8, 3.5, 3.85] });
  expect(findings.map(summary)).toEqual(['price_change elevated ours 1x2 1']);
  expect(findings[0]).toMatchObject({
    oldMilliOdds: 2_000,
    newMilliOdds: 1_800,
    changeBasisPoints: -1_000,
    occurrences: 1,
    isNews: true,
  });
  expect(findings[0]?.explanation).toMatchObject({
    rule: 'ours moved 1x2 1 from 2.00 to 1.80 (−10.00 %, +4.19 points) within 60 minutes: elevated from 10 % and 2.5 points on. With it X from 3.40 to 3.50, 2 from 3.80 to 3.85.',
    base: { odds: 2, at: '2026-03-01T12:00:00.000Z' },
    observedAt: '2026-03-01T12:01:00.000Z',
    window: { minutes: 60, from: '2026-03-01T11:01:00.000Z', highest: 2, lowest: 1.8 },
    thresholds: { warningPercent: 7, elevatedPercent: 10, criticalPercent: 15, warningPoints: 1.5, minTicks: 2 },
    severityInputs: { direction: 'shortening', weight: 1, minutesToKickoff: 1_439 },
    books: [{ bookmaker: 'rival', own: false, oldOdds: 2, newOdds: 2, suspended: false }],
  });
  expect(quoteChanges).toHaveLength(1);
});

test('[DET3] every outcome of a market is judged by itself', () => {
  const found = matched({ foldOutcomes: false }).findings({ bookmaker: 'ours', minute: 1, odds: [1.82, 3.74, 4.5] });
  expect(found.map(summary)).toEqual([
    'price_change warning ours 1x2 1',
    'price_change elevated ours 1x2 2',
    'price_change warning ours 1x2 X',
  ]);
});

test('[DET4] the same prices again change nothing but freshness', () => {
  const event = matched();
  event.hear({ bookmaker: 'ours', minute: 4, odds: OPEN });
  const before = event.state();
  const again = event.hear({ bookmaker: 'ours', minute: 8, odds: OPEN });
  expect([again.quoteChanges, again.memoryChanges, again.findings]).toEqual([[], [], []]);
  expect(event.state().books.get('ours')?.lastSeenMs).toBe(START_MS + 8 * MINUTE_MS);
  expect(event.state().books.get('ours')?.quotes).toBe(before.books.get('ours')?.quotes);
  expect(event.state().books.get('rival')).toBe(before.books.get('rival'));
  const repeated = event.state();
  expect(event.hear({ bookmaker: 'ours', minute: 8, odds: OPEN }).state).toBe(repeated);
});

test('[DET5] a snapshot older than the price it would replace changes nothing', () => {
  const event = matched();
  event.hear({ bookmaker: 'ours', minute: 10, odds: [1.9, 3.4, 3.8] });
  const before = event.state();
  expect(event.hear({ bookmaker: 'ours', minute: 9, odds: [1.5, 4, 6], kickoffMs: KICKOFF_MS + MINUTE_MS }).state).toBe(
    before,
  );
});

test('[DET267] a snapshot that is not taken for its age says so; the same one again, and a late one that still counts, do not', () => {
  const event = matched();
  event.hear({ bookmaker: 'ours', minute: 10, odds: OPEN });
  const late = event.hear({ bookmaker: 'ours', minute: 9, odds: [1.5, 4, 6] });
  expect([late.quarantined, late.quoteChanges, late.findings]).toEqual(['outdated', [], []]);
  expect(event.hear({ bookmaker: 'ours', minute: 10, odds: OPEN }).quarantined).toBeUndefined();
  expect(event.hear({ bookmaker: 'rival', minute: 9, odds: OPEN }).quarantined).toBeUndefined();
});

test('[DET5] a snapshot older than a poll that confirmed the price changes nothing', () => {
  const event = matched();
  event.hear({ bookmaker: 'ours', minute: 10, odds: OPEN });
  expect(event.findings({ bookmaker: 'ours', minute: 9, odds: [1.5, 4, 6] })).toEqual([]);
});

test('[DET5] a late snapshot of a market that the newer poll has not shown yet still counts', () => {
  const event = follow();
  const total = { market: 'over_under', line: 2.5 } as const;
  event.findings(
    { bookmaker: 'rival', minute: 0, ...total, odds: [1.9, 1.9] },
    { bookmaker: 'ours', minute: 0, odds: OPEN },
    { bookmaker: 'ours', minute: 0, ...total, odds: [1.9, 1.9] },
    { bookmaker: 'ours', minute: 5, odds: OPEN },
  );
  const late = event.findings({ bookmaker: 'ours', minute: 4, ...total, odds: [1.7, 2.1] });
  expect(late.map(summary)).toEqual(['price_change elevated ours over_under 2.5 over']);
});

test('[DET6] kickoff follows the newest snapshot, not the latest arrival', () => {
  const event = matched();
  event.hear({ bookmaker: 'ours', minute: 5, odds: OPEN, kickoffMs: KICKOFF_MS + 5 * MINUTE_MS });
  expect(event.state().kickoffMs).toBe(KICKOFF_MS + 5 * MINUTE_MS);
  event.hear({ bookmaker: 'rival', minute: 4, odds: OPEN, kickoffMs: KICKOFF_MS });
  expect(event.state().kickoffMs).toBe(KICKOFF_MS + 5 * MINUTE_MS);
});

test('[DET7] from kickoff on prices are kept up and nothing is found', () => {
  const event = matched();
  const kickoff = (KICKOFF_MS - START_MS) / MINUTE_MS;
  const inPlay = event.hear({ bookmaker: 'ours', minute: kickoff, odds: [1.2, 6, 9] });
  expect(inPlay.findings).toEqual([]);
  expect(inPlay.quoteChanges).toHaveLength(1);
  const postponed = event.findings({
    bookmaker: 'ours',
    minute: kickoff + 1,
    odds: [1.5, 4, 6],
    kickoffMs: KICKOFF_MS + 60 * MINUTE_MS,
  });
  expect(postponed.map(summary)).toContain('price_change critical ours 1x2 1');
});

test('[DET8] a price is compared only while the market and the outcome are open on both sides', () => {
  const event = matched();
  const found = event.findings(
    { bookmaker: 'ours', minute: 1, suspended: true },
    { bookmaker: 'ours', minute: 2, odds: [1.5, 4, 6] },
    { bookmaker: 'ours', minute: 3, odds: [1.2, 4, 6], suspendedOutcomes: [0] },
    { bookmaker: 'ours', minute: 4, odds: [1.1, 4, 6] },
  );
  expect(found.filter((finding) => finding.type === 'price_change')).toEqual([]);
});

test('[DET8] a changed main line is neither a move nor a suspension', () => {
  const event = follow();
  const total = (minute: number, bookmaker: string, line: number) =>
    ({ bookmaker, minute, market: 'over_under', line, odds: [1.9, 1.9] }) as const;
  const found = event.findings(
    ...['ours', 'rival'].flatMap((book) => [{ bookmaker: book, minute: 0, odds: OPEN }, total(0, book, 2.5)]),
    ...[1, 2, 3, 4].flatMap((minute) => [{ bookmaker: 'rival', minute, odds: OPEN }, total(minute, 'rival', 3)]),
    ...[5, 6, 7, 8].flatMap((minute) => [{ bookmaker: 'rival', minute, odds: OPEN }, total(minute, 'rival', 2.5)]),
  );
  expect(found).toEqual([]);
  const states = [...(event.state().books.get('rival')?.quotes.values() ?? [])].map((quote) => [
    quote.line,
    quote.state,
  ]);
  expect(states).toEqual([
    [null, 'open'],
    [2.5, 'open'],
    [3, 'removed'],
  ]);
});

test('[DET9] only markets that own book and a competitor offer alert, and only primary ones', () => {
  const alone = follow();
  alone.hear({ bookmaker: 'ours', minute: 0, odds: OPEN });
  expect(alone.findings({ bookmaker: 'ours', minute: 1, odds: [1.5, 4, 6] })).toEqual([]);
  const theirs = follow();
  theirs.findings({ bookmaker: 'rival', minute: 0, odds: OPEN }, { bookmaker: 'other', minute: 0, odds: OPEN });
  expect(theirs.findings({ bookmaker: 'rival', minute: 1, odds: [1.5, 4, 6] })).toEqual([]);
  expect(matched({ primaryMarkets: ['btts'] }).findings({ bookmaker: 'ours', minute: 1, odds: [1.5, 4, 6] })).toEqual(
    [],
  );
  const unmatched = follow({ matchedOnly: false });
  unmatched.hear({ bookmaker: 'rival', minute: 0, odds: OPEN });
  expect(unmatched.findings({ bookmaker: 'rival', minute: 1, odds: [1.5, 3.4, 3.8] })).toHaveLength(1);
});

test('[DET9] a competitor that falls silent, shuts or takes the market down lately does not silence the own book', () => {
  const hours = 60;
  const silent = matched();
  silent.hear({ bookmaker: 'ours', minute: 20 * hours - 5, odds: OPEN });
  expect(silent.findings({ bookmaker: 'ours', minute: 20 * hours, odds: [1.5, 3.4, 3.8] }).map(summary)).toContain(
    'price_change critical ours 1x2 1',
  );
  const shut = matched();
  shut.hear({ bookmaker: 'rival', minute: 1, suspended: true });
  shut.hear({ bookmaker: 'ours', minute: 20 * hours - 5, odds: OPEN });
  expect(shut.findings({ bookmaker: 'ours', minute: 20 * hours, odds: [1.5, 3.4, 3.8] }).map(summary)).toContain(
    'price_change critical ours 1x2 1',
  );
});
