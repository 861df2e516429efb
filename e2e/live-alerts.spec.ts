import { riskAlertDataSchema } from '../contracts/socket.ts';
import { expect, test } from './fixtures.ts';
import { openingPrices, ownSteamMove } from './moves.ts';
import { loadRecording, shiftToFuture } from './recording.ts';
import { riskPage } from './risk-page.ts';

const MATCH = { home: 'Harbour Town', away: 'Mill United' };

test('[UI91] an open page’s badge and list follow an ingest without a reload', async ({ desk, page }) => {
  const risk = riskPage(page);
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await risk.open();
  await risk.showsNewAlerts(0);
  await page.evaluate(() => Object.assign(globalThis, { notReloaded: true }));

  const answer = await desk.ingest(ownSteamMove(MATCH, Date.now()));

  expect(answer.alerts).toBe(1);
  await risk.showsNewAlerts(1);
  await expect(risk.group(MATCH)).toHaveAccessibleName(/1 alert, worst critical/);
  expect(await page.evaluate(() => 'notReloaded' in globalThis)).toBe(true);
});

test('[HUB60] the browser hears one risk_alert with what was committed', async ({ desk, page }) => {
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload === 'string' && payload.startsWith('42["risk_alert"')) frames.push(payload.slice(2));
    });
  });
  const risk = riskPage(page);
  await desk.ingest(openingPrices(MATCH, Date.now()));
  await risk.open();

  const answer = await desk.ingest(ownSteamMove(MATCH, Date.now()));
  await risk.showsNewAlerts(1);

  // A heartbeat that comes between the commit and its message can bring the page level before it.
  await expect.poll(() => frames.length).toBe(1);
  const heard = frames.map((frame) => riskAlertDataSchema.parse(JSON.parse(frame)[1].data));
  expect(heard[0]).toMatchObject({
    alert_count: 1,
    severities: ['critical'],
    epoch: answer.epoch,
    seq: answer.seq,
    counts: { new: 1, acknowledged: 0, past: 0 },
  });
  expect(heard[0]?.event_ids).toHaveLength(1);
});

test('[UI92] a recorded feed shows as many new alerts as the API counts', async ({ desk, page, request }) => {
  const risk = riskPage(page);
  await risk.open();

  const answer = await desk.ingest(shiftToFuture(loadRecording(), Date.now()));

  expect(answer.alerts).toBeGreaterThan(0);
  const stats = await (await request.get('/api/alerts/stats')).json();
  expect(stats.byStatus.new).toBeGreaterThan(0);
  await expect(risk.badge).toHaveAccessibleName(new RegExp(`^${stats.byStatus.new} new alerts,`));
  await expect(risk.tab('New')).toHaveAccessibleName(
    new RegExp(`^New ?${stats.byStatus.new.toLocaleString('en-GB')}$`),
  );
});
