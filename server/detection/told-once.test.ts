import { expect, test } from 'vitest';
import { follow, summary } from './test-feed.ts';

const BOOKS = ['ours', 'a', 'b', 'c', 'd'];
const TWO_WAY = { market: 'moneyline', odds: [2.05, 1.75] } as const;

function matched(settings = {}) {
  const event = follow(settings);
  event.findings(...BOOKS.map((bookmaker) => ({ bookmaker, minute: 0, ...TWO_WAY })));
  return event;
}

test('[DET205] both outcomes of a market that move together are one alert about the one that shortens, as bad as the worse', () => {
  const found = matched().findings({ bookmaker: 'ours', minute: 5, market: 'moneyline', odds: [1.85, 2.02] });
  expect(found.map(summary)).toEqual(['price_change critical ours moneyline 1']);
  expect(found[0]).toMatchObject({ oldMilliOdds: 2_050, newMilliOdds: 1_850, changeBasisPoints: -976, isNews: true });
  expect(found[0]?.explanation).toMatchObject({
    severityInputs: { raisedBy: 'ours moneyline 2 from 1.75 to 2.02 (+15.43 %)', news: 'opened' },
    outcomes: [
      { outcome: '1', oldOdds: 2.05, newOdds: 1.85 },
      { outcome: '2', oldOdds: 1.75, newOdds: 2.02 },
    ],
  });
  const apart = matched({ foldOutcomes: false }).findings({
    bookmaker: 'ours',
    minute: 5,
    market: 'moneyline',
    odds: [1.85, 2.02],
  });
  expect(apart.map(summary)).toEqual([
    'price_change warning ours moneyline 1',
    'price_change critical ours moneyline 2',
  ]);
});

test('[DET206] an alert about a price that drifts speaks of the one that shortens once that moved enough', () => {
  const event = matched();
  const hear = (minute: number, odds: readonly number[]) =>
    event.findings({ bookmaker: 'ours', minute, market: 'moneyline', odds });
  const [first] = hear(5, [1.95, 1.9]);
  expect(first).toMatchObject({ outcome: '2', severity: 'warning', isNews: true });
  const [second] = hear(10, [1.9, 1.91]);
  expect(second).toMatchObject({ outcome: '1', severity: 'warning', isNews: false, alertKey: first?.alertKey });
  expect(hear(15, [1.9, 1.93])).toMatchObject([{ outcome: '1', severity: 'elevated', alertKey: first?.alertKey }]);
  expect(hear(20, [1.9, 1.93])).toEqual([]);
});

test('[DET207] several lines and related markets that a book moves the same way are one alert; what goes the other way is not', () => {
  const offers = [
    { market: '1x2', line: null, odds: [2, 3.4, 3.8] },
    { market: 'double_chance', line: null, odds: [1.26, 1.31, 1.8] },
    { market: 'over_under', line: 2.5, odds: [1.9, 1.9] },
    { market: 'over_under', line: 3.5, odds: [2.9, 1.4] },
    { market: 'btts', line: null, odds: [1.8, 1.95] },
  ] as const;
  const moved = [
    [1.8, 3.6, 4.4],
    [1.2, 1.35, 2],
    [1.75, 2.1],
    [2.65, 1.47],
    [1.98, 1.8],
  ] as const;
  const told = (settings: object) => {
    const event = follow(settings);
    for (const bookmaker of ['ours', 'a'])
      event.findings(...offers.map((offer) => ({ bookmaker, minute: 0, ...offer })));
    return event
      .findings(...offers.map((offer, index) => ({ bookmaker: 'ours', minute: 5, ...offer, odds: moved[index] ?? [] })))
      .map(summary);
  };
  expect(new Set(told({}))).toEqual(
    new Set([
      'price_change elevated ours 1x2 1',
      'price_change elevated ours over_under 2.5 over',
      'price_change warning ours btts no',
    ]),
  );
  expect(told({ foldMarkets: [['over_under']] })).toContain('price_change warning ours double_chance X2');
  expect(told({ foldMarkets: [] })).toContain('price_change warning ours over_under 3.5 over');
});

test('[DET208] a competitor that only comes into line with the others is not told, unless it is the market that moves', () => {
  const start = (settings: object) => {
    const event = follow(settings);
    const away = ['a', 'b', 'c'].map((bookmaker) => ({ bookmaker, odds: [2.3, 1.6] }));
    const inLine = ['ours', 'd', 'e', 'f', 'g'].map((bookmaker) => ({ bookmaker, odds: [2.05, 1.75] }));
    event.findings(...[...away, ...inLine].map((book) => ({ ...book, minute: 0, market: 'moneyline' }) as const));
    return (minute: number, ...books: readonly string[]) =>
      event.findings(...books.map((bookmaker) => ({ bookmaker, minute, ...TWO_WAY }))).map(summary);
  };
  expect([start({})(5, 'a'), start({})(5, 'a', 'b')].flat()).toEqual([]);
  expect(start({ inLinePoints: 0 })(5, 'a')).toEqual(['price_change elevated a moneyline 1']);
  const alone = start({});
  expect([...alone(5, 'a'), ...alone(10, 'a'), ...alone(15, 'a')]).toEqual([]);
  expect(start({})(5, 'a', 'b', 'c')).toEqual(['price_change elevated c moneyline 1']);
});

test('[DET270] an alert about a competitor speaks of our own price once that goes the same way, and stays the same alert', () => {
  const event = matched();
  const hear = (bookmaker: string, minute: number, odds: readonly number[]) =>
    event.findings({ bookmaker, minute, market: 'moneyline', odds });
  hear('a', 5, [1.85, 1.95]);
  const [first] = hear('a', 6, [1.85, 1.95]);
  expect(first).toMatchObject({ bookmaker: 'a', outcome: '1', severity: 'elevated', isNews: true });

  const [ours] = hear('ours', 10, [1.88, 1.91]);
  expect(ours).toMatchObject({
    alertKey: first?.alertKey,
    bookmaker: 'ours',
    oldMilliOdds: 2_050,
    newMilliOdds: 1_880,
    severity: 'elevated',
    isNews: false,
    explanation: { severityInputs: { raisedBy: 'a moneyline 1 from 2.05 to 1.85 (−9.76 %)' } },
  });

  const [worse] = hear('ours', 15, [1.7, 2.15]);
  expect(worse).toMatchObject({ alertKey: first?.alertKey, bookmaker: 'ours', severity: 'critical', isNews: true });
  // Whoever goes on now, it is the alert about our price.
  expect([...hear('b', 16, [1.7, 2.15]), ...hear('a', 17, [1.7, 2.15])]).toEqual([]);
});

test('[DET270] our own larger move is news of the alert that a competitor had, and names whom it followed', () => {
  const event = matched();
  const hear = (bookmaker: string, odds: readonly number[], minute = 5) =>
    event.findings({ bookmaker, minute, market: 'moneyline', odds });
  hear('a', [1.9, 1.88]);
  const [first] = hear('b', [1.9, 1.88]);
  expect(first).toMatchObject({ bookmaker: 'b', severity: 'warning' });
  const [ours] = hear('ours', [1.7, 2.15], 9);
  expect(ours).toMatchObject({
    alertKey: first?.alertKey,
    bookmaker: 'ours',
    severity: 'critical',
    isNews: true,
    openedAtMs: first?.openedAtMs,
    explanation: { severityInputs: { news: 'escalated', follows: 'b moneyline 1 from 2.05 to 1.90 (−7.32 %)' } },
  });
  expect(ours?.explanation.rule).toContain('It followed b moneyline 1 from 2.05 to 1.90 (−7.32 %).');
  expect(
    matched({ foldFollowers: false })
      .findings(
        ...['a', 'b', 'ours'].map(
          (bookmaker) => ({ bookmaker, minute: 5, market: 'moneyline', odds: [1.7, 2.15] }) as const,
        ),
      )
      .map(summary),
  ).toContain('price_change critical ours moneyline 1');
});

test('[DET270] what competitors do after us is told by our alert, which gets worse by what is worse', () => {
  const event = matched();
  const hear = (bookmaker: string, minute: number, odds: readonly number[]) =>
    event.findings({ bookmaker, minute, market: 'moneyline', odds });
  const [first] = hear('ours', 5, [1.9, 1.88]);
  expect(first).toMatchObject({ bookmaker: 'ours', severity: 'warning' });
  const worse = [...hear('a', 8, [1.7, 2.15]), ...hear('a', 9, [1.7, 2.15])];
  expect(worse).toMatchObject([
    {
      alertKey: first?.alertKey,
      bookmaker: 'ours',
      severity: 'critical',
      explanation: { severityInputs: { raisedBy: 'a moneyline 1 from 2.05 to 1.70 (−17.07 %)' } },
    },
  ]);
});
