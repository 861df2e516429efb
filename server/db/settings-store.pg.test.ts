import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../contracts/settings.ts';
import { type DeskFixture, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

test('[DB134] without a revision the defaults hold, with the own bookmaker handed in', async () => {
  const { epoch } = await desk.store.watermark();
  expect(await desk.store.readSettings()).toEqual({
    settings: { ...DEFAULT_SETTINGS, ownBookmaker: 'draftkings' },
    revision: 0,
    changedAt: null,
    changedBy: null,
    epoch,
    seq: 0,
  });
});

test('[DB134] the newest revision holds, its watermark is raised by one, and the older ones are kept', async () => {
  const settings = { ...DEFAULT_SETTINGS, ownBookmaker: 'lowvig', disagreementMinPercent: 4 };
  const { epoch } = await desk.store.watermark();
  await desk.store.saveSettings({ ...settings, disagreementMinPercent: 5 }, { actor: null, nowMs: NOW });
  const changedAt = new Date(NOW + 1).toISOString();
  const answer = { settings, revision: 2, changedAt, changedBy: 'ann', epoch, seq: 2 };
  const saved = await desk.store.saveSettings(settings, { actor: 'ann', nowMs: NOW + 1 });
  expect(saved).toEqual({ answer, watermark: { epoch, seq: 2 } });
  expect(await desk.store.readSettings()).toEqual(answer);
  const revisions = await desk.database.reader.settingsRevision.findMany({ orderBy: { id: 'asc' } });
  expect(revisions.map(({ changedBy, changedAt }) => [changedBy, changedAt.getTime()])).toEqual([
    [null, NOW],
    ['ann', NOW + 1],
  ]);
});

test('[DB135] a stored revision of another version has the defaults where it is silent; a senseless one is refused', async () => {
  const store = (settings: object) =>
    desk.database.writer.settingsRevision.create({ data: { settings, changedAt: new Date(NOW) } });
  await store({ matchedOnly: false, abolished: 1 });
  expect((await desk.store.readSettings()).settings).toEqual({
    ...DEFAULT_SETTINGS,
    ownBookmaker: 'draftkings',
    matchedOnly: false,
  });
  await store({ priceChangePercent: { warning: 9, elevated: 8, critical: 7 } });
  await expect(desk.store.readSettings()).rejects.toMatchObject({ code: 'bad_config' });
});

const BASE = { ...DEFAULT_SETTINGS, ownBookmaker: 'draftkings' };
const save = (change: object, actor: string, ifRevision?: number) =>
  desk.store.saveSettings({ ...BASE, ...change }, { actor, nowMs: NOW, ifRevision });

test('[DB210] each revision tells who changed which fields when, from what to what', async () => {
  await save({ disagreementMinPercent: 4, primaryMarkets: ['1x2'] }, 'ann');
  const bands = { ...BASE.priceChangePercent, critical: 20 };
  await save({ disagreementMinPercent: 4, primaryMarkets: ['1x2'], priceChangePercent: bands }, 'bob');
  const { revisions, nextCursor } = await desk.store.settingsRevisions({ limit: 1 });
  expect(revisions).toEqual([
    {
      revision: 2,
      changedAt: new Date(NOW).toISOString(),
      changedBy: 'bob',
      changes: [{ field: 'priceChangePercent.critical', before: 15, after: 20 }],
    },
  ]);
  const older = await desk.store.settingsRevisions({ limit: 1, cursor: nextCursor ?? '' });
  expect(older.nextCursor).toBeNull();
  expect(older.revisions[0]?.changes).toEqual([
    { field: 'disagreementMinPercent', before: 3, after: 4 },
    { field: 'primaryMarkets', before: BASE.primaryMarkets, after: ['1x2'] },
  ]);
});

test('[DB211] of two traders who change one revision the second is told what came meanwhile, and overwrites nothing', async () => {
  const { answer } = await save({ disagreementMinPercent: 4 }, 'ann');
  const results = await Promise.allSettled([
    save({ disagreementMinPercent: 5 }, 'bob', answer.revision),
    save({ disagreementMinPercent: 6 }, 'eve', answer.revision),
  ]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const current = await desk.store.readSettings();
  const refused = results.find((result) => result.status === 'rejected');
  expect(refused?.reason).toMatchObject({
    code: 'conflict',
    details: { current, meanwhile: [{ revision: current.revision, changedBy: current.changedBy }] },
  });
  const again = await save({ disagreementMinPercent: 7 }, 'eve', current.revision);
  expect(again.answer).toMatchObject({ settings: { disagreementMinPercent: 7 }, changedBy: 'eve' });
});

test('[DB212] settings that are in force already are not stored again', async () => {
  const { answer } = await save({ disagreementMinPercent: 4 }, 'ann');
  expect(await save({ disagreementMinPercent: 4 }, 'bob')).toEqual({ answer, watermark: null });
  expect((await desk.store.watermark()).seq).toBe(1);
});

test('[SET50] a revision is read whole, 0 as the defaults, and one that today would refuse is told as such', async () => {
  await save({ disagreementMinPercent: 4 }, 'ann');
  await save({ disagreementMinPercent: 5 }, 'bob');
  expect(await desk.store.settingsRevision(1)).toEqual({
    settings: { ...BASE, disagreementMinPercent: 4 },
    revision: 1,
    changedAt: new Date(NOW).toISOString(),
    changedBy: 'ann',
  });
  expect(await desk.store.settingsRevision(0)).toMatchObject({ settings: BASE, changedAt: null });
  expect(await desk.store.settingsRevision(9)).toBeNull();
  await desk.database.writer.settingsRevision.create({
    data: { settings: { ...BASE, minTicks: -1 }, changedAt: new Date(NOW) },
  });
  await expect(desk.store.settingsRevision(3)).rejects.toMatchObject({ code: 'conflict' });
});
