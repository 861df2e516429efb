import type { Rejection } from '../../contracts/snapshot.ts';
import type { Observation } from '../detection/observation.ts';

/** At most this many observations come at a time: one staged step of a transaction, a few milliseconds of work. */
export const MAX_CHUNK_ROWS = 5_000;

/** Measured with Node 24 (heap after parsing real feeds): an observation with its event and strings, and each outcome. */
const OBSERVATION_BYTES = 500;
const OUTCOME_BYTES = 70;

/**
 * Observations on their way to one commit, wholly received and readable. Whoever holds it disposes of it,
 * once, after its last read.
 */
export type IngestBatch = {
  readonly idempotencyKey: string | null;
  /** SHA-256, in hex, of the decoded body: the same lines compressed anew are the same body. */
  readonly bodyHash: string;
  /** Observations to commit; the same as `accepted`. */
  readonly rows: number;
  /** What it holds in memory; of a spooled batch one chunk, as the rest lies on disk. */
  readonly bytes: number;
  /** The first `MAX_REJECTIONS_LISTED`, by index. */
  readonly rejected: readonly Rejection[];
  readonly rejectedCount: number;
  readonly accepted: number;
  /** The instant at which silent feeds are to be looked for, of a batch that the clock sends; absent from all others. */
  readonly silenceAtMs?: number;
  /** All observations in body order, in chunks of at most `MAX_CHUNK_ROWS`; may be read again for a retry. */
  chunks(): AsyncIterable<readonly Observation[]>;
  /** Releases memory and the spool file. May be called more than once; nothing can be read afterwards. */
  dispose(): Promise<void>;
};

/** Rough bytes that an observation keeps alive in memory. */
export const observationBytes = (observation: Observation): number =>
  OBSERVATION_BYTES + OUTCOME_BYTES * observation.outcomes.length;

/** Slices of at most `MAX_CHUNK_ROWS`. */
export async function* chunksOf(observations: readonly Observation[]): AsyncGenerator<readonly Observation[]> {
  for (let start = 0; start < observations.length; start += MAX_CHUNK_ROWS) {
    yield observations.slice(start, start + MAX_CHUNK_ROWS);
  }
}

/** The batch of a source in this process: nothing to refuse, nothing on disk, no idempotency key. */
export function batchOf(observations: readonly Observation[]): IngestBatch {
  let bytes = 0;
  for (const observation of observations) bytes += observationBytes(observation);
  return {
    idempotencyKey: null,
    bodyHash: '',
    rows: observations.length,
    bytes,
    rejected: [],
    rejectedCount: 0,
    accepted: observations.length,
    chunks: () => chunksOf(observations),
    dispose: () => Promise.resolve(),
  };
}

/** The batch by which silent feeds are told: no prices, but written like them, in its turn. */
export const silenceBatch = (silenceAtMs: number): IngestBatch => ({ ...batchOf([]), silenceAtMs });
