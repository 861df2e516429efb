import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  MAX_SAVED_VIEWS,
  type SavedViewRequestInput,
  savedViewListSchema,
  savedViewRequestSchema,
} from '../../contracts/saved-view.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

const SAVE = { actor: 'ann', nowMs: NOW };
const request = (input: SavedViewRequestInput) => savedViewRequestSchema.parse(input);
const create = (input: SavedViewRequestInput) => desk.store.createView(request(input), SAVE);
const views = async (nowMs = NOW) => (await desk.store.listViews(nowMs)).views;

test('[DB255] a view is kept with its filter and order, and counts the new alerts under it as they are', async () => {
  const soon = await desk.addEvent({ kickoffMs: NOW + 60 * MINUTE_MS });
  const late = await desk.addEvent({ home: 'Sevilla', league: 'La Liga', kickoffMs: NOW + 500 * MINUTE_MS });
  await desk.addAlert({ eventId: soon, severity: 'critical' });
  await desk.addAlert({ eventId: late, severity: 'critical' });
  await desk.addAlert({ eventId: late, severity: 'warning', acknowledged: true });
  await create({ name: 'Late money', filter: { kickoffWithin: 120, severity: ['critical'] }, sort: 'kickoff' });
  await create({ name: 'everything', filter: { q: 'sev' } });
  const list = await desk.store.listViews(NOW);
  expect(savedViewListSchema.parse(list)).toEqual(list);
  expect(list).toMatchObject({
    seq: 5,
    views: [
      { name: 'everything', filter: { q: 'sev' }, sort: 'detected', newAlerts: 1 },
      {
        name: 'Late money',
        filter: { kickoffWithin: 120, severity: ['critical'] },
        sort: 'kickoff',
        newAlerts: 1,
        savedBy: 'ann',
        savedAt: '2026-03-01T12:00:00.000Z',
      },
    ],
  });
  expect((await views(NOW + 400 * MINUTE_MS)).map(({ newAlerts }) => newAlerts)).toEqual([1, 1]);
  expect((await views(NOW + 500 * MINUTE_MS)).map(({ newAlerts }) => newAlerts)).toEqual([0, 0]);
});

test('[DB256] saving, renaming and deleting raise the watermark once each and call nobody', async () => {
  const { answer, announcement } = await create({ name: 'Late money', filter: { severity: ['critical'] } });
  expect(announcement).toMatchObject({ alertCount: 0, severities: [], watermark: { seq: 1 } });
  const renamed = await desk.store.replaceView(
    answer.id,
    request({ name: 'LATE money', filter: {}, sort: 'severity' }),
    SAVE,
  );
  expect(renamed).toMatchObject({ answer: { seq: 2 } });
  expect(await views()).toMatchObject([{ id: answer.id, name: 'LATE money', filter: {}, sort: 'severity' }]);
  expect(await desk.store.deleteView(answer.id)).toMatchObject({ answer: { seq: 3 } });
  expect(await views()).toEqual([]);
  expect(await desk.store.deleteView(answer.id)).toBe('not_found');
  expect(await desk.store.replaceView(99, request({ name: 'x', filter: {} }), SAVE)).toBe('not_found');
  expect(await desk.store.watermark()).toMatchObject({ seq: 3 });
});

test('[DB257] a name is there once, whatever its case, and there are not more views than can be counted', async () => {
  const first = await create({ name: 'Late money', filter: {} });
  await expect(create({ name: 'late MONEY', filter: {} })).rejects.toMatchObject({ code: 'conflict' });
  const other = await create({ name: 'other', filter: {} });
  await expect(
    desk.store.replaceView(other.answer.id, request({ name: 'LATE money', filter: {} }), SAVE),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect(
    await desk.store.replaceView(first.answer.id, request({ name: 'late money', filter: {} }), SAVE),
  ).toMatchObject({
    answer: { id: first.answer.id },
  });
  for (let count = 2; count < MAX_SAVED_VIEWS; count += 1) await create({ name: `view ${count}`, filter: {} });
  await expect(create({ name: 'one more', filter: {} })).rejects.toMatchObject({ code: 'bad_request' });
  expect(() => request({ name: 'x', filter: { status: ['new'] } })).toThrow(/every tab/);
});
