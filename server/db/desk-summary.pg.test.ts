import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskFixture, NOW, createDeskFixture } from './desk-fixture.ts';
import { addQuote } from './price-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

test('[DB140] the desk names every bookmaker with when it was last heard of, and counts the events ahead', async () => {
  expect(await desk.store.deskSummary(NOW)).toMatchObject({
    bookmakers: [],
    openEvents: 0,
    mutes: 0,
    lastPriceMs: null,
  });
  await desk.addEvent({ kickoffMs: NOW });
  await addQuote(desk, await desk.addEvent(), 'pinnacle', {
    versions: [
      {
        minutes: -1,
        outcomes: [
          ['Home', 2000, 0],
          ['Away', 2000, 0],
        ],
      },
    ],
  });
  await desk.database.writer.bookmaker.create({ data: { name: 'bovada', lastSeenAt: new Date(NOW - 5) } });
  expect(await desk.store.deskSummary(NOW)).toMatchObject({
    bookmakers: [
      { bookmaker: 'bovada', lastSeenMs: NOW - 5 },
      { bookmaker: 'pinnacle', lastSeenMs: NOW },
    ],
    openEvents: 1,
    lastPriceMs: NOW,
  });
});

test('[DB321] a bookmaker that was not heard of since a time is neither a name of the desk nor in its way', async () => {
  const heard = { bovada: NOW - 5, gone: NOW - 6, invented: 0 };
  for (const [name, ms] of Object.entries(heard))
    await desk.database.writer.bookmaker.create({ data: { name, lastSeenAt: new Date(ms) } });
  expect(await desk.store.bookmakerNames(NOW - 5)).toEqual(['bovada']);
  expect(await desk.store.deskSummary(NOW, NOW - 5)).toMatchObject({ bookmakers: [{ bookmaker: 'bovada' }] });
  expect(await desk.store.deskSummary(NOW, NOW + 1)).toMatchObject({
    bookmakers: [],
    lastPriceMs: null,
    openEvents: 0,
  });
});
