import type { Page } from 'playwright/test';
import { expectNothingOfAxe } from './axe.ts';
import { expect, SERVER_AWAY, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
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
  await expectNothingOfAxe(page, '[data-sonner-toaster]');
  await toast(page)
    .getByRole('button', { name: /^Close/ })
    .click();
  await expect(toast(page)).toHaveCount(0);

  const late = { home: 'Late Bay', away: 'Mill United' };
  await desk.ingest(openingPrices(late, Date.now()));
  await desk.ingest(ownSteamMove(late, Date.now()));
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
  await risk.becomesLive();
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
  await risk.becomesLive();
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
