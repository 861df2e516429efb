import type { Browser } from 'playwright';
import { readVitals, watchVitals } from './ui-vitals.ts';

const VISITS = 5;

export type FirstPaint = {
  /** Of visits with nothing in any cache: the median, and the worst. */
  readonly medianMs: number;
  readonly worstMs: number;
  /** JavaScript as it travelled, until the page was quiet. */
  readonly scriptBytes: number;
  readonly scripts: number;
  /** Of the visit with most of it, and what it was. */
  readonly layoutShift: number;
  readonly shifted: readonly string[];
};

/** Opens the page in new browser contexts, one after the other. */
export async function measureFirstPaint(browser: Browser, url: string): Promise<FirstPaint> {
  const paints: number[] = [];
  let scriptBytes = 0;
  let scripts = 0;
  let layoutShift = 0;
  let shifted: readonly string[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await watchVitals(context);
    const page = await context.newPage();
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (!new URL(request.url()).pathname.endsWith('.js')) return;
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(`${url}/risk-monitoring`);
    await page.getByRole('status', { name: 'Connection: Live' }).waitFor();
    await page.waitForLoadState('networkidle');
    const vitals = await readVitals(page);
    paints.push(vitals.largestPaintMs);
    if (vitals.layoutShift > layoutShift) ({ layoutShift, shifted } = vitals);
    scripts = sizes.length;
    scriptBytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    await context.close();
  }
  const sorted = paints.toSorted((left, right) => left - right);
  return {
    medianMs: sorted[Math.floor(VISITS / 2)] ?? NaN,
    worstMs: sorted.at(-1) ?? NaN,
    scriptBytes,
    scripts,
    layoutShift,
    shifted,
  };
}
