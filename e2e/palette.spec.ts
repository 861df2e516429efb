import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[UI135] the palette finds events, pages and commands, and does what is chosen once the focus is back', async ({
  desk,
  page,
}) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  const risk = riskPage(page);
  await risk.open();
  await risk.becomesLive();
  const palette = page.getByRole('dialog', { name: 'Pages, events and commands' });
  const open = async (words: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(words);
  };

  await open('pause');
  await expect(palette.getByRole('option', { name: 'Pause or resume' })).toContainText('P');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'true');

  await open('theme dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveClass(/dark/);

  await page.keyboard.press('j');
  await open('acknowledge');
  await page.keyboard.press('Enter');
  await risk.showsNewAlerts(0);

  await open('settings');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings$/);

  await open('harb');
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
      await desk.ingest(openingPrices(MATCH, Date.now()));
      await desk.ingest(ownSteamMove(MATCH, Date.now()));
      const risk = riskPage(page);
      await risk.open();
      await risk.becomesLive();
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
