import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HistoryQuery, eventHistorySchema } from '../../contracts/event.ts';
import { fairOfRow } from '../detection/fair-prices.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';
import { MAX_POINTS_PER_BOOKMAKER } from './event-history.ts';
import { type PriceVersion, addQuote, at } from './price-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture({ fairOf: fairOfRow });
});
afterEach(() => desk.close());

test('[DB138] a history has a point wherever the price changed, null while it was shut, suspended or gone', async () => {
  const eventId = await desk.addEvent();
  const away: [string, number, number] = ['Away', 2000, 0];
  await addQuote(desk, eventId, 'draftkings', {
    versions: [
      { minutes: -50, outcomes: [['Home', 2100, 0], away] },
      {
        minutes: -40,
        outcomes: [
          ['Home', 2100, 0],
          ['Away', 1990, 0],
        ],
      },
      { minutes: -30, outcomes: [['Home', 2100, 1], away] },
      { minutes: -20, state: 'suspended', outcomes: [['Home', 2100, 0], away] },
      { minutes: -15, outcomes: [['Home', 1850, 0], away] },
      { minutes: -10, outcomes: [away] },
      { minutes: -5, outcomes: [['Home', 1900, 0], away] },
    ],
  });
  await addQuote(desk, eventId, 'pinnacle', { versions: [{ minutes: -45, outcomes: [['Home', 2050, 0], away] }] });
  await addQuote(desk, eventId, 'pinnacle', {
    line: 2.5,
    versions: [{ minutes: -45, outcomes: [['Home', 9000, 0], away] }],
  });
  const mark = await desk.addAlert({ eventId, outcome: 'Home' });
  const whole = await desk.addAlert({ eventId, outcome: null, detectedMs: NOW - 2 * MINUTE_MS });
  await desk.addAlert({ eventId, outcome: 'Away' });
  await desk.addAlert({ eventId, outcome: 'Home', market: 'moneyline' });

  const history = (query: Partial<HistoryQuery> = {}) =>
    desk.store.eventHistory(eventId, { market: '1x2', outcome: 'Home', ...query }, 'draftkings', NOW);
  const answer = await history();
  if (answer === 'not_found') throw new Error('expected a history');
  expect(eventHistorySchema.parse(answer)).toEqual(answer);
  expect(answer.series).toEqual([
    {
      bookmaker: 'draftkings',
      own: true,
      seenAt: at(0),
      absences: [],
      points: [
        { at: at(-50), odds: 2.1, fair: null },
        { at: at(-30), odds: null, fair: null },
        { at: at(-15), odds: 1.85, fair: null },
        { at: at(-10), odds: null, fair: null },
        { at: at(-5), odds: 1.9, fair: null },
      ],
    },
    {
      bookmaker: 'pinnacle',
      own: false,
      seenAt: at(0),
      absences: [],
      points: [{ at: at(-45), odds: 2.05, fair: null }],
    },
  ]);
  expect(answer.alerts.map((alert) => alert.id)).toEqual([whole, mark]);
  expect(answer).toMatchObject({ truncated: false, line: null });

  expect(await history({ from: at(-16), to: at(-10) })).toMatchObject({
    series: [
      {
        points: [
          { at: at(-16), odds: null },
          { at: at(-15), odds: 1.85 },
        ],
      },
      { points: [{ at: at(-16), odds: 2.05 }] },
    ],
    alerts: [],
  });
  expect(await history({ market: 'over_under', line: 2.5 })).toMatchObject({
    line: 2.5,
    series: [{ points: [{ odds: 9 }] }],
  });
});

test('[API215] a history tells the fair probability of each price where its whole market was open', async () => {
  const eventId = await desk.addEvent();
  await addQuote(desk, eventId, 'pinnacle', {
    line: 2.5,
    versions: [
      {
        minutes: -50,
        outcomes: [
          ['over', 1900, 0],
          ['under', 1900, 0],
        ],
      },
      {
        minutes: -40,
        outcomes: [
          ['over', 1900, 0],
          ['under', 2000, 0],
        ],
      },
      {
        minutes: -30,
        outcomes: [
          ['over', 1900, 0],
          ['under', 2000, 1],
        ],
      },
    ],
  });
  const answer = await desk.store.eventHistory(eventId, { market: 'over_under', line: 2.5, outcome: 'over' }, 'x', NOW);
  expect(answer).toMatchObject({
    series: [
      {
        points: [
          { at: at(-50), odds: 1.9, fair: 0.5 },
          { at: at(-40), odds: 1.9, fair: 0.5128 },
          { at: at(-30), odds: 1.9, fair: null },
        ],
      },
    ],
  });
  expect(await desk.store.eventOdds(eventId, 'x')).toMatchObject({
    quotes: [{ outcomes: [{ fair: null }, { fair: null }] }],
  });
});

test('[UI314] a history says when a book was not heard of, also where nothing else is new', async () => {
  const eventId = await desk.addEvent();
  await addQuote(desk, eventId, 'draftkings', { versions: [{ minutes: -60, outcomes: [['Home', 2000, 0]] }] });
  await addQuote(desk, eventId, 'pinnacle', { versions: [{ minutes: -60, outcomes: [['Home', 2050, 0]] }] });
  const { id: bookmakerId } = await desk.database.reader.bookmaker.findUniqueOrThrow({ where: { name: 'pinnacle' } });
  await desk.database.writer.bookAbsence.createMany({
    data: [
      { eventId, bookmakerId, fromAt: new Date(at(-20)), toAt: new Date(at(-10)) },
      { eventId, bookmakerId, fromAt: new Date(at(-50)), toAt: new Date(at(-30)) },
    ],
  });
  const history = async (query: Partial<HistoryQuery> = {}) => {
    const answer = await desk.store.eventHistory(
      eventId,
      { market: '1x2', outcome: 'Home', ...query },
      'draftkings',
      NOW,
    );
    if (answer === 'not_found') throw new Error('expected a history');
    return answer;
  };
  const spans = [
    { from: at(-50), to: at(-30) },
    { from: at(-20), to: at(-10) },
  ];
  const first = await history();
  expect(first.series).toMatchObject([{ absences: [] }, { absences: spans }]);
  expect((await history({ after: first.head })).series).toMatchObject([{ absences: [] }, { absences: spans }]);
});

test('[API216] a history asked for after its head brings what was stored since, and nothing twice', async () => {
  const eventId = await desk.addEvent();
  const outcomes = (odds: number): [string, number, number][] => [
    ['over', odds, 0],
    ['under', 1900, 0],
  ];
  await addQuote(desk, eventId, 'pinnacle', { line: 2.5, versions: [{ minutes: -50, outcomes: outcomes(1900) }] });
  const query = { market: 'over_under', line: 2.5, outcome: 'over' } as const;
  const first = await desk.store.eventHistory(eventId, query, 'x', NOW);
  if (first === 'not_found') throw new Error('expected a history');
  // Older than what is known: a slow feed's price, stored late.
  await addQuote(desk, eventId, 'bovada', { line: 2.5, versions: [{ minutes: -70, outcomes: outcomes(2100) }] });
  const next = await desk.store.eventHistory(eventId, { ...query, after: first.head }, 'x', NOW);
  // A book with nothing new still says when it was last heard of.
  expect(next).toMatchObject({
    series: [
      { bookmaker: 'bovada', points: [{ at: at(-70), odds: 2.1 }] },
      { bookmaker: 'pinnacle', seenAt: at(0), points: [] },
    ],
  });
  if (next === 'not_found') throw new Error('expected a history');
  expect(next.head).toBeGreaterThan(first.head);
  expect(await desk.store.eventHistory(eventId, { ...query, after: next.head }, 'x', NOW)).toMatchObject({
    series: [{ points: [] }, { points: [] }],
  });
});

test('[DB139] a history longer than one answer keeps its newest part and says so', async () => {
  const eventId = await desk.addEvent();
  const versions = Array.from({ length: MAX_POINTS_PER_BOOKMAKER + 1 }, (_unused, index): PriceVersion => ({
    minutes: index - 3_000,
    outcomes: [
      ['Home', 2000 + (index % 2), 0],
      ['Away', 2000, 0],
    ],
  }));
  await addQuote(desk, eventId, 'pinnacle', { versions });
  const answer = await desk.store.eventHistory(eventId, { market: '1x2', outcome: 'Home' }, 'x', NOW);
  if (answer === 'not_found') throw new Error('expected a history');
  expect(answer.truncated).toBe(true);
  expect(answer.series[0]?.points).toHaveLength(MAX_POINTS_PER_BOOKMAKER);
  expect(answer.series[0]?.points.at(-1)?.at).toBe(at(MAX_POINTS_PER_BOOKMAKER - 3_000));
  const wide = await desk.store.eventHistory(eventId, { market: '1x2', outcome: 'Home', from: at(-9_999) }, 'x', NOW);
  expect(wide).toEqual(answer);
  const narrow = await desk.store.eventHistory(eventId, { market: '1x2', outcome: 'Home', from: at(-2_999) }, 'x', NOW);
  expect(narrow).toMatchObject({ truncated: false });
});
