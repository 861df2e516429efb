import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type EventQueryInput,
  type HistoryQuery,
  eventHistorySchema,
  eventListSchema,
  eventOddsSchema,
  eventQuerySchema,
} from '../../contracts/event.ts';
import type { EventId } from '../../contracts/ids.ts';
import { sparklineListSchema, sparklineQuerySchema } from '../../contracts/sparkline.ts';
import { fairOfRow } from '../detection/fair-prices.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';
import { MAX_POINTS_PER_BOOKMAKER } from './event-history.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture({ fairOf: fairOfRow });
});
afterEach(() => desk.close());

const list = (query: EventQueryInput = {}) => desk.store.listEvents(eventQuerySchema.parse(query), NOW);
const at = (minutes: number): string => new Date(NOW + minutes * MINUTE_MS).toISOString();
type Version = { minutes: number; state?: 'open' | 'suspended' | 'removed'; outcomes: [string, number, number][] };

async function addQuote(
  eventId: EventId,
  name: string,
  line: number | null,
  versions: readonly Version[],
): Promise<void> {
  const { writer } = desk.database;
  const seen = { name, lastSeenAt: new Date(NOW) };
  const bookmaker = await writer.bookmaker.upsert({ where: { name }, create: seen, update: {} });
  const presence = { eventId, bookmakerId: bookmaker.id };
  await writer.bookPresence.upsert({
    where: { eventId_bookmakerId: presence },
    create: { ...presence, lastSeenAt: new Date(NOW) },
    update: {},
  });
  const last = versions.at(-1);
  if (last === undefined) throw new Error('expected a version');
  const stamp = new Date(at(last.minutes));
  const current = { state: last.state ?? 'open', outcomes: last.outcomes, observedAt: stamp };
  const quote = await writer.oddsCurrent.create({
    data: {
      eventId,
      bookmakerId: bookmaker.id,
      market: line === null ? '1x2' : 'over_under',
      line,
      changedAt: stamp,
      ...current,
    },
  });
  await writer.oddsHistory.createMany({
    data: versions.map(({ minutes, state, outcomes }) => ({
      quoteId: quote.id,
      observedAt: new Date(at(minutes)),
      state: state ?? 'open',
      outcomes,
    })),
  });
}

test('[DB136] events ahead come by kickoff, the soonest first, each with its books and alerts', async () => {
  const late = await desk.addEvent({ kickoffMs: NOW + 9 * MINUTE_MS });
  const soon = await desk.addEvent({ kickoffMs: NOW + MINUTE_MS, home: 'Sevilla', country: 'Spain' });
  const begun = await desk.addEvent({ kickoffMs: NOW });
  await addQuote(soon, 'pinnacle', null, [
    {
      minutes: -1,
      outcomes: [
        ['Home', 2000, 0],
        ['Away', 2000, 0],
      ],
    },
  ]);
  await desk.addAlert({ eventId: soon, severity: 'elevated' });
  await desk.addAlert({ eventId: soon, severity: 'critical', acknowledged: true });
  await desk.addAlert({ eventId: begun, severity: 'critical' });
  const answer = await list();
  expect(eventListSchema.parse(answer)).toEqual(answer);
  expect(answer.events.map((event) => event.id)).toEqual([soon, late]);
  expect(answer.events[0]).toMatchObject({
    home: 'Sevilla',
    country: 'Spain',
    bookmakers: 1,
    alerts: { new: 1, acknowledged: 1, past: 0, worstNew: 'elevated' },
  });
  expect(await desk.store.getEvent(begun, NOW)).toMatchObject({
    event: { alerts: { new: 0, past: 1, worstNew: null } },
    seq: 3,
  });
  expect((await list({ from: at(-5), to: at(1) })).events.map((event) => event.id)).toEqual([begun]);
  expect((await list({ country: 'Spain', q: 'sev spa' })).events.map((event) => event.id)).toEqual([soon]);
  expect((await list({ league: 'none' })).events).toEqual([]);
  expect((await list({ q: '!' })).events).toEqual([]);
});

test('[DB136] pages of events give each once, also of one kickoff; a cursor of another list is refused', async () => {
  const ids = [];
  for (let index = 0; index < 7; index += 1)
    ids.push(await desk.addEvent({ kickoffMs: NOW + (1 + (index % 2)) * MINUTE_MS }));
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 2, cursor });
    seen.push(...page.events.map((event) => event.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toEqual((await list()).events.map((event) => event.id));
  expect(new Set(seen)).toEqual(new Set(ids));
  const foreign = Buffer.from(JSON.stringify(['alerts:kickoff', NOW, 1])).toString('base64url');
  await expect(list({ cursor: foreign })).rejects.toMatchObject({ code: 'bad_request' });
});

test('[DB137] the odds of an event are those of all books, with overround only where every outcome is open', async () => {
  const eventId = await desk.addEvent();
  await addQuote(eventId, 'draftkings', null, [
    {
      minutes: -3,
      outcomes: [
        ['Home', 2600, 0],
        ['Draw', 2400, 0],
        ['Away', 4300, 0],
      ],
    },
  ]);
  await addQuote(eventId, 'pinnacle', 2.5, [
    {
      minutes: -2,
      outcomes: [
        ['Over', 1950, 0],
        ['Under', 1900, 1],
      ],
    },
  ]);
  await addQuote(eventId, 'pinnacle', null, [
    {
      minutes: -2,
      state: 'suspended',
      outcomes: [
        ['Home', 2000, 0],
        ['Away', 2000, 0],
      ],
    },
  ]);
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

test('[DB138] a history has a point wherever the price changed, null while it was shut, suspended or gone', async () => {
  const eventId = await desk.addEvent();
  const away: [string, number, number] = ['Away', 2000, 0];
  await addQuote(eventId, 'draftkings', null, [
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
  ]);
  await addQuote(eventId, 'pinnacle', null, [{ minutes: -45, outcomes: [['Home', 2050, 0], away] }]);
  await addQuote(eventId, 'pinnacle', 2.5, [{ minutes: -45, outcomes: [['Home', 9000, 0], away] }]);
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
  await addQuote(eventId, 'pinnacle', 2.5, [
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
  ]);
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
  await addQuote(eventId, 'draftkings', null, [{ minutes: -60, outcomes: [['Home', 2000, 0]] }]);
  await addQuote(eventId, 'pinnacle', null, [{ minutes: -60, outcomes: [['Home', 2050, 0]] }]);
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
  await addQuote(eventId, 'pinnacle', 2.5, [{ minutes: -50, outcomes: outcomes(1900) }]);
  const query = { market: 'over_under', line: 2.5, outcome: 'over' } as const;
  const first = await desk.store.eventHistory(eventId, query, 'x', NOW);
  if (first === 'not_found') throw new Error('expected a history');
  // Older than what is known: a slow feed's price, stored late.
  await addQuote(eventId, 'bovada', 2.5, [{ minutes: -70, outcomes: outcomes(2100) }]);
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

test('[API217] sparklines hold the last two hours of each alert’s price at its book, up to now or kickoff', async () => {
  const ahead = await desk.addEvent();
  const begun = await desk.addEvent({ kickoffMs: NOW - 60 * MINUTE_MS });
  const prices = (home: number): [string, number, number][] => [
    ['Home', home, 0],
    ['Draw', 3000, 0],
    ['Away', 4000, 0],
  ];
  await addQuote(ahead, 'draftkings', null, [
    { minutes: -300, outcomes: prices(2500) },
    { minutes: -200, outcomes: prices(2400) },
    { minutes: -60, outcomes: prices(2300) },
    { minutes: -59.5, outcomes: prices(2200) },
    { minutes: -30, state: 'suspended', outcomes: prices(2200) },
    { minutes: -10, outcomes: prices(2100) },
  ]);
  await addQuote(begun, 'draftkings', null, [
    { minutes: -100, outcomes: prices(1500) },
    { minutes: -1, outcomes: prices(1100) },
  ]);
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

test('[DB139] a history longer than one answer keeps its newest part and says so', async () => {
  const eventId = await desk.addEvent();
  const versions = Array.from({ length: MAX_POINTS_PER_BOOKMAKER + 1 }, (_unused, index): Version => ({
    minutes: index - 3_000,
    outcomes: [
      ['Home', 2000 + (index % 2), 0],
      ['Away', 2000, 0],
    ],
  }));
  await addQuote(eventId, 'pinnacle', null, versions);
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

test('[DB140] the desk names every bookmaker with when it was last heard of, and counts the events ahead', async () => {
  expect(await desk.store.deskSummary(NOW)).toMatchObject({
    bookmakers: [],
    openEvents: 0,
    mutes: 0,
    lastPriceMs: null,
  });
  await desk.addEvent({ kickoffMs: NOW });
  await addQuote(await desk.addEvent(), 'pinnacle', null, [
    {
      minutes: -1,
      outcomes: [
        ['Home', 2000, 0],
        ['Away', 2000, 0],
      ],
    },
  ]);
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
