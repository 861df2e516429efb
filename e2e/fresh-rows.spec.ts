import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { type Match, openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const STANDING: Match = { home: 'Old Quay', away: 'Mill United' };
const COMING: Match = { home: 'Harbour Town', away: 'Mill United' };

type Veil = { readonly home: string; readonly opacity: number; readonly atMs: number };

/** Runs in the page: of each frame from here on, how strongly each event's row of the list is veiled. */
function keepVeils(): void {
  const veils: Veil[] = [];
  Object.assign(globalThis, { veils });
  const look = (): void => {
    for (const row of document.querySelectorAll('ul[aria-label="Events with new alerts"] > li')) {
      const home = row.ariaLabel?.split(' v ')[0] ?? '';
      const drawn = [...row.querySelectorAll('*')]
        .map((element) => getComputedStyle(element, '::before'))
        .filter(({ content, backgroundColor }) => content !== 'none' && !/^rgba\(.*, 0\)$/.test(backgroundColor));
      veils.push({
        home,
        opacity: Math.max(0, ...drawn.map(({ opacity }) => Number(opacity))),
        atMs: performance.now(),
      });
    }
    requestAnimationFrame(look);
  };
  look();
}

const veilsOf = async (page: Page, { home }: Match): Promise<readonly Veil[]> => {
  const all = await page.evaluate(() => (globalThis as unknown as { veils: Veil[] }).veils);
  return all.filter((veil) => veil.home === home);
};

for (const reducedMotion of ['no-preference', 'reduce'] as const)
  test(`[UI414] a row that has come by itself is highlighted for some seconds, and no other row is (motion: ${reducedMotion})`, async ({
    desk,
    page,
  }) => {
    await page.emulateMedia({ reducedMotion });
    await desk.ingest([STANDING, COMING].flatMap((match) => openingPrices(match, Date.now())));
    await desk.ingest(ownSteamMove(STANDING, Date.now()));
    const risk = riskPage(page);
    await risk.open();
    await risk.showsNewAlerts(1);
    await page.evaluate(keepVeils);

    await desk.ingest(ownSteamMove(COMING, Date.now()));
    await expect(risk.group(COMING)).toBeVisible();
    await expect.poll(async () => (await veilsOf(page, COMING)).some(({ opacity }) => opacity === 1)).toBe(true);
    await expect.poll(async () => (await veilsOf(page, COMING)).at(-1)?.opacity).toBe(0);

    const shown = (await veilsOf(page, COMING)).filter(({ opacity }) => opacity > 0);
    expect((shown.at(-1)?.atMs ?? 0) - (shown[0]?.atMs ?? 0)).toBeGreaterThan(2_000);
    const strengths = [...new Set(shown.map(({ opacity }) => opacity))];
    if (reducedMotion === 'reduce') expect(strengths).toEqual([1]);
    else {
      // It fades, and does not come back on the way.
      expect(strengths.length).toBeGreaterThan(5);
      expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
    }
    expect((await veilsOf(page, STANDING)).every(({ opacity }) => opacity === 0)).toBe(true);
  });
