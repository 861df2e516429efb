import { expect, SERVER_AWAY, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };
const OTHER_MATCH = { home: 'Lantern City', away: 'Old Quay' };
const BACK_BY_MS = 30_000;

test.use({ postgres: 'own' });

test('[UI94] a page whose server was killed says so, and is level again by itself', async ({
  desk,
  page,
  pageErrors,
  openPage,
}) => {
  pageErrors.allow(SERVER_AWAY);
  const risk = riskPage(page);
  for (const match of [MATCH, OTHER_MATCH]) await desk.ingest(openingPrices(match, Date.now()));
  await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await risk.open();
  await risk.showsNewAlerts(1);
  const ownFeed = page.getByRole('region', { name: 'Feeds' }).getByRole('listitem').filter({ hasText: 'draftkings' });
  await expect(ownFeed).toContainText('live');

  await desk.kill();
  await expect(risk.badge).toHaveAccessibleName('alert count unknown');
  await expect(ownFeed).toContainText('state unknown');
  await expect(risk.connection).not.toHaveAccessibleName('Connection: Live');

  await desk.restart();
  await desk.ingest(ownSteamMove(OTHER_MATCH, Date.now()));
  await expect(risk.badge).toHaveAccessibleName(/^2 new alerts,/, { timeout: BACK_BY_MS });
  await risk.becomesLive();
  await expect(ownFeed).toContainText('live');
  await expect(risk.group(OTHER_MATCH)).toBeVisible();
  await expect(risk.group(MATCH)).toBeVisible();

  const fresh = riskPage(await openPage());
  await fresh.open();
  await fresh.showsNewAlerts(2);
});

test('[OPS61] what was answered before a kill is there after it, and the server ends when asked', async ({
  desk,
  request,
}) => {
  await desk.ingest(openingPrices(MATCH, Date.now()));
  const answer = await desk.ingest(ownSteamMove(MATCH, Date.now()));

  await desk.kill();
  await desk.restart();

  const list = await (await request.get('/api/alerts')).json();
  expect(list).toMatchObject({ counts: { new: answer.alerts }, epoch: answer.epoch });
  expect(list.alerts).toHaveLength(answer.alerts);
  await desk.stop();
  await desk.restart();
});
