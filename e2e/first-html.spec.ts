import { expect, test } from './fixtures.ts';
import { openingPrices, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[UI95] the first HTML has the badge and the rows, without any JavaScript', async ({ desk, openPage }) => {
  await raiseAlerts(desk, MATCH);
  const page = await openPage({ javaScriptEnabled: false });
  const risk = riskPage(page);

  await risk.openAsleep();

  await risk.showsNewAlerts(1);
  await expect(risk.group(MATCH)).toBeVisible();
  await expect(risk.group(MATCH)).toContainText('2.20');
  await expect(risk.group(MATCH)).toContainText('1.76');
});

test('[UI96] the desk opens on Risk Monitoring', async ({ desk, page }) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await page.goto('/');
  await expect(page).toHaveURL(/\/risk-monitoring$/);
  await expect(page.getByRole('heading', { name: 'Risk Monitoring' })).toBeVisible();
});
