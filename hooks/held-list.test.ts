import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Alert } from '../contracts/alert.ts';
import { SEVERITIES } from '../contracts/alert-words.ts';
import { alertWith } from './alert.fixture.ts';
import { groupByEvent } from './alert-groups.ts';
import { type HeldList, type Hold, type LiveList, advanced, released, settled, shownList } from './held-list.ts';

type Given = Partial<Omit<LiveList, 'groups' | 'alerts'>>;
const liveOf = (alerts: readonly Alert[], given: Given = {}): LiveList => ({
  viewKey: 'new',
  seq: alerts.reduce((seq, one) => Math.max(seq, one.seq), 0),
  hasMore: false,
  ...given,
  alerts,
  groups: groupByEvent(alerts, { isPartial: given.hasMore ?? false }),
});

const A = alertWith({ id: 1, eventId: 10, seq: 1 });
const B = alertWith({ id: 2, eventId: 20, seq: 2 });
const C = alertWith({ id: 3, eventId: 30, seq: 3 });
const nobody = () => false;
const ids = (groups: HeldList['groups']) => groups.map(({ eventId, alerts }) => [eventId, alerts.map(({ id }) => id)]);

/** The screen after these lists, all but the first of them under this hold. */
function after(hold: Hold, lists: readonly LiveList[], wanted: number | null = null): HeldList {
  return lists.reduce<HeldList | null>(
    (held, live) => advanced(held, live, { hold: held === null ? 'no' : hold, wanted }),
    null,
  ) as HeldList;
}

test('[UI125] while the reader is at the list, order and presence stand still and what is new waits, counted', () => {
  const N1 = alertWith({ id: 4, eventId: 40, seq: 4, severity: 'critical' });
  const N2 = alertWith({ id: 5, eventId: 20, seq: 5 });
  const live = liveOf([N2, N1, A, B]);
  const held = after('yes', [liveOf([A, B]), live]);
  const shown = shownList(held, live, nobody);
  expect(ids(shown.groups)).toEqual([
    [10, [1]],
    [20, [2]],
  ]);
  expect(shown.waiting).toEqual({ alerts: 2, events: 2, worst: 'critical' });
  expect(ids(released(held, live).groups)).toEqual([
    [20, [5, 2]],
    [40, [4]],
    [10, [1]],
  ]);
});

test('[UI125] an empty screen holds nothing', () => {
  expect(ids(after('paused', [liveOf([]), liveOf([A])]).groups)).toEqual([[10, [1]]]);
});

test('[UI126] values of a row that stands still follow the desk', () => {
  const worse = alertWith({ ...A, severity: 'critical', seq: 9 });
  const live = liveOf([worse, B]);
  const held = after('yes', [liveOf([B, A]), live]);
  expect(ids(held.groups)).toEqual([
    [20, [2]],
    [10, [1]],
  ]);
  expect(held.groups[1]).toMatchObject({ worst: 'critical' });
  expect(worse.seq).toBeGreaterThan(held.freshSince);
});

test('[UI126] a row that somebody else took off the desk stays in its place, marked, until the release', () => {
  const live = liveOf([B]);
  const held = after('yes', [liveOf([A, B]), live]);
  const shown = shownList(held, live, nobody);
  expect(ids(shown.groups)).toEqual([
    [10, [1]],
    [20, [2]],
  ]);
  expect([...shown.left]).toEqual([1]);
  expect(ids(released(held, live).groups)).toEqual([[20, [2]]]);
});

test('[UI126] what only fell behind the loaded pages is not said to have left', () => {
  const live = liveOf([alertWith({ id: 9, eventId: 90, seq: 9 }), A], { hasMore: true });
  const held = after('yes', [liveOf([A, B], { hasMore: true }), live]);
  expect([...shownList(held, live, nobody).left]).toEqual([]);
});

test('[UI127] what the reader acknowledges goes at once although the list is held, and an undo brings it back to its place', () => {
  const gone = liveOf([A, C]);
  const held = after('yes', [liveOf([A, B, C]), gone]);
  const shown = shownList(held, gone, (id) => id === 2);
  expect(ids(shown.groups)).toEqual([
    [10, [1]],
    [30, [3]],
  ]);
  expect(shown.left.size).toBe(0);
  const back = liveOf([A, B, C]);
  const undone = advanced(held, back, { hold: 'yes', wanted: null });
  expect(ids(shownList(undone, back, nobody).groups).map(([id]) => id)).toEqual([10, 20, 30]);
});

test('[UI128] the next page joins the end of a held list; while paused only what is older than the pause', () => {
  const older = alertWith({ id: 4, eventId: 40, seq: 1 });
  const newer = alertWith({ id: 5, eventId: 50, seq: 99 });
  const first = liveOf([A, B], { hasMore: true });
  const more = liveOf([A, B, older, newer], { seq: 100 });
  expect(after('yes', [first, more]).groups.map((group) => group.eventId)).toEqual([10, 20, 40, 50]);
  const paused = after('paused', [first, more]);
  expect(paused.groups.map((group) => group.eventId)).toEqual([10, 20, 40]);
  expect(shownList(paused, more, nobody).waiting.alerts).toBe(1);
});

test('[UI128] the event that a link leads to joins a held list', () => {
  const live = liveOf([C, A, B]);
  expect(after('yes', [liveOf([A, B]), live], 30).groups.map((group) => group.eventId)).toEqual([30, 10, 20]);
});

test('[UI129] what came since the screen stood still is fresh after the release, and no longer than it may be', () => {
  const N = alertWith({ id: 4, eventId: 40, seq: 7 });
  const live = liveOf([N, A]);
  const free = released(after('yes', [liveOf([A]), live]), live);
  expect(N.seq).toBeGreaterThan(free.freshSince);
  expect(A.seq).not.toBeGreaterThan(free.freshSince);
  expect(settled(free, live.seq).freshSince).toBe(7);
  expect(settled(settled(free, 7), 3).freshSince).toBe(7);
});

test('[UI129] another view, or another life of the database, begins without a mark and without a hold', () => {
  const other = liveOf([C], { viewKey: 'past' });
  const held = after('paused', [liveOf([A, B]), other]);
  expect(ids(held.groups)).toEqual([[30, [3]]]);
  expect(held).toMatchObject({ isHeld: false, freshSince: 3 });
});

test('[UI125] a row in which nothing changed stays the same object', () => {
  const held = after('yes', [liveOf([A, B]), liveOf([A, alertWith({ ...B, seq: 8, occurrences: 2 })])]);
  const next = advanced(held, liveOf([A, alertWith({ ...B, seq: 9, occurrences: 3 })]), { hold: 'yes', wanted: null });
  expect(next.groups[0]).toBe(held.groups[0]);
  expect(next.groups[1]).not.toBe(held.groups[1]);
});

/** What may happen to a desk between two looks at it. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('new' as const), eventId: fc.integer({ min: 1, max: 6 }), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('gone' as const), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('worse' as const), at: fc.nat(20), severity: fc.constantFrom(...SEVERITIES) }),
  fc.record({ kind: fc.constant('reorder' as const), at: fc.nat(20) }),
);

test('[UI125] whatever happens to a held list: no row moves or goes, nothing is lost or shown twice, a release shows all', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), fc.boolean(), (changes, isPaused) => {
      const hold: Hold = isPaused ? 'paused' : 'yes';
      let alerts: Alert[] = [A, B, C];
      let seq = 3;
      let held = advanced(null, liveOf(alerts), { hold: 'no', wanted: null });
      for (const one of changes) {
        seq += 1;
        const at = alerts.length === 0 ? 0 : one.at % alerts.length;
        const target = alerts[at];
        switch (one.kind) {
          case 'new':
            alerts = alerts.toSpliced(at, 0, alertWith({ id: 100 + seq, eventId: one.eventId, seq }));
            break;
          case 'gone':
            alerts = alerts.toSpliced(at, 1);
            break;
          case 'worse':
            if (target !== undefined) alerts = alerts.with(at, alertWith({ ...target, severity: one.severity, seq }));
            break;
          case 'reorder':
            if (target !== undefined) alerts = [target, ...alerts.toSpliced(at, 1)];
            break;
        }
        const live = liveOf(alerts, { seq });
        const before = ids(held.groups);
        held = advanced(held, live, { hold, wanted: null });
        expect(advanced(held, live, { hold, wanted: null })).toBe(held);

        const now = ids(held.groups);
        expect(now.slice(0, before.length).map(([id]) => id)).toEqual(before.map(([id]) => id));
        now.slice(0, before.length).forEach(([, rows], index) => {
          const [, former] = before[index] ?? [];
          expect((rows as number[]).slice(0, (former as number[]).length)).toEqual(former);
        });
        const { waiting, left } = shownList(held, live, nobody);
        const onScreen = now.flatMap(([, rows]) => rows as number[]);
        expect(new Set(onScreen).size).toBe(onScreen.length);
        const liveIds = alerts.map(({ id }) => Number(id));
        expect(liveIds.filter((id) => !onScreen.includes(id))).toHaveLength(waiting.alerts);
        expect(onScreen.filter((id) => !liveIds.includes(id)).toSorted()).toEqual([...left].map(Number).toSorted());
        for (const shown of held.groups.flatMap((group) => group.alerts)) {
          const current = alerts.find(({ id }) => id === shown.id);
          if (current !== undefined) expect(shown).toBe(current);
        }
        expect(ids(released(held, live).groups)).toEqual(ids(live.groups));
      }
    }),
  );
});
