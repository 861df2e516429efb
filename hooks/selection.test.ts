import { expect, test } from 'vitest';
import { alertWith } from './alert.fixture.ts';
import { groupByEvent } from './alert-groups.ts';
import { drawnIndexes, listRows } from './list-rows.ts';
import { NOTHING_SELECTED, allOf, chosenOf, extended, kept, toggled } from './selection.ts';

const alert = (id: number, eventId: number) => alertWith({ id, eventId });

function setup() {
  const groups = groupByEvent([alert(1, 10), alert(2, 20), alert(3, 20), alert(4, 20), alert(5, 30)], {
    isPartial: false,
  });
  const rows = listRows(groups, { eventId: 20, hasMore: (eventId) => eventId === 20 });
  const row = (key: string) => {
    const found = rows.find((one) => one.key === key);
    if (found === undefined) throw new Error(`expected a row ${key}`);
    return found;
  };
  return { groups, rows, row };
}

test('[UI130] the open event stands with its alerts and the way to the rest of them', () => {
  expect(setup().rows.map(({ key }) => key)).toEqual([
    'event-10',
    'event-20',
    'alert-2',
    'alert-3',
    'alert-4',
    'more-20',
    'event-30',
  ]);
});

test('[UI130] what is drawn includes the line with the focus and the event of every line in sight', () => {
  const { rows } = setup();
  expect(drawnIndexes(rows, { from: 3, to: 4 }, 'event-10')).toEqual([0, 1, 3, 4]);
  expect(drawnIndexes(rows, { from: 5, to: 6 }, null)).toEqual([1, 5, 6]);
  expect(drawnIndexes(rows, { from: 6, to: 9 }, 'gone')).toEqual([6]);
});

test('[UI131] an event stands for all its alerts, and says when only some of them are chosen', () => {
  const { groups, row } = setup();
  const [, second] = groups;
  if (second === undefined) throw new Error('expected a second group');
  const one = toggled(NOTHING_SELECTED, row('alert-3'));
  expect(chosenOf(one, second)).toBe('some');
  const all = toggled(one, row('event-20'));
  expect([...all.ids]).toEqual([3, 2, 4]);
  expect(chosenOf(all, second)).toBe('all');
  expect(toggled(all, row('event-20')).ids.size).toBe(0);
});

test('[UI131] a range goes from the last chosen line to this one, in either direction', () => {
  const { rows, row } = setup();
  const from = toggled(NOTHING_SELECTED, row('alert-3'));
  expect([...extended(from, rows, row('event-30')).ids].toSorted()).toEqual([2, 3, 4, 5]);
  expect([...extended(from, rows, row('alert-2')).ids].toSorted()).toEqual([2, 3]);
  expect([...extended(NOTHING_SELECTED, rows, row('event-10')).ids]).toEqual([1]);
});

test('[UI131] what is gone leaves the selection', () => {
  const { groups } = setup();
  const all = allOf(groups);
  expect(kept(all, () => true)).toBe(all);
  expect([...kept(all, (id) => id < 3).ids]).toEqual([1, 2]);
  expect(kept(all, () => false)).toBe(NOTHING_SELECTED);
});
