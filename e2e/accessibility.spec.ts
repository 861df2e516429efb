import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright';
import type { DeskServer } from './desk-server.ts';
import { expect, test } from './fixtures.ts';
import { type Story, moves, openings } from './many-moves.ts';
import { riskPage } from './risk-page.ts';

const BASE = { league: 'Coastal League', country: 'Testland', bookmaker: 'draftkings', market: '1x2' } as const;
/** Of every severity one: at our own book a fall of so much. */
const STORIES: readonly Story[] = [
  { ...BASE, home: 'Harbour Town', away: 'Mill United', kickoffInMinutes: 90, newOdds: 1.76 },
  { ...BASE, home: 'Abbey Rovers', away: 'Castle City', kickoffInMinutes: 200, newOdds: 1.95 },
  { ...BASE, home: 'Forest Athletic', away: 'Quay Rangers', kickoffInMinutes: 400, newOdds: 2.02 },
];
const SEVERITIES = ['Critical', 'Elevated', 'Warning'] as const;

async function fill(desk: DeskServer): Promise<void> {
  const nowMs = Date.now();
  await desk.ingest(openings(STORIES, nowMs));
  await desk.ingest(moves(STORIES, nowMs));
}

/** What axe finds on the page as it stands: each violation with the elements that it is about. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`[UI232] axe finds nothing on any page, ${colorScheme}, ${viewport.width} px`, async ({
      desk,
      openPage,
      pageErrors,
    }) => {
      // The page that is not found is answered with 404, which Chromium reports.
      pageErrors.allow([/status of 404/]);
      await fill(desk);
      const page = await openPage({ colorScheme, viewport, reducedMotion: 'reduce' });
      const risk = riskPage(page);
      await risk.open();
      await expect(page.getByRole('listitem', { name: /^Harbour Town v Mill United/ })).toBeVisible();
      expect(await violationsOf(page), 'Risk Monitoring').toEqual([]);

      await page
        .getByRole('listitem', { name: /^Harbour Town v Mill United/ })
        .getByRole('button', { expanded: false })
        .first()
        .click();
      await expect(page.getByRole('heading', { name: 'Harbour Town v Mill United' })).toBeVisible();
      expect(await violationsOf(page), 'Risk Monitoring with an alert open').toEqual([]);

      await expect(page).toHaveURL(/eventId=\d+/);
      const eventId = new URL(page.url()).searchParams.get('eventId');
      for (const [path, heading] of [
        ['/events', 'Odds Comparison'],
        [`/events/${eventId}`, /Harbour Town/],
        ['/settings', 'Settings'],
        ['/nowhere', 'Not found'],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole('heading', { name: heading }).first()).toBeAttached();
        await page.waitForLoadState('networkidle');
        expect(await violationsOf(page), path).toEqual([]);
      }
    });
  }
}

/** Tab goes round within it, as often as it is pressed. */
async function expectFocusWithin(page: Page, dialog: Locator): Promise<void> {
  for (let times = 0; times < 24; times += 1) {
    await page.keyboard.press('Tab');
    // A part of a field of time has it where no selector finds it.
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`[UI312] mute dialog, list of mutes and further filters: named, left by Esc to where they were opened, and nothing for axe, ${colorScheme}`, async ({
    desk,
    openPage,
  }) => {
    await fill(desk);
    const page = await openPage({ colorScheme, reducedMotion: 'reduce', viewport: { width: 1440, height: 900 } });
    const risk = riskPage(page);
    // The worst first: which row it is stands fast.
    await page.goto('/risk-monitoring?sort=severity');
    await risk.becomesLive();

    await page.keyboard.press('j');
    const row = risk.group({ home: 'Harbour Town', away: 'Mill United' }).getByRole('button', { expanded: false });
    await expect(row).toBeFocused();
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog', { name: 'Mute' });
    await expect(dialog).toHaveAccessibleDescription(/^Muted alerts are stored/);
    await expect(dialog.getByRole('group', { name: 'What' })).toBeVisible();
    await expect(dialog.getByRole('group', { name: 'How long' })).toBeVisible();
    expect(await violationsOf(page), 'mute dialog').toEqual([]);
    await expectFocusWithin(page, dialog);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(row).toBeFocused();

    await page.keyboard.press('m');
    await dialog.getByRole('button', { name: 'Mute' }).click();
    await expect(dialog).toHaveCount(0);
    const count = page.getByRole('button', { name: '1 muted' });
    await count.focus();
    await page.keyboard.press('Enter');
    const list = page.getByRole('dialog', { name: 'Muted' });
    await expect(list.getByRole('listitem', { name: 'Harbour Town v Mill United' })).toBeVisible();
    expect(await violationsOf(page), 'list of mutes').toEqual([]);
    await expectFocusWithin(page, list);
    await page.keyboard.press('Escape');
    await expect(count).toBeFocused();
    await page.keyboard.press('Enter');
    await list.getByRole('button', { name: /^Unmute/ }).focus();
    await page.keyboard.press('Enter');
    await expect(list.getByText('Nothing is muted')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(list).toHaveCount(0);
    // The button that opened it is gone.
    await expect(page.getByRole('main').locator('[data-row-button]:focus')).toHaveCount(1);

    const more = page.getByRole('button', { name: 'More', exact: true });
    await more.focus();
    await page.keyboard.press('Enter');
    const filters = page.getByRole('dialog', { name: 'More filters' });
    await expect(filters).toBeVisible();
    await expect(filters.locator(':focus')).toHaveCount(1);
    expect(await violationsOf(page), 'further filters').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(filters).toHaveCount(0);
    await expect(more).toBeFocused();

    await page.setViewportSize({ width: 390, height: 844 });
    await row.focus();
    await page.keyboard.press('m');
    await expect(dialog).toBeVisible();
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth), 'cut off at 390 px').toBe(0);
  });
}

/** The mark as black and white, 48 px square: what is left of it for who sees no colour. */
async function silhouette(page: Page, severity: string): Promise<readonly boolean[]> {
  const png = await page.getByRole('img', { name: severity, exact: true }).first().screenshot();
  return page.evaluate(async (base64) => {
    const SIDE = 48;
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(SIDE, SIDE).getContext('2d');
    if (canvas === null) throw new Error('expected a canvas');
    canvas.drawImage(image, 0, 0, SIDE, SIDE);
    const { data } = canvas.getImageData(0, 0, SIDE, SIDE);
    const greys = Array.from({ length: SIDE * SIDE }, (_unused, pixel) => data[pixel * 4] ?? 0);
    const [darkest, lightest] = [Math.min(...greys), Math.max(...greys)];
    return greys.map((grey) => grey < (darkest + lightest) / 2);
  }, png.toString('base64'));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`[UI233] severities differ in shape where there is no colour, ${colorScheme}`, async ({ desk, openPage }) => {
    await fill(desk);
    const page = await openPage({ colorScheme, reducedMotion: 'reduce' });
    await riskPage(page).open();
    await page.addStyleTag({ content: 'html { filter: grayscale(1) }' });

    const shapes = new Map<string, readonly boolean[]>();
    for (const severity of SEVERITIES) shapes.set(severity, await silhouette(page, severity));

    for (const [one, other] of [
      ['Critical', 'Elevated'],
      ['Critical', 'Warning'],
      ['Elevated', 'Warning'],
    ] as const) {
      const shape = shapes.get(one) ?? [];
      const differing = shape.filter((isDark, pixel) => isDark !== shapes.get(other)?.[pixel]).length / shape.length;
      // The same shape in another grey would differ in its edge only, in one pixel of a hundred.
      expect(differing, `${one} and ${other}`).toBeGreaterThan(0.08);
    }
  });
}
