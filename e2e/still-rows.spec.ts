import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { standsStill } from './frames.ts';
import { holdBack } from './hold-back.ts';
import { openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';
import { keepShifts, movedSince } from './shifts.ts';

const named = (names: readonly string[]) => names.map((home) => ({ home, away: 'Mill United' }));
const STANDING = named(['Harbour Town', 'Old Quay', 'Salt Marsh']);
const COMING = named(['Lantern City', 'North Pier', 'Gull Rock', 'Late Bay']);

/** What of this has moved. A number that stands in the middle of its box and gets another digit is no move of what is beside it. */
async function movedOf(page: Page, what: RegExp): Promise<readonly string[]> {
  const moved = await movedSince(page);
  return moved.map((texts) => texts.join(' | ')).filter((texts) => what.test(texts));
}

type RowsOfFrame = { readonly drawn: number; readonly inSight: number };

/** Runs in the page: of each frame from here on in which the list begins with this match, how many rows it draws. */
function keepFrames(home: string): void {
  const frames: RowsOfFrame[] = [];
  Object.assign(globalThis, { framesOfRows: frames });
  const look = (): void => {
    const list = document.querySelector('ul[aria-label="Events with new alerts"]');
    const bottom = list?.closest('.overflow-y-auto')?.getBoundingClientRect().bottom ?? Number.NaN;
    const rows = [...(list?.children ?? [])];
    if (rows[0]?.ariaLabel?.startsWith(home) === true)
      frames.push({
        drawn: rows.length,
        inSight: rows.filter((row) => row.getBoundingClientRect().top < bottom).length,
      });
    requestAnimationFrame(look);
  };
  look();
}

test('[UI330] rows that give way to new ones, and a toast that grows, shift no layout', async ({ desk, page }) => {
  await desk.ingest([...STANDING, ...COMING].flatMap((match) => openingPrices(match, Date.now())));
  await desk.ingest(STANDING.flatMap((match) => ownSteamMove(match, Date.now())));
  const risk = riskPage(page);
  await risk.open();
  await risk.showsNewAlerts(3);
  const rows = page.getByRole('list', { name: 'Events with new alerts' }).getByRole('listitem');
  const toast = page.getByRole('region', { name: /new critical alerts?/ });
  const [first, ...others] = COMING;
  if (first === undefined) throw new Error('expected matches that are still to move');
  await desk.ingest(ownSteamMove(first, Date.now()));
  await expect(toast).toHaveAccessibleName('1 new critical alert in 1 event');
  await expect(rows.first()).toHaveAccessibleName(/^Lantern City/);
  await standsStill(toast);
  const before = await risk.group(first).boundingBox();
  const toastBefore = await toast.boundingBox();
  await page.evaluate(keepShifts);

  await desk.ingest(others.flatMap((match) => ownSteamMove(match, Date.now())));
  await expect(toast).toHaveAccessibleName('4 new critical alerts in 4 events');
  await risk.showsNewAlerts(7);
  await expect(rows.nth(3)).toHaveAccessibleName(/^Lantern City/);
  await standsStill(rows.nth(3));
  // Rows do give way, without a gap and without lying over each other; the toast grows from where it stands.
  const boxes = await Promise.all([0, 1, 2, 3].map((index) => rows.nth(index).boundingBox()));
  expect(boxes[0]?.y).toBe(before?.y);
  for (const [index, box] of boxes.slice(1).entries())
    expect(box?.y).toBe((boxes[index]?.y ?? NaN) + (boxes[index]?.height ?? NaN));
  await standsStill(toast);
  const toastAfter = await toast.boundingBox();
  expect(toastAfter?.height).toBeGreaterThan(toastBefore?.height ?? Infinity);
  expect((toastAfter?.y ?? 0) + (toastAfter?.height ?? 0)).toBeCloseTo(
    (toastBefore?.y ?? NaN) + (toastBefore?.height ?? NaN),
    0,
  );
  expect(await movedOf(page, /Mill United|critical/)).toEqual([]);
});

test('[UI331] "Load more" stands behind the last row, and the rows that it brings do not push it', async ({
  desk,
  page,
}) => {
  const many = Array.from({ length: 130 }, (_unused, index) => ({ home: `Reserves ${index}`, away: 'Mill United' }));
  await raiseAlerts(desk, ...many);
  const risk = riskPage(page);
  const letThrough = await holdBack(page, /\/api\/alerts\?.*cursor=/);
  await risk.open();
  const list = page.getByRole('list', { name: 'Events with new alerts' });
  const foot = page.getByRole('button', { name: /^Load/ });
  await list.hover();
  await page.mouse.wheel(0, 100_000);
  await expect(foot).toHaveText('Loading more');
  await expect(foot).toBeInViewport();
  // A wheel lets the list glide, and rows are measured on the way.
  await standsStill(foot);
  const last = await list.getByRole('listitem').last().boundingBox();
  const box = await foot.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual((last?.y ?? Infinity) + (last?.height ?? Infinity));
  await page.evaluate(keepShifts);

  letThrough();
  await expect(foot).toHaveCount(0);
  await expect(list.getByRole('listitem').last()).toHaveAttribute('aria-setsize', '130');
  expect(await movedOf(page, /Mill United|Load/)).toEqual([]);
});

test('[UI410] rows that come all at once come with those in sight; those beyond the edge follow in a later frame', async ({
  desk,
  page,
}) => {
  const teams = (home: string) =>
    Array.from({ length: 40 }, (_unused, index) => ({ home: `${home} ${index}`, away: 'Mill United' }));
  for (const home of ['Juniors', 'Reserves']) {
    await raiseAlerts(desk, ...teams(home));
  }
  const risk = riskPage(page);
  await risk.open();
  const rows = page.getByRole('list', { name: 'Events with new alerts' }).getByRole('listitem');
  await expect(rows.first()).toHaveAccessibleName(/^Reserves/);
  await page.evaluate(keepFrames, 'Juniors');

  await page.getByRole('searchbox').fill('Juniors');
  await expect(rows.first()).toHaveAccessibleName(/^Juniors/);
  const frames = (): Promise<RowsOfFrame[]> =>
    page.evaluate(() => (globalThis as unknown as { framesOfRows: RowsOfFrame[] }).framesOfRows);
  await expect.poll(async () => (await frames()).some(({ drawn, inSight }) => drawn === inSight + 5)).toBe(true);
  const [first] = await frames();
  expect(first?.inSight).toBeGreaterThan(5);
  expect(first?.drawn).toBe(first?.inSight);
});
