import { expect, test } from 'vitest';
import type { Settings } from '../../contracts/settings.ts';
import type { IsMuted } from './detection.ts';
import { follow, summary } from './test-feed.ts';

const BOOKS = ['ours', 'a', 'b', 'c'];
const OFFERS = [
  { market: '1x2', line: null, odds: [2, 3.4, 3.8] },
  { market: 'handicap', line: -0.5, odds: [1.95, 1.95] },
  { market: 'over_under', line: 2.5, odds: [1.9, 1.9] },
] as const;

/** Four books that offer three markets, and what is found as some of them shut or open them. */
function desk(settings: Partial<Settings> = {}, isMuted?: IsMuted) {
  const event = follow(settings, isMuted);
  const hear = (bookmaker: string, minute: number, suspended: boolean) =>
    event.findings(...OFFERS.map((offer) => ({ bookmaker, minute, ...offer, suspended })));
  for (const bookmaker of BOOKS) hear(bookmaker, 0, false);
  return { event, hear, shut: (bookmaker: string, minute: number) => hear(bookmaker, minute, true) };
}

test('[DET271] markets of a match that a book shuts together are one alert that names them all', () => {
  const found = desk().shut('a', 1);
  expect(found.map(summary)).toEqual(Array.from({ length: 3 }, () => 'availability suspended warning a 1x2'));
  expect(new Set(found.map(({ alertKey }) => alertKey)).size).toBe(1);
  expect(found.map(({ isNews }) => isNews)).toEqual([true, false, false]);
  expect(found.at(-1)?.explanation).toMatchObject({
    rule: 'a suspended 1x2, with it handicap -0.5, over_under 2.5; 1 of 3 competitors are shut.',
    severityInputs: { offers: 3 },
  });
  expect(desk({ foldOffers: false }).shut('a', 1).map(summary)).toEqual([
    'availability suspended warning a 1x2',
    'availability suspended warning a handicap -0.5',
    'availability suspended warning a over_under 2.5',
  ]);
});

test('[DET271] shut again within the cool-down they are that alert once more, also each by itself', () => {
  const { event, hear, shut } = desk();
  const [first] = shut('a', 1);
  const [back] = hear('a', 4, false);
  expect(back && summary(back)).toBe('availability returned warning a 1x2');
  const again = shut('a', 10);
  expect(new Set(again.map(({ alertKey }) => alertKey))).toEqual(new Set([first?.alertKey]));
  expect(again.map(({ isNews, occurrences }) => [isNews, occurrences])).toEqual([
    [false, 2],
    [false, 2],
    [false, 2],
  ]);
  hear('a', 12, false);
  const [line] = event.findings({ bookmaker: 'a', minute: 15, ...OFFERS[2], suspended: true });
  expect(line).toMatchObject({ alertKey: first?.alertKey, isNews: false, occurrences: 3 });
});

test('[DET271] what is critical has an alert of its own, also when an alert told of it before', () => {
  const { hear, shut } = desk();
  const [first] = shut('a', 1);
  // With b most are shut, and we are open.
  const critical = shut('b', 2);
  expect(critical.map(summary)).toEqual([
    'availability suspended critical b 1x2',
    'availability suspended critical b handicap -0.5',
    'availability suspended critical b over_under 2.5',
  ]);
  hear('a', 5, false);
  const worse = shut('a', 7);
  expect(worse.map(summary)).toEqual([
    'availability suspended critical a 1x2',
    'availability suspended critical a handicap -0.5',
    'availability suspended critical a over_under 2.5',
  ]);
  expect(worse.map(({ isNews }) => isNews)).toEqual([true, true, true]);
  expect(worse.map(({ alertKey }) => alertKey === first?.alertKey)).toEqual([true, false, false]);
});

test('[DET271] what a book shuts minutes later, and what comes back at another price, is told by itself', () => {
  const { event, hear } = desk();
  const [first, ...rest] = OFFERS;
  const [early] = event.findings({ bookmaker: 'a', minute: 1, ...first, suspended: true });
  const [later] = event.findings(...rest.map((offer) => ({ bookmaker: 'a', minute: 3, ...offer, suspended: true })));
  expect(later?.alertKey).not.toBe(early?.alertKey);
  hear('b', 5, true);
  const back = event.findings(
    { bookmaker: 'b', minute: 8, ...OFFERS[0] },
    { bookmaker: 'b', minute: 8, ...OFFERS[1], odds: [1.6, 2.5] },
    { bookmaker: 'b', minute: 8, ...OFFERS[2] },
  );
  expect(back.map(summary)).toEqual([
    'availability returned warning b 1x2',
    'availability returned critical b handicap -0.5',
    'availability returned warning b 1x2',
  ]);
});

test('[DET273] offers beside one that the summary of its minute stands for are no alert of their own', () => {
  const { shut } = desk({ maxAlertsPerEventMinute: 1 });
  const [told] = shut('a', 1);
  const found = shut('ours', 1);
  expect(found.map(({ explanation }) => explanation.severityInputs['summary'])).toEqual([true]);
  expect(found.map(({ alertKey }) => alertKey)).not.toContain(told?.alertKey);
});

test('[DET274] an offer that is to be heard is not told by the alert of a muted market', () => {
  const found = desk({}, ({ market }) => market === '1x2').shut('a', 1);
  expect(found.map(summary)).toEqual([
    'availability suspended warning a 1x2',
    'availability suspended warning a handicap -0.5',
    'availability suspended warning a handicap -0.5',
  ]);
  expect(found.map(({ isNews }) => isNews)).toEqual([true, true, false]);
});
