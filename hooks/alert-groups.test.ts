import { expect, test } from 'vitest';
import { type Alert, alertSchema } from '../contracts/alert.ts';
import { groupByEvent, withWholeGroup } from './alert-groups.ts';

const alert = (part: Partial<Record<keyof Alert, unknown>>): Alert =>
  alertSchema.parse({
    id: 1,
    eventId: 1,
    event: { home: 'A', away: 'B', league: 'L', country: 'C', sport: 'soccer', kickoff: '2026-01-01T12:00:00.000Z' },
    bookmaker: 'book',
    market: '1x2',
    line: null,
    outcome: '1',
    type: 'price_change',
    severity: 'warning',
    status: 'new',
    muted: false,
    worsenedAt: null,
    changePercent: -8,
    probabilityPoints: 2,
    oldOdds: 2,
    newOdds: 1.84,
    competitor: null,
    availability: null,
    occurrences: 1,
    detectedAt: '2026-01-01T10:00:00.000Z',
    updatedAt: '2026-01-01T10:00:00.000Z',
    acknowledgedAt: null,
    acknowledgedBy: null,
    note: null,
    seq: 1,
    ...part,
  });

test('[UI29] events stand in the order of their first alert, each alert once although it came on two pages', () => {
  const groups = groupByEvent(
    [
      alert({ id: 3, eventId: 2 }),
      alert({ id: 2, eventId: 1 }),
      alert({ id: 2, eventId: 1 }),
      alert({ id: 1, eventId: 2 }),
    ],
    { isPartial: false },
  );
  expect(groups.map((group) => [group.eventId, group.alerts.map(({ id }) => id)])).toEqual([
    [2, [3, 1]],
    [1, [2]],
  ]);
});

test('[UI30] a group speaks through its worst alert, among equals through the one that moved most', () => {
  const [group] = groupByEvent(
    [
      alert({ id: 1, probabilityPoints: 30, detectedAt: '2026-01-01T10:05:00.000Z' }),
      alert({ id: 2, severity: 'critical', probabilityPoints: -3 }),
      alert({ id: 3, severity: 'critical', probabilityPoints: 9 }),
    ],
    { isPartial: false },
  );
  expect(group).toMatchObject({ worst: 'critical', strongest: { id: 3 }, latestAt: '2026-01-01T10:05:00.000Z' });
});

test('[UI31] a group in full takes the place of its part; one that is not loaded stands first', () => {
  const groups = groupByEvent([alert({ id: 3, eventId: 2 }), alert({ id: 2, eventId: 1 })], { isPartial: true });
  const [whole] = groupByEvent([alert({ id: 2, eventId: 1 }), alert({ id: 1, eventId: 1 })], { isPartial: false });
  const [other] = groupByEvent([alert({ id: 9, eventId: 7 })], { isPartial: false });
  if (whole === undefined || other === undefined) throw new Error('expected a group of each');
  expect(withWholeGroup(groups, whole).map(({ eventId, alerts }) => [eventId, alerts.length])).toEqual([
    [2, 1],
    [1, 2],
  ]);
  expect(withWholeGroup(groups, other).map(({ eventId }) => eventId)).toEqual([7, 2, 1]);
});
