import type { IngestAnswer } from '../../contracts/snapshot.ts';
import type { Observation } from '../detection/observation.ts';
import { batchOf, type IngestBatch } from './ingest-batch.ts';
import type { BatchResult } from './batch-result.ts';

type Push = (item: {
  readonly rows: number;
  readonly bytes: number;
  readonly payload: IngestBatch;
}) => Promise<BatchResult>;

/** The way of snapshots to their commit, for a request and for a source in this process alike. */
export function createWritePath(options: {
  readonly push: Push;
  readonly onStored: (batch: IngestBatch, answer: IngestAnswer) => void;
}) {
  async function store(batch: IngestBatch): Promise<IngestAnswer> {
    try {
      const result = await options.push({ rows: Math.max(batch.rows, 1), bytes: batch.bytes, payload: batch });
      if (result.kind === 'refused') throw result.error;
      if (result.kind === 'committed') options.onStored(batch, result.answer);
      return result.answer;
    } finally {
      await batch.dispose();
    }
  }

  return {
    /** Resolves after the commit. Releases the batch whatever becomes of it. */
    store,
    submit: (observations: readonly Observation[]): Promise<IngestAnswer> => store(batchOf(observations)),
  };
}
