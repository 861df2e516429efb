import { test as base, type Browser, type BrowserContextOptions, type Page } from 'playwright/test';
import { type DeskServer, startDesk } from './desk-server.ts';

/** What Chromium writes while the server is away on purpose. */
export const SERVER_AWAY: readonly RegExp[] = [
  /WebSocket connection to .* failed/,
  /net::ERR_(CONNECTION_\w+|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|SOCKET_NOT_CONNECTED)/,
  /status of 50[234]/,
];

/** Errors of every page of a test: unless allowed, each of them fails it. */
export type PageErrors = { readonly allow: (patterns: readonly RegExp[]) => void };

type Watch = PageErrors & { readonly page: (page: Page) => Page };

/** A second trader: a browser context of its own, watched like the first. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

type Fixtures = {
  readonly desk: DeskServer;
  readonly watch: Watch;
  readonly pageErrors: PageErrors;
  readonly openPage: OpenPage;
};

export const test = base.extend<Fixtures>({
  desk: async ({}, use, testInfo) => {
    const desk = await startDesk();
    try {
      await use(desk);
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach('server log', { body: desk.log() });
      await desk.dispose();
    }
  },

  baseURL: async ({ desk }, use) => use(desk.url),

  watch: async ({}, use) => {
    const found: string[] = [];
    const allowed: RegExp[] = [];
    await use({
      allow: (patterns) => void allowed.push(...patterns),
      page(page) {
        page.on('pageerror', (error) => found.push(`uncaught: ${error.message}`));
        page.on('console', (message) => {
          if (message.type() === 'error') found.push(`console: ${message.text()} (${message.location().url})`);
        });
        return page;
      },
    });
    const unexpected = found.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    if (unexpected.length > 0) throw new Error(`The page reported errors:\n${unexpected.join('\n')}`);
  },

  pageErrors: async ({ watch }, use) => use(watch),

  page: async ({ page, watch }, use) => use(watch.page(page)),

  openPage: async ({ browser, desk, watch }, use) => {
    const contexts: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: desk.url, ...options });
      contexts.push(context);
      return watch.page(await context.newPage());
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect } from 'playwright/test';
