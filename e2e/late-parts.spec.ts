import { expect, SERVER_AWAY, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[UI308] keys, palette, mute and filters open for the first time while the server is away', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow(SERVER_AWAY);
  await raiseAlerts(desk, MATCH);
  const risk = riskPage(page);
  await risk.open();
  await page.mouse.move(300, 300);
  // Not by a silent network, which there may be before they are asked for.
  await page.waitForFunction(() => performance.getEntriesByName('late parts settled').length > 0);
  await desk.kill();
  await expect(page.getByRole('alert').filter({ hasText: 'Offline since' })).toBeVisible({ timeout: 30_000 });

  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Pages, events and commands' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog', { name: 'Mute' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'More filters' })).toBeVisible();
});

test('[UI309] where a part cannot be loaded that is said in words, the page stays, and it opens once it can be', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow([/net::ERR_FAILED/]);
  await raiseAlerts(desk, MATCH);
  const risk = riskPage(page);
  await risk.open();
  await page.route('**/*.js', (route) => route.abort());
  const fault = page.getByRole('alert').filter({ hasText: 'The list of keys cannot be loaded' });

  await page.keyboard.press('?');
  await expect(fault).toBeVisible();
  await expect(risk.group(MATCH)).toBeVisible();
  await page.unroute('**/*.js');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expect(fault).toHaveCount(0);
});
