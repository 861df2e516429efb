import { expect, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';

const ONE_WORD = 'W'.repeat(200);
const RIGHT_TO_LEFT = 'ליגת העל';
const PHONE = { width: 390, height: 844 };

test.use({ viewport: PHONE });

test('[UI75] at 390 px no name of a feed, however long and in whatever script, pushes the page aside or reorders it', async ({
  desk,
  page,
}) => {
  const match = { home: 'a', away: 'b' };
  const named = { home: ONE_WORD, away: '<b>Mill</b>', league: RIGHT_TO_LEFT, country: ONE_WORD };
  const nowMs = Date.now();
  await desk.ingest(openingPrices(match, nowMs).map((quote) => ({ ...quote, ...named })));
  await desk.ingest(
    ownSteamMove(match, nowMs).map((quote) => ({
      ...quote,
      ...named,
      outcomes: [...quote.outcomes, { name: ONE_WORD, odds: 9 }],
    })),
  );

  for (const path of ['/risk-monitoring', '/events', '/events/1']) {
    await page.goto(path);
    await expect(page.getByText('<b>Mill</b>').first()).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
  // The league stands at the start of its line although its letters run the other way.
  const league = page.getByText(RIGHT_TO_LEFT, { exact: true });
  expect((await league.boundingBox())?.x).toBeLessThan(PHONE.width / 4);
});
