import { expect, SERVER_AWAY, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const NOT_FOUND = /status of 404/;

test.beforeEach(async ({ desk }) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
});

test('[UI227] what does not exist is said in words, with its status and a way on, inside the desk’s frame', async ({
  page,
  pageErrors,
}) => {
  pageErrors.allow([NOT_FOUND]);
  for (const address of ['/events/999999', '/events/nonsense', '/no-such-page']) {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(404);
    await expect(page.getByText('Nothing stands at this address')).toBeVisible();
    await expect(page).toHaveTitle(/Not found · Linewatch$/);
  }
  await page.getByRole('main').getByRole('link', { name: 'To Risk Monitoring' }).click();
  await expect(page.getByRole('heading', { name: 'Risk Monitoring' })).toBeVisible();

  await page.goto('/risk-monitoring?alert=999999');
  await expect(page.getByRole('complementary', { name: 'Why it fired' })).toContainText('No such alert');
  await expect(riskPage(page).group(MATCH)).toBeVisible();
});

test('[UI229] with a stopped server every page keeps its last known data, holds its links, and goes on when it is back', async ({
  desk,
  page,
  openPage,
  pageErrors,
}) => {
  pageErrors.allow(SERVER_AWAY);
  const event = await openPage({ viewport: { width: 390, height: 844 } });
  const risk = riskPage(page);
  await risk.open();
  await event.goto('/events/1');
  await risk.becomesLive();
  await expect(event.getByText('2.20').first()).toBeVisible();

  await desk.kill();
  await expect(risk.connection).not.toHaveAccessibleName('Connection: Live');
  await page.getByRole('link', { name: 'Odds Comparison' }).click();

  const note = page.getByRole('main').getByRole('alert');
  await expect(note).toContainText('Other pages open again when the desk is back.');
  await expect(note).toContainText('Offline since', { timeout: 20_000 });
  await expect(page).toHaveURL(/risk-monitoring/);
  await expect(risk.group(MATCH)).toBeVisible();
  await expect(event.getByRole('main').getByRole('alert')).toContainText('What you see is as it was then.', {
    timeout: 20_000,
  });
  await expect(event.getByText('2.20').first()).toBeVisible();
  const overflow = await event.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);

  await desk.restart();
  await expect(note).toHaveCount(0, { timeout: 30_000 });
  await page.getByRole('link', { name: 'Odds Comparison' }).click();
  await expect(page.getByRole('heading', { name: 'Odds Comparison' })).toBeVisible();
});
