import { type Locator, type Page, expect } from 'playwright/test';
import { expectNothingOfAxe } from './axe.ts';
import { becomesLive } from './becomes-live.ts';
import type { Snapshot } from '../contracts/snapshot.ts';
import type { DeskServer } from './desk-server.ts';
import { test } from './fixtures.ts';
import { polls, priceStory } from './price-story.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const HOUR_MS = 3_600_000;

/** The chart of an event's page, by roles and names. */
function chartOn(page: Page) {
  const history = page.getByRole('region', { name: 'Price history' });
  const legend = history.getByRole('list', { name: 'Books on the chart' });
  return {
    history,
    image: history.getByRole('img', { name: /at 3 books, from/ }),
    /** Waits until the chart hears wheel and pointer: it is put into its place a moment after that has a name. */
    isDrawn: (): Promise<void> => expect(history.getByRole('img').locator('canvas')).toBeVisible(),
    keys: history.getByRole('application'),
    mark: (name: RegExp): Locator => history.getByRole('button', { name }),
    inLegend: (book: string): Locator => legend.getByRole('listitem').filter({ hasText: book }),
    chosen: page.getByRole('region', { name: 'Chosen alert' }),
  };
}

async function openStory(desk: DeskServer, page: Page, search = '') {
  const nowMs = Date.now();
  await desk.ingest(priceStory(MATCH, nowMs));
  const { alerts } = await (await page.request.get('/api/alerts?type=price_change&bookmaker=draftkings')).json();
  const alert = alerts[0];
  await page.goto(`/events/${alert.eventId}${search}`);
  await becomesLive(page);
  const chart = chartOn(page);
  await expect(chart.image).toBeVisible();
  await chart.isDrawn();
  return { nowMs, alert, chart };
}

/** The range in the address, in hours. */
async function rangeHours(page: Page): Promise<number> {
  await expect(page).toHaveURL(/[?&]from=.*to=/);
  const { searchParams } = new URL(page.url());
  return (Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '')) / HOUR_MS;
}

test('[UI160] the chart says in words what it draws, and is a table for who asks for one', async ({ desk, page }) => {
  const { chart } = await openStory(desk, page, '?market=1x2&outcome=1');

  await expect(chart.image).toHaveAccessibleName(/^Odds of 1X2 · Home at 3 books, from .* to .*\./);
  await expect(chart.image).toHaveAccessibleName(/draftkings, our book, from 2\.20 to 1\.76\./);
  await expect(chart.image).toHaveAccessibleName(/Last: betmgm 2\.20, pinnacle 1\.95\./);
  await page.getByRole('button', { name: 'Show as table' }).click();
  const rows = page.getByRole('region', { name: 'Prices of the chart' }).getByRole('row');
  await expect(rows.filter({ hasText: 'draftkings' }).filter({ hasText: 'not available' })).toHaveCount(1);
  await expect(rows.nth(1)).toContainText(/draftkings\s*1\.76\s*\d\d\.\d%/);
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expect(rows).toHaveCount(0);
});

/** Prices of over/under 2.5 at our book and at pinnacle; ours falls by a fifth when `hasMoved`. */
function totals(hasMoved: boolean): readonly Snapshot[] {
  const nowMs = Date.now();
  return ['draftkings', 'pinnacle'].flatMap((bookmaker) =>
    polls(MATCH, bookmaker, nowMs, [{ minutesAgo: hasMoved ? 0 : 5, prices: [2.2, 3.4, 3.3] }]).map((line) => ({
      ...line,
      market: 'over_under' as const,
      line: 2.5,
      outcomes: [
        { name: 'over', odds: hasMoved && bookmaker === 'draftkings' ? 1.5 : 1.9 },
        { name: 'under', odds: 1.9 },
      ],
    })),
  );
}

test('[UI340] the charted market’s prices come first, and neither a new alert elsewhere nor another chart moves them', async ({
  desk,
  page,
}) => {
  const { chart } = await openStory(desk, page);
  await desk.ingest(totals(false));
  const tables = page.getByRole('main').getByRole('region', { name: /^(1X2|Over\/Under 2\.5)$/ });
  await expect(tables).toHaveCount(2);
  await expect(tables.first()).toHaveAccessibleName('1X2');

  await desk.ingest(totals(true));
  await expect(page.getByRole('listitem', { name: /Over\/Under 2\.5 · Over at draftkings/ })).toBeVisible();
  await expect(chart.image).toHaveAccessibleName(/of 1X2 · Home/);

  await page.reload();
  // Opened anew it begins with the newest alert's.
  await expect(chart.history.getByRole('img', { name: /of Over\/Under 2\.5 · Over/ })).toBeVisible();
  await expect(tables.first()).toHaveAccessibleName('Over/Under 2.5');
  await tables.nth(1).getByRole('button', { name: 'Draw' }).click();
  await expect(chart.image).toHaveAccessibleName(/of 1X2 · Draw/);
  await expect(tables.first()).toHaveAccessibleName('Over/Under 2.5');
});

test('[UI161] a marker leads to its alert and the alert to its marker, and both to why it fired', async ({
  desk,
  page,
}) => {
  const { chart, alert } = await openStory(desk, page, '?market=1x2&outcome=X');

  await page.getByRole('listitem', { name: 'Critical: 1X2 · Home at draftkings' }).getByRole('button').first().click();
  const mark = chart.mark(/^Critical alert, Price change at draftkings/);
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  await expect(chart.image).toHaveAccessibleName(/^Odds of 1X2 · Home/);
  await expect(page).toHaveURL(new RegExp(`alert=${alert.id}`));
  await expect(chart.chosen).toContainText('−20.0%');
  await mark.click();
  await expect(chart.chosen).toBeHidden();
  await mark.focus();
  await page.keyboard.press('Enter');
  await expect(chart.chosen).toContainText('1X2 · Home');
  await expect(
    page.getByRole('listitem', { name: 'Critical: 1X2 · Home at draftkings' }).getByRole('button').first(),
  ).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(new RegExp(`alert=${alert.id}`));
  await page.reload();
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  await chart.chosen.getByRole('link', { name: 'Why it fired' }).click();
  await expect(page).toHaveURL(new RegExp(`/risk-monitoring\\?.*alert=${alert.id}`));
});

test('[UI162] wheel, drag and keys zoom and pan, the address keeps the range, and new prices do not move it', async ({
  desk,
  page,
}) => {
  const { chart } = await openStory(desk, page, '?market=1x2&outcome=1');
  const box = await chart.image.boundingBox();
  if (box === null) throw new Error('expected a chart with a place');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };

  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -400);
  const zoomedHours = await rangeHours(page);
  expect(zoomedHours).toBeLessThan(6);

  const before = new URL(page.url()).searchParams.get('from') ?? '';
  await page.mouse.down();
  await page.mouse.move(middle.x + 120, middle.y, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(() => Date.parse(new URL(page.url()).searchParams.get('from') ?? ''))
    .toBeLessThan(Date.parse(before));
  expect(await rangeHours(page)).toBeCloseTo(zoomedHours, 3);

  await chart.keys.focus();
  await page.keyboard.press('+');
  await expect.poll(() => rangeHours(page)).toBeLessThan(zoomedHours);
  const address = page.url();
  await page.reload();
  await expect(chart.image).toBeVisible();
  const name = (await chart.image.getAttribute('aria-label'))?.match(/from .*? to [^.]*\./)?.[0] ?? 'none';

  await becomesLive(page);
  await desk.ingest(polls(MATCH, 'draftkings', Date.now(), [{ minutesAgo: 0, prices: [1.7, 3.6, 4.5] }]));
  await expect(chart.image).toHaveAccessibleName(/our book, from 2\.20 to 1\.70\./);
  await expect(chart.image).toHaveAccessibleName(new RegExp(name.replaceAll(/[.+()]/g, '\\$&')));
  expect(page.url()).toBe(address);

  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page).not.toHaveURL(/from=/);
});

test('[UI163] pointing at a time tells every book’s price then, and book, row and line light up together', async ({
  desk,
  page,
}) => {
  const { chart } = await openStory(desk, page, '?market=1x2&outcome=1');
  await expect(chart.inLegend('draftkings')).toContainText('1.76');
  const box = await chart.image.boundingBox();
  if (box === null) throw new Error('expected a chart with a place');

  await page.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.6);
  await expect(chart.inLegend('draftkings')).toContainText('2.20');
  await expect(chart.inLegend('pinnacle')).toContainText('2.20');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + 200);
  await expect(chart.inLegend('draftkings')).toContainText('1.76');

  const row = page.getByRole('region', { name: '1X2' }).getByRole('row', { name: /^pinnacle/ });
  await row.hover();
  await expect(chart.inLegend('pinnacle')).toHaveAttribute('aria-current', 'true');
  await chart.inLegend('betmgm').hover();
  await expect(page.getByRole('region', { name: '1X2' }).getByRole('row', { name: /^betmgm/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
});

test('[UI313] where a book was not heard of its line has a gap: nobody says what it asked then', async ({
  desk,
  page,
}) => {
  const nowMs = Date.now();
  const quiet = [2.2, 3.4, 3.3] as const;
  const every = (minutes: readonly number[]) => minutes.map((minutesAgo) => ({ minutesAgo, prices: quiet }));
  const all = Array.from({ length: 60 }, (_unused, index) => 60 - index);
  for (const [book, told] of [
    ['draftkings', all],
    ['betmgm', all],
    ['pinnacle', all.filter((minutesAgo) => minutesAgo > 40 || minutesAgo < 10)],
  ] as const)
    await desk.ingest(polls(MATCH, book, nowMs, every(told)));
  await page.goto('/events/1?market=1x2&outcome=1');
  const chart = chartOn(page);
  await expect(chart.inLegend('pinnacle')).toContainText('2.20');
  await chart.isDrawn();
  const box = await chart.image.boundingBox();
  if (box === null) throw new Error('expected a chart with a place');

  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.6);
  await expect(chart.inLegend('pinnacle')).toHaveText(/pinnacle\s*–/);
  await expect(chart.inLegend('betmgm')).toContainText('2.20');
  await page.mouse.move(box.x + box.width * 0.95, box.y + box.height * 0.6);
  await expect(chart.inLegend('pinnacle')).toContainText('2.20');
});

test('[UI164] prices are told raw or without the margin, on the chart and in the tables', async ({ desk, page }) => {
  const { chart } = await openStory(desk, page, '?market=1x2&outcome=1');
  await page.getByRole('radio', { name: 'Fair' }).check();
  await expect(chart.image).toHaveAccessibleName(/^Fair probability of 1X2 · Home.*our book, from 43\.\d% to 5\d\.\d%/);
  await expect(page).toHaveURL(/scale=fair/);
  const cells = page
    .getByRole('region', { name: '1X2' })
    .getByRole('row', { name: /^draftkings/ })
    .getByRole('cell');
  const fair = async (): Promise<number> =>
    (await cells.allTextContents())
      .slice(0, 3)
      .map((text) => Number(text.replace('%', '')))
      .reduce((sum, percent) => sum + percent, 0);
  await expect.poll(fair).toBeCloseTo(100, 0);
  await page.getByRole('checkbox', { name: 'Median of the others' }).check();
  await expect(chart.inLegend('Median')).toContainText('%');
  await expect(page).toHaveURL(/consensus=true/);
  await page.reload();
  await expect(chart.inLegend('Median')).toContainText('%');
  await page.getByRole('radio', { name: 'Away' }).check();
  await expect(page).toHaveURL(/outcome=2/);
  await expect(chart.image).toHaveAccessibleName(/^Fair probability of 1X2 · Away/);
  await page.goBack();
  await expect(chart.image).toHaveAccessibleName(/^Fair probability of 1X2 · Home/);
});

test('[UI165] where our book was shut the chart is shaded', async ({ desk, page }) => {
  const { nowMs, chart } = await openStory(desk, page, '?market=1x2&outcome=1');
  const shade = (minutesAgo: number) =>
    chart.image.evaluate((image, share) => {
      const canvas = image.querySelector('canvas');
      const over = image.querySelector('.u-over');
      if (canvas === null || !(over instanceof HTMLElement)) throw new Error('expected a drawn chart');
      const ratio = canvas.width / canvas.clientWidth;
      const x = (over.offsetLeft + share * over.clientWidth) * ratio;
      const y = (over.offsetTop + 4) * ratio;
      return canvas.getContext('2d')?.getImageData(Math.round(x), Math.round(y), 1, 1).data[3] ?? 0;
    }, shareOf(minutesAgo));
  // Six hours up to now and kickoff an hour and a half ahead, with 2 % of room at either end.
  const fromMs = nowMs - 6 * HOUR_MS;
  const span = 7.5 * HOUR_MS * 1.04;
  const shareOf = (minutesAgo: number): number => (nowMs - minutesAgo * 60_000 - fromMs + 7.5 * HOUR_MS * 0.02) / span;

  await expect.poll(() => shade(165)).toBeGreaterThan(20);
  expect(await shade(250)).toBe(0);
  expect(await shade(100)).toBe(0);
});

test('[UI166] axe finds nothing on an event’s page with a chosen alert', async ({ desk, page }) => {
  const { chart, alert } = await openStory(desk, page);
  await chart.mark(/^Critical alert, Price change at draftkings/).click();
  await expect(page).toHaveURL(new RegExp(`alert=${alert.id}`));
  await expect(chart.chosen).toBeVisible();
  await expectNothingOfAxe(page);
});

test('[UI166] axe finds nothing on the table of a chart', async ({ desk, page }) => {
  await openStory(desk, page);
  await page.getByRole('button', { name: 'Show as table' }).click();
  await expectNothingOfAxe(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('[UI166] at 390 px nothing of an event’s page is cut off, and axe finds nothing', async ({ desk, page }) => {
    const { chart } = await openStory(desk, page);
    await expect(chart.inLegend('draftkings')).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expectNothingOfAxe(page);
  });
});

test('[UI167] a history that cannot be read says so and is asked for again; one that nobody priced is empty', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow([/status of 400/]);
  const { chart, alert } = await openStory(desk, page);
  let isMended = false;
  await page.route(/\/history\?/, (route) =>
    isMended
      ? route.continue()
      : route.fulfill({ status: 400, json: { error: { code: 'bad_request', message: 'not today' } } }),
  );
  await page.goto(`/events/${alert.eventId}?market=1x2&outcome=1`);
  await expect(chart.history.getByRole('alert')).toContainText('not today');
  await chart.history.getByRole('button', { name: 'Try again' }).focus();
  isMended = true;
  await page.keyboard.press('Enter');
  await expect(chart.image).toBeVisible();
  await page.goto(`/events/${alert.eventId}?market=btts&outcome=yes`);
  await expect(page.getByText('No price of this outcome is stored.')).toBeVisible();
});

test('[UI281] the page itself never scrolls: only what is in it does', async ({ desk, page }) => {
  const { alert } = await openStory(desk, page);
  const beyond = () => page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  await page.setViewportSize({ width: 390, height: 500 });
  await expect.poll(beyond).toBe(0);

  await page.goto(`/risk-monitoring?eventId=${alert.eventId}&alert=${alert.id}`);
  await expect(page.getByRole('region', { name: 'Why' })).toBeVisible();
  await expect.poll(beyond).toBe(0);
});
