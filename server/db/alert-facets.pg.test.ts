import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AlertFacets, alertFacetsSchema } from '../../contracts/alert-facets.ts';
import { type AlertFilterInput, alertFilterSchema, alertQuerySchema } from '../../contracts/alert-query.ts';
import { muteRequestSchema } from '../../contracts/mute.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

const facets = (filter: AlertFilterInput = {}): Promise<AlertFacets> =>
  desk.store.alertFacets(alertFilterSchema.parse(filter), NOW);
const total = async (filter: AlertFilterInput): Promise<number> =>
  (await desk.store.listAlerts(alertQuerySchema.parse({ ...filter, limit: 200 }), NOW)).alerts.length;

/** A desk where no two facets agree. */
async function fill(): Promise<void> {
  const england = await desk.addEvent({ kickoffMs: NOW + 50 * MINUTE_MS });
  const spain = await desk.addEvent({
    home: 'Sevilla',
    league: 'La Liga',
    country: 'Spain',
    kickoffMs: NOW + 300 * MINUTE_MS,
  });
  const usa = await desk.addEvent({
    home: 'Dallas',
    league: 'NBA',
    country: 'USA',
    sport: 'basketball',
    kickoffMs: NOW + 100 * MINUTE_MS,
  });
  const begun = await desk.addEvent({ home: 'Lens', league: 'Ligue 1', country: 'France', kickoffMs: NOW - MINUTE_MS });
  await desk.addAlert({ eventId: england, severity: 'critical', detectedMs: NOW - 5 * MINUTE_MS });
  await desk.addAlert({
    eventId: england,
    severity: 'warning',
    bookmaker: 'lowvig',
    market: 'btts',
    detectedMs: NOW - 30 * MINUTE_MS,
  });
  await desk.addAlert({ eventId: spain, severity: 'critical', bookmaker: 'lowvig', type: 'availability' });
  await desk.addAlert({ eventId: spain, severity: 'elevated', acknowledged: true });
  await desk.addAlert({ eventId: usa, severity: 'elevated', market: 'moneyline', detectedMs: NOW - 120 * MINUTE_MS });
  await desk.addAlert({ eventId: begun, severity: 'warning' });
}

const some = (facet: readonly { readonly value: string; readonly alerts: number }[]) =>
  Object.fromEntries(facet.filter(({ alerts }) => alerts > 0).map(({ value, alerts }) => [value, alerts]));

test('[DB250] each facet counts what its values would leave under the other filters in force, zeros included', async () => {
  await fill();
  const answer = await facets({ status: 'new', severity: 'critical' });
  expect(alertFacetsSchema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({ total: 2, seq: 6 });
  expect(answer.severity).toEqual([
    { value: 'warning', alerts: 1 },
    { value: 'elevated', alerts: 1 },
    { value: 'critical', alerts: 2 },
  ]);
  expect(some(answer.bookmaker)).toEqual({ pinnacle: 1, lowvig: 1 });
  expect(some(answer.type)).toEqual({ price_change: 1, availability: 1 });
  expect(some(answer.market)).toEqual({ '1x2': 2 });
  expect(answer.league).toEqual([
    { value: 'La Liga', alerts: 1 },
    { value: 'NBA', alerts: 0 },
    { value: 'Premier League', alerts: 1 },
  ]);
  expect(answer.sport).toEqual([
    { value: 'basketball', alerts: 0 },
    { value: 'soccer', alerts: 2 },
  ]);
  expect(answer.kickoffWithin.map(({ alerts }) => alerts)).toEqual([1, 1, 2, 2]);
  expect(answer.detectedWithin.map(({ alerts }) => alerts)).toEqual([2, 2, 2, 2]);
});

test('[DB250] league, country and sport are counted under what is chosen of one another', async () => {
  await fill();
  const answer = await facets({ status: 'new', country: 'Spain', bookmaker: 'lowvig' });
  expect(some(answer.league)).toEqual({ 'La Liga': 1 });
  expect(some(answer.country)).toEqual({ England: 1, Spain: 1 });
  expect(some(answer.sport)).toEqual({ soccer: 1 });
  expect(some(answer.bookmaker)).toEqual({ lowvig: 1 });
});

test('[DB251] what a facet says for a value is what the list shows once it is chosen', async () => {
  await fill();
  const filters: AlertFilterInput[] = [
    {},
    { status: 'new' },
    { status: 'past' },
    { status: 'new', severity: 'critical,elevated', sport: 'soccer' },
    { status: 'new', kickoffWithin: 120 },
    { status: ['new', 'acknowledged'], market: '1x2', q: 'sev' },
  ];
  for (const filter of filters) {
    const answer = await facets(filter);
    expect(answer.total).toBe(await total(filter));
    for (const name of ['severity', 'type', 'market', 'bookmaker', 'league', 'country', 'sport'] as const) {
      for (const { value, alerts } of answer[name]) {
        expect([filter, name, value, alerts]).toEqual([filter, name, value, await total({ ...filter, [name]: value })]);
      }
    }
    for (const name of ['kickoffWithin', 'detectedWithin'] as const) {
      for (const { minutes, alerts } of answer[name]) {
        expect([filter, name, minutes, alerts]).toEqual([
          filter,
          name,
          minutes,
          await total({ ...filter, [name]: minutes }),
        ]);
      }
    }
  }
});

test('[DB252] muted alerts are in no count but their own, unless they are asked for', async () => {
  await fill();
  const until = new Date(NOW + 60 * MINUTE_MS).toISOString();
  const scope = { kind: 'bookmaker', bookmaker: 'lowvig' };
  await desk.store.createMute(muteRequestSchema.parse({ scope, until }), 'ann', NOW);
  const answer = await facets({ status: 'new' });
  expect(answer).toMatchObject({ total: 2, muted: 2 });
  expect(some(answer.bookmaker)).toEqual({ pinnacle: 2 });
  expect((await facets({ status: 'new', severity: 'warning' })).muted).toBe(1);
  const muted = await facets({ status: 'new', muted: 'true' });
  expect(muted).toMatchObject({ total: 2, muted: 2 });
  expect(some(muted.bookmaker)).toEqual({ lowvig: 2 });
});

test('[DB253] names that the desk has never heard of are told apart from those without alerts', async () => {
  await fill();
  const answer = await facets({
    status: 'past',
    league: ['La Liga', 'Liga Nonsense'],
    bookmaker: 'nobody',
    country: 'Spain',
  });
  expect(answer.total).toBe(0);
  expect(answer.unknown).toEqual({ bookmaker: ['nobody'], league: ['Liga Nonsense'], country: [], sport: [] });
});

test('[DB254] a filter by kickoff takes an instant range or a window of minutes from now', async () => {
  await fill();
  const at = (minutes: number): string => new Date(NOW + minutes * MINUTE_MS).toISOString();
  expect(await total({ kickoffFrom: at(50), kickoffTo: at(100) })).toBe(2);
  expect(await total({ kickoffFrom: at(50), kickoffTo: at(101) })).toBe(3);
  expect(await total({ status: 'new', kickoffWithin: 49 })).toBe(0);
  expect(await total({ status: 'new', kickoffWithin: 50 })).toBe(2);
  expect(await total({ detectedWithin: 5 })).toBe(4);
});
