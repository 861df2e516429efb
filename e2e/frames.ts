import type { Page } from 'playwright/test';

/** Returns after two frames: what a commit changed has been laid out, painted and told to observers by then. */
export const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
