import { expect, test } from './fixtures.ts';
import { twoFrames } from './frames.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

type Shift = PerformanceEntry & { readonly sources: readonly { readonly node: Node | null }[] };

/** Runs in the page before its scripts: keeps what moved, by the element's text. */
function keepShifts(): void {
  const moved: string[] = [];
  Object.assign(globalThis, { movedOnOpening: moved });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      moved.push((entry as Shift).sources.map(({ node }) => node?.textContent ?? 'gone').join(' | '));
  }).observe({ type: 'layout-shift', buffered: true });
}

test('[UI290] nothing moves while the page opens, however late its font comes', async ({ desk, page }) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  const risk = riskPage(page);
  let letThrough: () => void = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  const fonts: string[] = [];
  await page.route(/\.woff2/, async (route) => {
    fonts.push(route.request().url());
    await held;
    await route.continue();
  });
  await page.addInitScript(keepShifts);

  await page.goto('/risk-monitoring', { waitUntil: 'commit' });
  await risk.becomesLive();
  await expect(risk.group(MATCH)).toBeVisible();
  const arrived = page.waitForResponse(/inter-latin-wght/);
  letThrough();
  await arrived;
  await page.evaluate(() => document.fonts.ready);
  // Two frames, so that what the font moved has been seen.
  await twoFrames(page);

  expect(fonts.length).toBeGreaterThan(0);
  const moved = await page.evaluate(() => (globalThis as unknown as { movedOnOpening: string[] }).movedOnOpening);
  expect(moved).toEqual([]);
});

test('[UI353] what is told of new alerts loads no page ahead, and leads there all the same', async ({ desk, page }) => {
  const risk = riskPage(page);
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await page.goto('/risk-monitoring');
  await risk.becomesLive();
  const ahead: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const isAhead = Object.keys(request.headers()).some((name) => /^next-router-(segment-)?prefetch$/.test(name));
    if (isAhead && pathname === '/risk-monitoring') ahead.push(request.url());
  });

  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await page
    .getByRole('region', { name: '1 new critical alert in 1 event' })
    .getByRole('link', { name: /^Harbour Town v Mill United/ })
    .click();
  await expect(page).toHaveURL(/\/risk-monitoring\?eventId=\d+&alert=\d+$/);
  await expect(risk.group(MATCH).getByRole('button', { expanded: true })).toBeVisible();
  expect(ahead).toEqual([]);
});
