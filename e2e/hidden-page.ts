import type { Page } from 'playwright/test';

/**
 * Lets a page be put out of sight: in a test every page counts as seen, whichever stands in front. To be called before
 * the page is opened.
 */
export async function canBeHidden(
  page: Page,
): Promise<{ readonly hide: () => Promise<void>; readonly show: () => Promise<void> }> {
  await page.addInitScript(() => {
    let state = 'visible';
    Object.defineProperty(document, 'visibilityState', { get: () => state });
    Object.defineProperty(document, 'hidden', { get: () => state === 'hidden' });
    Object.assign(globalThis, {
      setVisibility(next: string) {
        state = next;
        document.dispatchEvent(new Event('visibilitychange'));
      },
    });
  });
  const set = (next: string) =>
    page.evaluate((value) => {
      const change: unknown = Reflect.get(globalThis, 'setVisibility');
      if (typeof change === 'function') change(value);
    }, next);
  return { hide: () => set('hidden'), show: () => set('visible') };
}
