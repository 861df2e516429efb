import { expect, test as base } from './fixtures.ts';
import type { DeskServer } from './desk-server.ts';
import { freezePages, startFrozenDesk, worstMatch } from './frozen-desk.ts';

/** Nobody changes anything on it, and to make its forty minutes takes longer than all the looking. */
const test = base.extend<object, { readonly frozenDesk: DeskServer }>({
  frozenDesk: [
    async ({}, use) => {
      const desk = await startFrozenDesk('busy');
      await use(desk);
      await desk.dispose();
    },
    { scope: 'worker' },
  ],
  desk: async ({ frozenDesk }, use) => use(frozenDesk),
});

/**
 * Two releases of Chromium draw the edges of letters a little differently, and nothing else here differs between
 * machines: the font comes with the project, clocks stand still, the feed is made up from a seed. So a pixel may be
 * off by the grey of an edge (`threshold`), and one in a hundred by more; a row that moved or a colour that changed
 * is several.
 */
const LIKENESS = { maxDiffPixelRatio: 0.01, threshold: 0.25, animations: 'disabled', caret: 'hide' } as const;

const SCREENS = [
  { viewport: { width: 1440, height: 900 }, hasTouch: false },
  { viewport: { width: 390, height: 844 }, hasTouch: true },
] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const { viewport, hasTouch } of SCREENS) {
    test(`[UI237] the main pages look as they did, ${colorScheme}, ${viewport.width} px`, async ({
      desk,
      browser,
      watch,
    }) => {
      const { event } = await worstMatch(desk);
      const context = await browser.newContext({
        baseURL: desk.url,
        colorScheme,
        viewport,
        hasTouch,
        reducedMotion: 'reduce',
      });
      await freezePages(context);
      const page = watch.page(await context.newPage());
      for (const [name, path] of [
        ['risk-monitoring', '/risk-monitoring'],
        ['odds-comparison', '/events'],
        ['event', `/events/${event}`],
        ['settings', '/settings'],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
        await page.waitForLoadState('networkidle');
        await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
        await expect.soft(page).toHaveScreenshot(`${name}-${colorScheme}-${viewport.width}.png`, LIKENESS);
      }
      await context.close();
    });
  }
}
