import type { Locator, Page } from 'playwright/test';

/** Returns after two frames: what a commit changed has been laid out, painted and told to observers by then. */
export const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** Returns once what glides in has stood in one place for some frames. */
export const standsStill = (what: Locator): Promise<void> =>
  what.evaluate(
    (element) =>
      new Promise<void>((resolve) => {
        let last = Number.NaN;
        let frames = 0;
        const look = (): void => {
          const { bottom } = element.getBoundingClientRect();
          frames = bottom === last ? frames + 1 : 0;
          last = bottom;
          if (frames < 5) requestAnimationFrame(look);
          else resolve();
        };
        look();
      }),
  );
