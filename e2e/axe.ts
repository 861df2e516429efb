import { AxeBuilder } from '@axe-core/playwright';
import { type Locator, type Page, expect } from 'playwright/test';

/** Axe finds nothing on the page as it stands, or in a part of it, in light and in dark. */
export async function expectNothingOfAxe(page: Page, part: Locator = page.locator('body')): Promise<void> {
  // Axe takes its part by selector only.
  await part.evaluate((element) => element.setAttribute('data-axe-part', ''));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveClass(new RegExp(colorScheme));
    const { violations } = await new AxeBuilder({ page }).include('[data-axe-part]').analyze();
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
    expect(told, `axe in ${colorScheme}`).toEqual([]);
  }
}
