import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Episode } from './episode.ts';
import { follow, summary } from './test-feed.ts';

const BOOKS = ['ours', 'a', 'b', 'c', 'd'];
const TWO_WAY = { market: 'moneyline', odds: [2.05, 1.75] } as const;

function matched(settings = {}) {
  const event = follow(settings);
  event.findings(...BOOKS.map((bookmaker) => ({ bookmaker, minute: 0, ...TWO_WAY })));
  return event;
}

/** What is found as the books of such a market say their prices. */
function hearing(event = matched()) {
  return (bookmaker: string, minute: number, odds: readonly number[]) =>
    event.findings({ bookmaker, minute, market: 'moneyline', odds });
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
  const hear = hearing();
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
  expect(ours?.explanation.rule).toContain(
    ' It followed a moneyline 1 from 2.05 to 1.85 (−9.76 %), and is as bad as that.',
  );

  const [worse] = hear('ours', 15, [1.7, 2.15]);
  expect(worse).toMatchObject({ alertKey: first?.alertKey, bookmaker: 'ours', severity: 'critical', isNews: true });
  // Whoever goes on now, it is the alert about our price.
  expect([...hear('b', 16, [1.7, 2.15]), ...hear('a', 17, [1.7, 2.15])]).toEqual([]);
});

test('[DET270] our own larger move is news of the alert that a competitor had, and names whom it followed', () => {
  const hear = hearing();
  hear('a', 5, [1.9, 1.88]);
  const [first] = hear('b', 5, [1.9, 1.88]);
  expect(first).toMatchObject({ bookmaker: 'b', severity: 'warning' });
  const [ours] = hear('ours', 9, [1.7, 2.15]);
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
  const hear = hearing();
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

test('[DET280] what was taken back and comes again is its own alert once more, and still stands for what makes the same move', () => {
  const event = matched();
  const hear = hearing(event);
  const [first] = hear('ours', 5, [1.85, 1.95]);
  hear('ours', 10, [2.05, 1.75]);
  // Something else is told meanwhile: what stands for nothing leaves the list of what was told.
  const totals = { market: 'over_under', line: 2.5 } as const;
  event.findings(
    ...['a', 'b'].map((bookmaker) => ({ bookmaker, minute: 10, ...totals, odds: [1.9, 1.9] })),
    { bookmaker: 'ours', minute: 10, ...totals, odds: [1.9, 1.9] },
    { bookmaker: 'ours', minute: 11, ...totals, odds: [1.7, 2.15] },
    { bookmaker: 'ours', minute: 11, market: 'moneyline', odds: [2.05, 1.75] },
  );

  const again = hear('ours', 15, [1.85, 1.95]);
  expect(again).toMatchObject([{ alertKey: first?.alertKey, outcome: '1', occurrences: 2, isNews: false }]);
  expect([...hear('a', 16, [1.85, 1.95]), ...hear('b', 17, [1.85, 1.95])]).toEqual([]);
});

test('[DET281] a competitor that goes on alone after we took our price back has an alert of its own, and ours keeps the one that it took over', () => {
  const hear = hearing();
  hear('a', 5, [1.88, 1.91]);
  const [first] = hear('a', 6, [1.88, 1.91]);
  expect(hear('ours', 7, [1.88, 1.91])).toMatchObject([{ bookmaker: 'ours', alertKey: first?.alertKey }]);
  hear('ours', 10, [2.05, 1.75]);

  const [later] = hear('a', 11, [1.82, 1.99]);
  expect(later).toMatchObject({ bookmaker: 'a', severity: 'elevated', isNews: true, occurrences: 1 });
  expect(later?.alertKey).not.toBe(first?.alertKey);

  const back = hear('ours', 13, [1.88, 1.91]);
  expect(back).toMatchObject([
    { bookmaker: 'ours', outcome: '1', alertKey: first?.alertKey, occurrences: 2, isNews: false },
  ]);
});

test('[DET282] an alert that came to speak of our own price names whom we followed as long as it gets worse', () => {
  const hear = hearing();
  hear('a', 5, [1.9, 1.88]);
  const [first] = hear('a', 6, [1.9, 1.88]);
  hear('ours', 7, [1.9, 1.88]);
  const follows = 'a moneyline 1 from 2.05 to 1.90 (−7.32 %)';
  const [worse] = hear('ours', 10, [1.82, 1.99]);
  expect(worse).toMatchObject({
    alertKey: first?.alertKey,
    severity: 'elevated',
    explanation: { severityInputs: { follows } },
  });
  const worst = [...hear('b', 11, [1.7, 2.15]), ...hear('b', 12, [1.7, 2.15])];
  expect(worst).toMatchObject([
    {
      alertKey: first?.alertKey,
      severity: 'critical',
      explanation: { severityInputs: { follows, raisedBy: 'b moneyline 1 from 2.05 to 1.70 (−17.07 %)' } },
    },
  ]);
});

test('[DET284] what is muted stands for nothing that is not, neither of another book nor of another market', () => {
  const muted = follow({}, ({ bookmaker, market }) => bookmaker === 'a' || market === 'handicap');
  const offers = [
    { market: 'moneyline', line: null },
    { market: 'handicap', line: -1.5 },
  ] as const;
  muted.findings(
    ...offers.flatMap((offer) => BOOKS.map((bookmaker) => ({ bookmaker, minute: 0, ...offer, odds: [2.05, 1.75] }))),
  );
  const hear = (bookmaker: string, minute: number, at: number) =>
    muted.findings({ bookmaker, minute, ...offers[at], market: offers[at]?.market ?? 'moneyline', odds: [1.85, 1.95] });
  expect([...hear('a', 5, 0), ...hear('a', 6, 0)]).toMatchObject([{ bookmaker: 'a', market: 'moneyline' }]);
  // Both are muted: our own handicap takes the competitor's over.
  expect(hear('ours', 7, 1)).toMatchObject([{ bookmaker: 'ours', market: 'handicap', isNews: false }]);
  const [loud] = hear('b', 7, 0);
  expect(loud).toMatchObject({ bookmaker: 'b', market: 'moneyline', isNews: true });
  expect(hear('ours', 8, 0)).toMatchObject([{ bookmaker: 'ours', market: 'moneyline', alertKey: loud?.alertKey }]);
});

const step = fc.record({
  bookmaker: fc.constantFrom('ours', 'ours', 'a', 'b'),
  minutes: fc.constantFrom(0.5, 1, 5, 20, 70),
  odds: fc.constantFrom([2.05, 1.75], [1.9, 1.88], [1.82, 1.99], [1.7, 2.15], [2.3, 1.6]),
});

test('[DET281] however books go and come back, each alert speaks of one price at a time', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const event = matched();
      let minute = 0;
      for (const { bookmaker, minutes, odds } of steps) {
        minute += minutes;
        event.findings({ bookmaker, minute, market: 'moneyline', odds });
        const named = [...event.state().memory].flatMap(([key, memory]) =>
          key.startsWith('moves|')
            ? Object.entries(memory.episodes as Record<string, Episode>).flatMap(([outcome, episode]) =>
                episode.isFolded ? [] : [alertNamed(key.split('|')[1] ?? '', outcome, episode)],
              )
            : [],
        );
        expect(named.length).toBe(new Set(named).size);
      }
    }),
  );
});

const alertNamed = (bookmaker: string, outcome: string, { toldFirst, keyMs }: Episode): string =>
  [toldFirst?.bookmaker ?? bookmaker, toldFirst?.outcome ?? outcome, keyMs].join('|');
