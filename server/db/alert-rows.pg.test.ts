import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AlertToStore } from '../ingest/price-store.ts';
import { upsertAlerts } from './alert-rows.ts';
import { createDeskFixture, type DeskFixture, EXPLANATION, MINUTE_MS, NOW } from './desk-fixture.ts';

let desk: DeskFixture;
let told: AlertToStore;
let seq = 0;

/** Our Away price drifted: an alert as detection hands it over. */
beforeAll(async () => {
  desk = await createDeskFixture();
  const eventId = await desk.addEvent();
  const bookmaker = await desk.database.writer.bookmaker.create({ data: { name: 'own', lastSeenAt: new Date(NOW) } });
  told = {
    alertKey: 'moneyline|2',
    eventId,
    bookmakerId: bookmaker.id,
    market: 'moneyline',
    line: null,
    outcome: '2',
    type: 'price_change',
    severity: 'elevated',
    kickoffMs: NOW + 60 * MINUTE_MS,
    changeBasisPoints: 1_086,
    probabilityBasisPoints: -510,
    oldMilliOdds: 1_750,
    newMilliOdds: 1_940,
    competitor: null,
    availability: null,
    occurrences: 1,
    isNews: true,
    explanation: { ...EXPLANATION, rule: 'Away drifted.' },
  };
});

beforeEach(async () => {
  await desk.database.writer.alert.deleteMany();
  await store(told, 0);
  await desk.database.writer.alert.updateMany({ data: { acknowledgedAt: new Date(NOW), acknowledgedBy: 'mia' } });
});

afterAll(() => desk.close());

/** What the statement answers for one alert that is stored `minute` minutes after the first. */
async function store(alert: AlertToStore, minute: number) {
  seq += 1;
  const at = new Date(NOW + minute * MINUTE_MS);
  return desk.database.writer.$queryRaw<{ inserted: boolean }[]>(upsertAlerts([alert], seq, at));
}

const stored = () => desk.database.reader.alert.findFirstOrThrow();

/** The same alert once it speaks of the price that shortens. */
const shortens = (): AlertToStore => ({
  ...told,
  outcome: '1',
  changeBasisPoints: -976,
  probabilityBasisPoints: 520,
  oldMilliOdds: 2_050,
  newMilliOdds: 1_850,
  isNews: false,
  explanation: { ...EXPLANATION, rule: 'Home shortened.' },
});

test('[DET250] an alert that turns to another outcome takes its prices and its reason along, and stays acknowledged', async () => {
  const before = await stored();
  expect(await store(shortens(), 5)).toMatchObject([{ inserted: false }]);

  const after = await stored();
  expect(await desk.database.reader.alert.count()).toBe(1);
  expect(after).toEqual({
    ...before,
    outcome: '1',
    changeBasisPoints: -976,
    probabilityBasisPoints: 520,
    oldMilliOdds: 2_050,
    newMilliOdds: 1_850,
    explanation: { ...EXPLANATION, rule: 'Home shortened.', openedAt: EXPLANATION.observedAt },
    updatedAt: new Date(NOW + 5 * MINUTE_MS),
    seq: BigInt(seq),
  });
});

test('[DET250] turning to another outcome it never gets milder, and one that got worse by it is new again', async () => {
  await store({ ...shortens(), severity: 'warning' }, 5);
  expect(await stored()).toMatchObject({ outcome: '1', severity: 1, acknowledgedBy: 'mia', worsenedAt: null });

  await store({ ...told, severity: 'critical' }, 10);
  expect(await stored()).toMatchObject({
    outcome: '2',
    severity: 2,
    newMilliOdds: 1_940,
    explanation: { rule: 'Away drifted.' },
    acknowledgedAt: null,
    acknowledgedBy: null,
    worsenedAt: new Date(NOW + 10 * MINUTE_MS),
  });
});

test('[DET250] turning to the market as a whole, or from it, is such a change; the same again is none', async () => {
  const whole = { ...shortens(), outcome: null };
  expect(await store(whole, 5)).toHaveLength(1);
  const turned = await stored();
  expect(turned.outcome).toBeNull();

  expect(await store(whole, 10)).toEqual([]);
  expect(await stored()).toEqual(turned);
  expect(await store(told, 15)).toHaveLength(1);
  expect(await stored()).toMatchObject({ outcome: '2', explanation: { rule: 'Away drifted.' } });
});

test('[DET250] turning from a muted competitor to our own price it is not muted any more, and turns back as well', async () => {
  const { bookmaker, mute } = desk.database.writer;
  const competitor = await bookmaker.create({ data: { name: 'theirs', lastSeenAt: new Date(NOW) } });
  await mute.create({
    data: {
      bookmakerId: competitor.id,
      until: new Date(NOW + 90 * MINUTE_MS),
      reason: 'noisy',
      mutedAt: new Date(NOW),
      mutedBy: 'mia',
    },
  });
  const theirs: AlertToStore = { ...told, alertKey: 'moneyline|1|theirs', bookmakerId: competitor.id };
  expect(await store(theirs, 1)).toMatchObject([{ inserted: true, muted: true }]);

  const ours = { ...theirs, bookmakerId: told.bookmakerId, market: 'handicap' as const, line: -1.5, isNews: false };
  expect(await store(ours, 5)).toMatchObject([{ inserted: false, muted: false }]);
  const where = { alertKey: theirs.alertKey };
  expect(await desk.database.reader.alert.findFirstOrThrow({ where })).toMatchObject({
    bookmakerId: told.bookmakerId,
    market: 'handicap',
    line: -1.5,
  });
  expect(await store(ours, 6)).toEqual([]);
  expect(await store(theirs, 7)).toMatchObject([{ inserted: false, muted: true }]);
  await desk.database.writer.mute.deleteMany();
});

test('[DET272] an alert that names more offers than before says so, and fewer take nothing back', async () => {
  const offers = (count: number | null, rule: string): AlertToStore => ({
    ...told,
    alertKey: 'moneyline|suspended',
    outcome: null,
    type: 'availability',
    severity: 'warning',
    availability: 'suspended',
    isNews: false,
    explanation: { ...EXPLANATION, rule, severityInputs: count === null ? {} : { offers: count } },
  });
  const rule = async () => {
    const alert = await desk.database.reader.alert.findFirstOrThrow({ where: { alertKey: 'moneyline|suspended' } });
    return (alert.explanation as { rule: string }).rule;
  };
  await store(offers(null, 'one'), 1);
  expect(await store(offers(3, 'three'), 1)).toMatchObject([{ inserted: false }]);
  expect(await rule()).toBe('three');
  expect(await store(offers(2, 'two'), 2)).toEqual([]);
  expect(await store(offers(null, 'one'), 2)).toEqual([]);
  expect(await rule()).toBe('three');
});

test('[DET251] an alert that only came again keeps the prices and the reason of its worst moment', async () => {
  const before = await stored();
  const again = {
    ...told,
    severity: 'warning' as const,
    occurrences: 2,
    newMilliOdds: 1_880,
    explanation: EXPLANATION,
  };
  await store(again, 5);
  const after = await stored();
  expect(after).toEqual({ ...before, occurrences: 2, updatedAt: new Date(NOW + 5 * MINUTE_MS), seq: BigInt(seq) });

  // A late one that knows of fewer takes nothing back.
  expect(await store({ ...again, occurrences: 1 }, 10)).toEqual([]);
  expect(await stored()).toEqual(after);
});

test('[DET253] a summary that gets worse names the book, the market and the kind of its worst', async () => {
  const { id: other } = await desk.database.writer.bookmaker.create({ data: { name: 'b', lastSeenAt: new Date(NOW) } });
  const first = { ...told, alertKey: 'summary', outcome: null, severity: 'warning' as const };
  await store(first, 0);
  const worse = { bookmakerId: other, market: 'over_under', type: 'availability', availability: 'suspended' } as const;
  await store({ ...first, ...worse }, 1);
  const summary = () => desk.database.reader.alert.findFirstOrThrow({ where: { alertKey: 'summary' } });
  expect(await summary()).toMatchObject({ bookmakerId: told.bookmakerId, market: 'moneyline', type: 'price_change' });

  await store({ ...first, ...worse, severity: 'critical' }, 2);
  expect(await summary()).toMatchObject({ ...worse, severity: 2, line: null });
});

test('[DET283] an alert keeps when it was first observed, however often it gets worse or speaks of another price', async () => {
  const observedAt = (minute: number) => new Date(NOW + minute * MINUTE_MS).toISOString();
  const at = (alert: AlertToStore, minute: number): AlertToStore => ({
    ...alert,
    explanation: { ...alert.explanation, observedAt: observedAt(minute), openedAt: observedAt(minute) },
  });
  await store(at(shortens(), 5), 5);
  await store(at({ ...shortens(), severity: 'critical' }, 10), 10);
  const openedAt = EXPLANATION.observedAt;
  expect(await stored()).toMatchObject({ explanation: { observedAt: observedAt(10), openedAt } });
});
