// Every page as a trader sees it, into docs/screenshots: `npm run screenshots [-- PART-OF-A-NAME]`. Light and dark, 1440 and 390 px wide;
// with data, quiet and offline. The desks are frozen at one moment of the demo's market, so that two runs give the
// same pictures. Uses e2e's frozen desks and browser.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type Page, chromium } from 'playwright';
import sharp from 'sharp';
import { findBrowser } from '../e2e/browser.ts';
import type { DeskServer } from '../e2e/desk-server.ts';
import { type DeskMood, freezePages, startFrozenDesk, worstMatch } from '../e2e/frozen-desk.ts';
import { ROOT } from './run-command.ts';

const FOLDER = path.join(ROOT, 'docs', 'screenshots');
const COLOURS = 112;
const OFFLINE_TIMEOUT_MS = 30_000;

const VARIANTS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [
    { viewport: { width: 1440, height: 900 }, hasTouch: false },
    { viewport: { width: 390, height: 844 }, hasTouch: true },
  ].map((screen) => ({ colorScheme, ...screen })),
);
type Variant = (typeof VARIANTS)[number];

const [wanted = ''] = process.argv.slice(2);
const fileName = (name: string, { colorScheme, viewport }: Variant): string =>
  `${name}-${colorScheme}-${viewport.width}.png`;
const isWanted = (name: string, variant: Variant): boolean => fileName(name, variant).includes(wanted);

/** A picture of few colours: a page has hardly more, and it is a third of the size. */
async function take(page: Page, name: string, variant: Variant): Promise<void> {
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const file = path.join(FOLDER, fileName(name, variant));
  await sharp(png).png({ palette: true, colours: COLOURS, effort: 10, compressionLevel: 9 }).toFile(file);
  process.stdout.write(`${path.relative(ROOT, file)}\n`);
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  // Parts that are fetched once the page stands say so.
  await page
    .getByRole('status', { name: /^Loading/ })
    .first()
    .waitFor({ state: 'hidden' });
}

async function pagesOf(
  desk: DeskServer,
  mood: DeskMood,
): Promise<readonly (readonly [name: string, address: string])[]> {
  if (mood === 'quiet')
    return [
      ['quiet-risk-monitoring', '/risk-monitoring'],
      ['quiet-odds-comparison', '/events'],
      ['quiet-event', '/events/1'],
    ];
  const { event, alert } = await worstMatch(desk);
  return [
    ['risk-monitoring', '/risk-monitoring'],
    ['risk-monitoring-why', `/risk-monitoring?sort=severity&eventId=${event}&alert=${alert}`],
    ['odds-comparison', '/events'],
    ['event', `/events/${event}`],
    ['settings', '/settings'],
    ['not-found', '/nowhere'],
  ];
}

async function newPage(browser: Browser, desk: DeskServer, variant: Variant): Promise<Page> {
  const context = await browser.newContext({
    baseURL: desk.url,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...variant,
  });
  await freezePages(context);
  return context.newPage();
}

/** All pages of one desk, and, when it was busy, what they show once it is gone. */
async function photograph(browser: Browser, mood: DeskMood): Promise<void> {
  const desk = await startFrozenDesk(mood);
  try {
    const pages = await pagesOf(desk, mood);
    for (const variant of VARIANTS) {
      const page = await newPage(browser, desk, variant);
      for (const [name, address] of pages) {
        if (!isWanted(name, variant)) continue;
        await open(page, address);
        await take(page, name, variant);
      }
      await page.context().close();
    }
    if (mood === 'quiet') return;
    const left = pages.filter(([name]) => name !== 'not-found' && name !== 'risk-monitoring-why');
    const standing = [];
    for (const variant of VARIANTS)
      for (const [name, address] of left) {
        if (!isWanted(`offline-${name}`, variant)) continue;
        const page = await newPage(browser, desk, variant);
        await open(page, address);
        standing.push({ page, name: `offline-${name}`, variant });
      }
    await desk.kill();
    for (const { page, name, variant } of standing) {
      await page
        .getByText(/offline/i)
        .first()
        .waitFor({ state: 'attached', timeout: OFFLINE_TIMEOUT_MS });
      await take(page, name, variant);
      await page.context().close();
    }
  } finally {
    await desk.dispose();
  }
}

if (wanted === '') rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: findBrowser(), args });
try {
  await photograph(browser, 'busy');
  await photograph(browser, 'quiet');
} finally {
  await browser.close();
}
