import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCHES = [
  { home: 'Avellaneda Norte', away: 'Córdoba Sierras' },
  { home: 'Atlético Guanabara', away: 'Paulista Real' },
] as const;

/** Whether words are shortened where they stand: they need more room than their box has. */
const isShortened = (page: Page, words: string): Promise<boolean> =>
  page
    .getByRole('listitem')
    .getByText(words, { exact: true })
    .evaluate((element) => element.scrollWidth > element.clientWidth);

test('[UI305] with the pane open a row has room for both names at 1440 px, and for the whole home name at 1280', async ({
  desk,
  page,
}) => {
  for (const match of MATCHES) {
    await raiseAlerts(desk, match);
  }
  const risk = riskPage(page);
  await risk.open();
  const [first, second] = MATCHES;
  await risk.group(first).getByRole('button', { expanded: false }).click();
  await expect(page.getByRole('complementary', { name: 'Why it fired' })).toBeVisible();

  for (const name of [first.home, first.away, second.home, second.away])
    expect(await isShortened(page, name), `${name} at 1440 px`).toBe(false);
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const name of [first.home, second.home]) expect(await isShortened(page, name), `${name} at 1280 px`).toBe(false);
});

test('[UI306] a count that gets another digit moves neither a tab nor a filter', async ({ desk, page }) => {
  const many = Array.from({ length: 10 }, (_unused, index) => ({ home: `Reserves ${index}`, away: 'Mill United' }));
  const nine = many.slice(0, 9);
  await desk.ingest(many.flatMap((match) => openingPrices(match, Date.now())));
  await desk.ingest(nine.flatMap((match) => ownSteamMove(match, Date.now())));
  const risk = riskPage(page);
  await risk.open();
  await risk.showsNewAlerts(9);
  const severities = page.getByRole('group', { name: 'Severity' });
  const chip = severities.getByRole('button', { name: /^Critical/ });
  await expect(chip).toHaveText(/9$/);
  const places = () =>
    Promise.all(
      [risk.tab('Acknowledged'), risk.tab('Past'), severities.getByRole('button', { name: /^Elevated/ })].map((each) =>
        each.boundingBox(),
      ),
    );
  const before = await places();

  await desk.ingest(ownSteamMove(many[9] ?? MATCHES[0], Date.now()));
  await risk.showsNewAlerts(10);
  await expect(chip).toHaveText(/10$/);
  expect(await places()).toEqual(before);
});

test('[UI307] Esc leaves the search for the row where the focus was', async ({ desk, page }) => {
  for (const match of MATCHES) {
    await raiseAlerts(desk, match);
  }
  const risk = riskPage(page);
  await risk.open();
  const rows = page.getByRole('list', { name: 'Events with new alerts' }).getByRole('listitem');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const row = rows.nth(1).getByRole('button', { expanded: false });
  await expect(row).toBeFocused();

  const field = page.getByRole('searchbox');
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();

  // By the pointer it came from nowhere: to the row that the keys act upon.
  await page.getByRole('heading', { name: 'Risk Monitoring' }).click();
  await field.click();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();
});
