import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[UI135] the palette finds events, pages and commands, and does what is chosen once the focus is back', async ({
  desk,
  page,
}) => {
  await raiseAlerts(desk, MATCH);
  const risk = riskPage(page);
  await risk.open();
  const palette = page.getByRole('dialog', { name: 'Pages, events and commands' });
  /** Opens it and types; returns once Enter would take what these words find. */
  const open = async (words: string, finds: RegExp): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(words);
    await expect(palette.getByRole('option', { selected: true })).toHaveText(finds);
  };

  await open('pause', /^Pause or resume/);
  await expect(palette.getByRole('option', { name: 'Pause or resume' })).toContainText('P');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'true');

  await open('theme dark', /^Theme: dark/);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveClass(/dark/);

  await page.keyboard.press('j');
  await open('acknowledge', /^Acknowledge/);
  await page.keyboard.press('Enter');
  await risk.showsNewAlerts(0);

  await open('settings', /settings/i);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings$/);

  await open('harb', /^Harbour Town/);
  await palette.getByRole('option', { name: /Harbour Town v Mill United/ }).click();
  await expect(page).toHaveURL(/\/events\/\d+$/);
});

test.describe('accessible', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`[UI141] axe finds nothing in the list with a selection, the keys and the palette, ${colorScheme}`, async ({
      desk,
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await raiseAlerts(desk, MATCH);
      const risk = riskPage(page);
      await risk.open();
      const violations = async () => (await new AxeBuilder({ page }).analyze()).violations;

      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.keyboard.press('x');
      await expect(page.getByRole('form', { name: '1 selected' })).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await violations()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog', { name: 'Pages, events and commands' })).toBeVisible();
      expect(await violations()).toEqual([]);
    });
  }
});
