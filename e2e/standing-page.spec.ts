import type { Locator, Page } from 'playwright/test';
import { becomesLive } from './becomes-live.ts';
import { expect, test } from './fixtures.ts';
import { openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { priceStory, storyAlert } from './price-story.ts';
import { riskPage } from './risk-page.ts';
import { keepShifts, movedSince } from './shifts.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

/** A feed's age stands at the right of its line: where its words begin changes with every tick, and moves nothing. */
const FEED_AGE = /^(live|delayed|silent)\b[^|]*$/;

/** What has moved, but for ages. */
async function movedOnOpening(page: Page): Promise<readonly (readonly string[])[]> {
  const moved = await movedSince(page);
  return moved.filter((texts) => !texts.every((text) => FEED_AGE.test(text)));
}

test('[UI290] nothing moves while the page opens, however late its font comes', async ({ desk, page }) => {
  await raiseAlerts(desk, MATCH);
  const risk = riskPage(page);
  const gate = Promise.withResolvers<void>();
  const fonts: string[] = [];
  await page.route(/\.woff2/, async (route) => {
    fonts.push(route.request().url());
    await gate.promise;
    await route.continue();
  });
  await page.addInitScript(keepShifts);

  await page.goto('/risk-monitoring', { waitUntil: 'commit' });
  await risk.becomesLive();
  await expect(risk.group(MATCH)).toBeVisible();
  const arrived = page.waitForResponse(/inter-latin-wght/);
  gate.resolve();
  await arrived;
  await page.evaluate(() => document.fonts.ready);

  expect(fonts.length).toBeGreaterThan(0);
  expect(await movedOnOpening(page)).toEqual([]);
});

for (const width of [1440, 390])
  test(`[UI404] nothing moves while Odds Comparison, an event or the settings open, at ${width} px`, async ({
    desk,
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript(keepShifts);
    await desk.ingest(priceStory(MATCH, Date.now()));
    const { alerts } = await (await page.request.get('/api/alerts')).json();
    const main = page.getByRole('main');
    const canvas = main.getByRole('img', { name: /^Odds of/ }).locator('canvas');
    const opened: readonly (readonly [address: string, isThere: Locator])[] = [
      ['/events', main.getByRole('rowgroup', { name: 'Harbour Town v Mill United' })],
      [`/events/${alerts[0].eventId}`, canvas],
      [`/events/${alerts[0].eventId}?alert=${alerts[0].id}`, canvas],
      ['/settings', main.getByRole('heading', { name: 'Settings', exact: true })],
    ];
    for (const [address, isThere] of opened) {
      await page.goto(address);
      await becomesLive(page);
      await expect(isThere).toBeVisible();
      await page.evaluate(() => document.fonts.ready);
      expect(await movedOnOpening(page), address).toEqual([]);
    }
  });

test('[UI416] nothing moves while a page opens at 1024 px beside its sidebar, however late font and greeting come', async ({
  desk,
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await raiseAlerts(desk, MATCH);
  let [font, greeting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route(/\.woff2/, async (route) => {
    await font.promise;
    await route.continue();
  });
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await greeting.promise;
    socket.connectToServer();
  });
  await page.addInitScript(keepShifts);
  const sidebar = page.getByRole('complementary', { name: 'Desk' });
  for (const address of ['/risk-monitoring', '/events', '/settings']) {
    [font, greeting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.goto(address, { waitUntil: 'commit' });
    await expect(sidebar.getByRole('status', { name: 'Connection: Connecting' })).toBeVisible();
    await expect(sidebar.getByRole('listitem').filter({ hasText: 'draftkings' })).toBeVisible();
    const arrived = page.waitForResponse(/inter-latin-wght/);
    font.resolve();
    await arrived;
    await page.evaluate(() => document.fonts.ready);
    greeting.resolve();
    await becomesLive(page);
    expect(await movedOnOpening(page), address).toEqual([]);
  }
});

for (const width of [1440, 390])
  test(`[UI430] an age that gets another digit moves nothing in a list of alerts, at ${width} px`, async ({
    desk,
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await desk.ingest(priceStory(MATCH, Date.now()));
    const { eventId } = await storyAlert(page);
    for (const address of [`/events/${eventId}`, `/risk-monitoring?eventId=${eventId}`]) {
      await page.goto(address);
      await becomesLive(page);
      const alert = page.getByRole('main').getByRole('listitem', { name: /1X2 · Home at draftkings$/ });
      await expect(alert).toHaveCount(1);
      // Written as ticks write it, within one task: none of them comes between.
      const places = await alert.evaluate((line) => {
        const age = line.querySelector('time');
        return ['now', '1 s', '10 s', '59 m', '23 h', '30 d'].map((words) => {
          if (age !== null) age.textContent = words;
          return [...line.querySelectorAll('*')].map((each) => {
            const { left, top } = each.getBoundingClientRect();
            return [left, top];
          });
        });
      });
      expect(places[0]?.length).toBeGreaterThan(5);
      for (const other of places) expect(other, address).toEqual(places[0]);
    }
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
