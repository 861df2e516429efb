import type { Page } from 'playwright/test';

/** Keeps what the page asks for back until it is let go, by what this resolves with. */
export async function holdBack(page: Page, what: Parameters<Page['route']>[0]): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route(what, async (route) => {
    await gate.promise;
    await route.continue();
  });
  return gate.resolve;
}
