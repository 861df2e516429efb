/** Ordered: a later word is worse. */
export const SEVERITIES = ['warning', 'elevated', 'critical'] as const;
type Severity = (typeof SEVERITIES)[number];
export const WORST_FIRST = SEVERITIES.toReversed();

/** 0 for a warning, 2 for critical: what is sorted and stored. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** Whether a severity is worse than another one, which is news where the other one was told. */
export const isWorseThan = (severity: Severity, than: Severity): boolean => severityRank(severity) > severityRank(than);

/** The worse of two severities; null stands for none. */
export function worseSeverity(a: Severity | null, b: Severity | null): Severity | null {
  if (a === null || b === null) return a ?? b;
  return severityRank(a) >= severityRank(b) ? a : b;
}

export const ALERT_TYPES = [
  'price_change',
  'direction_disagreement',
  'availability',
  'off_market',
  'lagging',
  'feed_silent',
] as const;

/** Derived, never stored: past from kickoff on, else acknowledged when somebody has, else new. */
export const ALERT_STATUSES = ['new', 'acknowledged', 'past'] as const;

export const AVAILABILITIES = ['suspended', 'removed', 'returned'] as const;

export const DIRECTIONS = ['shortening', 'drifting'] as const;

export const ALERT_SORTS = ['detected', 'severity', 'kickoff'] as const;

/** The status of an alert at `nowMs`: past from kickoff on, else acknowledged, else new. */
export function alertStatus(
  alert: { readonly kickoffMs: number; readonly acknowledged: boolean },
  nowMs: number,
): (typeof ALERT_STATUSES)[number] {
  if (alert.kickoffMs <= nowMs) return 'past';
  return alert.acknowledged ? 'acknowledged' : 'new';
}

/** What the competitors together are called where an alert names its other side. */
export const CONSENSUS = 'consensus';
