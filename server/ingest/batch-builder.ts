import { MAX_REJECTIONS_LISTED, type Rejection } from '../../contracts/snapshot.ts';
import type { Observation } from '../detection/observation.ts';
import { type IngestBatch, MAX_CHUNK_ROWS, chunksOf, observationBytes } from './ingest-batch.ts';
import type { BodyMemory } from './body-memory.ts';
import type { Spool, SpoolFile } from './spool.ts';

/** A batch that needs more than either of these is spooled to disk. */
export const MAX_ROWS_IN_MEMORY = 10_000;
const MAX_BYTES_IN_MEMORY = 8 * 1024 * 1024;

/** Once spooling, rows are written in groups of this many. */
const SPOOL_WRITE_ROWS = 1_000;
/** While memory is tight, of so many bytes already. */
const TIGHT_SPOOL_BYTES = 64 * 1024;

/** Collects what one body holds. `settle` is called between chunks: it moves rows to disk when they become many. */
export function createBatchBuilder(options: { readonly spool: Spool; readonly memory: BodyMemory }) {
  const rejected: Rejection[] = [];
  let rejectedCount = 0;
  let accepted = 0;
  let totalBytes = 0;
  /** Of `inMemory`, taken from what all bodies share. */
  let heldBytes = 0;
  let inMemory: Observation[] = [];
  let file: SpoolFile | null = null;

  async function spoolRows(): Promise<void> {
    file ??= await options.spool.createFile();
    const rows = inMemory;
    inMemory = [];
    try {
      await file.append(rows);
    } finally {
      release();
    }
  }

  function release(): void {
    options.memory.give(heldBytes);
    heldBytes = 0;
  }

  return {
    add(observation: Observation): void {
      const bytes = observationBytes(observation);
      options.memory.take(bytes);
      heldBytes += bytes;
      accepted += 1;
      totalBytes += bytes;
      inMemory.push(observation);
    },
    reject(rejection: Rejection): void {
      rejectedCount += 1;
      if (rejected.length < MAX_REJECTIONS_LISTED) rejected.push(rejection);
    },
    async settle(): Promise<void> {
      const isLarge = inMemory.length > MAX_ROWS_IN_MEMORY || totalBytes > MAX_BYTES_IN_MEMORY;
      const isTight = heldBytes >= TIGHT_SPOOL_BYTES && options.memory.isTight();
      const isDue = file === null ? isLarge : inMemory.length >= SPOOL_WRITE_ROWS;
      if (isDue || isTight) await spoolRows();
    },
    /** All is received: what is left goes to the spool if there is one, and the batch can be read. */
    async finish(identity: Pick<IngestBatch, 'idempotencyKey' | 'bodyHash'>): Promise<IngestBatch> {
      if (file !== null) await spoolRows();
      // From here on the queue counts it.
      release();
      const spooled = file;
      const rows = inMemory;
      const chunkShare = accepted === 0 ? 0 : Math.min(1, MAX_CHUNK_ROWS / accepted);
      return {
        ...identity,
        rows: accepted,
        bytes: spooled === null ? totalBytes : Math.ceil(totalBytes * chunkShare),
        rejected,
        rejectedCount,
        accepted,
        chunks: () => (spooled === null ? chunksOf(rows) : spooled.chunks()),
        async dispose() {
          rows.length = 0;
          await spooled?.remove();
        },
      };
    },
    /** The body cannot be read after all: nothing stays, neither in memory nor on disk. */
    async abandon(): Promise<void> {
      release();
      inMemory = [];
      await file?.remove();
    },
  };
}
