import type { Locator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { crowdMoves, crowdOf, longStory } from './crowd.ts';
import { openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const FIRST = { home: 'Harbour Town', away: 'Mill United' };
const SECOND = { home: 'Lantern City', away: 'Old Quay' };
const LATER = { home: 'Northgate', away: 'Sandhill' };
const MATCHES = [FIRST, SECOND, LATER];

const list = (page: Page): Locator => page.getByRole('list', { name: 'Events with new alerts' });
const pill = (page: Page): Locator => page.getByRole('button', { name: /^\d+ new alerts? in \d+ events? ?, show$/ });

/** Two events on screen, a third that has not moved yet. */
async function twoEvents(desk: { ingest: (lines: ReturnType<typeof openingPrices>) => Promise<unknown> }, page: Page) {
  for (const match of MATCHES) await desk.ingest(openingPrices(match, Date.now()));
  for (const match of [SECOND, FIRST]) await desk.ingest(ownSteamMove(match, Date.now()));
  const risk = riskPage(page);
  await risk.open();
  await risk.showsNewAlerts(2);
  return risk;
}

const placeOf = async (row: Locator) => (await row.boundingBox())?.y;

test('[UI125] new rows wait behind a pill while the pointer is over the list, and come by themselves when it leaves', async ({
  desk,
  page,
}) => {
  const risk = await twoEvents(desk, page);
  await risk.group(SECOND).hover();
  const before = [await placeOf(risk.group(FIRST)), await placeOf(risk.group(SECOND))];

  await desk.ingest(ownSteamMove(LATER, Date.now()));
  await risk.showsNewAlerts(3);

  await expect(pill(page)).toHaveAccessibleName(/^1 new alert in 1 event ?, show$/);
  await expect(risk.group(LATER)).toHaveCount(0);
  expect([await placeOf(risk.group(FIRST)), await placeOf(risk.group(SECOND))]).toEqual(before);

  await page.mouse.move(5, 5);
  await expect(list(page).getByRole('listitem').first()).toHaveAccessibleName(/^Northgate v Sandhill/);
  await expect(pill(page)).toHaveCount(0);
});

test('[UI125] n shows what waits; the pill does the same', async ({ desk, page }) => {
  const risk = await twoEvents(desk, page);
  await risk.group(SECOND).hover();
  await desk.ingest(ownSteamMove(LATER, Date.now()));
  await expect(pill(page)).toBeVisible();

  await page.keyboard.press('n');
  await expect(risk.group(LATER)).toBeVisible();
  await expect(pill(page)).toHaveCount(0);

  const other = { home: 'Quarry', away: 'Weir' };
  await raiseAlerts(desk, other);
  await pill(page).click();
  await expect(list(page).getByRole('listitem').first()).toHaveAccessibleName(/^Quarry v Weir/);
});

test('[UI125] the keyboard in the list holds it, and keeps its focus when new rows are shown', async ({
  desk,
  page,
}) => {
  const risk = await twoEvents(desk, page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(risk.group(SECOND).getByRole('button', { expanded: false })).toBeFocused();

  await desk.ingest(ownSteamMove(LATER, Date.now()));
  await expect(pill(page)).toBeVisible();
  await expect(risk.group(LATER)).toHaveCount(0);
  await page.keyboard.press('n');

  await expect(risk.group(LATER).getByRole('button', { expanded: false })).toBeFocused();
});

test('[UI126] what another trader acknowledges stays in its place, dimmed and named, until the list is released', async ({
  desk,
  page,
}) => {
  const risk = await twoEvents(desk, page);
  await risk.group(FIRST).hover();
  const before = await placeOf(risk.group(SECOND));
  const { alerts } = await (await page.request.get('/api/alerts')).json();
  const theirs = alerts.find((alert: { event: { home: string } }) => alert.event.home === FIRST.home);
  await page.request.post('/api/alerts/acknowledge', { data: { ids: [theirs.id] }, headers: { 'X-Trader': 'Ada' } });

  await risk.showsNewAlerts(1);
  await expect(risk.group(FIRST)).toHaveAccessibleName(/acknowledged by Ada$/);
  await expect(risk.group(FIRST)).toContainText('acknowledged by Ada');
  expect(await placeOf(risk.group(SECOND))).toBe(before);

  await page.mouse.move(5, 5);
  await expect(risk.group(FIRST)).toHaveCount(0);
  await expect(risk.group(SECOND)).toBeVisible();
});

test('[UI127] what this trader acknowledges goes at once although the pointer is there, and comes back to its place', async ({
  desk,
  page,
}) => {
  const risk = await twoEvents(desk, page);
  await risk.group(FIRST).hover();
  await risk.acknowledgeAll(FIRST).click();
  await expect(risk.group(FIRST)).toHaveCount(0);

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list(page).getByRole('listitem').first()).toHaveAccessibleName(/^Harbour Town v Mill United/);
  await risk.showsNewAlerts(2);
});

test('[UI133] p holds the list until it is pressed again, wherever the pointer is', async ({ desk, page }) => {
  const risk = await twoEvents(desk, page);
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'true');

  await desk.ingest(ownSteamMove(LATER, Date.now()));
  await risk.showsNewAlerts(3);
  await expect(pill(page)).toBeVisible();
  await expect(risk.group(LATER)).toHaveCount(0);

  await page.keyboard.press('p');
  await expect(risk.group(LATER)).toBeVisible();
  await expect(pill(page)).toHaveCount(0);
});

test('[UI134] of many hundred alerts in many events only those near the sight are drawn, by pages, and the focus stays', async ({
  desk,
  page,
}) => {
  const crowd = crowdOf(121);
  const last = crowd[120] ?? FIRST;
  await desk.ingest(crowdMoves(crowd.slice(0, 120), Date.now()));
  const { alerts } = await desk.ingest(longStory(last, 220, Date.now()));
  expect(alerts).toBeGreaterThanOrEqual(220);
  const risk = riskPage(page);
  await page.goto('/risk-monitoring?sort=kickoff');
  await risk.becomesLive();
  const drawn = (): Promise<number> => page.getByRole('listitem').count();

  // To the last event, which stands on a page that is not loaded yet.
  const lastRow = risk.group(last);
  await list(page).hover();
  await expect(async () => {
    await page.mouse.wheel(0, 12_000);
    await expect(lastRow).toBeVisible({ timeout: 300 });
    expect(await drawn()).toBeLessThanOrEqual(100);
  }).toPass();
  await expect(lastRow).toHaveAttribute('aria-posinset', '121');

  await lastRow.getByRole('button', { expanded: false }).click();
  const lines = page.getByRole('list', { name: 'Alerts of Crowd 121 v Visitors' });
  await expect(lines.getByRole('listitem').first()).toHaveAttribute('aria-setsize', String(alerts));
  expect(await drawn()).toBeLessThanOrEqual(100);

  // A focused row outlives being scrolled out of sight.
  await page.keyboard.press('j');
  const focused = lines.getByRole('listitem').first().getByRole('button', { name: /1X2/ }).first();
  await expect(focused).toBeFocused();
  await page.mouse.wheel(0, -3_000);
  await expect(focused).not.toBeInViewport();
  await expect(focused).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.locator(':focus')).toBeInViewport();
});
