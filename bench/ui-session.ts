import type { Page } from 'playwright';

const STEP_TIMEOUT_MS = 3_000;
/** A trader looks before the next click. */
const LOOK_MS = 400;

export type Session = { readonly steps: number; readonly missed: readonly string[]; readonly mostRows: number };

/**
 * What a trader does all day, by mouse and keyboard; the cursor stays where the last step left it. Found by CSS and
 * not by role and name: working out the names of a whole page takes tens of milliseconds of its own thread, which
 * would be measured as the page's.
 */
function stepsOf(page: Page): readonly (readonly [what: string, step: () => Promise<void>])[] {
  const click = (selector: string, nth = 0): Promise<void> =>
    page.locator(selector).nth(nth).click({ timeout: STEP_TIMEOUT_MS });
  const list = page.locator('main ul[aria-label^="Events with"], main [role=grid]').first();
  const wheel = async (by: number): Promise<void> => {
    await list.hover({ timeout: STEP_TIMEOUT_MS, position: { x: 200, y: 200 } });
    for (let turn = 0; turn < 10; turn += 1) {
      await page.mouse.wheel(0, by);
      await page.waitForTimeout(50);
    }
  };
  const search = page.locator('main input[type=search]');
  const critical = 'main fieldset[aria-label=Severity] button';
  return [
    ['scroll down', () => wheel(400)],
    ['scroll up', () => wheel(-400)],
    ['filter by severity', () => click(critical)],
    ['filter no more', () => click(critical)],
    ['search', () => search.pressSequentially('hom', { timeout: STEP_TIMEOUT_MS, delay: 80 })],
    ['search no more', () => search.fill('', { timeout: STEP_TIMEOUT_MS })],
    ['open a row', () => click('main button[aria-expanded=false][data-row-button]', 3)],
    ['close it', () => page.keyboard.press('Escape')],
    ['acknowledge', () => click('main button[aria-label^="Acknowledge "][aria-label*=" of "]', 2)],
    ['tab Acknowledged', () => click('main [role=tab]', 1)],
    ['tab Past', () => click('main [role=tab]', 2)],
    ['tab New', () => click('main [role=tab]', 0)],
    ['to Odds Comparison', () => click('aside a[href="/events"]')],
    ['back to Risk Monitoring', () => click('aside a[href="/risk-monitoring"]')],
  ];
}

/** Goes through the steps again and again for this long. A step that finds nothing to act on is missed, and named. */
export async function runSession(page: Page, forMs: number): Promise<Session> {
  const untilMs = performance.now() + forMs;
  const missed: string[] = [];
  let steps = 0;
  let mostRows = 0;
  while (performance.now() < untilMs) {
    for (const [what, step] of stepsOf(page)) {
      steps += 1;
      await step().catch((error: unknown) => missed.push(`${what}: ${String(error).split('\n')[0]}`));
      mostRows = Math.max(mostRows, await page.locator('main li, main [role=row]').count());
      await page.waitForTimeout(LOOK_MS);
    }
  }
  return { steps, missed, mostRows };
}
