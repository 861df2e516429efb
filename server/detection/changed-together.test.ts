import { expect, test } from 'vitest';
import type { Settings } from '../../contracts/settings.ts';
import type { IsMuted } from './detection.ts';
import { MINUTE_MS, START_MS, follow, summary } from './test-feed.ts';

const COMPETITORS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const OFFERS = [
  { market: '1x2', line: null, odds: [2, 3.4, 3.8] },
  { market: 'handicap', line: -0.5, odds: [1.95, 1.95] },
  { market: 'over_under', line: 2.5, odds: [1.9, 1.9] },
] as const;

/** Our book and competitors that offer three markets, and what is found as some of them shut or open them. */
function desk(settings: Partial<Settings> = {}, isMuted?: IsMuted, competitors = 3) {
  const event = follow(settings, isMuted);
  const hear = (bookmaker: string, minute: number, suspended: boolean) =>
    event.findings(...OFFERS.map((offer) => ({ bookmaker, minute, ...offer, suspended })));
  for (const bookmaker of ['ours', ...COMPETITORS.slice(0, competitors)]) hear(bookmaker, 0, false);
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
    'availability suspended critical a 1x2',
    'availability suspended critical b handicap -0.5',
    'availability suspended critical b over_under 2.5',
  ]);
  hear('a', 5, false);
  const worse = shut('a', 7);
  expect(worse.map(summary)).toEqual([
    'availability suspended critical a 1x2',
    'availability suspended critical b handicap -0.5',
    'availability suspended critical b over_under 2.5',
  ]);
  expect(worse.map(({ isNews }) => isNews)).toEqual([false, false, false]);
  expect(worse.map(({ alertKey }) => alertKey)).toEqual(critical.map(({ alertKey }) => alertKey));
  expect(worse[0]?.alertKey).toBe(first?.alertKey);
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

const TOTAL = OFFERS[2];
const books = (count: number): readonly string[] => Array.from({ length: count }, (_unused, index) => `book${index}`);

/** Our book and competitors that offer one total, and what is found as they shut or open it one after the other. */
function oneMarket(competitors: number, settings: Partial<Settings> = {}, isMuted?: IsMuted) {
  const event = follow(settings, isMuted);
  const hear = (bookmaker: string, minute: number, suspended: boolean) =>
    event.findings({ bookmaker, minute, ...TOTAL, suspended });
  for (const bookmaker of ['ours', ...books(competitors)]) hear(bookmaker, 0, false);
  return { event, hear, shut: (bookmaker: string, minute: number) => hear(bookmaker, minute, true) };
}

test('[DET275] competitors that shut a market one after the other are one alert, which gets worse as they become most', () => {
  const { shut } = oneMarket(5);
  const found = books(5).flatMap((bookmaker, index) => shut(bookmaker, 1 + index * 9));
  expect(found.map(summary)).toEqual([
    'availability suspended warning book0 over_under 2.5',
    'availability suspended warning book0 over_under 2.5',
    'availability suspended critical book0 over_under 2.5',
    'availability suspended critical book0 over_under 2.5',
    'availability suspended critical book0 over_under 2.5',
  ]);
  expect(new Set(found.map(({ alertKey }) => alertKey)).size).toBe(1);
  expect(found.map(({ isNews }) => isNews)).toEqual([true, false, true, false, false]);
  expect(found[2]?.explanation).toMatchObject({
    rule: 'book0 suspended over_under 2.5, also book1, book2; 3 of 5 competitors are shut, and we are open.',
    observedAt: new Date(START_MS + 19 * MINUTE_MS).toISOString(),
    severityInputs: { offers: 3, books: 3, from: 'open', to: 'suspended' },
  });
});

test('[DET275] they are that alert also when the first is open again, and so are their returns one', () => {
  const { hear, shut } = oneMarket(5);
  const [first] = shut('book0', 1);
  const [back] = hear('book0', 3, false);
  const [second] = shut('book1', 5);
  expect(second).toMatchObject({ alertKey: first?.alertKey, isNews: false });
  expect(second?.explanation.rule).toBe('book0 suspended over_under 2.5, also book1; 1 of 5 competitors are shut.');
  const [other] = hear('book1', 8, false);
  expect(other).toMatchObject({ alertKey: back?.alertKey, availability: 'returned', isNews: false });
  const [again] = shut('book1', 9);
  expect(again).toMatchObject({ alertKey: first?.alertKey, isNews: false, occurrences: 2 });
});

test('[DET275] what a competitor shuts later, our own book shuts, or a mute tells apart is told by itself', () => {
  const late = oneMarket(5);
  for (let minute = 1; minute <= 11; minute += 1)
    for (const bookmaker of ['ours', ...books(5)]) late.hear(bookmaker, minute, false);
  const [first] = late.shut('book0', 12);
  for (let minute = 12; minute <= 22; minute += 1) late.hear('book1', minute, false);
  const [later] = late.shut('book1', 22.1);
  const [ours] = late.shut('ours', 23);
  const [next] = late.shut('book2', 24);
  expect([later, ours].map((finding) => finding?.isNews)).toEqual([true, true]);
  expect(new Set([first, later, ours].map((finding) => finding?.alertKey)).size).toBe(3);
  expect(next?.alertKey).toBe(later?.alertKey);

  const muted = oneMarket(5, {}, ({ bookmaker }) => bookmaker === 'book0');
  muted.shut('book0', 1);
  expect(muted.shut('book1', 2).map(summary)).toEqual(['availability suspended warning book1 over_under 2.5']);

  const apart = oneMarket(5, { foldOffers: false });
  expect(apart.shut('book0', 1).concat(apart.shut('book1', 2)).map(summary)).toEqual([
    'availability suspended warning book0 over_under 2.5',
    'availability suspended warning book1 over_under 2.5',
  ]);
});

test('[DET275] where a feed polls more slowly, what its next poll shows is one move of the market with what the last one showed', () => {
  const { hear, shut } = oneMarket(5);
  for (const bookmaker of books(5)) hear(bookmaker, 15, false);
  const [first] = shut('book0', 30);
  hear('book1', 30, false);
  const [second] = shut('book1', 45);
  expect(second).toMatchObject({ alertKey: first?.alertKey, isNews: false });
});

test('[DET275] other markets of the next book are told by the alert that tells of the first one’s', () => {
  const { shut } = desk({}, undefined, 7);
  const [first, ...beside] = [...shut('a', 1), ...shut('b', 3)];
  expect(new Set(beside.map(({ alertKey }) => alertKey))).toEqual(new Set([first?.alertKey]));
  expect(beside.at(-1)?.explanation).toMatchObject({
    rule: 'a suspended 1x2, with it handicap -0.5, over_under 2.5, also b (1x2, handicap -0.5, over_under 2.5); 2 of 7 competitors are shut.',
    severityInputs: { offers: 6, books: 2 },
  });
});

test('[DET275] of a restart in between it knows nothing', () => {
  const whole = oneMarket(3);
  const [, second] = [...whole.shut('book0', 1), ...whole.shut('book1', 2)];
  const cut = oneMarket(3);
  cut.shut('book0', 1);
  const { memory, ...state } = cut.event.state();
  cut.event.replace({ ...state, memory: new Map(JSON.parse(JSON.stringify([...memory]))) });
  expect(cut.shut('book1', 2)).toEqual([second]);
});
