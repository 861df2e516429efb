import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
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
