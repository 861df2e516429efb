import { expect, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { settingsInForce, settingsPage } from './settings-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[SET73] a try says how many alerts there would have been, which are gone, and touches nothing', async ({
  desk,
  page,
}) => {
  await raiseAlerts(desk, MATCH);
  const settings = settingsPage(page);
  await settings.open();
  await settings.setBands('Price move', ['30', '40', '50']);
  await page.getByRole('tab', { name: 'Try on history' }).click();
  await expect(page.getByText('1 unsaved change included')).toBeVisible();

  await page.getByRole('button', { name: 'Try it' }).click();

  const result = page.getByRole('region', { name: 'Result of the try' });
  await expect(result.getByRole('status')).toHaveText(
    'With these settings the last 24 hours had 0 alerts instead of 1',
  );
  await expect(result.getByRole('row', { name: 'Critical' })).toHaveText(/Critical1 ?0 ?−1/);
  await expect(result.getByRole('row', { name: 'Price change' })).toHaveText(/Price change1 ?0 ?−1/);
  await expect(result.getByRole('button', { name: 'Gone 1', pressed: true })).toBeVisible();
  expect(await settingsInForce(desk.url)).toMatchObject({ revision: 0 });
  const gone = result.getByRole('link', { name: `${MATCH.home} v ${MATCH.away}` });
  await expect(gone).toContainText('1X2 · Home at draftkings');
  await expect(gone).toContainText('Price change 2.20 → 1.76 −20.0%');

  await gone.click();
  await expect(page).toHaveURL(/\/risk-monitoring\?eventId=\d+&alert=\d+/);
  await expect(page.getByRole('heading', { name: `${MATCH.home} v ${MATCH.away}` })).toBeVisible();
  await page.goBack();
  await expect(gone).toBeVisible();
  await expect(page.getByText('1 unsaved change included')).toBeVisible();
});

test('[SET74] milder settings add alerts, others change their severity, and the table counts both', async ({
  desk,
  page,
}) => {
  await raiseAlerts(desk, MATCH);
  const settings = settingsPage(page);
  await settings.open();
  await settings.setBands('Price move', ['7', '10', '50']);
  await page.getByRole('button', { name: 'Try on history' }).click();
  await page.getByRole('radio', { name: 'Last 7 days' }).check();
  await page.getByRole('button', { name: 'Try it' }).click();
  const result = page.getByRole('region', { name: 'Result of the try' });
  await expect(result.getByRole('status')).toHaveText(
    'With these settings the last 7 days had 1 alert, as many as there were',
  );
  await expect(result.getByRole('button', { name: 'Other severity 1', pressed: true })).toBeVisible();
  await expect(result.getByRole('link', { name: `${MATCH.home} v ${MATCH.away}` })).toContainText(
    'Critical → Elevated',
  );
});

test('[UI304] the result of a try stands beside that of the try before it', async ({ desk, page }) => {
  await raiseAlerts(desk, MATCH);
  const settings = settingsPage(page);
  await settings.open();
  await settings.setBands('Price move', ['30', '40', '50']);
  await page.getByRole('tab', { name: 'Try on history' }).click();
  const result = page.getByRole('region', { name: 'Result of the try' });
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(result.getByRole('status')).toContainText('had 0 alerts');
  await expect(result.getByRole('columnheader', { name: 'Try before' })).toHaveCount(0);

  await page.getByRole('tab', { name: 'Settings' }).click();
  await settings.setBands('Price move', ['7', '10', '50']);
  await page.getByRole('tab', { name: 'Try on history' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(result).toContainText('The try before: 0 alerts; this one: 1.');
  await expect(result.getByRole('columnheader', { name: 'Try before' })).toBeVisible();
  await expect(result.getByRole('row', { name: 'All' })).toHaveText(/All1 ?0 ?1 ?0/);

  // Another stretch of time is another question.
  await page.getByRole('radio', { name: 'Last 7 days' }).check();
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(result.getByRole('status')).toContainText('the last 7 days');
  await expect(result).not.toContainText('The try before');
});

test('[SET75] a try can be cancelled, and says in words why it failed', async ({ page, pageErrors }) => {
  pageErrors.allow([/status of 503/]);
  const settings = settingsPage(page);
  await settings.open('/settings?view=try');
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/api/settings/try', async (route) => {
    await held;
    await route.abort().catch(() => {}); // the page has hung up
  });
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress of the try' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Nothing was found out, and nothing was touched.')).toBeVisible();
  release();
  await page.unroute('**/api/settings/try');

  const envelope = { error: { code: 'busy', message: 'expected no other try to run, one does' } };
  await page.route('**/api/settings/try', (route) => route.fulfill({ status: 503, json: envelope }));
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The try failed' })).toContainText('Another try is running');
  await page.unroute('**/api/settings/try');

  await page.getByRole('radio', { name: 'Custom' }).check();
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Say from when to when.' })).toBeVisible();
  await page.getByLabel('From').fill('2026-01-02T00:00');
  await page.getByLabel('To', { exact: true }).fill('2026-01-01T00:00');
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The end must be later' })).toBeVisible();
});
