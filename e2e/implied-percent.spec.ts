// A desk that is read in implied percent: no number on it says the opposite of the one beside it.
import { type Page, expect } from 'playwright/test';
import { expectNothingOfAxe } from './axe.ts';
import { test } from './fixtures.ts';
import { polls, priceStory, storyAlert } from './price-story.ts';
import { readsOddsAs } from './reads-odds.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

const SCREENS = [
  { viewport: { width: 1440, height: 900 }, hasTouch: false },
  { viewport: { width: 1024, height: 768 }, hasTouch: false },
  { viewport: { width: 390, height: 844 }, hasTouch: true },
] as const;

/** Of what stands in a line of a move nothing is cut in two: each part is wholly there, or not at all. */
const halves = (page: Page): Promise<string[]> =>
  page
    .getByRole('main')
    .getByText(/^[\d.]+% → [\d.]+%$/)
    .evaluateAll((prices) =>
      prices.flatMap((price) => {
        const line = price.parentElement;
        if (line === null) return [];
        const frame = line.getBoundingClientRect();
        return [...line.children]
          .filter((part) => {
            const { top, bottom, right } = part.getBoundingClientRect();
            const isOut = top >= frame.bottom - 1;
            return !isOut && (right > frame.right + 1 || bottom > frame.bottom + 2);
          })
          .map((part) => part.textContent);
      }),
    );

for (const { viewport, hasTouch } of SCREENS)
  test(`[UI391] at ${viewport.width} px every page tells prices and their changes in implied percent and its points`, async ({
    desk,
    openPage,
  }) => {
    const page = await openPage({ viewport, hasTouch });
    await readsOddsAs(page, 'percent');
    const nowMs = Date.now();
    await desk.ingest(priceStory(MATCH, nowMs));
    const { id, eventId } = await storyAlert(page);

    const risk = riskPage(page);
    await risk.open();
    await expect(risk.group(MATCH)).toContainText('45.5% → 56.8%');
    await expect(risk.group(MATCH)).toContainText('+11.4 pts');
    expect(await halves(page)).toEqual([]);

    await page.goto(`/risk-monitoring?eventId=${eventId}&alert=${id}`);
    const pane = page.getByRole(viewport.width < 1280 ? 'dialog' : 'complementary', { name: 'Why it fired' });
    await expect(
      pane.getByRole('img', { name: /^Implied probability of 1X2 · Home.*from 45\.5% to 56\.8%/ }),
    ).toBeVisible();
    await expect(pane).toContainText('odds −20.0%');
    await expect(pane.getByRole('region', { name: 'Why' })).toContainText(
      /draftkings shortened 20\.0% on 1X2 · Home, from 45\.5% at .* to 56\.8% \(fair \+\d/,
    );
    await expect(pane.getByRole('row', { name: /^draftkings/ })).toHaveText(
      /^draftkings ?own45\.5%56\.8%\+11\.4 pts5\d\.\d%$/,
    );
    expect(await halves(page)).toEqual([]);
    await expectNothingOfAxe(page);

    await page.goto('/events');
    const home = page
      .getByRole('rowgroup', { name: 'Harbour Town v Mill United' })
      .getByRole('row', { name: /^Home/ })
      .getByRole('cell');
    // 100/1.76 − 100/2.20 of betmgm: we ask for more, so we pay less.
    await expect(home).toHaveText(['45.5%', '+11.4 pts', '56.8%', '45.5% best price', '51.3%']);
    await expect(home.nth(2).getByTitle('1.76 decimal')).toBeVisible();

    await page.goto(`/events/${eventId}?market=1x2&outcome=1`);
    await expect(page.getByRole('radio', { name: 'Implied' })).toBeChecked();
    await expect(page.getByRole('img', { name: /^Implied probability of/ })).toBeVisible();
    await page.getByRole('button', { name: 'Show as table' }).click();
    const table = page.getByRole('region', { name: 'Prices of the chart' });
    await expect(table.getByRole('columnheader', { name: 'Implied' })).toBeVisible();
    await expect(table.getByRole('row').nth(1)).toContainText(/draftkings\s*56\.8%/);
    // Nowhere a word for odds beside a percentage that is none of them.
    expect(await page.getByRole('main').innerText()).not.toMatch(/[Oo]dds of|→ \d\.\d\d\b/);
    await expect(page.getByRole('main')).toContainText('odds −20.0%');
    expect(await halves(page)).toEqual([]);
  });

test('[UI392] in implied percent a price that shortens rises on the chart of its row, and falls in decimal', async ({
  desk,
  page,
}) => {
  await desk.ingest(priceStory(MATCH, Date.now()));
  const risk = riskPage(page);
  await risk.open();
  /** The last height of the line less its first: below zero it rises. */
  const fall = async (): Promise<number> => {
    const line = risk.group(MATCH).locator('svg path[fill="none"]').first();
    await expect(line).toHaveAttribute('d', /V/);
    const path = (await line.getAttribute('d')) ?? '';
    const heights = [...path.matchAll(/M[\d.]+ ([\d.]+)|V([\d.]+)/g)].map(([, moved, stepped]) =>
      Number(moved ?? stepped),
    );
    return (heights.at(-1) ?? 0) - (heights[0] ?? 0);
  };
  expect(await fall()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Preferences' }).click();
  await page.getByRole('radio', { name: /^Implied/ }).check();
  await expect.poll(fall).toBeLessThan(0);
});

test('[UI391] a toast tells the change in points of implied percent', async ({ desk, page }) => {
  await readsOddsAs(page, 'percent');
  await desk.ingest(polls(MATCH, 'draftkings', Date.now(), [{ minutesAgo: 10, prices: [2.2, 3.4, 3.3] }]));
  await desk.ingest(polls(MATCH, 'pinnacle', Date.now(), [{ minutesAgo: 10, prices: [2.2, 3.4, 3.3] }]));
  await page.goto('/events');
  await riskPage(page).becomesLive();
  await desk.ingest(polls(MATCH, 'draftkings', Date.now(), [{ minutesAgo: 0, prices: [1.76, 3.4, 3.3] }]));
  const toast = page.getByRole('region', { name: '1 new critical alert in 1 event' });
  await expect(toast).toContainText('45.5% → 56.8% (+11.4 pts) at draftkings');
});
