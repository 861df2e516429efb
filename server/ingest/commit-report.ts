import type { EventId } from '../../contracts/ids.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { type CommitSummary, summarizeCommit } from './commit-summary.ts';
import type { BatchResult } from './batch-result.ts';
import type { Quarantined } from './tally.ts';
import type { StoredAlert } from './price-store.ts';

type AlertNews = Pick<CommitSummary, 'fromSeq' | 'watermark' | 'alertCount' | 'severities'> & {
  readonly eventIds: readonly EventId[];
};

/** Tells what one commit of a group did to whoever has to know. Called after the commit, once for each. */
export function createCommitReport(tell: {
  /** The desk moved: alerts were found, changed or rescheduled. */
  readonly onDeskMoved: (news: AlertNews) => void;
  /** The prices' version moved, whether or not one changed. */
  readonly onPricesStored: (head: { readonly epoch: string; readonly oddsVersion: number }) => void;
  readonly onPricesChanged: (change: {
    readonly watermark: Watermark;
    readonly eventIds: readonly EventId[];
    readonly bookmakers: readonly string[];
  }) => void;
  readonly onAlert: (alert: StoredAlert) => void;
  readonly onQuarantined: (quarantined: Quarantined) => void;
}): (results: readonly BatchResult[]) => void {
  return (results) => {
    const summary = summarizeCommit(results);
    if (summary === null) return;
    const { fromSeq, watermark, alertCount, severities, alertEventIds, oddsEventIds, bookmakers } = summary;
    if (watermark.seq > fromSeq) {
      tell.onDeskMoved({ fromSeq, watermark, alertCount, eventIds: alertEventIds, severities });
    }
    tell.onPricesStored({ epoch: watermark.epoch, oddsVersion: summary.oddsVersion });
    if (oddsEventIds.length > 0) tell.onPricesChanged({ watermark, eventIds: oddsEventIds, bookmakers });
    for (const result of results) {
      if (result.kind !== 'committed') continue;
      for (const alert of result.alerts) tell.onAlert(alert);
      for (const each of result.quarantined) tell.onQuarantined(each);
    }
  };
}
