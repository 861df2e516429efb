import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EventQueryInput, eventListSchema, eventQuerySchema } from '../../contracts/event.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';
import { addQuote, at } from './price-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

const list = (query: EventQueryInput = {}) => desk.store.listEvents(eventQuerySchema.parse(query), NOW);

test('[DB136] events ahead come by kickoff, the soonest first, each with its books and alerts', async () => {
  const late = await desk.addEvent({ kickoffMs: NOW + 9 * MINUTE_MS });
  const soon = await desk.addEvent({ kickoffMs: NOW + MINUTE_MS, home: 'Sevilla', country: 'Spain' });
  const begun = await desk.addEvent({ kickoffMs: NOW });
  await addQuote(desk, soon, 'pinnacle', {
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
