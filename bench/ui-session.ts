import type { Locator, Page } from 'playwright';

const STEP_TIMEOUT_MS = 3_000;
/** A trader looks before the next click. */
const LOOK_MS = 400;

export type Session = { readonly steps: number; readonly missed: readonly string[]; readonly mostRows: number };

/** What a trader does all day, by mouse and keyboard; the cursor stays where the last step left it. */
function stepsOf(page: Page): readonly (readonly [what: string, step: () => Promise<void>])[] {
  const list = page
    .getByRole('list', { name: /^Events with/ })
    .or(page.getByRole('grid'))
    .first();
  const click = (target: Locator): Promise<void> => target.click({ timeout: STEP_TIMEOUT_MS });
  const wheel = async (by: number): Promise<void> => {
    await list.hover({ timeout: STEP_TIMEOUT_MS, position: { x: 200, y: 200 } });
    for (let turn = 0; turn < 10; turn += 1) {
      await page.mouse.wheel(0, by);
      await page.waitForTimeout(50);
    }
  };
  const search = page.getByRole('searchbox');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('button', { expanded: false }) });
  return [
    ['scroll down', () => wheel(400)],
    ['scroll up', () => wheel(-400)],
    ['filter by severity', () => click(page.getByRole('button', { name: /^Critical/ }).first())],
    ['filter no more', () => click(page.getByRole('button', { name: /^Critical/ }).first())],
    ['search', () => search.pressSequentially('hom', { timeout: STEP_TIMEOUT_MS, delay: 80 })],
    ['search no more', () => search.fill('', { timeout: STEP_TIMEOUT_MS })],
    ['open a row', () => click(row.nth(3).getByRole('button').first())],
    ['close it', () => page.keyboard.press('Escape')],
    [
      'acknowledge',
      () => click(page.getByRole('button', { name: /^Acknowledge \d+ alerts? of|^Acknowledge .* of / }).nth(2)),
    ],
    ['tab Acknowledged', () => click(page.getByRole('tab', { name: /^Acknowledged/ }))],
    ['tab Past', () => click(page.getByRole('tab', { name: /^Past/ }))],
    ['tab New', () => click(page.getByRole('tab', { name: /^New/ }))],
    ['to Odds Comparison', () => click(page.getByRole('link', { name: /^Odds Comparison/ }).first())],
    ['back to Risk Monitoring', () => click(page.getByRole('link', { name: /^Risk Monitoring/ }).first())],
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
