import { type Locator, type Page, expect } from 'playwright/test';
import type { Snapshot } from '../contracts/snapshot.ts';
import { test } from './fixtures.ts';
import { type Match, openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const OTHER = { home: 'Quarry Athletic', away: 'Ferry Rovers' };

/** One book's quote of a match, as it opened but for what is said. */
function quote(match: Match, bookmaker: string, change: Partial<Snapshot> = {}): Snapshot {
  const [first] = openingPrices(match, Date.now());
  if (first === undefined) throw new Error('expected opening prices');
  return { ...first, t: new Date().toISOString(), bookmaker, ...change };
}

const priced = (home: number, draw: number, away: number) => ({
  outcomes: [
    { name: '1', odds: home },
    { name: 'X', odds: draw },
    { name: '2', odds: away },
  ],
});

/** The board as a trader reads it: a match's block, in it the line of an outcome, in that the cells by column. */
function board(page: Page) {
  const block = ({ home, away }: Match): Locator => page.getByRole('rowgroup', { name: `${home} v ${away}` });
  const cells = (match: Match, outcome: string): Locator =>
    block(match)
      .getByRole('row', { name: new RegExp(`^${outcome}`) })
      .getByRole('cell');
  return { block, cells, books: page.getByRole('columnheader') };
}

test('[UI175] a match shows all books beside each other: best price, our difference to it, and each margin', async ({
  desk,
  page,
}) => {
  await desk.ingest([
    quote(MATCH, 'draftkings', priced(2.2, 3.4, 3.3)),
    quote(MATCH, 'pinnacle', priced(2.1, 3.5, 3.3)),
  ]);
  await page.goto('/events');
  const { block, cells, books } = board(page);

  await expect(books).toHaveText(['Match', 'Best', 'vs best', /^draftkings/, 'pinnacle']);
  await expect(cells(MATCH, 'Home')).toHaveText(['2.20', '+4.8% we pay the most', '2.20 best price', '2.10']);
  await expect(cells(MATCH, 'Draw')).toHaveText(['3.50', '−2.9%', '3.40', '3.50 best price']);
  await expect(cells(MATCH, 'Away')).toHaveText(['3.30', '0.0%', '3.30 best price', '3.30 best price']);
  // B = 1/2.2 + 1/3.4 + 1/3.3 = 1.0517, hold 1 − 1/B.
  await expect(block(MATCH).getByRole('cell', { name: 'margin 4.9%' })).toBeVisible();
});

test('[UI176] a price is there, struck through since it was shut, or was never offered', async ({ desk, page }) => {
  await desk.ingest([
    quote(MATCH, 'draftkings'),
    quote(MATCH, 'pinnacle'),
    quote(OTHER, 'draftkings'),
    quote(OTHER, 'betmgm'),
  ]);
  await desk.ingest([quote(MATCH, 'pinnacle', { outcomes: [], suspended: true })]);
  await page.goto('/events');
  const { block, cells } = board(page);

  await expect(cells(MATCH, 'Home')).toHaveText([/2.20/, '–', /^2.20/, '·never offered', '2.20 not available']);
  await expect(block(MATCH).getByRole('cell', { name: /alert at pinnacle shut/ })).toBeVisible();
  await expect(cells(OTHER, 'Home').nth(3)).toHaveText(/^2.20/);
});

test('[UI177] a new alert is marked on its price and leads to its very row', async ({ desk, page }) => {
  await raiseAlerts(desk, MATCH);
  await page.goto('/events');

  await page.getByRole('link', { name: 'critical alert at draftkings' }).click();

  await expect(page).toHaveURL(/risk-monitoring\?.*alert=\d+/);
  await expect(page.getByRole('complementary', { name: 'Why it fired' }).getByText('1.76').first()).toBeVisible();
  await expect(riskPage(page).group(MATCH)).toBeVisible();
});

test('[UI178] prices follow the feed by themselves and flash the way they went', async ({ desk, page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await page.goto('/events');
  const { cells } = board(page);
  await riskPage(page).becomesLive();
  await expect(cells(MATCH, 'Home').nth(3)).toHaveText('2.20 best price');
  await expect(page.locator('[data-way]')).toHaveCount(0);

  await desk.ingest([quote(MATCH, 'betmgm', priced(2.16, 3.4, 3.35))]);

  await expect(cells(MATCH, 'Home').nth(3)).toHaveText('2.16');
  await expect(cells(MATCH, 'Away').nth(3)).toHaveText('3.35 best price');
  // What moved, and nothing else.
  await expect(cells(MATCH, 'Home').nth(3).locator('[data-way=shorter]')).toHaveCount(1);
  await expect(cells(MATCH, 'Away').nth(3).locator('[data-way=longer]')).toHaveCount(1);
  await expect(page.locator('[data-way]')).toHaveCount(2);
});

test('[UI380] a price that moved before anybody could tell the page is on it once it is greeted', async ({
  desk,
  page,
}) => {
  const gate = Promise.withResolvers<void>();
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await gate.promise;
    socket.connectToServer();
  });
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await page.goto('/events');
  const { cells } = board(page);
  await expect(cells(MATCH, 'Home').nth(3)).toHaveText('2.20 best price');

  await desk.ingest([quote(MATCH, 'betmgm', priced(2.16, 3.4, 3.35))]);
  gate.resolve();
  await riskPage(page).becomesLive();
  await expect(cells(MATCH, 'Home').nth(3)).toHaveText('2.16');
});

/** How strongly a mark of a moved price is seen, and which way its arrow points. */
const markOf = (mark: Locator) =>
  mark.evaluate((element) => {
    const arrow = getComputedStyle(element, '::before');
    const isDrawn = (side: string): boolean =>
      Number.parseFloat(arrow.getPropertyValue(`border-${side}-width`)) >= 4 &&
      !/rgba\(.*, 0\)/.test(arrow.getPropertyValue(`border-${side}-color`));
    const { opacity, backgroundColor } = getComputedStyle(element);
    const down = isDrawn('top');
    return {
      opacity: Number(opacity),
      backgroundColor,
      arrow: down === isDrawn('bottom') ? 'none' : down ? 'down' : 'up',
    };
  });

for (const reducedMotion of ['no-preference', 'reduce'] as const)
  test(`[UI396] the mark of a price that has just moved is seen by colour and by shape, beside its alert, and goes again (motion: ${reducedMotion})`, async ({
    desk,
    page,
  }) => {
    await page.emulateMedia({ reducedMotion });
    await desk.ingest(openingPrices(MATCH, Date.now()));
    await page.goto('/events');
    const { cells } = board(page);
    await riskPage(page).becomesLive();
    await expect(cells(MATCH, 'Home').nth(2)).toHaveText('2.20 best price');
    // From its first frame on: a mark may be over before it is asked for.
    await page.evaluate(() => {
      const seen: { way: string | undefined; opacity: number; atMs: number }[] = [];
      Object.assign(globalThis, { seen });
      const look = (): void => {
        for (const mark of document.querySelectorAll<HTMLElement>('.moved'))
          seen.push({
            way: mark.dataset['way'],
            opacity: Number(getComputedStyle(mark).opacity),
            atMs: performance.now(),
          });
        requestAnimationFrame(look);
      };
      look();
    });

    await desk.ingest([...ownSteamMove(MATCH, Date.now()), quote(MATCH, 'betmgm', priced(2.3, 3.4, 3.3))]);
    const ours = cells(MATCH, 'Home').nth(2);
    await expect(ours).toHaveText('1.76');
    await expect(cells(MATCH, 'Home').nth(3)).toHaveText(/2\.30/);
    const fallen = ours.locator('[data-way=shorter]');
    const risen = cells(MATCH, 'Home').nth(3).locator('[data-way=longer]');
    const [down, up] = [await markOf(fallen), await markOf(risen)];
    expect([down.arrow, up.arrow]).toEqual(['down', 'up']);
    expect(down.backgroundColor).not.toBe(up.backgroundColor);

    // The alert's mark has the left of the cell for itself.
    const alertMark = ours.getByRole('link', { name: 'critical alert at draftkings' });
    await expect(alertMark).toBeVisible();
    const [alertBox, markBox] = [await alertMark.locator('svg').boundingBox(), await fallen.boundingBox()];
    const arrowLeft = await fallen.evaluate((element) => Number.parseFloat(getComputedStyle(element, '::before').left));
    expect((markBox?.x ?? 0) + arrowLeft).toBeGreaterThanOrEqual((alertBox?.x ?? 0) + (alertBox?.width ?? 0));

    await expect.poll(async () => (await markOf(fallen)).opacity).toBe(0);
    const seen = await page.evaluate(() => {
      const all: { way: string; opacity: number; atMs: number }[] = Reflect.get(globalThis, 'seen');
      const shown = all.filter(({ way, opacity }) => way === 'shorter' && opacity > 0);
      return {
        strengths: [...new Set(shown.map(({ opacity }) => opacity))],
        forMs: (shown.at(-1)?.atMs ?? 0) - (shown[0]?.atMs ?? 0),
      };
    });
    expect(Math.max(...seen.strengths)).toBe(1);
    expect(seen.forMs).toBeGreaterThan(800);
    if (reducedMotion === 'reduce') expect(seen.strengths).toEqual([1]);
    else expect(seen.strengths.length).toBeGreaterThan(2);
  });

test('[UI179] market, league, country, kickoff and words narrow the board in its address, and back undoes it', async ({
  desk,
  page,
}) => {
  const later = new Date(Date.now() + 30 * 60 * 60_000).toISOString();
  await desk.ingest([
    quote(MATCH, 'draftkings', { league: 'Cup, Women', country: 'Norway' }),
    quote(OTHER, 'draftkings', { kickoff: later }),
  ]);
  await page.goto('/events');
  await riskPage(page).becomesLive();
  const { block } = board(page);
  await expect(block(OTHER)).toBeVisible();

  await page.getByRole('button', { name: /^League/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Cup, Women (1)' }).click();
  await page.keyboard.press('Escape');
  await expect(block(OTHER)).toHaveCount(0);
  await expect(block(MATCH)).toBeVisible();
  await expect(page).toHaveURL(/league=/);
  await page.goBack();
  await expect(block(OTHER)).toBeVisible();

  await page.getByRole('button', { name: /^Kickoff/ }).click();
  await page.getByRole('menuitemradio', { name: 'Next 24 hours' }).click();
  await expect(block(OTHER)).toHaveCount(0);
  await page.getByRole('searchbox').fill('quarry');
  await expect(page.getByText('No event ahead fits all that is chosen.')).toBeVisible();
  await expect(page).toHaveURL(/kickoff=24h.*q=quarry|q=quarry.*kickoff=24h/);
  await page.reload();
  await riskPage(page).becomesLive();
  await expect(page.getByText('No event ahead fits all that is chosen.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(block(OTHER)).toBeVisible();

  await page.getByRole('radio', { name: 'Both score' }).check();
  await expect(page).toHaveURL(/market=btts/);
  await expect(block(MATCH)).toContainText('No book has priced this market.');
});

test('[UI180] a book that offers another line shows which, and its prices are not compared', async ({ desk, page }) => {
  const total = (line: number, over: number): Partial<Snapshot> => ({
    market: 'over_under',
    line,
    outcomes: [
      { name: 'over', odds: over },
      { name: 'under', odds: 1.9 },
    ],
  });
  await desk.ingest([
    quote(MATCH, 'draftkings', total(2.5, 1.95)),
    quote(MATCH, 'pinnacle', total(2.5, 1.9)),
    quote(MATCH, 'betmgm', total(3, 2.4)),
  ]);
  await page.goto('/events?market=over_under');
  const { block, cells } = board(page);

  await expect(block(MATCH)).toContainText('Over/Under 2.5');
  await expect(block(MATCH).getByRole('cell', { name: 'line 3' })).toBeVisible();
  await expect(cells(MATCH, 'Over')).toHaveText(['1.95', /\+2\.6%/, '1.95 best price', '2.40 at 3', '1.90']);
});

test('[UI181] of many matches only those near the view are drawn, and all can be reached by keyboard', async ({
  desk,
  page,
}) => {
  const matches = Array.from({ length: 60 }, (_, index) => ({ home: `Home ${index}`, away: `Away ${index}` }));
  const kickoff = (index: number): string => new Date(Date.now() + (60 + index) * 60_000).toISOString();
  await desk.ingest(matches.map((match, index) => quote(match, 'draftkings', { kickoff: kickoff(index) })));
  await page.goto('/events');
  await riskPage(page).becomesLive();
  const { block } = board(page);
  const [first] = matches;
  if (first === undefined) throw new Error('expected matches');
  await expect(block(first)).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThanOrEqual(100);

  await page.getByRole('region', { name: 'Prices' }).focus();
  await page.keyboard.press('End');
  await expect(block({ home: 'Home 49', away: 'Away 49' })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThanOrEqual(100);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(page.getByText('60 events by kickoff')).toBeVisible();
  await page.getByRole('region', { name: 'Prices' }).focus();
  await page.keyboard.press('End');
  await expect(block({ home: 'Home 59', away: 'Away 59' })).toBeVisible();
});

test('[UI182] at 390 px the match and our price are in view, and the page itself does not scroll sideways', async ({
  desk,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await page.goto('/events');
  const { block, cells } = board(page);
  await expect(block(MATCH)).toBeInViewport();
  await expect(cells(MATCH, 'Home').nth(2)).toBeInViewport({ ratio: 0.9 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});

test('[UI280] another market is not a move: nothing flashes', async ({ desk, page }) => {
  const handicap: Partial<Snapshot> = {
    market: 'handicap',
    line: -1.5,
    outcomes: [
      { name: '1', odds: 2.1 },
      { name: '2', odds: 1.75 },
    ],
  };
  const books = ['draftkings', 'pinnacle'];
  await desk.ingest(books.flatMap((book) => [quote(MATCH, book), quote(MATCH, book, handicap)]));
  await page.goto('/events');
  await riskPage(page).becomesLive();
  const { block, cells } = board(page);
  await expect(cells(MATCH, 'Home').nth(3)).toBeVisible();

  await page.getByRole('radio', { name: 'Handicap' }).check();
  await expect(block(MATCH)).toContainText('Handicap −1.5');
  await expect(cells(MATCH, 'Home').nth(3)).toHaveText(/2\.10/);
  await expect(page.locator('[data-way]')).toHaveCount(0);
});

for (const width of [390, 320])
  test(`[UI411] at ${width} px a margin of ten percent and more lies within its cell, also below zero`, async ({
    desk,
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    // 1 − 1/(1/1.9 + 1/3.0 + 1/2.84) = 17.5%, 1 − 1/(1/2.6 + 1/3.6 + 1/4.2) = −11.0%.
    await desk.ingest([
      quote(MATCH, 'draftkings', priced(1.9, 3, 2.84)),
      quote(OTHER, 'draftkings', priced(2.6, 3.6, 4.2)),
      quote(MATCH, 'pinnacle'),
      quote(OTHER, 'pinnacle'),
    ]);
    await page.goto('/events');
    await riskPage(page).becomesLive();
    const { block } = board(page);
    for (const [match, words] of [
      [MATCH, 'margin 17.5%'],
      [OTHER, 'margin −11.0%'],
    ] as const) {
      const cell = block(match).getByRole('cell', { name: words });
      await expect(cell).toBeVisible();
      const beyondPx = await cell.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const [words, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
        return Math.max(box.left - words.left, words.right - box.right);
      });
      expect(beyondPx, words).toBeLessThanOrEqual(0);
    }
  });

for (const width of [320, 360])
  test(`[UI419] at ${width} px our price and margin are in view beside match and best price`, async ({
    desk,
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await desk.ingest([
      quote(MATCH, 'draftkings', priced(1.9, 3, 2.84)),
      quote(MATCH, 'pinnacle', priced(2.2, 3.4, 3.3)),
    ]);
    await page.goto('/events');
    await riskPage(page).becomesLive();
    const { block, cells } = board(page);
    for (const cell of [
      cells(MATCH, 'Home').nth(0),
      cells(MATCH, 'Home').nth(2),
      block(MATCH).getByRole('cell', { name: 'margin 17.5%' }),
    ]) {
      await expect(cell).toBeInViewport({ ratio: 1 });
      // Neither covered by what stays at the left nor beyond the edge.
      const [left, right] = await cell.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const words = range.getBoundingClientRect();
        const takes = (x: number): boolean =>
          element.contains(document.elementFromPoint(x, words.top + words.height / 2));
        return [takes(words.left + 1), takes(words.right - 1)];
      });
      expect([left, right]).toEqual([true, true]);
    }
    // The difference is told to who hears the page.
    await expect(cells(MATCH, 'Home').nth(1)).toHaveText(/^−13\.6%/);
  });
