import type { Page } from 'playwright/test';
import { twoFrames } from './frames.ts';

type Shift = PerformanceEntry & {
  readonly hadRecentInput: boolean;
  readonly sources: readonly { readonly node: Node | null }[];
};

/** Runs in the page: keeps what the browser counts as moved from here on without a hand of the reader, by its texts. */
export function keepShifts(): void {
  const moved: string[][] = [];
  Object.assign(globalThis, { movedSince: moved });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { hadRecentInput, sources } = entry as Shift;
      if (!hadRecentInput) moved.push(sources.map(({ node }) => node?.textContent ?? 'gone'));
    }
  }).observe({ type: 'layout-shift' });
}

/** The texts of each move since then, after two frames in which it can have been seen. */
export async function movedSince(page: Page): Promise<readonly (readonly string[])[]> {
  await twoFrames(page);
  return page.evaluate(() => (globalThis as unknown as { movedSince: string[][] }).movedSince);
}
