import { expect, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const PHONE = { width: 390, height: 844 };

test.use({ viewport: PHONE });

test('[UI97] at 390 px nothing is cut off, and an event opens to why its alert fired', async ({ desk, page }) => {
  await raiseAlerts(desk, MATCH);
  const risk = riskPage(page);
  await risk.open();

  await expect(risk.group(MATCH)).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);

  await risk.group(MATCH).getByRole('button', { expanded: false }).click();
  const why = page.getByRole('dialog', { name: 'Why it fired' });
  await expect(why.getByRole('heading', { name: `${MATCH.home} v ${MATCH.away}` })).toBeVisible();
  await expect(why.getByRole('table')).toContainText('1.76');
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();
  await expect(risk.group(MATCH)).toBeVisible();
});

test('[UI98] at 390 px the menu opens the navigation with its badge', async ({ desk, page }) => {
  await raiseAlerts(desk, MATCH);
  await riskPage(page).open();

  await page.getByRole('button', { name: 'Open menu' }).click();

  const navigation = page.getByRole('navigation', { name: 'Main' });
  await expect(navigation.getByRole('link', { name: 'Odds Comparison' })).toBeVisible();
  await expect(navigation.getByRole('status')).toHaveAccessibleName(/^1 new alert,/);
});
