import type { Page, Response } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const MOST_BYTES = 250_000;

/** Every script that the page fetches from now on. */
function scriptsOf(page: Page): readonly Response[] {
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response);
  });
  return scripts;
}

test('[UI230] the first page loads at most 250 kB of JavaScript', async ({ desk, page }) => {
  await raiseAlerts(desk, MATCH);
  const scripts = scriptsOf(page);
  const risk = riskPage(page);

  await risk.open();
  await page.waitForLoadState('networkidle');

  const sizes = await Promise.all(scripts.map(async (script) => (await script.request().sizes()).responseBodySize));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'client JavaScript', description: `${total} bytes in ${sizes.length} files` });
  console.log(`client JavaScript of /risk-monitoring: ${(total / 1000).toFixed(1)} kB gzip in ${sizes.length} files`);
  // Fewer would mean that the page was not the built one.
  expect(sizes.length).toBeGreaterThan(5);
  expect(total).toBeLessThanOrEqual(MOST_BYTES);
});
