import { afterEach, beforeEach, expect, test } from 'vitest';
import { sparklineListSchema, sparklineQuerySchema } from '../../contracts/sparkline.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';
import { addQuote, at } from './price-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

test('[API217] sparklines hold the last two hours of each alert’s price at its book, up to now or kickoff', async () => {
  const ahead = await desk.addEvent();
  const begun = await desk.addEvent({ kickoffMs: NOW - 60 * MINUTE_MS });
  const prices = (home: number): [string, number, number][] => [
    ['Home', home, 0],
    ['Draw', 3000, 0],
    ['Away', 4000, 0],
  ];
  await addQuote(desk, ahead, 'draftkings', {
    versions: [
      { minutes: -300, outcomes: prices(2500) },
      { minutes: -200, outcomes: prices(2400) },
      { minutes: -60, outcomes: prices(2300) },
      { minutes: -59.5, outcomes: prices(2200) },
      { minutes: -30, state: 'suspended', outcomes: prices(2200) },
      { minutes: -10, outcomes: prices(2100) },
    ],
  });
  await addQuote(desk, begun, 'draftkings', {
    versions: [
      { minutes: -100, outcomes: prices(1500) },
      { minutes: -1, outcomes: prices(1100) },
    ],
  });
  const home = await desk.addAlert({ eventId: ahead, bookmaker: 'draftkings', outcome: 'Home' });
  const market = await desk.addAlert({ eventId: begun, bookmaker: 'draftkings', outcome: null });
  const unpriced = await desk.addAlert({ eventId: begun, bookmaker: 'pinnacle', outcome: 'Home' });
  const answer = await desk.store.sparklines(
    sparklineQuerySchema.parse({ ids: `${home},${market},${unpriced},999999` }),
    NOW,
  );
  expect(sparklineListSchema.parse(answer)).toEqual(answer);
  expect(answer.sparklines).toEqual([
    {
      alertId: home,
      from: at(-120),
      to: at(0),
      points: [
        { at: at(-120), odds: 2.4 },
        { at: at(-59.5), odds: 2.2 },
        { at: at(-30), odds: null },
        { at: at(-10), odds: 2.1 },
      ],
    },
    { alertId: market, from: at(-180), to: at(-60), points: [{ at: at(-100), odds: 1.5 }] },
    { alertId: unpriced, from: at(-180), to: at(-60), points: [] },
  ]);
});
