import { expect } from 'playwright/test';
import { test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCHES = [
  { home: 'Harbour Town', away: 'Mill United' },
  { home: 'Old Ferry', away: 'North End' },
] as const;

test('[UI174] every row shows the last two hours of its price, all rows ask once, and no row moves for it', async ({
  desk,
  page,
}) => {
  for (const match of MATCHES) {
    await desk.ingest(openingPrices(match, Date.now()));
    await desk.ingest(ownSteamMove(match, Date.now()));
  }
  const risk = riskPage(page);
  const asked: string[] = [];
  let letThrough: () => void = () => {};
  const held = new Promise<void>((resolve) => (letThrough = resolve));
  await page.route(/\/api\/alerts\/sparklines/, async (route) => {
    asked.push(new URL(route.request().url()).searchParams.get('ids') ?? '');
    await held;
    await route.continue();
  });

  await risk.open();
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]?.split(',')).toHaveLength(MATCHES.length);
  const places = () => Promise.all(MATCHES.map((match) => risk.group(match).boundingBox()));
  const before = await places();
  letThrough();

  for (const match of MATCHES) {
    // Steps from the opening price to the one that fell; it has no words of its own, as the row says the move.
    await expect(risk.group(match).locator('path[d*="V"]')).toHaveCount(1);
  }
  expect(await places()).toEqual(before);
});
