import { expect, test } from 'vitest';
import type { TriedAlert } from '../../contracts/settings-try.ts';
import { type TryResult, compare } from './tried-pairs.ts';

const alert = (minute: number, change: Partial<TriedAlert> = {}): TriedAlert =>
  ({
    id: null,
    eventId: 1,
    bookmaker: 'ours',
    market: '1x2',
    line: null,
    outcome: '1',
    type: 'price_change',
    severity: 'warning',
    changePercent: -8,
    probabilityPoints: 3,
    oldOdds: 2,
    newOdds: 1.84,
    availability: null,
    at: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
    inBoth: true,
    ...change,
  }) as TriedAlert;

const resultOf = (stored: TriedAlert[], fired: TriedAlert[], change: Partial<TryResult> = {}): TryResult => ({
  kind: 'result',
  fired,
  stored,
  events: [],
  truncated: false,
  cutEventIds: [],
  summary: { now: stored.length, tried: fired.length, byType: {}, bySeverity: {} as never },
  observations: 0,
  assumptions: [],
  ...change,
});

test('[SET62] what fired is put beside what would have: same, of other severity, gone, added', () => {
  const stored = [alert(1), alert(2, { outcome: '2' }), alert(3, { outcome: 'X' })];
  const fired = [alert(1), alert(2, { outcome: '2', severity: 'critical' }), alert(4, { eventId: 2 as never })];
  expect(compare(resultOf(stored, fired)).alerts.map(({ kind }) => kind)).toEqual(['same', 'changed', 'gone', 'added']);
});

test('[SET62] two alerts about the same thing that would have been one are one the same and one gone', () => {
  const { alerts } = compare(resultOf([alert(1), alert(50)], [alert(1)]));
  expect(alerts.map(({ kind, stored }) => [kind, stored?.at.slice(14, 16)])).toEqual([
    ['same', '01'],
    ['gone', '50'],
  ]);
});

test('[SET62] of lists that were cut only the time that both tell is compared', () => {
  const stored = [alert(1), alert(2, { outcome: '2' })];
  const summary = { now: 9, tried: 3, byType: {}, bySeverity: {} as never };
  const fired = [alert(1), alert(2, { outcome: '2' }), alert(30, { outcome: 'X' })];
  const { alerts, untilMs } = compare(resultOf(stored, fired, { truncated: true, summary }));
  expect(alerts.map(({ kind }) => kind)).toEqual(['same', 'same']);
  expect(untilMs).toBe(Date.UTC(2026, 0, 1, 0, 2));
});
