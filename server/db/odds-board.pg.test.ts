import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventId } from '../../contracts/ids.ts';
import { muteRequestSchema } from '../../contracts/mute.ts';
import { type OddsBoardQueryInput, oddsBoardQuerySchema, oddsBoardSchema } from '../../contracts/odds-board.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

async function board(query: OddsBoardQueryInput = {}) {
  const answer = await desk.store.oddsBoard(oddsBoardQuerySchema.parse(query), NOW, 'draftkings');
  expect(oddsBoardSchema.parse(answer)).toEqual(answer);
  return answer;
}

async function addQuote(eventId: EventId, name: string, sketch: { line?: number; state?: 'open' | 'removed' } = {}) {
  const { writer } = desk.database;
  const create = { name, lastSeenAt: new Date(NOW) };
  const { id: bookmakerId } = await writer.bookmaker.upsert({ where: { name }, create, update: {} });
  await writer.oddsCurrent.create({
    data: {
      eventId,
      bookmakerId,
      market: sketch.line === undefined ? '1x2' : 'over_under',
      line: sketch.line ?? null,
      state: sketch.state ?? 'open',
      outcomes: [
        ['1', 2100, 0],
        ['X', 3400, 0],
        ['2', 3600, 1],
      ],
      observedAt: new Date(NOW),
      changedAt: new Date(NOW),
    },
  });
}

test('[DB312] a page has the matches ahead by kickoff, with one quote per book and the new alerts on them', async () => {
  const late = await desk.addEvent({ kickoffMs: NOW + 90 * MINUTE_MS });
  const soon = await desk.addEvent({ kickoffMs: NOW + 30 * MINUTE_MS });
  await desk.addEvent({ kickoffMs: NOW });
  await addQuote(soon, 'pinnacle');
  await addQuote(soon, 'draftkings');
  await addQuote(soon, 'betmgm', { line: 2.5 });
  const critical = await desk.addAlert({ eventId: soon, severity: 'critical', bookmaker: 'pinnacle', outcome: '1' });
  await desk.addAlert({ eventId: soon, acknowledged: true });
  await desk.addAlert({ eventId: soon, market: 'over_under', line: 2.5 });
  await desk.addAlert({ eventId: late, severity: 'critical' });
  const mute = { scope: { kind: 'event', eventId: late }, until: 'kickoff', reason: 'priced by hand' };
  await desk.store.createMute(muteRequestSchema.parse(mute), 'ann', NOW);

  const { events, nextCursor } = await board();

  expect(events.map(({ id }) => id)).toEqual([soon, late]);
  expect(events[0]?.quotes.map(({ bookmaker, own, market }) => [bookmaker, own, market])).toEqual([
    ['draftkings', true, '1x2'],
    ['pinnacle', false, '1x2'],
  ]);
  expect(events[0]?.quotes[0]?.outcomes[2]).toMatchObject({ name: '2', odds: 3.6, suspended: true });
  const mark = { id: critical, bookmaker: 'pinnacle', line: null, outcome: '1', severity: 'critical' };
  expect(events.map(({ newAlerts }) => newAlerts)).toEqual([[mark], []]);
  expect(events[1]).toMatchObject({ market: '1x2', line: null, quotes: [] });
  expect(nextCursor).toBeNull();
});

test('[DB312] pages follow each other, and each is of the market asked for', async () => {
  const ids = [];
  for (const minutes of [10, 20, 30]) ids.push(await desk.addEvent({ kickoffMs: NOW + minutes * MINUTE_MS }));
  const [first] = ids;
  if (first === undefined) throw new Error('expected an event');
  for (let line = 0; line < 40; line += 1) await addQuote(first, 'pinnacle', { line, state: 'removed' });
  await addQuote(first, 'pinnacle', { line: 50 });
  const page = await board({ market: 'over_under', limit: 2 });
  expect(page.events.map(({ id, line }) => [id, line])).toEqual([
    [ids[0], 50],
    [ids[1], null],
  ]);
  const rest = await board({ market: 'over_under', limit: 2, cursor: page.nextCursor ?? '' });
  expect(rest.events.map(({ id }) => id)).toEqual([ids[2]]);
});

test('[DB313] several leagues and countries narrow the board; its leagues are all of the range of kickoffs', async () => {
  await desk.addEvent({ league: 'Cup, Women', country: 'England' });
  await desk.addEvent({ league: 'La Liga', country: 'Spain' });
  await desk.addEvent({ league: 'Serie A', country: 'Italy' });
  await desk.addEvent({ league: 'Serie A', country: 'Italy', kickoffMs: NOW + 3_000 * MINUTE_MS });
  const to = new Date(NOW + 120 * MINUTE_MS).toISOString();
  const { events, leagues } = await board({ league: ['Cup, Women', 'La Liga'], to });
  expect(events.map(({ league }) => league)).toEqual(['Cup, Women', 'La Liga']);
  expect(leagues.map(({ league, events: count }) => [league, count])).toEqual([
    ['Cup, Women', 1],
    ['La Liga', 1],
    ['Serie A', 1],
  ]);
  expect((await board({ country: ['Spain', 'Italy'], to })).events).toHaveLength(2);
  expect((await board({ country: ['Italy'] })).events).toHaveLength(2);
  const soon = await board({ country: ['Italy'], withinMinutes: 120 });
  expect([soon.events.length, soon.leagues.map(({ events: count }) => count)]).toEqual([1, [1, 1, 1]]);
});
