import { expect, test } from 'vitest';
import { alertWith } from './alert.fixture.ts';
import { groupByEvent, withWholeGroup } from './alert-groups.ts';

test('[UI29] events stand in the order of their first alert, each alert once although it came on two pages', () => {
  const groups = groupByEvent(
    [
      alertWith({ id: 3, eventId: 2 }),
      alertWith({ id: 2, eventId: 1 }),
      alertWith({ id: 2, eventId: 1 }),
      alertWith({ id: 1, eventId: 2 }),
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
      alertWith({ id: 1, probabilityPoints: 30, detectedAt: '2026-01-01T10:05:00.000Z' }),
      alertWith({ id: 2, severity: 'critical', probabilityPoints: -3 }),
      alertWith({ id: 3, severity: 'critical', probabilityPoints: 9 }),
    ],
    { isPartial: false },
  );
  expect(group).toMatchObject({ worst: 'critical', strongest: { id: 3 }, latestAt: '2026-01-01T10:05:00.000Z' });
});

test('[UI31] a group in full takes the place of its part; one that is not loaded stands first', () => {
  const groups = groupByEvent([alertWith({ id: 3, eventId: 2 }), alertWith({ id: 2, eventId: 1 })], {
    isPartial: true,
  });
  const [whole] = groupByEvent([alertWith({ id: 2, eventId: 1 }), alertWith({ id: 1, eventId: 1 })], {
    isPartial: false,
  });
  const [other] = groupByEvent([alertWith({ id: 9, eventId: 7 })], { isPartial: false });
  if (whole === undefined || other === undefined) throw new Error('expected a group of each');
  expect(withWholeGroup(groups, whole).map(({ eventId, alerts }) => [eventId, alerts.length])).toEqual([
    [2, 1],
    [1, 2],
  ]);
  expect(withWholeGroup(groups, other).map(({ eventId }) => eventId)).toEqual([7, 2, 1]);
});
