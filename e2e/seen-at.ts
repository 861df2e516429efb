import type { Page, Response } from 'playwright/test';

/** Where a page shows what is asked about: the badge's name, or the value of the setting's first field. */
type Place = { readonly selector: string; readonly attribute: 'aria-label' | 'value' };

/** The count of new alerts, as the badge says it. */
export const BADGE: Place = { selector: 'nav[aria-label="Main"] output', attribute: 'aria-label' };

/**
 * When the page shows `words` in a place, by its own clock and with the drawing that shows them: a test that looks
 * every now and then would measure how often it looks. To be called before whatever makes it so.
 */
export function seenAt(page: Page, { selector, attribute }: Place, words: string): Promise<number> {
  return page.evaluate(
    ([query, name, wanted]) =>
      new Promise<number>((resolve) => {
        const isThere = (): boolean =>
          [...document.querySelectorAll(query)].some((element) =>
            (name === 'value' ? (element as HTMLInputElement).value : (element.getAttribute(name) ?? '')).startsWith(
              wanted,
            ),
          );
        // Every frame, as the value of a field changes without any mutation that could be observed.
        const look = (): void => {
          if (isThere()) resolve(Date.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
    [selector, attribute, words] as const,
  );
}

/** When the answer to the next request that changes something had come to this page, on the same clock. */
export async function answeredAt(page: Page): Promise<number> {
  const response: Response = await page.waitForResponse((each) => each.request().method() !== 'GET');
  await response.finished();
  const { startTime, responseEnd } = response.request().timing();
  return startTime + responseEnd;
}
