import type { Alert, AlertEvent, Severity } from '../contracts/alert.ts';
import { severityRank } from '../contracts/alert-words.ts';
import type { EventId } from '../contracts/ids.ts';

/** One event with its alerts, in the order of the list that they came in. */
export type AlertGroup = {
  readonly eventId: EventId;
  readonly event: AlertEvent;
  readonly alerts: readonly Alert[];
  /** More alerts of this event may stand on pages that are not loaded. */
  readonly isPartial: boolean;
  readonly worst: Severity;
  /** The alert that speaks for the group: of the worst severity the one that moved most. */
  readonly strongest: Alert;
  /** When the latest of them was detected. */
  readonly latestAt: string;
};

const weight = (alert: Alert): number =>
  Math.abs(alert.probabilityPoints ?? 0) * 1_000 + Math.abs(alert.changePercent ?? 0);

function stronger(a: Alert, b: Alert): Alert {
  const bySeverity = severityRank(b.severity) - severityRank(a.severity);
  if (bySeverity !== 0) return bySeverity > 0 ? b : a;
  return weight(b) > weight(a) ? b : a;
}

/** `isPartial`: the list goes on behind these alerts. */
export type GroupOptions = { readonly isPartial: boolean };

/** The group of one event's alerts, in the order in which they are given. */
export function toGroup(alerts: readonly [Alert, ...Alert[]], { isPartial }: GroupOptions): AlertGroup {
  const strongest = alerts.reduce(stronger);
  return {
    eventId: strongest.eventId,
    event: strongest.event,
    alerts,
    isPartial,
    worst: strongest.severity,
    strongest,
    latestAt: alerts.reduce((latest, { detectedAt }) => (detectedAt > latest ? detectedAt : latest), ''),
  };
}

/** Alerts by event; a group stands where its first alert stood. An alert that came on two pages counts once. */
export function groupByEvent(alerts: readonly Alert[], options: GroupOptions): AlertGroup[] {
  const groups = new Map<EventId, [Alert, ...Alert[]]>();
  const seen = new Set<number>();
  for (const alert of alerts) {
    if (seen.has(alert.id)) continue;
    seen.add(alert.id);
    const group = groups.get(alert.eventId);
    if (group === undefined) groups.set(alert.eventId, [alert]);
    else group.push(alert);
  }
  return [...groups.values()].map((group) => toGroup(group, options));
}

/** The groups with one of them in full: in its place, or at the head when a link led to one that is not loaded. */
export function withWholeGroup(groups: readonly AlertGroup[], whole: AlertGroup): readonly AlertGroup[] {
  const isLoaded = groups.some(({ eventId }) => eventId === whole.eventId);
  return isLoaded ? groups.map((group) => (group.eventId === whole.eventId ? whole : group)) : [whole, ...groups];
}

const isSame = (a: AlertGroup, b: AlertGroup): boolean =>
  a.isPartial === b.isPartial &&
  a.alerts.length === b.alerts.length &&
  a.alerts.every((alert, index) => alert === b.alerts[index]);

/**
 * The next groups, with the former object for every one in which nothing changed: a row that is drawn once is not
 * drawn again for a message about another. The former list itself when it is the same.
 */
export function reusedGroups(former: readonly AlertGroup[], next: readonly AlertGroup[]): readonly AlertGroup[] {
  const known = new Map(former.map((group) => [group.eventId, group]));
  const reused = next.map((group) => {
    const before = known.get(group.eventId);
    return before !== undefined && isSame(before, group) ? before : group;
  });
  const isUnchanged = reused.length === former.length && reused.every((group, index) => group === former[index]);
  return isUnchanged ? former : reused;
}
