import { type Page, expect } from 'playwright/test';
import { expectNothingOfAxe } from './axe.ts';
import type { DeskServer } from './desk-server.ts';
import { test } from './fixtures.ts';
import { polls, priceStory, storyAlert } from './price-story.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

async function openAlert(desk: DeskServer, page: Page) {
  await desk.ingest(priceStory(MATCH, Date.now()));
  const alert = await storyAlert(page);
  await page.goto(`/risk-monitoring?eventId=${alert.eventId}&alert=${alert.id}`);
  const pane = page.getByRole('complementary', { name: 'Why it fired' });
  await expect(pane.getByRole('img', { name: /^Odds of 1X2 · Home at 3 books/ })).toBeVisible();
  return { alert, pane };
}

test('[UI170] the explanation is a chart with the alert’s marker, a paragraph in a trader’s words, and details on demand', async ({
  desk,
  page,
}) => {
  const { pane } = await openAlert(desk, page);

  await expect(pane.getByRole('button', { name: /^Critical alert, Price change at draftkings/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const why = pane.getByRole('region', { name: 'Why' });
  await expect(why).toContainText(
    /Why: draftkings shortened 20\.0% on 1X2 · Home, from 2\.20 at (\w{3} \d{1,2} \w{3,4} )?\d\d:\d\d to 1\.76/,
  );
  await expect(why).toContainText(/critical from \d+% and [\d.]+ points/);
  await expect(why).toContainText('pinnacle moved the same way; betmgm has not.');
  await expect(why.getByText('What is new')).toBeHidden();
  await why.getByText('Details').click();
  await expect(why.getByText('What is new')).toBeVisible();
  await expect(why).not.toContainText('1x2 1');
});

test('[UI171] the table of books says then and now, and now follows the prices', async ({ desk, page }) => {
  const { pane } = await openAlert(desk, page);
  const row = pane.getByRole('row', { name: /^draftkings/ });
  await expect(row).toHaveText(/^draftkings ?own2\.201\.76−20\.0%5\d\.\d%$/);
  await expect(pane.getByRole('row', { name: /^betmgm/ })).toContainText('2.20');

  await riskPage(page).becomesLive();
  await desk.ingest(polls(MATCH, 'draftkings', Date.now(), [{ minutesAgo: 0, prices: [1.65, 3.7, 4.9] }]));
  await expect(row).toHaveText(/^draftkings ?own2\.201\.65−25\.0%5\d\.\d%$/);
  await desk.ingest(polls(MATCH, 'betmgm', Date.now(), [{ minutesAgo: 0, prices: [2.2, 3.4, 3.3], suspended: true }]));
  await expect(pane.getByRole('row', { name: /^betmgm/ })).toContainText('shut');
});

test('[UI172] Open event leads to the event with the outcome selected and the marker highlighted', async ({
  desk,
  page,
}) => {
  const { pane, alert } = await openAlert(desk, page);
  await pane.getByRole('link', { name: 'Open event' }).click();
  await expect(page).toHaveURL(new RegExp(`/events/${alert.eventId}\\?market=1x2&outcome=1&alert=${alert.id}`));
  await expect(page.getByRole('img', { name: /^Odds of 1X2 · Home at 3 books/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Critical alert, Price change at draftkings/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('[UI173] axe finds nothing in the explanation, and book and line light up together', async ({ desk, page }) => {
  const { pane } = await openAlert(desk, page);
  await pane.getByText('Details').click();
  await expectNothingOfAxe(page, pane);
  await pane.getByRole('row', { name: /^pinnacle/ }).hover();
  await expect(pane.getByRole('row', { name: /^pinnacle/ })).toHaveAttribute('aria-current', 'true');
});

/** Runs on a text: what of these measures is spread over two lines, whatever width the text is given. */
function brokenMeasures(text: Element): readonly string[] {
  const measure = /[−+]?[\d.]+%? (?:h \d+ m|m \d+ s|(?:h|m|s|d|min|minutes|seconds|pts|points|times)\b|→ [−+]?[\d.]+)/g;
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
  const words = nodes.map(({ data }) => data).join('');
  const placeOf = (index: number, side: 'start' | 'end'): [Text, number] => {
    let before = 0;
    for (const node of nodes) {
      const end = before + node.length;
      if (index < end || (side === 'end' && index === end)) return [node, index - before];
      before += node.length;
    }
    throw new Error(`expected a place before ${index}`);
  };
  const found = [...words.matchAll(measure)];
  if (found.length === 0) return ['no measure in it'];
  const broken = new Set<string>();
  for (let width = 140; width <= 420; width += 4) {
    (text as HTMLElement).style.width = `${width}px`;
    for (const match of found) {
      const range = document.createRange();
      range.setStart(...placeOf(match.index, 'start'));
      range.setEnd(...placeOf(match.index + match[0].length, 'end'));
      const { top, bottom } = range.getBoundingClientRect();
      if (bottom - top > 30) broken.add(match[0]);
    }
  }
  return [...broken];
}

test('[UI413] no line ends within a span of time, a number with its unit or a move of a price, at whatever width', async ({
  desk,
  page,
}) => {
  const { pane } = await openAlert(desk, page);
  const why = pane.getByRole('region', { name: 'Why' }).getByRole('paragraph');
  await expect(why).toContainText(/within \d+ min \(|within (\d+ h )?\d+ m/);
  await expect(why).toContainText(/Kickoff was \d h \d+ m away/);
  expect(await why.evaluate(brokenMeasures)).toEqual([]);
});

test('[UI418] at 320 px the table of books has room for their names', async ({ desk, page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await desk.ingest(priceStory(MATCH, Date.now()));
  const alert = await storyAlert(page);
  await page.goto(`/risk-monitoring?eventId=${alert.eventId}&alert=${alert.id}`);
  const table = page.getByRole('dialog', { name: 'Why it fired' }).getByRole('table');
  for (const name of ['draftkings', 'pinnacle', 'betmgm']) {
    const header = table.getByRole('rowheader', { name: new RegExp(`^${name}`) });
    await expect(header).toBeVisible();
    expect(await header.evaluate((element) => element.scrollWidth - element.clientWidth), name).toBeLessThanOrEqual(0);
  }
  await expect(table.getByRole('columnheader', { name: 'Move' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});
