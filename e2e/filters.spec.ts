import { AxeBuilder } from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { riskPage } from './risk-page.ts';

const OWN = { bookmaker: 'draftkings', market: '1x2', newOdds: 1.76 } as const;
const COAST: Story = {
  ...OWN,
  home: 'Harbour Town',
  away: 'Mill United',
  league: 'Coastal League',
  country: 'Testland',
  kickoffInMinutes: 90,
};
const HILLS: Story = {
  ...OWN,
  home: 'Hillside',
  away: 'Moor Rovers',
  league: 'Hill Cup, North',
  country: 'Testland',
  kickoffInMinutes: 300,
  newOdds: 1.95,
};
const PLAIN: Story = {
  ...OWN,
  home: 'Plainville',
  away: 'Steppe City',
  league: 'Prairie League',
  country: 'Otherland',
  kickoffInMinutes: 600,
  market: 'btts',
  newOdds: 2,
};
const ALL = [COAST, HILLS, PLAIN];

test.beforeEach(async ({ desk }) => {
  await desk.ingest(openings(ALL, Date.now()));
  await desk.ingest(moves(ALL, Date.now()));
});

const chip = (page: Page, name: string) => page.getByRole('button', { name: `Remove the filter ${name}`, exact: true });

test('[UI100] each filter shows how many alerts it would leave under the others, zeros included, and they follow live', async ({
  desk,
  page,
}) => {
  const risk = riskPage(page);
  await risk.open();
  const severity = page.getByRole('group', { name: 'Severity' });
  await expect(severity.getByRole('button', { name: /^Critical ?1$/ })).toBeVisible();

  await page.getByRole('button', { name: 'League', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Prairie League ?1$/ }).click();
  await page.keyboard.press('Escape');
  await expect(risk.group(PLAIN)).toBeVisible();
  await expect(risk.group(COAST)).toHaveCount(0);
  await expect(severity.getByRole('button', { name: /^Critical ?0$/ })).toBeVisible();
  await expect(severity.getByRole('button', { name: /^Warning ?1$/ })).toBeVisible();

  await page.getByRole('button', { name: /^More/ }).click();
  const more = page.getByRole('dialog', { name: 'More filters' });
  await expect(more.getByRole('checkbox', { name: /^1X2 ?0$/ })).toBeVisible();
  await expect(more.getByRole('checkbox', { name: /^Both teams to score ?1$/ })).toBeVisible();
  await expect(more.getByRole('checkbox', { name: /^Testland ?0$/ })).toBeVisible();
  await expect(more.getByRole('radio', { name: /^In the next 6 h ?0$/ })).toBeVisible();
  await expect(more.getByRole('radio', { name: /^In the next 24 h ?1$/ })).toBeVisible();

  const again: Story = { ...PLAIN, home: 'Savanna', away: 'Meadow' };
  await desk.ingest(openings([again], Date.now()));
  await desk.ingest(moves([again], Date.now()));
  await expect(more.getByRole('checkbox', { name: /^Both teams to score ?2$/ })).toBeVisible();
  await expect(severity.getByRole('button', { name: /^Warning ?2$/ })).toBeAttached();
});

test('[UI101] filters stand in the address, are taken off one by one, and back brings them again', async ({ page }) => {
  const risk = riskPage(page);
  await risk.open();
  await page.getByRole('button', { name: 'League', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Hill Cup, North/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Coastal League/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('radio', { name: /^In the next 2 h/ }).check();
  await page.keyboard.press('Escape');
  await expect(risk.group(COAST)).toBeVisible();
  await expect(risk.group(HILLS)).toHaveCount(0);
  await expect(page).toHaveURL(/kickoffWithin=120/);

  const address = page.url();
  // Each step in the address before the next one: two that come together are one entry of the history.
  await chip(page, 'Kickoff in the next 2 h').click();
  await expect(page).not.toHaveURL(/kickoffWithin/);
  await expect(risk.group(HILLS)).toBeVisible();
  await chip(page, 'League: Coastal League').click();
  await expect(page).not.toHaveURL(/Coastal/);
  await expect(risk.group(COAST)).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(/Coastal/);
  await page.goBack();
  await expect(chip(page, 'Kickoff in the next 2 h')).toBeVisible();
  await expect(risk.group(COAST)).toBeVisible();

  await page.goto(address);
  await risk.becomesLive();
  await expect(chip(page, 'League: Hill Cup, North')).toBeVisible();
  await expect(risk.group(COAST)).toBeVisible();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Filters in force' })).toHaveCount(0);
  await risk.showsNewAlerts(3);
  await expect(page).toHaveURL(/risk-monitoring$/);
});

test('[UI102] an address that means nothing says so instead of showing an empty list', async ({ page }) => {
  const risk = riskPage(page);
  await page.goto('/risk-monitoring?severity=criticl,critical&kickoffWithin=soon&league=Nowhere+League');
  await risk.becomesLive();
  const note = page.getByRole('status').filter({ hasText: 'The address asks for something' });
  await expect(note).toContainText('“criticl” is no severity, “soon” is no kickoff window');
  await expect(page.getByText('League: Nowhere League (unknown to the desk)')).toBeVisible();

  await note.getByRole('button', { name: 'Mend the address' }).click();
  await expect(note).toHaveCount(0);
  await expect(page).toHaveURL(/severity=critical(&|$)/);
  await page.getByRole('button', { name: /^Remove the filter League: Nowhere League/ }).click();
  await expect(risk.group(COAST)).toBeVisible();
});

test('[UI103] the orders are latest, worst and kickoff first, and stand in the address', async ({ page }) => {
  const risk = riskPage(page);
  await risk.open();
  const order = async (): Promise<readonly string[]> =>
    (
      await page
        .getByRole('list', { name: /^Events with/ })
        .getByRole('listitem', { name: / v .*worst/ })
        .all()
    ).length === 0
      ? []
      : page
          .getByRole('listitem', { name: / v .*, worst / })
          .evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')?.split(' v ')[0] ?? ''));

  await page.getByRole('button', { name: /^Order/ }).click();
  await page.getByRole('menuitemradio', { name: 'Kickoff first' }).click();
  await expect.poll(order).toEqual(['Harbour Town', 'Hillside', 'Plainville']);
  await page.getByRole('button', { name: /^Order/ }).click();
  await page.getByRole('menuitemradio', { name: 'Worst first' }).click();
  await expect(page).toHaveURL(/sort=severity/);
  await expect.poll(order).toEqual(['Harbour Town', 'Hillside', 'Plainville']);
});

test('[UI104] Export hands out the filtered alerts as a CSV file', async ({ page }) => {
  await page.goto('/risk-monitoring?league=Hill+Cup%252C+North');
  await expect(riskPage(page).group(HILLS)).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export' }).click();
  const file = await (await downloading).path();
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('Hillside');
});

test('[UI105] at 390 px all filters stand in a sheet, which axe finds nothing in', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const risk = riskPage(page);
  await risk.open();
  await expect(risk.group(COAST)).toBeVisible();
  await page.getByRole('button', { name: /^Filters/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  await sheet.getByRole('checkbox', { name: /^Coastal League ?1$/ }).check();
  await expect(sheet.getByRole('checkbox', { name: /^Both teams to score ?0$/ })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(risk.group(COAST)).toBeVisible();
  await expect(risk.group(PLAIN)).toHaveCount(0);
  await chip(page, 'League: Coastal League').click();
  await expect(risk.group(PLAIN)).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('[UI398] at 390 px search and severities stand in the sheet of filters, and in the address', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const risk = riskPage(page);
  await page.goto('/risk-monitoring');
  await expect(risk.group(COAST)).toBeVisible();
  await page.getByRole('button', { name: /^Filters/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  await sheet.getByRole('checkbox', { name: /^Warning ?\d+$/ }).check();
  await expect(page).toHaveURL(/severity=warning/);
  await sheet.getByRole('checkbox', { name: /^Warning/ }).uncheck();
  await sheet.getByRole('checkbox', { name: /^Critical/ }).check();
  await sheet.getByRole('searchbox').fill(COAST.home);
  await expect(page).toHaveURL(/severity=critical/);
  await expect(page).toHaveURL(/q=Harbour/);
  await page.keyboard.press('Escape');
  await expect(risk.group(COAST)).toBeVisible();
  await expect(risk.group(PLAIN)).toHaveCount(0);
  // What is searched for is not only known to the sheet.
  await expect(page.getByRole('group', { name: 'Filters in force' })).toContainText(COAST.home);
});
