import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

test('[DB131] the next kickoff is the soonest ahead of an event that has alerts', async () => {
  expect(await desk.store.nextKickoff(NOW)).toBeNull();
  await desk.addEvent({ kickoffMs: NOW + 1 * MINUTE_MS });
  await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs: NOW + 9 * MINUTE_MS }) });
  await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs: NOW + 5 * MINUTE_MS }) });
  expect(await desk.store.nextKickoff(NOW)).toBe(NOW + 5 * MINUTE_MS);
  expect(await desk.store.nextKickoff(NOW + 5 * MINUTE_MS)).toBe(NOW + 9 * MINUTE_MS);
  expect(await desk.store.nextKickoff(NOW + 9 * MINUTE_MS)).toBeNull();
});

test('[DB132] kickoffs that turn alerts past raise the watermark once, whoever asks and however often', async () => {
  const kickoffMs = NOW + MINUTE_MS;
  const eventId = await desk.addEvent({ kickoffMs });
  await desk.addAlert({ eventId, severity: 'warning' });
  await desk.addAlert({ eventId, severity: 'critical', acknowledged: true });
  const { epoch } = await desk.store.watermark();
  expect(await desk.store.passKickoffs(kickoffMs - 1)).toBeNull();
  const answers = await Promise.all(
    [kickoffMs, kickoffMs + 3, kickoffMs + 5].map((nowMs) => desk.store.passKickoffs(nowMs)),
  );
  expect(answers.filter((answer) => answer !== null)).toEqual([
    { watermark: { epoch, seq: 3 }, alertCount: 2, eventIds: [eventId], severities: ['critical', 'warning'] },
  ]);
  expect(await desk.store.passKickoffs(kickoffMs + MINUTE_MS)).toBeNull();
  expect(await desk.store.watermark()).toEqual({ epoch, seq: 3 });
});

test('[DB132] a kickoff rewrites no alert, so whoever stood before it starts afresh', async () => {
  await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs: NOW + 1 }) });
  await desk.store.passKickoffs(NOW + 1);
  expect(await desk.store.changesSince(1, undefined, NOW + 1)).toMatchObject({ reset: true, seq: 2 });
  expect(await desk.store.changesSince(2, undefined, NOW + 1)).toMatchObject({
    reset: false,
    alerts: [],
    counts: { new: 0, acknowledged: 0, past: 1 },
  });
});

test('[DB132] a kickoff without alerts moves nothing', async () => {
  await desk.addEvent({ kickoffMs: NOW + 1 });
  expect(await desk.store.passKickoffs(NOW + 2)).toBeNull();
  expect((await desk.store.watermark()).seq).toBe(0);
});

test('[DB133] a desk whose clock starts earlier opens again what lies ahead, and passes it again', async () => {
  const kickoffMs = NOW + MINUTE_MS;
  await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs }) });
  await desk.store.passKickoffs(kickoffMs);
  expect(await desk.store.rewindKickoffs(kickoffMs)).toBeNull();
  expect(await desk.store.rewindKickoffs(NOW)).toMatchObject({ alertCount: 1, watermark: { seq: 3 } });
  expect(await desk.store.rewindKickoffs(NOW)).toBeNull();
  expect(await desk.store.passKickoffs(kickoffMs)).toMatchObject({ alertCount: 1, watermark: { seq: 4 } });
});
