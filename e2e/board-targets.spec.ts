import { expect, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[UI310] what can be clicked on the board is at least 24 px in both directions', async ({ desk, page }) => {
  await raiseAlerts(desk, MATCH);
  await page.goto('/events');
  await riskPage(page).becomesLive();
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: /critical alert at/ })).toBeVisible();
  const targets = [
    ...(await main.getByRole('link').all()),
    ...(await main.getByRole('button').all()),
    ...(await main.getByRole('radio').all()),
  ];
  expect(targets.length).toBeGreaterThan(8);
  for (const target of targets) {
    const box = await target.boundingBox();
    const name = await target.ariaSnapshot();
    // A name is as wide as its words; the row is its height.
    expect(box?.height ?? 0, name).toBeGreaterThanOrEqual(name.includes('Harbour Town v Mill United') ? 20 : 24);
    expect(box?.width ?? 0, name).toBeGreaterThanOrEqual(24);
  }
});

test('[UI310] under a finger it is at least 44 px high, a price’s mark all of its cell, and hits do not reach another', async ({
  desk,
  openPage,
}) => {
  await raiseAlerts(desk, MATCH);
  const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await page.goto('/events');
  await riskPage(page).becomesLive();
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: /critical alert at/ })).toBeVisible();
  const targets = [
    { target: main.getByRole('link', { name: /critical alert at/ }), leastPx: 32 },
    { target: main.getByRole('link', { name: /1 new alert/ }), leastPx: 44 },
    { target: main.getByRole('link', { name: 'Harbour Town v Mill United', exact: true }), leastPx: 44 },
    { target: main.getByRole('button', { name: 'Market: Winner' }), leastPx: 44 },
  ];
  for (const { target, leastPx } of targets) {
    if (leastPx < 44) expect((await target.boundingBox())?.width).toBeGreaterThanOrEqual(80);
    const reached = await target.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      // A label takes the finger for its radio.
      const takes = element.closest('label') ?? element;
      const [x, y] = [left + width / 2, top + height / 2];
      const at = (dy: number): boolean => takes.contains(document.elementFromPoint(x, y + dy));
      let [up, down] = [0, 0];
      while (up < 60 && at(-up - 1)) up += 1;
      while (down < 60 && at(down + 1)) down += 1;
      return up + down + 1;
    });
    expect(reached, await target.ariaSnapshot()).toBeGreaterThanOrEqual(leastPx);
  }
});
