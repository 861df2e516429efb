import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_CHANGES_PER_ANSWER, alertStatsSchema } from '../../contracts/alert-query.ts';
import { alertWithExplanationSchema } from '../../contracts/alert.ts';
import type { EventId } from '../../contracts/ids.ts';
import { type DeskFixture, EXPLANATION, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
let eventId: EventId;
beforeEach(async () => {
  desk = await createDeskFixture();
  eventId = await desk.addEvent();
});
afterEach(() => desk.close());

async function changedSince(since: number, epoch?: string) {
  const changes = await desk.store.changesSince(since, epoch, NOW);
  return changes.reset ? 'reset' : changes.alerts.map((alert) => [alert.id, alert.seq]);
}

test('[DB123] one alert is read with the reason why it fired', async () => {
  const id = await desk.addAlert({ eventId });
  const alert = await desk.store.getAlert(id, NOW);
  expect(alertWithExplanationSchema.parse(alert)).toEqual(alert);
  expect(alert).toMatchObject({ id, explanation: EXPLANATION });
});

test('[DB124] changes since a watermark are the alerts changed after it, once each, in the order of the changes', async () => {
  const first = await desk.addAlert({ eventId });
  const second = await desk.addAlert({ eventId });
  await desk.store.patchAlert(first, { acknowledged: true }, null, NOW);
  expect(await changedSince(0)).toEqual([
    [second, 2],
    [first, 3],
  ]);
  expect(await changedSince(2)).toEqual([[first, 3]]);
  expect(await changedSince(3)).toEqual([]);
  const { epoch } = await desk.store.watermark();
  expect(await changedSince(2, epoch)).toEqual([[first, 3]]);
  expect(await desk.store.changesSince(3, epoch, NOW)).toEqual({
    reset: false,
    alerts: [],
    counts: { new: 1, acknowledged: 1, past: 0 },
    epoch,
    seq: 3,
  });
});

test('[DB125] changes are a reset after another epoch, from ahead, from below what is known, and beyond the limit', async () => {
  await desk.addAlert({ eventId });
  expect(await changedSince(0, 'another life')).toBe('reset');
  expect(await changedSince(2)).toBe('reset');
  await desk.database.writer.$executeRaw`UPDATE watermark SET changes_from = 1`;
  expect(await changedSince(0)).toBe('reset');
  expect(await changedSince(1)).toEqual([]);
  const addMore = (count: number) => desk.database.writer.$executeRaw`
    INSERT INTO alert (alert_key, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, seq)
    SELECT gen_random_uuid()::text, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, 2
    FROM (SELECT * FROM alert LIMIT 1) AS alert, generate_series(1, ${count})`;
  await desk.database.writer.$executeRaw`UPDATE watermark SET seq = 2`;
  await addMore(MAX_CHANGES_PER_ANSWER);
  expect(await changedSince(1)).toHaveLength(MAX_CHANGES_PER_ANSWER);
  await addMore(1);
  expect(await changedSince(1)).toBe('reset');
});

test('[DB126] what changed between two watermarks is counted with its events and severities, the worst first', async () => {
  const other = await desk.addEvent();
  await desk.addAlert({ eventId, severity: 'critical' });
  await desk.addAlert({ eventId, severity: 'warning' });
  await desk.addAlert({ eventId: other, severity: 'critical' });
  await desk.addAlert({ eventId: other, severity: 'elevated' });
  const summary = await desk.store.alertsChangedBetween(1, 3, NOW);
  expect({ ...summary, eventIds: new Set(summary.eventIds) }).toEqual({
    alertCount: 2,
    eventIds: new Set([eventId, other]),
    severities: ['critical', 'warning'],
  });
  expect(await desk.store.alertsChangedBetween(4, 4, NOW)).toEqual({ alertCount: 0, eventIds: [], severities: [] });
});

test('[DB127] the statistics count every alert by status, severity and type, and the new ones by severity', async () => {
  const begun = await desk.addEvent({ kickoffMs: NOW });
  await desk.addAlert({ eventId, severity: 'critical' });
  await desk.addAlert({ eventId, severity: 'warning', type: 'availability' });
  await desk.addAlert({ eventId, severity: 'critical', acknowledged: true });
  await desk.addAlert({ eventId: begun, severity: 'elevated', acknowledged: true });
  const stats = await desk.store.alertStats(NOW);
  expect(alertStatsSchema.parse(stats)).toEqual(stats);
  expect(stats).toMatchObject({
    total: 4,
    byStatus: { new: 2, acknowledged: 1, past: 1 },
    bySeverity: { warning: 1, elevated: 1, critical: 2 },
    byType: { price_change: 3, availability: 1, lagging: 0 },
    newBySeverity: { warning: 1, elevated: 0, critical: 1 },
    seq: 4,
  });
});

test('[DB128] the badge has the number in each tab and the worst of the new', async () => {
  const { epoch } = await desk.store.watermark();
  expect(await desk.store.alertCounts(NOW)).toEqual({
    counts: { new: 0, acknowledged: 0, past: 0 },
    worstNew: null,
    watermark: { epoch, seq: 0 },
  });
  const begun = await desk.addEvent({ kickoffMs: NOW - MINUTE_MS });
  await desk.addAlert({ eventId: begun, severity: 'critical' });
  await desk.addAlert({ eventId, severity: 'critical', acknowledged: true });
  await desk.addAlert({ eventId, severity: 'elevated' });
  expect(await desk.store.alertCounts(NOW)).toEqual({
    counts: { new: 1, acknowledged: 1, past: 1 },
    worstNew: 'elevated',
    watermark: { epoch, seq: 3 },
  });
});
