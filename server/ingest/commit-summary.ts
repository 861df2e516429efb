import type { Severity } from '../../contracts/alert.ts';
import { SEVERITIES } from '../../contracts/alert-words.ts';
import type { EventId } from '../../contracts/ids.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import type { BatchResult } from './batch-result.ts';

/**
 * What one commit of a group did, in the words of the announcements. Muted alerts are not among them: when all are
 * muted the watermark moves, lists follow it, and nobody is called.
 */
export type CommitSummary = {
  readonly fromSeq: number;
  readonly oddsVersion: number;
  readonly watermark: Watermark;
  readonly alertCount: number;
  readonly alertEventIds: readonly EventId[];
  /** Worst first, each once. */
  readonly severities: readonly Severity[];
  readonly oddsEventIds: readonly EventId[];
  readonly bookmakers: readonly string[];
};

/** Sums up a group. Null when it stored nothing: every batch was a repetition or refused. */
export function summarizeCommit(results: readonly BatchResult[]): CommitSummary | null {
  const committed = results.filter((result) => result.kind === 'committed');
  const [first] = committed;
  if (first === undefined) return null;
  const alerts = committed.flatMap((result) => result.alerts.filter((alert) => !alert.muted));
  const moved = committed.flatMap((result) => result.movedEventIds);
  return {
    fromSeq: first.fromSeq,
    oddsVersion: first.oddsVersion,
    watermark: { epoch: first.answer.epoch, seq: first.answer.seq },
    alertCount: alerts.length + new Set(moved).size,
    alertEventIds: [...new Set([...alerts.map((alert) => alert.eventId), ...moved])],
    severities: SEVERITIES.toReversed().filter((severity) => alerts.some((alert) => alert.severity === severity)),
    oddsEventIds: [...new Set(committed.flatMap((result) => [...result.oddsEventIds]))],
    bookmakers: [...new Set(committed.flatMap((result) => [...result.bookmakers]))],
  };
}
