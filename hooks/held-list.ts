import type { Alert, Severity } from '../contracts/alert.ts';
import { isWorseThan } from '../contracts/alert-words.ts';
import type { AlertId, EventId } from '../contracts/ids.ts';
import { type AlertGroup, reusedGroups, toGroup } from './alert-groups.ts';

/** A list as the server has it now. */
export type LiveList = {
  /** Names the view and the life of the database: another one starts afresh. */
  readonly viewKey: string;
  /** The watermark that the list was read at. */
  readonly seq: number;
  readonly groups: readonly AlertGroup[];
  /** The alerts in the order of the list itself, as far as it is loaded. */
  readonly alerts: readonly Alert[];
  readonly hasMore: boolean;
};

/** `no`: rows come and go. `yes`: order and presence stand still. `paused`: likewise, and nothing joins the end. */
export type Hold = 'no' | 'yes' | 'paused';

/** What is on screen: which rows, in which order. Their values follow the live list in either case. */
export type HeldList = {
  readonly viewKey: string;
  /** The watermark up to which everything is on screen. */
  readonly seq: number;
  readonly isHeld: boolean;
  readonly groups: readonly AlertGroup[];
  /** The place of each alert in the list's own order, as far as it has one. */
  readonly places: ReadonlyMap<AlertId, number>;
  /** What changed after this watermark is marked as fresh. */
  readonly freshSince: number;
};

type HoldOptions = {
  readonly hold: Hold;
  /** The event that the reader has opened: it joins the rows also while they stand still. */
  readonly wanted: number | null;
};

const placesOf = (alerts: readonly Alert[]): ReadonlyMap<AlertId, number> =>
  new Map(alerts.map((alert, index) => [alert.id, index]));

const opened = (live: LiveList): HeldList => ({
  viewKey: live.viewKey,
  seq: live.seq,
  isHeld: false,
  groups: live.groups,
  places: placesOf(live.alerts),
  freshSince: live.seq,
});

/** All that is live on screen, what came since the screen stood still marked as fresh. */
export function released(held: HeldList, live: LiveList): HeldList {
  const groups = reusedGroups(held.groups, live.groups);
  if (!held.isHeld && groups === held.groups && held.seq === live.seq) return held;
  return {
    ...opened(live),
    groups,
    freshSince: held.isHeld ? Math.min(held.freshSince, held.seq) : held.freshSince,
  };
}

/** Whatever changed up to `seq` has been marked for long enough. */
export const settled = (held: HeldList, seq: number): HeldList =>
  held.freshSince >= seq ? held : { ...held, freshSince: seq };

/** The group in its order with the live values, and behind them older alerts of it that have been loaded since. */
function inPlace(group: AlertGroup, live: AlertGroup, seq: number): AlertGroup {
  const newest = new Map(live.alerts.map((alert) => [alert.id, alert]));
  const kept = group.alerts.map((alert) => newest.get(alert.id) ?? alert);
  const known = new Set(group.alerts.map(({ id }) => id));
  const older = live.alerts.filter((alert) => alert.seq <= seq && !known.has(alert.id));
  const [first = group.strongest, ...rest] = [...kept, ...older];
  return toGroup([first, ...rest], { isPartial: live.isPartial });
}

/** Of the live groups that are not on screen those that may join without moving anything. */
function joining(held: HeldList, live: LiveList, { hold, wanted }: HoldOptions) {
  const known = new Set(held.groups.map(({ eventId }) => eventId));
  const lastKnown = live.groups.findLastIndex(({ eventId }) => known.has(eventId));
  const unknown = live.groups.filter(({ eventId }) => !known.has(eventId));
  const behind = new Set(lastKnown === -1 ? [] : live.groups.slice(lastKnown + 1));
  const isOlder = (group: AlertGroup): boolean => group.alerts.some((alert) => alert.seq <= held.seq);
  return {
    ahead: unknown.filter((group) => group.eventId === wanted && !behind.has(group)),
    behind: unknown.filter(
      (group) => behind.has(group) && (hold === 'yes' || group.eventId === wanted || isOlder(group)),
    ),
  };
}

/**
 * The next state of the screen. While it is held, rows stay where they are, also those that have left the live
 * list; what is new waits. Only what the reader asked for joins: the next page at the end, the event that a link
 * led to. An empty screen holds nothing. The same state when there is nothing to change.
 */
export function advanced(held: HeldList | null, live: LiveList, options: HoldOptions): HeldList {
  if (held === null || held.viewKey !== live.viewKey) return opened(live);
  if (options.hold === 'no' || held.groups.length === 0) return released(held, live);
  const liveGroups = new Map(live.groups.map((group) => [group.eventId, group]));
  const { ahead, behind } = joining(held, live, options);
  const standing = held.groups.map((group) => {
    const now = liveGroups.get(group.eventId);
    return now === undefined ? group : inPlace(group, now, held.seq);
  });
  const groups = reusedGroups(held.groups, [...ahead, ...standing, ...behind]);
  if (held.isHeld && groups === held.groups) return held;
  return { ...held, isHeld: true, groups, places: withPlaces(held.places, groups, live.alerts) };
}

/** Places of rows that have joined: behind all others, in the order of the live list. */
function withPlaces(
  places: ReadonlyMap<AlertId, number>,
  groups: readonly AlertGroup[],
  alerts: readonly Alert[],
): ReadonlyMap<AlertId, number> {
  const shown = new Set(groups.flatMap((group) => group.alerts.map(({ id }) => id)));
  const joined = alerts.filter(({ id }) => shown.has(id) && !places.has(id));
  if (joined.length === 0) return places;
  return new Map([...places, ...joined.map(({ id }, index) => [id, places.size + index] as const)]);
}

export type Waiting = {
  readonly alerts: number;
  readonly events: number;
  readonly worst: Severity | null;
};

export type ShownList = {
  readonly groups: readonly AlertGroup[];
  /** Alerts that are on screen and no longer in the live list. */
  readonly left: ReadonlySet<AlertId>;
  readonly waiting: Waiting;
};

const NONE_LEFT: ReadonlySet<AlertId> = new Set();
export const NOTHING_WAITING: Waiting = { alerts: 0, events: 0, worst: null };

/** What is live and not on screen. */
function waitingOf(held: HeldList, live: LiveList): Waiting {
  const shown = new Set(held.groups.flatMap((group) => group.alerts.map(({ id }) => id)));
  const alerts = live.groups.flatMap((group) => group.alerts).filter(({ id }) => !shown.has(id));
  if (alerts.length === 0) return NOTHING_WAITING;
  const worst = alerts.reduce((a, b) => (isWorseThan(b.severity, a.severity) ? b : a));
  return { alerts: alerts.length, events: new Set(alerts.map((a) => a.eventId)).size, worst: worst.severity };
}

/**
 * Of the alerts on screen those that the live list should have and has not. One that may only have been pushed
 * behind the loaded pages is none of them: it stands behind every alert that is still loaded.
 */
function leftOf(held: HeldList, live: LiveList): ReadonlySet<AlertId> {
  const liveIds = new Set(live.groups.flatMap((group) => group.alerts.map(({ id }) => id)));
  const whole = new Set<EventId>(live.groups.filter((group) => !group.isPartial).map(({ eventId }) => eventId));
  const lastPlace = live.alerts.reduce((last, { id }) => Math.max(last, held.places.get(id) ?? -1), -1);
  const isExpected = (alert: Alert): boolean =>
    !live.hasMore || whole.has(alert.eventId) || (held.places.get(alert.id) ?? Infinity) < lastPlace;
  const left = held.groups.flatMap((group) =>
    group.alerts.filter((alert) => !liveIds.has(alert.id) && isExpected(alert)).map(({ id }) => id),
  );
  return left.length === 0 ? NONE_LEFT : new Set(left);
}

/**
 * What to draw. `isMine` tells the alerts that this reader has taken off the desk: their rows go at once, and
 * come back in their place when that is undone.
 */
export function shownList(held: HeldList, live: LiveList, isMine: (id: AlertId) => boolean): ShownList {
  if (!held.isHeld || held.viewKey !== live.viewKey) {
    return { groups: held.groups, left: NONE_LEFT, waiting: NOTHING_WAITING };
  }
  const left = leftOf(held, live);
  const liveIds = new Set(live.groups.flatMap((group) => group.alerts.map(({ id }) => id)));
  const isGone = ({ id }: Alert): boolean => !liveIds.has(id) && isMine(id);
  const groups = held.groups.flatMap((group) => {
    if (!group.alerts.some(isGone)) return [group];
    const [first, ...rest] = group.alerts.filter((alert) => !isGone(alert));
    return first === undefined ? [] : [toGroup([first, ...rest], { isPartial: group.isPartial })];
  });
  const others = [...left].filter((id) => !isMine(id));
  return { groups, left: others.length === 0 ? NONE_LEFT : new Set(others), waiting: waitingOf(held, live) };
}
