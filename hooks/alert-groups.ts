import { type Alert, type AlertEvent, type Severity, severityRank } from '../contracts/alert.ts';
import type { EventId } from '../contracts/ids.ts';

/** One event with its alerts, in the order of the list that they came in. */
export type AlertGroup = {
  readonly eventId: EventId;
  readonly event: AlertEvent;
  readonly alerts: readonly Alert[];
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

function toGroup(alerts: readonly [Alert, ...Alert[]]): AlertGroup {
  const strongest = alerts.reduce(stronger);
  return {
    eventId: strongest.eventId,
    event: strongest.event,
    alerts,
    worst: strongest.severity,
    strongest,
    latestAt: alerts.reduce((latest, { detectedAt }) => (detectedAt > latest ? detectedAt : latest), ''),
  };
}

/** Alerts by event; a group stands where its first alert stood. An alert that came on two pages counts once. */
export function groupByEvent(alerts: readonly Alert[]): AlertGroup[] {
  const groups = new Map<EventId, [Alert, ...Alert[]]>();
  const seen = new Set<number>();
  for (const alert of alerts) {
    if (seen.has(alert.id)) continue;
    seen.add(alert.id);
    const group = groups.get(alert.eventId);
    if (group === undefined) groups.set(alert.eventId, [alert]);
    else group.push(alert);
  }
  return [...groups.values()].map(toGroup);
}
