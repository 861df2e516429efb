import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { saveElsewhere, settingsPage } from './settings-page.ts';

/** What axe finds, by rule and place. */
async function findings(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target)]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`[SET76] axe finds nothing on the form, with faults and another trader’s save in the way: ${colorScheme}`, async ({
    desk,
    openPage,
  }) => {
    await saveElsewhere(desk.url, { bookmakerWeights: { pinnacle: 2 }, disagreementCompetitors: ['pinnacle'] });
    const page = await openPage({ colorScheme });
    const settings = settingsPage(page);
    await settings.open();
    await settings.number('Look-back').fill('never');
    await saveElsewhere(desk.url, { coolDownMinutes: 10 });
    await expect(settings.overtaken).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test(`[SET76] axe finds nothing on overrides, trying and changes: ${colorScheme}`, async ({ desk, openPage }) => {
    const overrides = [
      { sport: 'soccer', league: null, rules: { lookBackMinutes: 90 } },
      { sport: 'soccer', league: 'Coastal League', rules: { minTicks: 3 } },
    ];
    await saveElsewhere(desk.url, { overrides });
    const page = await openPage({ colorScheme });
    await settingsPage(page).open('/settings?sport=soccer');
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Try on history' }).click();
    await page.getByRole('radio', { name: 'Custom' }).check();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Changes' }).click();
    await expect(page.getByRole('listitem', { name: 'Revision 1' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('[SET77] at 390 px nothing is cut off, and a setting is changed and saved', async ({ desk, openPage }) => {
  await saveElsewhere(desk.url, { overrides: [{ sport: 'soccer', league: 'Coastal League', rules: { minTicks: 3 } }] });
  const page = await openPage({ viewport: { width: 390, height: 844 } });
  for (const address of ['/settings', '/settings?view=try', '/settings?view=history']) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
  const settings = settingsPage(page);
  await settings.open();
  await settings.scope(/^Soccer · Coastal League/).click();
  await settings.number('Smallest move').fill('4');
  await settings.saves();
});
