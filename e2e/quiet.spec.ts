// What a desk says that has nothing to show, and one that does not know yet.
import { expect, test } from './fixtures.ts';
import { holdBack } from './hold-back.ts';
import { openingPrices, raiseAlerts } from './moves.ts';
import { polls } from './price-story.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
/** What no message tells of is read again every fifteen seconds. */
const READ_AGAIN = { timeout: 25_000 };
const OTHER = { home: 'Lantern City', away: 'Old Quay' };

test('[UI399] a desk without an alert says what its quiet rests on, and a price that comes is told at once', async ({
  desk,
  page,
}) => {
  const nowMs = Date.now();
  await desk.ingest([
    ...openingPrices(MATCH, nowMs),
    ...polls(OTHER, 'draftkings', nowMs, [{ minutesAgo: 2, prices: [2.2, 3.4, 3.3] }]),
  ]);
  const risk = riskPage(page);
  await risk.open();
  const main = page.getByRole('main');
  await expect(main.getByText('All quiet')).toBeVisible();
  await expect(main).toContainText(/2 events, 3 books, last price 2 m \d+ s ago/);
  await risk.showsNewAlerts(0);

  await desk.ingest(polls(MATCH, 'betmgm', Date.now(), [{ minutesAgo: 0, prices: [2.2, 3.4, 3.3] }]));
  await expect(main).toContainText(/2 events, 3 books, last price (just now|\d+ s ago)/, READ_AGAIN);

  await risk.tab('Acknowledged').click();
  await expect(main.getByText('Nothing acknowledged')).toBeVisible();
  await risk.tab('Past').click();
  await expect(main.getByText('Nothing past')).toBeVisible();
  await page.goto('/risk-monitoring?severity=critical');
  await expect(main.getByText('Nothing matches')).toBeVisible();
  await main.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(main.getByText('All quiet')).toBeVisible();
});

test('[UI399] a desk that has heard no feed does not call that quiet, and every page has its words', async ({
  desk,
  page,
}) => {
  const risk = riskPage(page);
  await risk.open();
  const main = page.getByRole('main');
  await expect(main.getByText('No prices yet')).toBeVisible();
  await expect(main.getByText('All quiet')).toHaveCount(0);
  await expect(page.getByText('No feed has said anything yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Odds Comparison' }).click();
  await expect(main.getByText('No events ahead')).toBeVisible();
  await page.goBack();
  await expect(main.getByText('No prices yet')).toBeVisible();
  await risk.becomesLive();

  const prices = [{ minutesAgo: 0, prices: [2.2, 3.4, 3.3] }] as const;
  await desk.ingest(['draftkings', 'pinnacle'].flatMap((book) => polls(MATCH, book, Date.now(), prices)));
  await expect(main.getByText('All quiet')).toBeVisible(READ_AGAIN);
  await expect(main).toContainText(/1 event, 2 books, last price/, READ_AGAIN);
  await desk.ingest(polls(MATCH, 'draftkings', Date.now(), [{ minutesAgo: 0, prices: [1.76, 3.4, 3.3] }]));
  await expect(risk.group(MATCH)).toBeVisible();
});

test('[UI400] what is not there yet has its place: the explanation with its chart, and the list keeps the rows of before', async ({
  desk,
  page,
}) => {
  await raiseAlerts(desk, MATCH);
  const risk = riskPage(page);
  await risk.open();

  const letList = await holdBack(page, ({ pathname, search }) => pathname === '/api/alerts' && search.includes('past'));
  await risk.tab('Past').click();
  // The rows of the tab before, and no place-holder over them.
  await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(1);
  await expect(risk.group(MATCH)).toBeVisible();
  letList();
  await expect(page.getByText('Nothing past')).toBeVisible();
  await risk.tab('New').click();

  const letAlert = await holdBack(page, ({ pathname }) => /^\/api\/alerts\/\d+$/.test(pathname));
  const letHistory = await holdBack(page, ({ pathname }) => pathname.endsWith('/history'));
  await risk.group(MATCH).getByRole('button', { expanded: false }).click();
  const pane = page.getByRole('complementary', { name: 'Why it fired' });
  // What the row knows is there at once, the rest says that it comes.
  await expect(pane.getByRole('heading', { name: 'Harbour Town v Mill United' })).toBeVisible();
  await expect(pane).toContainText('2.20 → 1.76');
  await expect(pane.getByRole('status', { name: 'Loading the explanation' })).toBeVisible();
  letAlert();
  const chartPlace = pane.getByRole('status', { name: 'Loading the price history' });
  await expect(chartPlace).toBeVisible();
  const why = pane.getByRole('region', { name: 'Why' });
  const before = await why.evaluate((element) => element.getBoundingClientRect().top);
  letHistory();
  await expect(pane.getByRole('img', { name: /^Odds of 1X2/ })).toBeVisible();
  await expect(chartPlace).toHaveCount(0);
  expect(await why.evaluate((element) => element.getBoundingClientRect().top)).toBe(before);
});
