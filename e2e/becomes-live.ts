import { type Page, expect } from 'playwright/test';

/**
 * Waits until the page is awake and hears the server: from here on it hears clicks, wheel and keys, and must follow by
 * itself. The first HTML is drawn before that, so what it shows says nothing of it. At every width: on a narrow screen
 * the words stand in the page, out of sight.
 */
export const becomesLive = (page: Page): Promise<void> =>
  expect(page.getByRole('status', { name: 'Connection: Live', includeHidden: true })).not.toHaveCount(0);
