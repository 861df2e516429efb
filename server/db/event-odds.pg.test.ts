import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventOddsSchema } from '../../contracts/event.ts';
import { fairOfRow } from '../detection/fair-prices.ts';
import { type DeskFixture, createDeskFixture } from './desk-fixture.ts';
import { addQuote, at } from './price-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture({ fairOf: fairOfRow });
});
afterEach(() => desk.close());

test('[DB137] the odds of an event are those of all books, with overround only where every outcome is open', async () => {
  const eventId = await desk.addEvent();
  await addQuote(desk, eventId, 'draftkings', {
    versions: [
      {
        minutes: -3,
        outcomes: [
          ['Home', 2600, 0],
          ['Draw', 2400, 0],
          ['Away', 4300, 0],
        ],
      },
    ],
  });
  await addQuote(desk, eventId, 'pinnacle', {
    line: 2.5,
    versions: [
      {
        minutes: -2,
        outcomes: [
          ['Over', 1950, 0],
          ['Under', 1900, 1],
        ],
      },
    ],
  });
  await addQuote(desk, eventId, 'pinnacle', {
    versions: [
      {
        minutes: -2,
        state: 'suspended',
        outcomes: [
          ['Home', 2000, 0],
          ['Away', 2000, 0],
        ],
      },
    ],
  });
  const answer = await desk.store.eventOdds(eventId, 'draftkings');
  expect(eventOddsSchema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({
    eventId,
    quotes: [
      {
        bookmaker: 'draftkings',
        own: true,
        market: '1x2',
        line: null,
        state: 'open',
        overroundPercent: 3.38,
        changedAt: at(-3),
        seenAt: at(0),
      },
      {
        bookmaker: 'pinnacle',
        own: false,
        market: '1x2',
        state: 'suspended',
        overroundPercent: null,
        outcomes: [{ odds: 2 }, {}],
      },
      {
        bookmaker: 'pinnacle',
        market: 'over_under',
        line: 2.5,
        overroundPercent: null,
        outcomes: [{ name: 'Over', odds: 1.95, suspended: false }, { suspended: true }],
      },
    ],
  });
  expect(await desk.store.eventOdds(await desk.addEvent(), 'draftkings')).toMatchObject({ quotes: [] });
});
