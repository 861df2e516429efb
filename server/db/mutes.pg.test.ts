import { afterEach, beforeEach, expect, test } from 'vitest';
import { acknowledgeRequestSchema, alertQuerySchema, type AlertQueryInput } from '../../contracts/alert-query.ts';
import type { EventId } from '../../contracts/ids.ts';
import { eventQuerySchema } from '../../contracts/event.ts';
import { type MuteRequestInput, muteQuerySchema, muteRequestSchema } from '../../contracts/mute.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
let eventId: EventId;
beforeEach(async () => {
  desk = await createDeskFixture();
  eventId = await desk.addEvent();
});
afterEach(() => desk.close());

const HOUR = new Date(NOW + 60 * MINUTE_MS).toISOString();
const counts = async (nowMs = NOW) => (await desk.store.alertCounts(nowMs)).counts;
const list = (query: AlertQueryInput, nowMs = NOW) => desk.store.listAlerts(alertQuerySchema.parse(query), nowMs);
const ids = async (query: AlertQueryInput, nowMs = NOW) => (await list(query, nowMs)).alerts.map((alert) => alert.id);
const mute = (scope: MuteRequestInput['scope'], until: MuteRequestInput['until'] = HOUR, nowMs = NOW) =>
  desk.store.createMute(muteRequestSchema.parse({ scope, until, reason: 'priced by hand' }), 'ann', nowMs);

test('[DB200] a muted alert leaves the badge and is listed and read like any other', async () => {
  const muted = await desk.addAlert({ eventId, severity: 'critical' });
  const loud = await desk.addAlert({ eventId: await desk.addEvent({ home: 'Leeds' }) });
  const { answer, announcement } = await mute({ kind: 'event', eventId });
  expect(answer).toMatchObject({
    alerts: 1,
    seq: 3,
    mute: { state: 'in_force', mutedBy: 'ann', event: { home: 'Arsenal' } },
  });
  expect(announcement).toMatchObject({ alertCount: 0, severities: [], eventIds: [eventId], watermark: { seq: 3 } });
  expect(await desk.store.alertCounts(NOW)).toMatchObject({
    counts: { new: 1, acknowledged: 0, past: 0 },
    worstNew: 'warning',
    watermark: { seq: 3 },
  });
  expect(await ids({})).toEqual([loud, muted]);
  expect(await ids({ status: 'new' })).toEqual([loud]);
  expect(await list({ muted: 'true' })).toMatchObject({
    alerts: [{ id: muted, status: 'new', muted: true }],
    counts: { new: 1 },
  });
  expect(await list({ muted: 'false' })).toMatchObject({ alerts: [{ id: loud, muted: false }], counts: { new: 1 } });
  expect(await list({ severity: 'critical' })).toMatchObject({ alerts: [{ id: muted }], counts: { new: 0 } });
  expect(await desk.store.getAlert(muted, NOW)).toMatchObject({ muted: true });
  expect(await desk.store.alertStats(NOW)).toMatchObject({
    total: 2,
    muted: 1,
    byStatus: { new: 1 },
    newBySeverity: { critical: 0, warning: 1 },
  });
  const { events } = await desk.store.listEvents(eventQuerySchema.parse({}), NOW);
  expect(events.map(({ alerts }) => [alerts.new, alerts.worstNew])).toEqual([
    [0, null],
    [1, 'warning'],
  ]);
});

test('[DB201] each scope mutes what it names and nothing beside it', async () => {
  const other = await desk.addEvent({ league: 'La Liga', country: 'Spain' });
  const inEvent = await desk.addAlert({ eventId, market: 'btts' });
  const inMarket = await desk.addAlert({ eventId, market: 'over_under', line: 2.5 });
  const elsewhere = await desk.addAlert({ eventId: other, market: 'over_under', line: 2.5 });
  const ofBook = await desk.addAlert({ eventId: other, bookmaker: 'lowvig' });
  const cases: readonly (readonly [MuteRequestInput['scope'], readonly number[]])[] = [
    [{ kind: 'event', eventId }, [inMarket, inEvent]],
    [{ kind: 'league', sport: 'soccer', country: 'Spain', league: 'La Liga' }, [ofBook, elsewhere]],
    [{ kind: 'bookmaker', bookmaker: 'lowvig' }, [ofBook]],
    [{ kind: 'market', market: 'over_under' }, [elsewhere, inMarket]],
    [{ kind: 'market', market: 'over_under', eventId }, [inMarket]],
  ];
  for (const [scope, expected] of cases) {
    const { answer } = await mute(scope);
    expect(await ids({ muted: 'true' }), JSON.stringify(scope)).toEqual(expected);
    expect(answer.alerts).toBe(expected.length);
    expect((await counts()).new).toBe(4 - expected.length);
    expect(await desk.store.liftMute(answer.mute.id, 'bob', NOW)).toMatchObject({
      answer: { alerts: expected.length, mute: { state: 'lifted', liftedBy: 'bob', scope } },
      announcement: { alertCount: expected.length },
    });
  }
  expect((await counts()).new).toBe(4);
});

test('[DB202] a mute ends by its time: the alerts are back at that instant, told once by whichever process asks', async () => {
  const id = await desk.addAlert({
    eventId: await desk.addEvent({ kickoffMs: NOW + 90 * MINUTE_MS }),
    severity: 'elevated',
  });
  await mute({ kind: 'bookmaker', bookmaker: 'pinnacle' });
  const endMs = NOW + 60 * MINUTE_MS;
  expect(await desk.store.nextMuteEnd(NOW)).toBe(endMs);
  expect((await counts(endMs - 1)).new).toBe(0);
  expect((await counts(endMs)).new).toBe(1);
  expect(await desk.store.passMuteEnds(endMs - 1)).toBeNull();
  const told = await Promise.all([endMs, endMs + 1].map((nowMs) => desk.store.passMuteEnds(nowMs)));
  expect(told.filter((announcement) => announcement !== null)).toEqual([
    expect.objectContaining({
      alertCount: 1,
      severities: ['elevated'],
      watermark: expect.objectContaining({ seq: 3 }),
    }),
  ]);
  expect(await desk.store.nextMuteEnd(endMs)).toBeNull();
  expect(await list({ status: 'new' }, endMs)).toMatchObject({ alerts: [{ id, muted: false }] });
  expect((await desk.store.listMutes(muteQuerySchema.parse({}), endMs)).mutes).toEqual([]);
  expect((await desk.store.listMutes(muteQuerySchema.parse({ state: 'all' }), endMs)).mutes).toMatchObject([
    { state: 'over' },
  ]);
});

test('[DB203] a mute until kickoff goes along with a kickoff that moves', async () => {
  await desk.addAlert({ eventId });
  const { answer } = await mute({ kind: 'event', eventId }, 'kickoff');
  expect(answer.mute).toMatchObject({ until: 'kickoff', endsAt: HOUR });
  const laterMs = NOW + 120 * MINUTE_MS;
  await desk.database.writer.event.updateMany({ data: { kickoff: new Date(laterMs) } });
  await desk.database.writer.alert.updateMany({ data: { kickoff: new Date(laterMs) } });
  expect(await counts(laterMs - 1)).toEqual({ new: 0, acknowledged: 0, past: 0 });
  expect(await counts(laterMs)).toEqual({ new: 0, acknowledged: 0, past: 1 });
  expect(await list({}, laterMs)).toMatchObject({ alerts: [{ status: 'past', muted: false }] });
  expect((await desk.store.listMutes(muteQuerySchema.parse({}), laterMs - 1)).mutes).toMatchObject([
    { endsAt: new Date(laterMs).toISOString() },
  ]);
  expect((await desk.store.listMutes(muteQuerySchema.parse({}), laterMs)).mutes).toEqual([]);
});

test('[DB204] of overlapping mutes the last one to end brings an alert back, and lifting again moves nothing', async () => {
  await desk.addAlert({ eventId });
  const first = await mute({ kind: 'event', eventId });
  const second = await mute({ kind: 'market', market: '1x2' });
  expect(second.answer.alerts).toBe(0);
  expect(await desk.store.liftMute(first.answer.mute.id, 'bob', NOW)).toMatchObject({ answer: { alerts: 0 } });
  expect((await counts()).new).toBe(0);
  expect(await desk.store.liftMute(second.answer.mute.id, 'bob', NOW)).toMatchObject({ answer: { alerts: 1 } });
  expect((await counts()).new).toBe(1);
  const { seq } = await desk.store.watermark();
  expect(await desk.store.liftMute(second.answer.mute.id, 'eve', NOW)).toMatchObject({
    answer: { alerts: 0, seq, mute: { liftedBy: 'bob' } },
    announcement: null,
  });
  expect(await desk.store.liftMute(9_999, 'eve', NOW)).toBe('not_found');
});

test('[DB140] the desk counts the mutes in force: none that was lifted, is over or was until a kickoff that has passed', async () => {
  const mutesAt = async (nowMs: number) => (await desk.store.deskSummary(nowMs)).mutes;
  await mute({ kind: 'event', eventId }, 'kickoff');
  await mute({ kind: 'market', market: '1x2' });
  const lifted = await mute({ kind: 'market', market: 'over_under' });
  expect(await mutesAt(NOW)).toBe(3);
  await desk.store.liftMute(lifted.answer.mute.id, 'ann', NOW);
  expect(await mutesAt(NOW)).toBe(2);
  expect(await mutesAt(NOW + 60 * MINUTE_MS)).toBe(0);
});

test('[DB205] what is not there, and an end that is not ahead, is refused and changes nothing', async () => {
  const { seq } = await desk.store.watermark();
  const past = new Date(NOW).toISOString();
  await expect(mute({ kind: 'event', eventId }, past)).rejects.toMatchObject({ code: 'bad_request' });
  await expect(mute({ kind: 'event', eventId: 4_711 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(mute({ kind: 'bookmaker', bookmaker: 'nobody' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(mute({ kind: 'event', eventId }, 'kickoff', NOW + 60 * MINUTE_MS)).rejects.toMatchObject({
    code: 'bad_request',
  });
  expect(() =>
    muteRequestSchema.parse({ scope: { kind: 'market', market: '1x2' }, until: 'kickoff', reason: 'x' }),
  ).toThrow(/only a mute of an event/);
  expect(await desk.store.listMutes(muteQuerySchema.parse({ state: 'all' }), NOW)).toMatchObject({ mutes: [], seq });
});

test('[DB206] whoever stood before a mute, its lifting or its end starts afresh', async () => {
  await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs: NOW + 90 * MINUTE_MS }) });
  const changes = (since: number, nowMs = NOW) => desk.store.changesSince(since, undefined, nowMs);
  await mute({ kind: 'bookmaker', bookmaker: 'pinnacle' });
  expect(await changes(1)).toMatchObject({ reset: true, seq: 2 });
  expect(await changes(2)).toMatchObject({ reset: false, alerts: [], counts: { new: 0 } });
  const endMs = NOW + 60 * MINUTE_MS;
  await desk.store.passMuteEnds(endMs);
  expect(await changes(2, endMs)).toMatchObject({ reset: true, seq: 3 });
});

test('[DB207] all that is new is acknowledged without the muted, which whoever names them can acknowledge', async () => {
  const muted = await desk.addAlert({ eventId });
  const loud = await desk.addAlert({ eventId: await desk.addEvent() });
  await mute({ kind: 'event', eventId });
  const acknowledge = async (request: object) =>
    (await desk.store.acknowledgeMany(acknowledgeRequestSchema.parse(request), 'ann', NOW)).answer.ids;
  expect(await acknowledge({ filter: {} })).toEqual([loud]);
  expect(await acknowledge({ filter: { muted: true } })).toEqual([muted]);
  await desk.store.patchAlert(muted, { acknowledged: false }, 'ann', NOW);
  expect(await acknowledge({ ids: [muted, loud] })).toEqual([muted]);
  expect(await counts()).toEqual({ new: 0, acknowledged: 2, past: 0 });
});

test('[DB208] another process is told of changed alerts without the muted ones', async () => {
  await desk.addAlert({ eventId, severity: 'critical' });
  await desk.addAlert({ eventId: await desk.addEvent() });
  await mute({ kind: 'event', eventId });
  expect(await desk.store.alertsChangedBetween(0, 2, NOW)).toMatchObject({ alertCount: 1, severities: ['warning'] });
  expect(await desk.store.alertsChangedBetween(2, 3, NOW)).toMatchObject({ alertCount: 0 });
});

test('[DB209] another process tells of what a mute gave back as the one does where it ended', async () => {
  await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs: NOW + 90 * MINUTE_MS }), severity: 'critical' });
  await desk.addAlert({ eventId, severity: 'warning' });
  const lifted = await mute({ kind: 'event', eventId });
  await mute({ kind: 'bookmaker', bookmaker: 'pinnacle' });
  const told = (fromSeq: number, nowMs = NOW) => desk.store.alertsChangedBetween(fromSeq, fromSeq + 1, nowMs);
  await desk.store.liftMute(lifted.answer.mute.id, 'bob', NOW);
  expect(await told(4)).toMatchObject({ alertCount: 0 });
  const endMs = NOW + 60 * MINUTE_MS;
  const announcement = await desk.store.passMuteEnds(endMs);
  expect(announcement).toMatchObject({ alertCount: 1, severities: ['critical'], watermark: { seq: 6 } });
  expect(await told(5, endMs)).toMatchObject({ alertCount: 1, severities: ['critical'] });
});
