import { defineConfig } from 'playwright/test';
import { findBrowser } from './e2e/browser.ts';

/**
 * Ends what hangs and measures nothing: the longest tests take half a minute on two busy cores, and a machine three
 * times slower shall pass them too.
 */
const TEST_TIMEOUT_MS = 120_000;
const EXPECT_TIMEOUT_MS = 10_000;

/** End to end: each test has a Linewatch of its own, so files may run side by side. */
export default defineConfig({
  testDir: 'e2e',
  // `*.test.ts` beside them are Vitest's.
  testMatch: '**/*.spec.ts',
  // Not its parent: Playwright empties this folder, and the reports of `npm test` stand beside it.
  outputDir: 'test-results/e2e',
  // One set for every platform: the project brings its font.
  snapshotPathTemplate: 'e2e/looks/{arg}{ext}',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: EXPECT_TIMEOUT_MS },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Without a film of every test: filming took a fifth of the time, and what failed has its last picture.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser(),
      // Chromium refuses its sandbox to root.
      args: ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
  },
});
