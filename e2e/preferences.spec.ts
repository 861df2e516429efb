import type { Page } from 'playwright/test';
import { expectNothingOfAxe } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { twoFrames } from './frames.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

/** The panel of personal choices, opened by keyboard alone from the sidebar's foot. */
async function openPreferences(page: Page) {
  await page.getByRole('button', { name: 'Preferences' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Preferences' });
  await expect(panel).toBeVisible();
  return panel;
}

test.beforeEach(async ({ desk }) => {
  await raiseAlerts(desk, MATCH);
});

test('[UI205] odds read in the format that was chosen by keyboard, on every page, and after a reload', async ({
  page,
}) => {
  const risk = riskPage(page);
  await risk.open();
  await expect(risk.group(MATCH)).toContainText('2.20 → 1.76');

  const panel = await openPreferences(page);
  await panel.getByRole('radio', { name: /^Decimal/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('radio', { name: /^Fractional/ })).toBeChecked();
  await expect(risk.group(MATCH)).toContainText('6/5 → 8/11');
  await page.keyboard.press('ArrowRight');
  await expect(risk.group(MATCH)).toContainText('+120 → −132');
  await page.keyboard.press('ArrowRight');
  await expect(risk.group(MATCH)).toContainText('45.5% → 56.8%');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('button', { name: 'Preferences' })).toBeFocused();

  await page.reload();
  await risk.becomesLive();
  await expect(risk.group(MATCH)).toContainText('+120 → −132');
  await risk.group(MATCH).getByRole('button', { expanded: false }).click();
  await page.getByRole('link', { name: 'Open event' }).click();
  await expect(page.getByRole('region', { name: '1X2' })).toContainText('−132');
});

test('[UI204] a choice is seen in another tab without a reload', async ({ page, context }) => {
  const risk = riskPage(page);
  const otherPage = await context.newPage();
  const other = riskPage(otherPage);
  await Promise.all([risk.open(), other.open()]);

  const panel = await openPreferences(page);
  await panel.getByRole('radio', { name: /^American/ }).check();
  await panel.getByRole('radio', { name: 'Compact' }).check();

  await expect(other.group(MATCH)).toContainText('+120 → −132');
  await expect(otherPage.locator('html')).toHaveAttribute('data-density', 'compact');
});

test('[UI207] the first HTML is drawn in the reader’s own format and density: nothing moves when the page wakes', async ({
  page,
  openPage,
}) => {
  const risk = riskPage(page);
  await risk.open();
  const panel = await openPreferences(page);
  await panel.getByRole('radio', { name: /^Fractional/ }).check();
  await panel.getByRole('radio', { name: 'Compact' }).check();
  await page.keyboard.press('Escape');
  const comfortable = await openPage();
  await riskPage(comfortable).open();

  const asleep = await openPage({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  await riskPage(asleep).openAsleep();
  await expect(riskPage(asleep).group(MATCH)).toContainText('6/5 → 8/11');

  const heightOf = async (on: Page) => (await riskPage(on).group(MATCH).boundingBox())?.height ?? 0;
  expect(await heightOf(asleep)).toBeLessThan(await heightOf(comfortable));
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      const shifts = list.getEntries().map((entry) => ('value' in entry ? Number(entry.value) : 0));
      Object.assign(globalThis, { shifted: shifts.reduce((sum, value) => sum + value, 0) });
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.reload();
  await risk.becomesLive();
  await expect(risk.group(MATCH)).toContainText('6/5 → 8/11');
  const shifted = await page.evaluate(() => Number(Reflect.get(globalThis, 'shifted') ?? 0));
  expect(shifted).toBeLessThan(0.01);
});

test('[UI208] times are the reader’s own or UTC, as chosen, with the exact time and its zone on hover', async ({
  openPage,
}) => {
  const page = await openPage({ timezoneId: 'Asia/Kathmandu' });
  await page.goto('/events');
  await riskPage(page).becomesLive();
  const row = page.getByRole('row').filter({ hasText: MATCH.home });
  const kickoff = row.locator('time').nth(1);
  const at = Date.parse((await kickoff.getAttribute('datetime')) ?? '');
  const written = (timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  await expect(kickoff).toContainText(written('Asia/Kathmandu'));
  await expect(kickoff).toHaveAttribute('title', /GMT\+5:45$/);

  const panel = await openPreferences(page);
  await panel.getByRole('radio', { name: 'UTC' }).check();

  await expect(kickoff).toContainText(written('UTC'));
  await expect(kickoff).toHaveAttribute('title', /UTC$/);
});

test('[UI209] the preferences hold the theme, and are at hand at 390 px', async ({ openPage }) => {
  const page = await openPage({ viewport: { width: 390, height: 844 } });
  await riskPage(page).open();
  await page.getByRole('button', { name: 'Open menu' }).click();
  const panel = await openPreferences(page);
  await expectNothingOfAxe(page);

  await panel.getByRole('radio', { name: 'Dark' }).check();

  await expect(page.locator('html')).toHaveClass(/dark/);
  const box = await panel.boundingBox();
  expect(box === null ? null : box.x >= 0 && box.x + box.width <= 390 && box.y >= 0).toBe(true);
});

test('[UI260] a trader’s name stands at what they acknowledge, also where it is no ASCII', async ({
  page,
  openPage,
}) => {
  const mine = riskPage(page);
  const otherPage = await openPage();
  const theirs = riskPage(otherPage);
  await Promise.all([mine.open(), theirs.open()]);
  const panel = await openPreferences(page);
  await panel.getByRole('textbox', { name: 'Your name' }).fill('Zoë 张');
  await page.keyboard.press('Escape');

  await mine.group(MATCH).getByRole('button', { expanded: false }).click();
  const pane = page.getByRole('complementary', { name: 'Why it fired' });
  await pane.getByRole('textbox', { name: 'Note for the desk (optional)' }).fill('Limits halved');
  await pane.getByRole('button', { name: 'Acknowledge' }).click();

  await theirs.tab('Acknowledged').click();
  // Without opening anything: who has it, and in the lines of the match what they noted.
  await expect(theirs.group(MATCH)).toContainText('by Zoë 张');
  await theirs.group(MATCH).getByRole('button', { expanded: false }).click();
  await expect(otherPage.getByRole('listitem', { name: /at draftkings/ })).toContainText('by Zoë 张 · “Limits halved”');
  await expect(otherPage.getByRole('complementary', { name: 'Why it fired' })).toContainText('by Zoë 张');
});

test('[UI415] the theme follows the system while “System” is chosen, and stays as it was chosen otherwise', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await riskPage(page).open();
  const panel = await openPreferences(page);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const root = page.locator('html');
  const systemIs = async (colorScheme: 'light' | 'dark'): Promise<void> => {
    await page.emulateMedia({ colorScheme });
    // By then the page has heard of it.
    await twoFrames(page);
  };
  await expect(panel.getByRole('radio', { name: 'System' })).toBeChecked();
  await expect(root).toHaveCSS('color-scheme', 'light');
  const light = await background();
  await systemIs('dark');
  await expect(root).toHaveCSS('color-scheme', 'dark');
  const dark = await background();
  expect(dark).not.toBe(light);

  await panel.getByRole('radio', { name: 'Light' }).check();
  await expect.poll(background).toBe(light);
  await systemIs('light');
  await systemIs('dark');
  expect(await background()).toBe(light);
  await panel.getByRole('radio', { name: 'Dark' }).check();
  await expect.poll(background).toBe(dark);
  await systemIs('light');
  expect(await background()).toBe(dark);
  await page.reload();
  await riskPage(page).becomesLive();
  expect(await background()).toBe(dark);

  await (await openPreferences(page)).getByRole('radio', { name: 'System' }).check();
  await expect.poll(background).toBe(light);
  await systemIs('dark');
  await expect.poll(background).toBe(dark);
});
