// What a screen has room for: nothing that decides is cut off, and nothing lies over what is to be pressed.
import type { Locator, Page } from 'playwright/test';
import type { Snapshot } from '../contracts/snapshot.ts';
import { SERVER_AWAY, expect, test } from './fixtures.ts';
import { type Match, openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Whether what is named lies wholly within what it scrolls in, and within the page. */
async function isInSight(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const { left, right } = element.getBoundingClientRect();
    let frame: Element | null = element;
    while (frame !== null && getComputedStyle(frame).overflowX !== 'auto') frame = frame.parentElement;
    const edge = frame?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    return left >= edge.left && right <= Math.min(edge.right, innerWidth);
  });
}

async function barOf(page: Page) {
  const severities = page.getByRole('group', { name: 'Severity' });
  await expect(severities.getByRole('button', { name: /^Critical ?1$/ })).toBeVisible();
  return { words: ['Critical', 'Elevated', 'Warning'].map((word) => severities.getByText(word, { exact: true })) };
}

for (const width of [1440, 1420, 1280, 1060, 1024, 840]) {
  test(`[UI341] at ${width} px severities have their words, and no filter is out of sight with all of them in use`, async ({
    desk,
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await raiseAlerts(desk, MATCH);
    await page.goto(
      '/risk-monitoring?type=price_change&bookmaker=draftkings&league=Coastal%20League&market=1x2&severity=critical',
    );
    // Which filters have room the page knows once it is awake.
    await riskPage(page).becomesLive();
    const { words } = await barOf(page);
    for (const word of words) {
      await expect(word).toBeVisible();
      expect(await isInSight(word)).toBe(true);
    }
    const last = page.getByRole('button', { name: /^(More 1 chosen|Filters 4)$/ });
    expect(await isInSight(last)).toBe(true);
    // What the bar has no room for stands behind its last button, all of it.
    const isInBar = await page.getByRole('button', { name: 'Bookmaker 1 chosen' }).isVisible();
    await last.click();
    const popover = page.getByRole('dialog', { name: isInBar ? 'More filters' : 'Filters' });
    await expect(popover.getByRole('checkbox', { name: /^1X2/ })).toBeChecked();
    await expect(popover.getByRole('checkbox', { name: /^draftkings/ })).toHaveCount(isInBar ? 0 : 1);
  });
}

test('[UI342] on a phone the board shows whole names, its filters, and four matches of three outcomes', async ({
  desk,
  openPage,
}) => {
  const matches = ['Avellaneda Norte', 'Atlético Guanabara', 'Harbour Town', 'Mersin Liman', 'Osaka Hikari'].map(
    (home) => ({ home, away: 'Mill United' }),
  );
  await desk.ingest(matches.flatMap((match) => openingPrices(match, Date.now())));
  const page = await openPage(PHONE);
  await page.goto('/events');
  await riskPage(page).becomesLive();
  const blocks = page.getByRole('rowgroup', { name: /Mill United$/ });
  await expect(blocks.nth(3).getByRole('rowheader', { name: 'Away' })).toBeInViewport({ ratio: 1 });
  for (const name of ['Avellaneda Norte', 'Atlético Guanabara', 'Mill United'])
    expect(
      await page
        .getByText(name, { exact: true })
        .first()
        .evaluate((element) => element.scrollWidth > element.clientWidth),
      name,
    ).toBe(false);
  for (const name of ['Market: Winner', 'League', 'Country', 'Kickoff'])
    expect(await isInSight(page.getByRole('button', { name, exact: true })), name).toBe(true);

  await page.getByRole('button', { name: 'Market: Winner' }).click();
  await page.getByRole('menuitemradio', { name: 'Handicap' }).click();
  await expect(page).toHaveURL(/market=handicap/);
  await expect(page.getByRole('button', { name: 'Market: Handicap' })).toBeVisible();
});

for (const width of [320, 390, 600, 1024, 1440])
  test(`[UI390] at ${width} px the board’s search and filters lie within the page and beside each other, with all of them in use`, async ({
    desk,
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await desk.ingest(openingPrices(MATCH, Date.now()));
    await page.goto('/events?market=double_chance&league=Coastal%20League&country=Testland&kickoff=24h&q=harbour');
    await riskPage(page).becomesLive();
    const main = page.getByRole('main');
    const search = main.getByRole('searchbox');
    await expect(search).toHaveValue('harbour');
    const narrow = width < 1280;
    const controls = [
      search,
      main.getByRole('button', { name: 'Clear', exact: true }),
      main.getByRole('heading', { name: 'Odds Comparison' }),
      narrow
        ? main.getByRole('button', { name: 'Market: Double chance' })
        : main.getByRole('group', { name: 'Market' }),
      ...['League 1', 'Country 1', 'Next 24 hours'].map((name) => main.getByRole('button', { name })),
    ];
    const boxes: DOMRect[] = [];
    for (const control of controls) {
      expect(await isInSight(control), await control.ariaSnapshot()).toBe(true);
      boxes.push(await control.evaluate((element) => element.getBoundingClientRect()));
    }
    for (const [index, a] of boxes.entries())
      for (const b of boxes.slice(index + 1))
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
    // What is typed has room to be read.
    expect(boxes[0]?.width).toBeGreaterThanOrEqual(96);

    await main.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(search).toHaveValue('');
    if (width >= PHONE.viewport.width)
      expect(await search.evaluate((element) => element.getBoundingClientRect().top)).toBe(boxes[0]?.top);
  });

test('[UI344] a phone’s row says how many alerts its match has, and its filters can be cleared', async ({
  desk,
  openPage,
}) => {
  await raiseAlerts(desk, MATCH);
  const page = await openPage(PHONE);
  await page.goto('/risk-monitoring?type=price_change&bookmaker=draftkings');
  await riskPage(page).becomesLive();
  const count = riskPage(page).group(MATCH).getByText('1', { exact: true });
  await expect(count).toBeInViewport({ ratio: 1 });

  await expect(page.getByRole('tab', { name: /^Past/ })).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page).toHaveURL(/risk-monitoring$/);
});

test('[UI345] what is said of a desk that is away covers no button of the bar that saves settings', async ({
  desk,
  openPage,
  pageErrors,
}) => {
  pageErrors.allow(SERVER_AWAY);
  const page = await openPage(PHONE);
  await page.goto('/settings');
  await riskPage(page).becomesLive();
  const bar = page.getByRole('region', { name: 'Saving' });
  await expect(bar).toBeVisible();
  await desk.kill();
  const note = page.getByRole('main').getByRole('alert');
  await expect(note).toContainText('Offline since', { timeout: 30_000 });
  const [noteBox, barBox] = [await note.boundingBox(), await bar.boundingBox()];
  if (noteBox === null || barBox === null) throw new Error('expected both to be drawn');
  expect(noteBox.y + noteBox.height).toBeLessThanOrEqual(barBox.y);
});

test('[UI346] what is opened from the sidebar lies over a toast that stands there', async ({ desk, page }) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await page.goto('/events');
  await riskPage(page).becomesLive();
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await expect(page.getByRole('region', { name: '1 new critical alert in 1 event' })).toBeVisible();
  await page.getByRole('button', { name: 'Preferences' }).click();
  // A click that something else would take fails.
  await page.getByRole('dialog').getByText('Warning', { exact: true }).click();
  await expect(page.getByRole('dialog').getByRole('checkbox', { name: /^Warning/ })).toBeChecked();
});

const spoilt = (match: Match): readonly Snapshot[] =>
  openingPrices(match, Date.now()).map((line) => ({
    ...line,
    t: new Date().toISOString(),
    upd: new Date().toISOString(),
    outcomes: line.outcomes.map((outcome) => ({ ...outcome, odds: 1.02 })),
  }));

test('[UI347] pointing at a feed says in words which of its prices were not taken', async ({ desk, page }) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await desk.ingest(spoilt(MATCH));
  await page.goto('/risk-monitoring');
  const feeds = page.getByRole('complementary', { name: 'Desk' });
  await expect(feeds.getByTitle('Prices not taken since the start: 1 that were placeholders')).toHaveCount(3);
});

for (const width of [320, 360, 390])
  test(`[UI412] at ${width} px the three tabs are whole, beside each other and the order, with room for three digits`, async ({
    desk,
    openPage,
  }) => {
    await raiseAlerts(desk, MATCH);
    const page = await openPage({ ...PHONE, viewport: { width, height: 700 } });
    await page.goto('/risk-monitoring');
    await riskPage(page).becomesLive();
    const parts = [...(await page.getByRole('tab').all()), page.getByRole('button', { name: /^Order/ })];
    expect(parts).toHaveLength(4);
    // As a busy day has them: what stands in a tab is as long as it gets.
    await page.getByRole('tab').evaluateAll((tabs) => {
      for (const tab of tabs) {
        const count = document.createTreeWalker(tab, NodeFilter.SHOW_TEXT);
        while (count.nextNode() !== null)
          if (/^\d+$/.test(count.currentNode.textContent ?? '')) count.currentNode.textContent = '888';
      }
    });
    const boxes = await Promise.all(
      parts.map((part) =>
        part.evaluate((element) => {
          const { left, right } = element.getBoundingClientRect();
          return { left, right, needs: element.scrollWidth, has: element.clientWidth };
        }),
      ),
    );
    for (const [index, { left, right, needs, has }] of boxes.entries()) {
      expect(left).toBeGreaterThanOrEqual(boxes[index - 1]?.right ?? 0);
      expect(right).toBeLessThanOrEqual(width);
      expect(needs).toBeLessThanOrEqual(has);
    }
    const past = riskPage(page).tab('Past');
    expect(await isInSight(past)).toBe(true);
    await past.click();
    await expect(past).toHaveAttribute('aria-selected', 'true');
    await expect(page).toHaveURL(/tab=past/);
  });
