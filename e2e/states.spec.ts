import type { Page } from 'playwright/test';
import { freezePostgres } from './faults/own-postgres.ts';
import { expect, SERVER_AWAY, test } from './fixtures.ts';
import { raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const OTHER_MATCH = { home: 'Lantern City', away: 'Old Quay' };
const NOT_FOUND = /status of 404/;

/** As long as the browser asks three times for what does not come, and has drawn the page before. */
const FAILED_BY_MS = 40_000;

/** A page of the desk with the words that it has where its data cannot be read. */
const PAGES = [
  { path: '/events', heading: 'Odds Comparison', failure: 'The prices could not be read' },
  { path: '/settings', heading: 'Settings', failure: 'The settings could not be read' },
  { path: '/events/1', heading: /^Harbour Town/, failure: 'The event could not be read' },
] as const;

const failureOn = (page: Page, title: string) => page.getByRole('alert').filter({ hasText: title });

test.beforeEach(async ({ desk }) => {
  await raiseAlerts(desk, MATCH);
});

test('[UI227] what does not exist is said in words, with its status and a way on, inside the desk’s frame', async ({
  page,
  pageErrors,
}) => {
  pageErrors.allow([NOT_FOUND]);
  for (const address of ['/events/999999', '/events/nonsense', '/no-such-page']) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText('Nothing at this address')).toBeVisible();
    await expect(page).toHaveTitle(/Not found · Linewatch$/);
  }
  await page.getByRole('main').getByRole('link', { name: 'Go to Risk Monitoring' }).click();
  await expect(page.getByRole('heading', { name: 'Risk Monitoring' })).toBeVisible();

  await page.goto('/risk-monitoring?alert=999999');
  await expect(page.getByRole('complementary', { name: 'Why it fired' })).toContainText('No such alert');
  await expect(riskPage(page).group(MATCH)).toBeVisible();
});

/** Answers of the API that nothing expects: what they draw breaks. */
async function garble(page: Page, path: string, part: Readonly<Record<string, unknown>>): Promise<() => Promise<void>> {
  const isIt = (url: URL): boolean => url.pathname === path;
  await page.route(isIt, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), ...part } });
  });
  return () => page.unroute(isIt);
}

test('[UI206] a page that breaks gives way to words inside the frame, and comes back when tried again', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow([/./]); // React, Next and the browser each say it in words of their own
  const risk = riskPage(page);
  await risk.open();
  const mend = await garble(page, '/api/alerts', { alerts: [{ id: 1, eventId: 1, severity: 'critical' }] });
  await raiseAlerts(desk, OTHER_MATCH);

  await expect(failureOn(page, 'This page broke')).toBeVisible();
  await expect(risk.badge).toHaveAccessibleName(/^2 new alerts/);
  await mend();
  await failureOn(page, 'This page broke').getByRole('button', { name: 'Try again' }).click();
  await expect(risk.group(OTHER_MATCH)).toBeVisible();
});

test('[UI206] a broken frame gives way to words that stand alone, and comes back when tried again', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow([/./]); // likewise
  const risk = riskPage(page);
  await risk.open();
  const mend = await garble(page, '/api/desk', { bookmakers: [null] });
  await raiseAlerts(desk, OTHER_MATCH);

  const words = failureOn(page, 'The desk could not be drawn');
  await expect(words).toBeVisible();
  await expect(page).toHaveTitle('Linewatch is not available');
  await mend();
  await words.getByRole('button', { name: 'Try again' }).click();
  await expect(risk.group(MATCH)).toBeVisible();
  await risk.becomesLive();
});

test.describe('a PostgreSQL of its own', () => {
  test.use({ postgres: 'own' });

  test('[UI228] with a database that says nothing an open page keeps what it knew, a new one says what could not be read, and both come back', async ({
    desk,
    page,
    openPage,
    pageErrors,
  }) => {
    test.setTimeout(150_000);
    // What is cut off in the moment in which the database comes back may be told as 500.
    pageErrors.allow([...SERVER_AWAY, /status of 500/]);
    const risk = riskPage(page);
    await risk.open();
    const giveBack = await freezePostgres(desk.dataDir);
    try {
      const fresh = await Promise.all(
        PAGES.map(async (known) => {
          const tab = await openPage();
          await tab.goto(known.path);
          return { tab, ...known };
        }),
      );
      for (const { tab, failure } of fresh) {
        await expect(failureOn(tab, failure)).toBeVisible({ timeout: FAILED_BY_MS });
        await expect(tab.getByRole('status', { name: /^Connection: (Reconnecting|Offline)$/ })).toBeVisible();
        await expect(riskPage(tab).badge).toHaveAccessibleName('alert count unknown');
      }
      await expect(risk.group(MATCH)).toBeVisible();
      giveBack();
      for (const { tab, heading, failure } of fresh) {
        await expect(failureOn(tab, failure)).toHaveCount(0, { timeout: FAILED_BY_MS });
        await expect(tab.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      }
    } finally {
      giveBack();
    }
  });
});

test('[UI229] with a stopped server every page keeps its last known data, holds its links, and goes on when it is back', async ({
  desk,
  page,
  openPage,
  pageErrors,
}) => {
  pageErrors.allow(SERVER_AWAY);
  const event = await openPage({ viewport: { width: 390, height: 844 } });
  const board = await openPage();
  const risk = riskPage(page);
  await risk.open();
  await event.goto('/events/1');
  await board.goto('/events');
  await risk.becomesLive();
  await expect(event.getByText('2.20').first()).toBeVisible();
  const prices = board.getByRole('table', { name: /^Prices of all books/ });
  await expect(prices).toContainText('2.20');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type('harb');
  const found = page.getByRole('dialog').getByRole('option', { name: /Harbour Town v Mill United/ });
  await expect(found).toBeVisible();

  await desk.kill();
  await expect(riskPage(board).connection).not.toHaveAccessibleName('Connection: Live');
  await found.click();
  await expect(risk.connection).not.toHaveAccessibleName('Connection: Live');
  await expect(page).toHaveURL(/risk-monitoring/);
  await page.getByRole('link', { name: 'Odds Comparison' }).click();

  const note = page.getByRole('main').getByRole('alert');
  await expect(note).toContainText('Other pages open again when the desk is back.');
  await expect(note).toContainText('Offline since', { timeout: 20_000 });
  await expect(page).toHaveURL(/risk-monitoring/);
  await expect(risk.group(MATCH)).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/risk-monitoring/);
  await page.keyboard.press('Control+k');
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /Odds Comparison/ })
    .click();
  await expect(page).toHaveURL(/risk-monitoring/);
  await expect(event.getByRole('main').getByRole('alert')).toContainText('This is how it was then.', {
    timeout: 20_000,
  });
  await expect(event.getByText('2.20').first()).toBeVisible();
  await expect(board.getByRole('main').getByRole('alert')).toContainText('This is how it was then.');
  await expect(prices).toContainText('2.20');
  const overflow = await event.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);

  await desk.restart();
  await expect(note).toHaveCount(0, { timeout: 30_000 });
  await page.getByRole('link', { name: 'Odds Comparison' }).click();
  await expect(page.getByRole('heading', { name: 'Odds Comparison' })).toBeVisible();
});
