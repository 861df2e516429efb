import { expect, test } from 'vitest';
import type { Finding } from './detection.ts';
import { follow, summary } from './test-feed.ts';

const OPEN = [2.0, 3.4, 3.8];

const NEVER_HELD = { own: 100, competitor: 100 };

/** Two-way prices, so that one number tells the market: the other outcome keeps the booksum at 1.05. */
const twoWay = (price: number): readonly number[] => [price, Math.round(1_000 / (1.05 - 1 / price)) / 1_000];

/** Follows a series of prices of the first outcome in our own moneyline, five minutes apart. The other one goes with it. */
function series(prices: readonly number[], settings = {}, everyMinutes = 5): Finding[] {
  const event = follow({ spikeHoldPoints: NEVER_HELD, ...settings });
  event.hear({ bookmaker: 'rival', minute: 0, market: 'moneyline', odds: twoWay(prices[0] ?? 2) });
  return prices
    .flatMap((price, index) =>
      event.findings({ bookmaker: 'ours', minute: index * everyMinutes, market: 'moneyline', odds: twoWay(price) }),
    )
    .filter((finding) => finding.type === 'price_change');
}

const alertsOf = (found: readonly Finding[]): number => new Set(found.map((finding) => finding.alertKey)).size;
const drift = Array.from({ length: 25 }, (_, index) => Math.round(2_000 * 0.99 ** index) / 1_000);
const oscillation = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 2.0 : 1.85));
const noise = Array.from({ length: 288 }, (_, index) => 2 + 0.01 * (((index * 7_919) % 5) - 2));

test('[DET21] a slow drift is one alert that opens and escalates twice', () => {
  const found = series(drift);
  expect(alertsOf(found)).toBe(1);
  const news = found.filter((finding) => finding.isNews);
  expect(news.map((finding) => finding.severity)).toEqual(['warning', 'elevated', 'critical']);
  expect(found.every((finding) => finding.occurrences === 1)).toBe(true);
});

test('[DET21] an oscillation is one alert, flapping, and told once', () => {
  const found = series(oscillation);
  expect(alertsOf(found)).toBe(1);
  expect(found.filter((finding) => finding.isNews)).toHaveLength(1);
  expect(found.at(-1)?.occurrences).toBe(20);
});

test('[DET21] one step is one alert, and one percent of noise is none', () => {
  expect(series([2, ...Array.from({ length: 24 }, () => 1.8)]).map((finding) => finding.severity)).toEqual([
    'elevated',
  ]);
  expect(series(noise)).toEqual([]);
});

test('[DET22] a long shot needs points of probability, not only percent', () => {
  const event = follow();
  const found = event.findings(
    { bookmaker: 'rival', minute: 0, odds: [1.08, 12, 30] },
    { bookmaker: 'ours', minute: 0, odds: [1.08, 12, 30] },
    { bookmaker: 'ours', minute: 5, odds: [1.08, 12, 26] },
  );
  expect(found).toEqual([]);
});

test('[DET23] a move that takes back half of itself is closed, and a new one is measured from there', () => {
  // Down 8 %, half back, down again by 6 % of where it stood: no second band.
  expect(series([2, 1.84, 1.92, 1.81], { coolDownMinutes: 0 })).toHaveLength(1);
  const again = series([2, 1.84, 1.94, 1.78], { coolDownMinutes: 0 });
  expect(alertsOf(again)).toBe(2);
  expect(again[1]).toMatchObject({ oldMilliOdds: 1_940, newMilliOdds: 1_780 });
});

test('[DET23] a move that goes back beyond where it began is a move the other way', () => {
  const found = series([2, 1.84, 2.2], { coolDownMinutes: 0 });
  expect(found.map((finding) => [finding.severity, finding.oldMilliOdds, finding.newMilliOdds])).toEqual([
    ['warning', 2_000, 1_840],
    ['elevated', 2_000, 2_200],
  ]);
});

test('[DET24] a move that went no further for half an hour has settled; going on is the same alert, told when worse', () => {
  const found = series([2, 1.84, ...Array.from({ length: 7 }, () => 1.84), 1.7]);
  expect(found.map((finding) => [finding.severity, finding.isNews, finding.occurrences, finding.oldMilliOdds])).toEqual(
    [
      ['warning', true, 1, 2_000],
      ['critical', true, 2, 2_000],
    ],
  );
  expect(alertsOf(found)).toBe(1);
});

test('[DET24] after the cool-down the next move is an alert of its own', () => {
  const found = series([2, 1.84, ...Array.from({ length: 24 }, () => 1.84), 1.7]);
  expect(alertsOf(found)).toBe(2);
});

test('[DET25] prices of a book that was away are hours apart and no move; a feed that always takes hours is just slow', () => {
  const event = follow();
  const hear = (minute: number, price: number) =>
    event.findings({ bookmaker: 'ours', minute, market: 'moneyline', odds: twoWay(price) });
  event.hear({ bookmaker: 'rival', minute: 0, market: 'moneyline', odds: twoWay(2) });
  expect([...hear(0, 2), ...hear(5, 2), ...hear(10, 2), ...hear(300, 1.7), ...hear(305, 1.7)]).toEqual([]);
  expect(hear(310, 1.5).map(summary)).toContain('price_change critical ours moneyline 1');
  expect(series([2, 2, 1.8], {}, 180).map((finding) => finding.severity)).toEqual(['elevated']);
});

test('[DET26] a market that returned is measured from its return, the first seconds left out', () => {
  const event = follow({ spikeHoldPoints: NEVER_HELD });
  const hear = (minute: number, odds?: readonly number[]) =>
    event
      .findings({ bookmaker: 'ours', minute, ...(odds === undefined ? { suspended: true } : { odds }) })
      .filter((finding) => finding.type === 'price_change');
  event.hear({ bookmaker: 'rival', minute: 0, odds: OPEN });
  const found = [
    ...hear(0, OPEN),
    ...hear(1),
    ...hear(2, [1.7, 3.6, 4.6]),
    ...hear(2.5, [1.5, 4, 6]),
    ...hear(5, [1.5, 4, 6]),
  ];
  expect(found).toEqual([]);
  expect(hear(6, [1.3, 5, 8]).length).toBeGreaterThan(0);
});

test('[DET27] a jump that nobody follows waits for the next poll: taken back it was never told', () => {
  const event = follow();
  const hear = (minute: number, odds: readonly number[]) =>
    event.findings({ bookmaker: 'a', minute, odds }).filter((finding) => finding.isNews);
  event.findings(...['ours', 'a', 'b', 'c'].map((bookmaker) => ({ bookmaker, minute: 0, odds: [1.095, 11.5, 25] })));
  expect([...hear(15, [3.57, 4, 1.98]), ...hear(30, [1.095, 11.5, 25]), ...hear(45, [1.095, 11.5, 25])]).toEqual([]);
});

test('[DET27] a jump that stands at the next poll is told then; one that another book follows is told at once', () => {
  const event = follow();
  event.findings(...['ours', 'a', 'b', 'c'].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  expect(event.findings({ bookmaker: 'a', minute: 15, odds: [1.7, 3.7, 4.9] })).toEqual([]);
  expect(event.findings({ bookmaker: 'a', minute: 30, odds: [1.7, 3.7, 4.9] }).map(summary)).toContain(
    'price_change critical a 1x2 1',
  );

  const followed = follow({ foldFollowers: false });
  followed.findings(...['ours', 'a', 'b', 'c'].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  const found = followed.findings(...['a', 'b'].map((bookmaker) => ({ bookmaker, minute: 15, odds: [1.7, 3.7, 4.9] })));
  expect(found.map(summary)).toEqual(
    expect.arrayContaining(['price_change critical a 1x2 1', 'price_change critical b 1x2 1']),
  );
});

test('[DET27] the own book waits for gross errors only', () => {
  const event = follow();
  event.findings(...['ours', 'a', 'b', 'c'].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  expect(event.findings({ bookmaker: 'ours', minute: 15, odds: [1.8, 3.5, 4.3] }).map(summary)).toContain(
    'price_change elevated ours 1x2 1',
  );
  expect(event.findings({ bookmaker: 'ours', minute: 30, odds: [5, 4, 1.6] })).toEqual([]);
});

test('[DET28] competitors that make the same move are one alert, as bad as the worst of them', () => {
  const event = follow();
  event.findings(...['ours', 'a', 'b', 'c'].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  const found = event.findings(
    ...['a', 'b', 'c'].map((bookmaker) => ({ bookmaker, minute: 15, odds: [1.8, 3.5, 4.3] })),
  );
  const books = found
    .filter((finding) => finding.type === 'price_change' && finding.outcome === '1')
    .map((finding) => finding.bookmaker);
  expect(books).toEqual(['b']);
  const worse = event.findings(
    { bookmaker: 'c', minute: 30, odds: [1.6, 3.9, 5.5] },
    { bookmaker: 'c', minute: 45, odds: [1.6, 3.9, 5.5] },
  );
  expect(worse.map(summary)).toContain('price_change critical b 1x2 1');
  expect(worse[0]?.explanation.severityInputs.raisedBy).toBe('c 1x2 1 from 2.00 to 1.60 (−20.00 %)');
  expect(alertsOf([...found, ...worse])).toBe(1);
});

test('[DET29] all outcomes shortening together is a margin, told once and not as moves', () => {
  const event = follow();
  event.findings(...['ours', 'a'].map((bookmaker) => ({ bookmaker, minute: 0, odds: OPEN })));
  const found = event.findings({ bookmaker: 'ours', minute: 5, odds: [1.83, 3.1, 3.48] });
  expect(found.map(summary)).toEqual(['price_change warning ours 1x2']);
  expect(found[0]?.explanation.rule).toMatch(
    /^ours changed the margin of 1x2: all prices shortened together, overround 5\.73 % to 15\.\d\d %\.$/,
  );
});

test('[DET30] beyond the cap of one minute a match has one summary that is as bad as the worst it stands for', () => {
  const event = follow({ maxAlertsPerEventMinute: 2, foldMarkets: [], foldOutcomes: false });
  const markets = [2, 2.5, 3, 3.5].map((line) => ({ market: 'over_under', line }) as const);
  for (const bookmaker of ['ours', 'a'])
    event.findings(...markets.map((at) => ({ bookmaker, minute: 0, ...at, odds: [1.9, 1.9] })));
  const found = event.findings(...markets.map((at) => ({ bookmaker: 'ours', minute: 5, ...at, odds: [1.7, 2.15] })));
  expect(new Set(found.map((finding) => finding.alertKey)).size).toBe(3);
  expect(found.at(-1)).toMatchObject({
    outcome: null,
    occurrences: 6,
    explanation: { severityInputs: { summary: true } },
  });
});

test('[DET252] an alert that was told gets worse in its own row, however many others the minute has', () => {
  const event = follow({
    maxAlertsPerEventMinute: 2,
    foldMarkets: [],
    foldOutcomes: false,
    spikeHoldPoints: { own: 100, competitor: 100 },
  });
  const lines = [2, 2.5, 3, 3.5];
  const total = (minute: number, line: number, odds: readonly number[], bookmaker = 'ours') =>
    event.findings({ bookmaker, minute, market: 'over_under', line, odds });
  for (const line of lines) {
    total(0, line, [1.9, 1.9], 'a');
    total(0, line, [1.9, 1.9]);
  }
  const [early] = total(5, 2, [1.76, 2]);
  // The cap is reached by the first of these, and the summary stands for each of the others.
  const flood = [2.5, 3, 3.5].flatMap((line) => total(10, line, [1.7, 2.15]));
  expect(flood.map(summary)).toEqual([
    'price_change elevated ours over_under 2.5 over',
    'price_change elevated ours over_under 2.5 under',
    'price_change elevated ours over_under',
    'price_change elevated ours over_under',
  ]);

  expect(total(10.5, 2, [1.6, 2])).toMatchObject([
    { alertKey: early?.alertKey, severity: 'critical', line: 2, outcome: 'over', isNews: true },
  ]);
  const [told] = flood;
  expect(total(10.5, 2.5, [1.5, 2.15])).toMatchObject([{ alertKey: told?.alertKey, severity: 'critical', line: 2.5 }]);
  // One that the summary stands for makes that one worse.
  expect(total(10.5, 3, [1.5, 2.15])).toMatchObject([
    { severity: 'critical', line: null, explanation: { severityInputs: { summary: true } } },
  ]);
});

test('[DET266] a summary says how many alerts it stands for as they come, and is news only when it gets worse', () => {
  const event = follow({
    maxAlertsPerEventMinute: 1,
    foldMarkets: [],
    foldOutcomes: false,
    spikeHoldPoints: { own: 100, competitor: 100 },
  });
  const total = (minute: number, line: number, odds: readonly number[], bookmaker = 'ours') =>
    event.findings({ bookmaker, minute, market: 'over_under', line, odds });
  for (const line of [2, 2.5, 3, 3.5]) {
    total(0, line, [1.9, 1.9], 'a');
    total(0, line, [1.9, 1.9]);
  }
  const said = (found: ReturnType<typeof total>) =>
    found
      .filter(({ outcome }) => outcome === null)
      .map(({ severity, occurrences, isNews }) => ({ severity, occurrences, isNews }));
  total(5, 2, [1.76, 1.9]);
  expect(said(total(5, 2.5, [1.76, 1.9]))).toEqual([{ severity: 'warning', occurrences: 1, isNews: true }]);
  expect(said(total(5, 3, [1.76, 1.9]))).toEqual([{ severity: 'warning', occurrences: 2, isNews: false }]);
  // One that it stands for gets worse, and it with it; it is no further one.
  expect(said(total(5.4, 3, [1.6, 1.9]))).toEqual([{ severity: 'critical', occurrences: 2, isNews: true }]);
  expect(said(total(5.4, 3.5, [1.76, 1.9]))).toEqual([{ severity: 'warning', occurrences: 3, isNews: false }]);
});

test('[DET285] a price that had stood for days counts from within the window on, and many settled moves from where they began', () => {
  const [step] = series([...Array.from({ length: 20 }, () => 2), 1.8], {}, 60);
  expect(step?.explanation).toMatchObject({
    rule: expect.stringContaining('within 60 minutes'),
    base: { odds: 2, at: '2026-03-02T07:00:00.000Z' },
    observedAt: '2026-03-02T08:00:00.000Z',
  });
  // Each step settles before the next one, which goes on from it: one move from the first price on.
  const flat = (price: number) => Array.from({ length: 8 }, () => price);
  const steps = series([...flat(2), ...flat(1.85), ...flat(1.71), 1.71]);
  expect(steps.at(-1)?.explanation).toMatchObject({
    rule: expect.stringContaining('from 2.00 to 1.71 (−14.50 %, +8.08 points) within 80 minutes'),
    base: { odds: 2, at: '2026-03-01T12:00:00.000Z' },
    observedAt: '2026-03-01T13:20:00.000Z',
  });
});
