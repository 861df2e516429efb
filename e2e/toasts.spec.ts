import type { Locator, Page } from 'playwright/test';
import { expectNothingOfAxe } from './axe.ts';
import { expect, SERVER_AWAY, test } from './fixtures.ts';
import { standsStill } from './frames.ts';
import { openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const MATCHES = ['Lantern City', 'Old Quay', 'North Pier', 'Salt Marsh', 'Gull Rock'].map((home) => ({
  home,
  away: 'Mill United',
}));

const toast = (page: Page) => page.getByRole('region', { name: /new (critical )?alerts?/ });

test('[UI220] new critical alerts make one toast that grows, stays until it is closed, and leads to the very row', async ({
  desk,
  page,
}) => {
  const risk = riskPage(page);
  await desk.ingest([MATCH, ...MATCHES].flatMap((match) => openingPrices(match, Date.now())));
  await page.goto('/events');
  await risk.becomesLive();

  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await expect(toast(page)).toHaveAccessibleName('1 new critical alert in 1 event');
  await expect(toast(page)).toContainText('1X2 · Home 2.20 → 1.76 (−20.0%) at draftkings');

  await desk.ingest(MATCHES.flatMap((match) => ownSteamMove(match, Date.now())));
  await expect(toast(page)).toHaveCount(1);
  await expect(toast(page)).toHaveAccessibleName('6 new critical alerts in 6 events');
  await expect(toast(page).getByRole('link', { name: 'and 3 more events' })).toBeVisible();
  await expectNothingOfAxe(page, toast(page));
  await toast(page)
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(toast(page)).toHaveCount(0);

  const late = { home: 'Late Bay', away: 'Mill United' };
  await raiseAlerts(desk, late);
  await expect(toast(page)).toHaveAccessibleName('1 new critical alert in 1 event');
  await toast(page)
    .getByRole('link', { name: /^Late Bay v Mill United/ })
    .click();
  await expect(page).toHaveURL(/\/risk-monitoring\?eventId=\d+&alert=\d+$/);
  await expect(risk.group(late).getByRole('button', { expanded: true })).toBeVisible();
  await expect(toast(page)).toHaveCount(0);
});

test('[UI221] nothing is told of what was there at load, nor of what this trader did; what is acknowledged leaves its toast', async ({
  desk,
  page,
}) => {
  const risk = riskPage(page);
  await desk.ingest([MATCH, ...MATCHES].flatMap((match) => openingPrices(match, Date.now())));
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await risk.open();
  await risk.group(MATCH).hover();
  await risk.acknowledgeAll(MATCH).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('1 alert new again')).toBeVisible();
  await risk.showsNewAlerts(1);

  const [other] = MATCHES;
  if (other === undefined) throw new Error('expected a second match');
  await desk.ingest(ownSteamMove(other, Date.now()));
  // Were the older one told, it would stand here too.
  await expect(toast(page)).toHaveAccessibleName('1 new critical alert in 1 event');
  await expect(toast(page)).toContainText(other.home);

  await risk.group(other).hover();
  await risk.acknowledgeAll(other).click();
  await expect(toast(page)).toHaveCount(0);
});

test('[UI222] what happened while the server was away is told once when it is back', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow(SERVER_AWAY);
  const risk = riskPage(page);
  await desk.ingest([MATCH, ...MATCHES].flatMap((match) => openingPrices(match, Date.now())));
  await risk.open();
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await expect(toast(page)).toHaveAccessibleName('1 new critical alert in 1 event');
  await toast(page)
    .getByRole('button', { name: /^Close/ })
    .click();

  await desk.kill();
  await expect(risk.badge).toHaveAccessibleName('alert count unknown');
  await desk.restart();
  await desk.ingest(MATCHES.flatMap((match) => ownSteamMove(match, Date.now())));

  await expect(toast(page)).toHaveAccessibleName('5 new critical alerts in 5 events', { timeout: 30_000 });
});

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The names of the controls in sight that a toast lies on. */
async function coveredControls(page: Page, within: Locator): Promise<string[]> {
  // It glides in, and grows.
  await standsStill(toast(page));
  const place = await toast(page).boundingBox();
  if (place === null) throw new Error('expected a toast in sight');
  const controls = ['button', 'link', 'textbox', 'checkbox', 'tab', 'searchbox'] as const;
  const found = await Promise.all(controls.map((role) => within.getByRole(role).all()));
  const boxes = await Promise.all(
    found.flat().map(async (control) => ({ name: await control.ariaSnapshot(), box: await control.boundingBox() })),
  );
  expect(boxes.length).toBeGreaterThan(2);
  return boxes.flatMap(({ name, box }) => (box !== null && overlap(place, box) ? [name] : []));
}

async function openFirst(page: Page): Promise<void> {
  const { alerts } = await (await page.request.get('/api/alerts?status=new')).json();
  await page.goto(`/risk-monitoring?eventId=${alerts[0].eventId}&alert=${alerts[0].id}`);
}

test('[UI261] beside a sidebar a toast covers no button at all', async ({ desk, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const others = Array.from({ length: 12 }, (_, index) => ({ home: `Reserves ${index}`, away: 'Mill United' }));
  await desk.ingest([MATCH, ...MATCHES, ...others].flatMap((match) => openingPrices(match, Date.now())));
  await desk.ingest([MATCH, ...others].flatMap((match) => ownSteamMove(match, Date.now())));
  await openFirst(page);
  await riskPage(page).becomesLive();
  const pane = page.getByRole('complementary', { name: 'Why it fired' });
  await expect(pane.getByRole('button', { name: 'Mute…' })).toBeVisible();
  await desk.ingest(MATCHES.flatMap((match) => ownSteamMove(match, Date.now())));
  await expect(toast(page)).toHaveAccessibleName('5 new critical alerts in 5 events');

  expect(await coveredControls(page, pane)).toEqual([]);
  expect(await coveredControls(page, page.getByRole('complementary', { name: 'Desk' }))).toEqual([]);
  expect(await coveredControls(page, page.getByRole('main'))).toEqual([]);
  await expectNothingOfAxe(page, toast(page));
});

test('[UI261] at 390 px a toast covers no box that selects a row, and nothing that cannot be scrolled from under it', async ({
  desk,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await desk.ingest([MATCH, ...MATCHES].flatMap((match) => openingPrices(match, Date.now())));
  await page.goto('/risk-monitoring');
  await desk.ingest(MATCHES.flatMap((match) => ownSteamMove(match, Date.now())));
  await expect(toast(page)).toHaveAccessibleName('5 new critical alerts in 5 events');
  const rows = page.getByRole('list', { name: 'Events with new alerts' });
  const covered = await coveredControls(page, page.getByRole('main'));
  expect(covered.filter((name) => name.includes('checkbox'))).toEqual([]);
  await rows.hover({ position: { x: 100, y: 10 } });
  await page.mouse.wheel(0, 10_000);

  await expect.poll(() => coveredControls(page, page.getByRole('main'))).toEqual([]);
});

test('[UI262] over a phone’s sheet a toast is one line above it, covers no button of it, and closes without closing it', async ({
  desk,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await desk.ingest([MATCH, ...MATCHES].flatMap((match) => openingPrices(match, Date.now())));
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await openFirst(page);
  const sheet = page.getByRole('dialog', { name: 'Why it fired' });
  await expect(sheet.getByRole('button', { name: 'Mute…' })).toBeVisible();
  await desk.ingest(MATCHES.flatMap((match) => ownSteamMove(match, Date.now())));
  await expect(toast(page)).toHaveAccessibleName('5 new critical alerts in 5 events');

  expect(await coveredControls(page, sheet)).toEqual([]);
  await toast(page)
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(toast(page)).toHaveCount(0);
  await expect(sheet).toBeVisible();
});
