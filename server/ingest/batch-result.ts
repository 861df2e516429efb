import type { AppError } from '../../contracts/errors.ts';
import type { EventId } from '../../contracts/ids.ts';
import type { IngestAnswer } from '../../contracts/snapshot.ts';
import type { PriceTransaction, StoredAlert } from './price-store.ts';
import type { Quarantined, Tally } from './tally.ts';

export type CommittedResult = {
  readonly kind: 'committed';
  readonly answer: IngestAnswer;
  /** The seq before this group: what lies between is of this group alone. */
  readonly fromSeq: number;
  /** The version of the prices that this group made. */
  readonly oddsVersion: number;
  readonly alerts: readonly StoredAlert[];
  /** Alerts whose event got another kickoff. */
  readonly movedEventIds: readonly EventId[];
  readonly oddsEventIds: ReadonlySet<EventId>;
  readonly bookmakers: ReadonlySet<string>;
  readonly quarantined: readonly Quarantined[];
  /** Keys of the silences that were told. */
  readonly silences: readonly string[];
};

/** What became of one batch of a committed group. */
export type BatchResult =
  | CommittedResult
  | { readonly kind: 'repeated'; readonly answer: IngestAnswer }
  | { readonly kind: 'refused'; readonly error: AppError };

/** What a group's transaction wrote, once all of it is written. */
export type WrittenGroup = {
  /** The watermark before the group, and the seq that the group has come to. */
  readonly head: PriceTransaction['head'];
  readonly seq: number;
  /** The alerts that changed, by their key. */
  readonly alerts: ReadonlyMap<string, StoredAlert>;
  /** How many alerts went along with matches that were rescheduled. */
  readonly movedAlerts: number;
};

/** The result of a batch that was observed in this group. */
export function committedResult(
  tally: Tally,
  { head, seq, alerts: stored, movedAlerts }: WrittenGroup,
): CommittedResult {
  const untold = [...tally.againKeys].filter((key) => stored.get(key)?.untold === true);
  const alerts = [...new Set([...tally.alertKeys, ...untold])].flatMap((key) => stored.get(key) ?? []);
  const { batch } = tally;
  return {
    kind: 'committed',
    answer: {
      accepted: batch.accepted,
      changed: tally.changed,
      alerts: alerts.length,
      rejected: [...batch.rejected],
      rejectedCount: batch.rejectedCount,
      epoch: head.epoch,
      seq,
    },
    fromSeq: head.seq,
    oddsVersion: head.oddsVersion + 1,
    alerts,
    movedEventIds: movedAlerts > 0 ? [...tally.movedEventIds] : [],
    oddsEventIds: tally.oddsEventIds,
    bookmakers: tally.bookmakers,
    quarantined: [...tally.quarantined.values()],
    silences: tally.silences,
  };
}
