import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acknowledgeRequestSchema } from '../../contracts/alert-query.ts';
import { alertIdSchema, type AlertId, type EventId } from '../../contracts/ids.ts';
import { MAX_ACKNOWLEDGED_AT_ONCE, type PatchedAlert } from './alert-acknowledge.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

const NOON = '2026-03-01T12:00:00.000Z';
let desk: DeskFixture;
let eventId: EventId;
let id: AlertId;
beforeEach(async () => {
  desk = await createDeskFixture();
  eventId = await desk.addEvent();
  id = await desk.addAlert({ eventId, severity: 'elevated' });
});
afterEach(() => desk.close());

async function patch(
  body: { acknowledged: boolean; note?: string },
  actor: string | null = 'ann',
  nowMs = NOW,
): Promise<PatchedAlert> {
  const patched = await desk.store.patchAlert(id, body, actor, nowMs);
  if (patched === 'not_found') throw new Error(`expected alert ${id} to exist`);
  return patched;
}
const many = (request: unknown, nowMs = NOW) =>
  desk.store.acknowledgeMany(acknowledgeRequestSchema.parse(request), 'ann', nowMs);
const watermark = () => desk.store.watermark();

test('[DB117] an acknowledged alert keeps who and when, carries the raised seq, and is told', async () => {
  const { epoch } = await watermark();
  const { alert, announcement } = await patch({ acknowledged: true, note: 'known' });
  expect(alert).toMatchObject({
    status: 'acknowledged',
    acknowledgedAt: NOON,
    acknowledgedBy: 'ann',
    note: 'known',
    seq: 2,
  });
  expect(announcement).toEqual({
    watermark: { epoch, seq: 2 },
    alertCount: 1,
    eventIds: [eventId],
    severities: ['elevated'],
  });
  expect(await watermark()).toEqual({ epoch, seq: 2 });
  expect((await desk.store.alertCounts(NOW)).counts).toEqual({ new: 0, acknowledged: 1, past: 0 });
});

test('[DB118] acknowledging again changes nothing, moves nothing and tells nothing', async () => {
  await patch({ acknowledged: true, note: 'known' });
  for (const again of [{ acknowledged: true }, { acknowledged: true, note: 'known' }]) {
    const { alert, announcement } = await patch(again, 'bob', NOW + MINUTE_MS);
    expect(announcement).toBeNull();
    expect(alert).toMatchObject({ acknowledgedAt: NOON, acknowledgedBy: 'ann', note: 'known', seq: 2 });
  }
  expect(await many({ ids: [id] })).toMatchObject({ answer: { acknowledged: 0, ids: [], seq: 2 }, announcement: null });
  expect((await watermark()).seq).toBe(2);
});

test('[DB118] a new note alone is a change, and leaves who acknowledged', async () => {
  await patch({ acknowledged: true });
  const { alert, announcement } = await patch({ acknowledged: true, note: 'late' }, 'bob', NOW + MINUTE_MS);
  expect(alert).toMatchObject({ acknowledgedAt: NOON, acknowledgedBy: 'ann', note: 'late', seq: 3 });
  expect(announcement).not.toBeNull();
});

test('[DB119] an acknowledgement is taken back; its note stays unless another comes, and an empty one removes it', async () => {
  await patch({ acknowledged: true, note: 'known' });
  expect((await patch({ acknowledged: false })).alert).toMatchObject({
    status: 'new',
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: 'known',
    seq: 3,
  });
  expect((await patch({ acknowledged: false })).announcement).toBeNull();
  expect((await patch({ acknowledged: false, note: '' })).alert).toMatchObject({ note: null, seq: 4 });
});

test('[DB119] an alert that does not exist is not found, and nothing moves', async () => {
  const nobody = alertIdSchema.parse(999_999);
  expect(await desk.store.patchAlert(nobody, { acknowledged: true }, null, NOW)).toBe('not_found');
  expect((await watermark()).seq).toBe(1);
});

test('[DB120] many by ids: the new ones with one seq and one note; acknowledged, past and unknown ones are left', async () => {
  const begun = await desk.addEvent({ kickoffMs: NOW });
  const other = await desk.addEvent();
  const past = await desk.addAlert({ eventId: begun });
  const acknowledged = await desk.addAlert({ eventId, acknowledged: true, note: 'mine' });
  const second = await desk.addAlert({ eventId: other, severity: 'critical' });
  const { answer, announcement } = await many({ ids: [second, id, past, acknowledged, 999_999], note: 'all' });
  const { epoch } = await watermark();
  expect(answer).toEqual({ acknowledged: 2, ids: [id, second], epoch, seq: 5 });
  expect(announcement).toMatchObject({
    watermark: { epoch, seq: 5 },
    alertCount: 2,
    severities: ['critical', 'elevated'],
  });
  expect(new Set(announcement?.eventIds)).toEqual(new Set([eventId, other]));
  expect(await desk.store.getAlert(second, NOW)).toMatchObject({
    status: 'acknowledged',
    note: 'all',
    seq: 5,
    acknowledgedBy: 'ann',
  });
  expect(await desk.store.getAlert(acknowledged, NOW)).toMatchObject({ note: 'mine', seq: 3 });
  expect(await desk.store.getAlert(past, NOW)).toMatchObject({ acknowledgedAt: null, seq: 2 });
});

test('[DB120] many by filter: what the list of that filter shows as new', async () => {
  const other = await desk.addEvent({ home: 'Sevilla', away: 'Betis', country: 'Spain', league: 'La Liga' });
  const found = await desk.addAlert({ eventId: other, bookmaker: 'lowvig' });
  await desk.addAlert({ eventId: other, bookmaker: 'pinnacle' });
  expect((await many({ filter: { country: 'Spain', q: 'low sev' } })).answer).toMatchObject({
    acknowledged: 1,
    ids: [found],
  });
  expect((await many({ filter: { status: 'past' } })).answer.acknowledged).toBe(0);
  expect((await many({ filter: {} })).answer.acknowledged).toBe(2);
});

test('[DB121] a filter that finds more than one request may acknowledge is refused and changes nothing', async () => {
  await desk.database.writer.$executeRaw`
    INSERT INTO alert (alert_key, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, seq)
    SELECT 'more-' || number, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, seq
    FROM alert, generate_series(1, ${MAX_ACKNOWLEDGED_AT_ONCE}) AS number`;
  await expect(many({ filter: { status: 'new' } })).rejects.toMatchObject({ code: 'bad_request' });
  expect((await watermark()).seq).toBe(1);
  expect((await many({ filter: { severity: 'elevated', to: '2000-01-01T00:00:00Z' } })).answer.acknowledged).toBe(0);
});

test('[DB122] of two writers at once the one that commits later has the later seq, and every step is told', async () => {
  const others = await Promise.all(Array.from({ length: 8 }, () => desk.addAlert({ eventId })));
  const start = (await watermark()).seq;
  const heard: string[] = [];
  const ear = new Client({ connectionString: desk.url });
  await ear.connect();
  ear.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await ear.query('LISTEN linewatch');
  const commits: number[] = [];
  await Promise.all(
    others.map(async (one, index) => {
      const work =
        index % 2 === 0 ? desk.store.patchAlert(one, { acknowledged: true }, 'ann', NOW) : many({ ids: [one] });
      const result = await work;
      if (result === 'not_found' || result.announcement === null) throw new Error('expected a change');
      commits.push(result.announcement.watermark.seq);
    }),
  );
  const { epoch, seq } = await watermark();
  const expected = others.map((_one, index) => start + 1 + index);
  expect(commits.toSorted((left, right) => left - right)).toEqual(expected);
  expect(seq).toBe(start + others.length);
  const stored = await desk.database.reader.alert.findMany({ where: { id: { in: others } }, select: { seq: true } });
  expect(stored.map((row) => Number(row.seq)).toSorted((left, right) => left - right)).toEqual(expected);
  await expect.poll(() => heard).toEqual(expected.map((step) => `${epoch}:${step}`));
  await ear.end();
});

test('[DB122] a writer that waits for another sees what that one committed and comes after it', async () => {
  const other = new Client({ connectionString: desk.url });
  await other.connect();
  await other.query('BEGIN; SELECT seq FROM watermark WHERE id = 1 FOR UPDATE');
  const waiting = many({ filter: { eventId: String(eventId) } });
  await other.query(
    `INSERT INTO alert (alert_key, event_id, league_id, bookmaker_id, market, type, severity, kickoff, explanation, detected_at, updated_at, seq)
     SELECT 'late', event_id, league_id, bookmaker_id, market, type, 2, kickoff, explanation, detected_at, updated_at, 2 FROM alert`,
  );
  await other.query('UPDATE watermark SET seq = 2, alert_total = 2; COMMIT');
  expect((await waiting).answer).toMatchObject({ acknowledged: 2, seq: 3 });
  await other.end();
});

test('[UI140] many are taken back in one request: one announcement, those that are new or past left as they are', async () => {
  const other = await desk.addAlert({ eventId, severity: 'critical' });
  const untouched = await desk.addAlert({ eventId, severity: 'warning' });
  await many({ ids: [id, other], note: 'known' });
  const { seq } = await watermark();

  const { answer, announcement } = await many({ ids: [id, other, untouched], acknowledged: false });

  expect(answer).toMatchObject({ acknowledged: 2, ids: [id, other], seq: seq + 1 });
  expect(announcement).toMatchObject({ alertCount: 2, eventIds: [eventId], severities: ['critical', 'elevated'] });
  expect((await desk.store.alertCounts(NOW)).counts).toEqual({ new: 3, acknowledged: 0, past: 0 });
  expect(await many({ ids: [id], acknowledged: false })).toMatchObject({
    answer: { acknowledged: 0 },
    announcement: null,
  });
});
