import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type Browser, type BrowserContextOptions, type Page } from 'playwright/test';
import { startEmbeddedPostgres } from '../server/db/embedded-postgres.ts';
import { databaseUrl, runSql } from '../server/db/test-database.ts';
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

/** `own`: a PostgreSQL that the desk starts itself, as `npm start` does, for tests that do something to it. */
type Options = { readonly postgres: 'shared' | 'own' };

type Fixtures = Options & {
  readonly desk: DeskServer;
  readonly watch: Watch;
  readonly pageErrors: PageErrors;
  readonly openPage: OpenPage;
};

/** One PostgreSQL for all tests of a worker, each of which has a database of its own in it: to make one takes a second. */
type WorkerFixtures = { readonly newDatabase: () => Promise<string> };

export const test = base.extend<Fixtures, WorkerFixtures>({
  newDatabase: [
    async ({}, use) => {
      const directory = mkdtempSync(path.join(tmpdir(), 'linewatch-e2e-postgres-'));
      // As root, PostgreSQL runs as another user, who must be able to come in.
      chmodSync(directory, 0o755);
      const postgres = await startEmbeddedPostgres({ dataDirectory: directory });
      let made = 0;
      await use(async () => {
        made += 1;
        const name = `desk_${made}`;
        await runSql(postgres.url, `CREATE DATABASE ${name} TEMPLATE template0`);
        return databaseUrl(postgres.url, name);
      });
      await postgres.stop();
      rmSync(directory, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],

  postgres: ['shared', { option: true }],

  desk: async ({ postgres, newDatabase }, use, testInfo) => {
    const desk = await startDesk(postgres === 'own' ? {} : { DATABASE_URL: await newDatabase() });
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
