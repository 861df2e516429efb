import type { Page } from 'playwright/test';
import { settingsInForceSchema } from '../contracts/settings-history.ts';
import type { DeskServer } from './desk-server.ts';
import { expect, SERVER_AWAY, test } from './fixtures.ts';
import { openingPrices, ownSteamMove, raiseAlerts } from './moves.ts';
import { riskPage } from './risk-page.ts';

/** A time of day to the second, with its day when midnight came between: `Mon 7 Sept`. */
const CLOCK = String.raw`(\w{3} \d{1,2} \w{3,4} )?\d\d:\d\d:\d\d`;

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const MATCHES = ['Lantern City', 'Old Quay', 'North Pier'].map((home) => ({ home, away: 'Mill United' }));

/** The one icon of the tab, as SVG text. */
async function icon(page: Page): Promise<string> {
  const links = page.locator('link[rel~="icon"]');
  await expect(links).toHaveCount(1);
  return decodeURIComponent((await links.getAttribute('href')) ?? '');
}

/** Feeds count as silent after so many seconds; wide settings else. */
async function silentAfter(desk: DeskServer, seconds: number): Promise<void> {
  const stored = await fetch(`${desk.url}/api/settings`);
  const { settings } = settingsInForceSchema.parse(await stored.json());
  const answer = await fetch(`${desk.url}/api/settings`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'If-Match': stored.headers.get('ETag') ?? '' },
    body: JSON.stringify({ ...settings, feedDelayedAfterSeconds: seconds, feedSilentAfterSeconds: seconds }),
  });
  expect(answer.status).toBe(200);
}

test('[UI210] title and icon tell the badge’s number and worst colour, follow it live, and stay across pages', async ({
  desk,
  page,
}) => {
  const risk = riskPage(page);
  await silentAfter(desk, 3_600);
  await desk.ingest([MATCH, ...MATCHES].flatMap((match) => openingPrices(match, Date.now())));
  await risk.open();
  await expect(page).toHaveTitle('Risk Monitoring · Linewatch');
  await expect.poll(() => icon(page)).toContain('<path');

  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await expect(page).toHaveTitle('(1) Risk Monitoring · Linewatch');
  await expect.poll(() => icon(page)).toMatch(/#d0222f.*>1</);

  await page.getByRole('link', { name: 'Odds Comparison' }).click();
  await expect(page).toHaveTitle('(1) Odds Comparison · Linewatch');
  await desk.ingest(MATCHES.flatMap((match) => ownSteamMove(match, Date.now())));
  await expect(page).toHaveTitle('(4) Odds Comparison · Linewatch');
  await expect.poll(() => icon(page)).toContain('>4<');

  await page.getByRole('link', { name: 'Risk Monitoring' }).click();
  await expect(page).toHaveTitle('(4) Risk Monitoring · Linewatch');
  await expect.poll(() => icon(page)).toContain('>4<');
});

test('[UI214] while the server is away title and icon say that the count is not known', async ({
  desk,
  page,
  pageErrors,
}) => {
  pageErrors.allow(SERVER_AWAY);
  const risk = riskPage(page);
  await silentAfter(desk, 3_600);
  await raiseAlerts(desk, MATCH);
  await risk.open();
  const height = (await risk.group(MATCH).boundingBox())?.y;

  await desk.kill();

  await expect(page).toHaveTitle('(?) Risk Monitoring · Linewatch');
  await expect.poll(() => icon(page)).toContain('>?<');
  await expect(page.getByText(new RegExp(`^(Reconnecting · heard|Offline since) ${CLOCK}`)).first()).toBeVisible();
  const note = page.getByRole('main').getByRole('alert');
  await expect(note).toContainText(new RegExp(`Offline since ${CLOCK}\\. This is how it was then\\.`), {
    timeout: 20_000,
  });
  // The last known rows stay, and where they were.
  await expect(risk.group(MATCH)).toBeVisible();
  expect((await risk.group(MATCH).boundingBox())?.y).toBe(height);
  await desk.restart();
  await expect(note).toBeHidden({ timeout: 20_000 });
  await expect(page).toHaveTitle('(1) Risk Monitoring · Linewatch');
});

test('[UI215] a silent feed marks badge, title and icon while the number stays, and a banner says whose and since when', async ({
  desk,
  page,
}) => {
  const risk = riskPage(page);
  await silentAfter(desk, 3_600);
  await raiseAlerts(desk, MATCH);
  await risk.open();
  const mark = page.getByRole('navigation', { name: 'Main' }).getByRole('img', { name: /^Feeds? silent/ });
  await expect(mark).toHaveCount(0);

  await silentAfter(desk, 1);

  await expect(mark).toHaveAccessibleName('Feeds silent: betmgm, draftkings, pinnacle');
  await expect(risk.badge).toHaveAccessibleName(/^1 new alert, worst critical$/);
  await expect(page).toHaveTitle(/^\(\d!\) Risk Monitoring/);
  await expect.poll(() => icon(page)).toMatch(/>\d<.*circle/);
  const banner = page.getByRole('main').getByText(/feeds are silent/);
  await expect(banner).toContainText(
    new RegExp(`^All feeds are silent since ${CLOCK}\\. Prices are as they were then\\.$`),
  );

  await silentAfter(desk, 3_600);
  await expect(mark).toHaveCount(0);
  await expect(banner).toHaveCount(0);
});
