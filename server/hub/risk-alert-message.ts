import type { AlertCounts, Severity } from '../../contracts/alert.ts';
import { SEVERITIES } from '../../contracts/alert-words.ts';
import type { EventId } from '../../contracts/ids.ts';
import { MAX_EVENT_IDS, type RiskAlertMessage } from '../../contracts/socket.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { MAX_IDS_KEPT, newestWatermark, unionUpTo } from './union.ts';

/** What one commit did to the alerts: how many were opened or became worse, of which events, how bad. */
export type RiskAlertChange = {
  readonly watermark: Watermark;
  readonly alertCount: number;
  readonly eventIds: readonly EventId[];
  readonly severities: readonly Severity[];
};

/** Both changes as one: counts summed, ids and severities united, the newest watermark. */
export function mergeRiskAlerts(earlier: RiskAlertChange, later: RiskAlertChange): RiskAlertChange {
  return {
    watermark: newestWatermark(earlier.watermark, later.watermark),
    alertCount: earlier.alertCount + later.alertCount,
    eventIds: unionUpTo(MAX_IDS_KEPT, earlier.eventIds, later.eventIds),
    severities: unionUpTo(SEVERITIES.length, earlier.severities, later.severities),
  };
}

/**
 * The one builder of the `risk_alert` notification. Each event once and at most `MAX_EVENT_IDS` of them, then
 * `truncated`; each severity once, the worst first. `counts` must have been read after the change was committed.
 */
export function riskAlertMessage(options: {
  readonly change: RiskAlertChange;
  readonly counts: AlertCounts;
  readonly nowMs: number;
}): RiskAlertMessage {
  const { change, counts, nowMs } = options;
  const eventIds = unionUpTo(MAX_IDS_KEPT, change.eventIds);
  return {
    type: 'risk_alert',
    timestamp: new Date(nowMs).toISOString(),
    data: {
      alert_count: change.alertCount,
      event_ids: eventIds.slice(0, MAX_EVENT_IDS),
      ...(eventIds.length > MAX_EVENT_IDS ? { truncated: true as const } : {}),
      severities: SEVERITIES.toReversed().filter((severity) => change.severities.includes(severity)),
      epoch: change.watermark.epoch,
      seq: change.watermark.seq,
      counts,
    },
  };
}
