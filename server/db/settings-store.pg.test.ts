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
    epoch,
    seq: 0,
  });
});

test('[DB134] the newest revision holds, its watermark is raised by one, and the older ones are kept', async () => {
  const settings = { ...DEFAULT_SETTINGS, ownBookmaker: 'lowvig', disagreementMinPercent: 4 };
  const { epoch } = await desk.store.watermark();
  await desk.store.saveSettings({ ...settings, disagreementMinPercent: 5 }, null, NOW);
  expect(await desk.store.saveSettings(settings, 'ann', NOW + 1)).toEqual({ settings, watermark: { epoch, seq: 2 } });
  expect(await desk.store.readSettings()).toEqual({ settings, epoch, seq: 2 });
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
