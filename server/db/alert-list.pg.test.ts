import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type AlertList,
  type AlertQueryInput,
  alertListSchema,
  alertQuerySchema,
} from '../../contracts/alert-query.ts';
import { ALERT_SORTS, SEVERITIES } from '../../contracts/alert-words.ts';
import { alertIdSchema, eventIdSchema } from '../../contracts/ids.ts';
import { type DeskFixture, MINUTE_MS, NOW, createDeskFixture } from './desk-fixture.ts';

let desk: DeskFixture;
beforeEach(async () => {
  desk = await createDeskFixture();
});
afterEach(() => desk.close());

const list = (query: AlertQueryInput = {}, nowMs = NOW): Promise<AlertList> =>
  desk.store.listAlerts(alertQuerySchema.parse(query), nowMs);
const ids = async (query: AlertQueryInput): Promise<number[]> => (await list(query)).alerts.map((alert) => alert.id);

test('[DB110] an alert is listed whole, as the contract describes it, with the watermark', async () => {
  const eventId = await desk.addEvent();
  const competitor = { bookmaker: 'pinnacle', oldOdds: 2, newOdds: null, direction: 'drifting' as const };
  const id = await desk.addAlert({
    eventId,
    severity: 'elevated',
    competitor,
    market: 'over_under',
    line: 2.5,
    outcome: 'Over',
  });
  const answer = await list();
  expect(alertListSchema.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({ seq: 1, nextCursor: null, counts: { new: 1, acknowledged: 0, past: 0 } });
  expect(answer.alerts).toEqual([
    {
      id,
      eventId,
      bookmaker: 'pinnacle',
      market: 'over_under',
      line: 2.5,
      outcome: 'Over',
      type: 'price_change',
      event: {
        home: 'Arsenal',
        away: 'Chelsea',
        league: 'Premier League',
        country: 'England',
        sport: 'soccer',
        kickoff: '2026-03-01T13:00:00.000Z',
      },
      severity: 'elevated',
      status: 'new',
      muted: false,
      changePercent: -11.9,
      probabilityPoints: 6.4,
      oldOdds: 2.1,
      newOdds: 1.85,
      competitor,
      availability: null,
      occurrences: 1,
      detectedAt: '2026-03-01T11:59:00.000Z',
      updatedAt: '2026-03-01T11:59:00.000Z',
      worsenedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      note: null,
      seq: 1,
    },
  ]);
});

test('[DB110] an empty desk answers an empty list with its watermark', async () => {
  expect(await list()).toMatchObject({
    alerts: [],
    nextCursor: null,
    seq: 0,
    counts: { new: 0, acknowledged: 0, past: 0 },
  });
});

test.each([
  { offsetMs: -1, status: 'new' },
  { offsetMs: 0, status: 'past' },
  { offsetMs: 1, status: 'past' },
] as const)(
  '[DB111] $offsetMs ms from its kickoff a new alert is $status, in the list, the counts and the filter',
  async (moment) => {
    const kickoffMs = NOW + 10 * MINUTE_MS;
    await desk.addAlert({ eventId: await desk.addEvent({ kickoffMs }) });
    const answer = await list({ status: moment.status }, kickoffMs + moment.offsetMs);
    expect(answer.alerts.map((alert) => alert.status)).toEqual([moment.status]);
    expect(answer.counts).toEqual({ new: 0, acknowledged: 0, past: 0, [moment.status]: 1 });
    const badge = await desk.store.alertCounts(kickoffMs + moment.offsetMs);
    expect(badge.counts).toEqual(answer.counts);
    expect(badge.worstNew).toBe(moment.status === 'new' ? 'warning' : null);
  },
);

test('[DB112] each filter keeps what it names and the counts are of all statuses', async () => {
  const england = await desk.addEvent();
  const spain = await desk.addEvent({
    home: 'Sevilla',
    away: 'Betis',
    country: 'Spain',
    league: 'La Liga',
    kickoffMs: NOW - 1,
  });
  const usa = await desk.addEvent({
    home: 'Dallas',
    away: 'Austin',
    country: 'USA',
    league: 'NBA',
    sport: 'basketball',
  });
  const first = await desk.addAlert({ eventId: england, severity: 'critical' });
  const second = await desk.addAlert({
    eventId: spain,
    type: 'availability',
    bookmaker: 'lowvig',
    detectedMs: NOW - 9 * MINUTE_MS,
  });
  const third = await desk.addAlert({
    eventId: usa,
    market: 'moneyline',
    acknowledged: true,
    detectedMs: NOW - 5 * MINUTE_MS,
  });

  const table: [AlertQueryInput, number[]][] = [
    [{}, [first, third, second]],
    [{ status: 'new' }, [first]],
    [{ status: 'acknowledged' }, [third]],
    [{ status: 'past' }, [second]],
    [{ status: 'new,past' }, [first, second]],
    [{ status: ['new', 'acknowledged', 'past'] }, [first, third, second]],
    [{ severity: 'critical' }, [first]],
    [{ severity: 'elevated' }, []],
    [{ type: 'availability' }, [second]],
    [{ eventId: `${england},${spain}` }, [first, second]],
    [{ bookmaker: 'lowvig' }, [second]],
    [{ bookmaker: 'nobody' }, []],
    [{ sport: 'basketball' }, [third]],
    [{ country: ['Spain', 'USA'] }, [third, second]],
    [{ league: 'Premier League' }, [first]],
    [{ sport: 'soccer', country: 'USA' }, []],
    [{ market: 'moneyline' }, [third]],
    [{ from: new Date(NOW - 5 * MINUTE_MS).toISOString() }, [first, third]],
    [{ to: new Date(NOW - 5 * MINUTE_MS).toISOString() }, [second]],
    [{ q: 'sev' }, [second]],
    [{ sport: 'soccer', q: 'low' }, [second]],
  ];
  for (const [query, expected] of table) expect([query, await ids(query)]).toEqual([query, expected]);
  expect((await list({ status: 'new' })).counts).toEqual({ new: 1, acknowledged: 1, past: 1 });
  expect((await list({ status: 'new', sport: 'soccer' })).counts).toEqual({ new: 1, acknowledged: 0, past: 1 });
});

test('[DB113] the three orders: newest first, worst first then newest, soonest kickoff first; equals by id', async () => {
  const soon = await desk.addEvent({ kickoffMs: NOW + MINUTE_MS });
  const late = await desk.addEvent({ kickoffMs: NOW + 90 * MINUTE_MS });
  const old = await desk.addAlert({ eventId: late, severity: 'critical', detectedMs: NOW - 50 });
  const twin1 = await desk.addAlert({ eventId: late, severity: 'warning', detectedMs: NOW - 20 });
  const twin2 = await desk.addAlert({ eventId: soon, severity: 'warning', detectedMs: NOW - 20 });
  const bad = await desk.addAlert({ eventId: soon, severity: 'critical', detectedMs: NOW - 40 });
  expect(await ids({ sort: 'detected' })).toEqual([twin2, twin1, bad, old]);
  expect(await ids({ sort: 'severity' })).toEqual([bad, old, twin2, twin1]);
  expect(await ids({ sort: 'kickoff' })).toEqual([twin2, bad, old, twin1]);
});

test('[DB114] pages of any size in any order give every alert once, though others are added meanwhile', async () => {
  const events = [await desk.addEvent({ kickoffMs: NOW + 1 }), await desk.addEvent({ kickoffMs: NOW + 2 })];
  const addSome = async (count: number, seed: number): Promise<void> => {
    for (let index = seed; index < seed + count; index += 1) {
      const eventId = events[index % 2] ?? (await desk.addEvent());
      const severity = SEVERITIES[(index * 7) % 3] ?? 'warning';
      await desk.addAlert({ eventId, severity, detectedMs: NOW - ((index * 5) % 4) * MINUTE_MS });
    }
  };
  await addSome(14, 0);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ALERT_SORTS),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(3),
      async (sort, limit, addAfterPage) => {
        const before = await ids({ sort, limit: 200 });
        const seen: number[] = [];
        let cursor: string | undefined;
        for (let page = 0; ; page += 1) {
          const answer = await list({ sort, limit, cursor });
          seen.push(...answer.alerts.map((alert) => alert.id));
          if (page === addAfterPage) await addSome(1, before.length);
          if (answer.nextCursor === null) break;
          cursor = answer.nextCursor;
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => before.includes(id))).toEqual(before);
      },
    ),
    { numRuns: 15 },
  );
});

test('[DB115] a cursor that is broken or of another order is refused, never read as a place', async () => {
  const eventId = await desk.addEvent();
  await desk.addAlert({ eventId });
  await desk.addAlert({ eventId });
  const { nextCursor } = await list({ limit: 1, sort: 'detected' });
  const forged = Buffer.from(JSON.stringify(['alerts:detected', 'x', 1])).toString('base64url');
  const endless = Buffer.from(JSON.stringify(['alerts:detected', Number.MAX_SAFE_INTEGER, 1])).toString('base64url');
  for (const query of [
    { sort: 'severity' as const, cursor: nextCursor ?? '' },
    { sort: 'kickoff' as const, cursor: nextCursor ?? '' },
    { cursor: 'nonsense' },
    { cursor: 'ÿ' },
    { cursor: forged },
    { cursor: endless },
  ]) {
    await expect(list(query)).rejects.toMatchObject({ code: 'bad_request' });
  }
});

test('[DB115] ids, instants and cursor keys beyond what a column holds are things that nothing has, not failures', async () => {
  const eventId = await desk.addEvent();
  await desk.addAlert({ eventId });
  const cursor = (...keys: number[]): string =>
    Buffer.from(
      JSON.stringify(keys.length === 2 ? ['alerts:detected', ...keys] : ['alerts:severity', ...keys]),
    ).toString('base64url');
  expect(await ids({ eventId: '9007199254740991' })).toEqual([]);
  expect(await ids({ to: '1970-01-01T00:00:00Z' })).toEqual([]);
  expect(await ids({ from: '9999-12-31T23:59:59.999Z' })).toEqual([]);
  expect(await ids({ cursor: cursor(8.64e15, 1) })).toHaveLength(1);
  expect(await ids({ cursor: cursor(-8.64e15, 1) })).toEqual([]);
  expect(await ids({ sort: 'severity', cursor: cursor(8e15, 8.64e15, 8e15) })).toHaveLength(1);
  const far = eventIdSchema.parse(Number.MAX_SAFE_INTEGER);
  expect(await desk.store.getEvent(far, NOW)).toBe('not_found');
  expect(await desk.store.eventOdds(far, 'x')).toBe('not_found');
  expect(await desk.store.eventHistory(far, { market: '1x2', outcome: 'Home' }, 'x', NOW)).toBe('not_found');
  expect(await desk.store.getAlert(alertIdSchema.parse(Number.MAX_SAFE_INTEGER), NOW)).toBe('not_found');
});
