import { type Locator, type Page, expect } from 'playwright/test';
import type { Snapshot } from '../contracts/snapshot.ts';
import { becomesLive } from './becomes-live.ts';
import { type DrawnChart, axesOf, drawnOn, extentOf, notesDrawing, placeOf, verticalShare } from './drawn-chart.ts';
import { test } from './fixtures.ts';
import { polls, priceStory, storyAlert } from './price-story.ts';
import { readsOddsAs } from './reads-odds.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const HOUR_MS = 3_600_000;

const FORMATS = [
  { format: 'decimal', words: /^Decimal/, reads: /^\d+\.\d{2,3}$/, chart: /^Odds of/ },
  { format: 'fractional', words: /^Fractional/, reads: /^(\d+\/\d+|Evens)$/, chart: /^Odds of/ },
  { format: 'american', words: /^American/, reads: /^[+−]\d{3,}$/, chart: /^Odds of/ },
  { format: 'percent', words: /^Implied/, reads: /^\d+\.\d{1,2}%$/, chart: /^Implied probability of/ },
] as const;

/** No word of the axes is cut off, and none covers another. */
function expectReadable({ texts, width, height }: DrawnChart): void {
  for (const [index, one] of texts.entries()) {
    expect(one.left >= 0 && one.top >= 0 && one.right <= width && one.bottom <= height, one.text).toBe(true);
    for (const other of texts.slice(index + 1)) {
      const isApart =
        one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
      expect(isApart, `${one.text} and ${other.text}`).toBe(true);
    }
  }
}

/** Both axes, once the chart has been drawn with values that read like this. */
async function readAxes(image: Locator, reads: RegExp) {
  await expect
    .poll(async () => axesOf(await drawnOn(image)).values.map(({ text }) => reads.test(text)))
    .not.toContain(false);
  const drawn = await drawnOn(image);
  expectReadable(drawn);
  return { drawn, ...axesOf(drawn) };
}

async function choose(page: Page, words: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Preferences' }).click();
  const panel = page.getByRole('dialog', { name: 'Preferences' });
  await panel.getByRole('radio', { name: words }).check();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
}

const chartIn = (place: Locator): Locator => place.getByRole('img', { name: /at 3 books, from/ });
const eventChart = (page: Page): Locator => chartIn(page.getByRole('region', { name: 'Price history' }));

test('[UI394] the axes of the explanation’s chart follow the format of the odds, lie within it, and cover nothing', async ({
  desk,
  page,
}) => {
  await notesDrawing(page);
  await desk.ingest(priceStory(MATCH, Date.now()));
  const { id, eventId } = await storyAlert(page);
  await page.goto(`/risk-monitoring?eventId=${eventId}&alert=${id}`);
  const image = chartIn(page.getByRole('complementary', { name: 'Why it fired' }));

  for (const { words, reads, chart } of FORMATS) {
    await choose(page, words);
    await expect(image).toHaveAccessibleName(chart);
    const { values, times } = await readAxes(image, reads);
    expect(values.length).toBeGreaterThanOrEqual(3);
    expect(times.length).toBeGreaterThanOrEqual(2);
    expect(new Set(values.map(({ text }) => text)).size).toBe(values.length);
  }
  // Implied percent are a probability: what is likelier is higher.
  const percents = axesOf(await drawnOn(image)).values.map(({ text }) => Number.parseFloat(text));
  expect(percents).toEqual(percents.toSorted((a, b) => b - a));
});

for (const { format, reads } of FORMATS)
  test(`[UI394] at 390 px and of a long shot too, in ${format}`, async ({ desk, openPage }) => {
    const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await notesDrawing(page);
    await readsOddsAs(page, format);
    const nowMs = Date.now();
    const longShot = (minutesAgo: number, away: number) =>
      ['draftkings', 'pinnacle', 'betmgm'].flatMap((book) =>
        polls(MATCH, book, nowMs, [{ minutesAgo, prices: [1.02, 21, away] }]),
      );
    await desk.ingest([...longShot(90, 151), ...longShot(60, 401), ...longShot(5, 126)]);
    await page.goto('/events/1?market=1x2&outcome=2');
    const image = eventChart(page);
    await expect(image).toBeVisible();
    expect((await readAxes(image, reads)).values.length).toBeGreaterThanOrEqual(3);

    // As near as it goes: times with seconds.
    await page.getByRole('application').focus();
    for (let times = 0; times < 24; times += 1) await page.keyboard.press('+');
    // Some of them: midnight is told as its day.
    await expect
      .poll(async () => axesOf(await drawnOn(image)).times.some(({ text }) => /^\d\d:\d\d:\d\d$/.test(text)))
      .toBe(true);
    await readAxes(image, reads);
  });

/** The same prices with another time of kickoff, as a feed tells a match that was put off. */
const putOff = (nowMs: number, kickoffMs: number): readonly Snapshot[] =>
  ['draftkings', 'pinnacle', 'betmgm'].flatMap((book) =>
    polls(MATCH, book, nowMs, [{ minutesAgo: 0, prices: [1.76, 3.6, 4.4] }]).map((line) => ({
      ...line,
      kickoff: new Date(kickoffMs).toISOString(),
    })),
  );

/** The chart's line of kickoff is where it should be, over the whole height, in the ink of the page, and named. */
async function expectKickoff(image: Locator, kickoffMs: number, nowMs: number): Promise<void> {
  await expect
    .poll(async () => {
      const drawn = await drawnOn(image);
      return verticalShare(image, placeOf(drawn, kickoffMs, nowMs), 'ink');
    })
    .toBeGreaterThan(0.95);
  const drawn = await drawnOn(image);
  const place = placeOf(drawn, kickoffMs, nowMs);
  const word = drawn.texts.find(({ text }) => text === 'Kickoff');
  if (word === undefined) throw new Error('expected the line of kickoff to have its word');
  expect(Math.min(Math.abs(word.left - place), Math.abs(word.right - place))).toBeLessThan(12);
  expect(word.left >= drawn.area.left && word.right <= drawn.area.right).toBe(true);
  expect(word.top >= drawn.area.top && word.bottom <= drawn.area.bottom).toBe(true);
}

test('[UI395] the line of kickoff stands at its time, in light and dark, and moves when the match is put off', async ({
  desk,
  page,
}) => {
  await notesDrawing(page);
  const nowMs = Date.now();
  await desk.ingest(priceStory(MATCH, nowMs));
  await page.goto('/events/1?market=1x2&outcome=1');
  const image = eventChart(page);
  await expect(image).toBeVisible();
  const kickoffMs = nowMs + 1.5 * HOUR_MS;
  await expectKickoff(image, kickoffMs, nowMs);
  // Nothing else looks like it.
  expect(await verticalShare(image, placeOf(await drawnOn(image), nowMs - HOUR_MS, nowMs), 'ink')).toBeLessThan(0.1);

  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveClass(/dark/);
  await expectKickoff(image, kickoffMs, nowMs);

  await becomesLive(page);
  await desk.ingest(putOff(Date.now(), nowMs + HOUR_MS / 2));
  // Nothing stood there before. That it lies further left is not sure: the chart may end with it.
  await expectKickoff(image, nowMs + HOUR_MS / 2, nowMs);
});

test('[UI395] a kickoff that is far from the prices takes no room on the chart, and the explanation has its line too', async ({
  desk,
  page,
}) => {
  await notesDrawing(page);
  const nowMs = Date.now();
  await desk.ingest(priceStory(MATCH, nowMs));
  const { id, eventId } = await storyAlert(page);
  await page.goto(`/risk-monitoring?eventId=${eventId}&alert=${id}`);
  const pane = page.getByRole('complementary', { name: 'Why it fired' });
  const image = chartIn(pane);
  await expect(image).toBeVisible();
  await pane.getByRole('button', { name: 'Show everything' }).click();
  await expectKickoff(image, nowMs + 1.5 * HOUR_MS, nowMs);

  await becomesLive(page);
  await desk.ingest(putOff(Date.now(), nowMs + 48 * HOUR_MS));
  await expect.poll(async () => (await drawnOn(image)).texts.some(({ text }) => text === 'Kickoff')).toBe(false);
});

test('[UI397] a price that has only just come is a dash at the end of the chart', async ({ desk, page }) => {
  await notesDrawing(page);
  const nowMs = Date.now();
  await desk.ingest(
    ['draftkings', 'pinnacle', 'betmgm'].flatMap((book, index) =>
      polls(MATCH, book, nowMs, [{ minutesAgo: 0, prices: [2.2 + index / 10, 3.4, 3.3] }]),
    ),
  );
  await page.goto('/events/1?market=1x2&outcome=1');
  const image = eventChart(page);
  await expect(image).toBeVisible();
  await expect.poll(async () => (await extentOf(image, 'accent')) !== null).toBe(true);
  const drawn = await drawnOn(image);
  const dash = await extentOf(image, 'accent');
  if (dash === null) throw new Error('expected our price on the chart');
  expect(dash.right - dash.left).toBeGreaterThanOrEqual(11);
  expect(dash.right - dash.left).toBeLessThan((drawn.area.right - drawn.area.left) / 2);
  expect(dash.left).toBeGreaterThan((drawn.area.left + drawn.area.right) / 2);
  expect(dash.right).toBeLessThanOrEqual(drawn.area.right + 1);
});
