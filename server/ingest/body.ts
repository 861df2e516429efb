import { createHash } from 'node:crypto';
import { AppError } from '../../contracts/errors.ts';
import type { QuarantineReason } from '../../contracts/feed.ts';
import type { Observation } from '../detection/observation.ts';
import { createArraySplitter } from './array-splitter.ts';
import { createBatchBuilder } from './batch-builder.ts';
import type { BodyMemory } from './body-memory.ts';
import { type ByteLimits, type ByteSource, decodedChunks } from './decoded-chunks.ts';
import type { IngestBatch } from './ingest-batch.ts';
import type { createKnownBookmakers } from './known-bookmakers.ts';
import { createLineSplitter } from './line-splitter.ts';
import { parseSnapshotLine } from './snapshot-line.ts';
import type { Spool } from './spool.ts';
import { MAX_LINE_BYTES, type Piece } from './text-pieces.ts';

/** As received: a day's recording is 2-50 MB plain, a fifteenth of that compressed. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** After decompression. */
const MAX_DECODED_BYTES = 256 * 1024 * 1024;
/** Lines or array elements, blank and refused ones included: bounds the work that one request can ask for. */
const MAX_LINES = 1_000_000;

/** What is cut into lines at a time. */
const PART_BYTES = 64 * 1024;
/**
 * How long lines are parsed, in milliseconds, before other connections get their turn. Measured by the clock: a
 * line that is refused costs five times a good one, and a short bad one says nothing of that by its bytes.
 */
const TURN_MS = 2;

/**
 * How far a poll may lie ahead of the desk, in milliseconds: clocks differ, by seconds where they are kept. A later one
 * would make every honest poll after it look outdated, and its bookmaker look alive, until that time has come.
 */
const MAX_AHEAD_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

const LINE_MEDIA_TYPES = new Set([
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/x-jsonlines',
]);
const ARRAY_MEDIA_TYPE = 'application/json';

export type IngestBody = {
  readonly body: ByteSource;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly idempotencyKey: string | null;
};

export type IngestBodyOptions = {
  /** Where large bodies wait for their commit. */
  readonly spool: Spool;
  /** Shared by all bodies. */
  readonly memory: BodyMemory;
  /** Which bookmakers there are, and whether there may be one more. */
  readonly bookmakers: Pick<ReturnType<typeof createKnownBookmakers>, 'ready' | 'admits'>;
  /** The desk's time in epoch milliseconds. */
  readonly now: () => number;
  /** Hears of each line that is refused for what it says of a price, or for a time ahead of the desk's. */
  readonly onRefused?: (bookmaker: string, reason: QuarantineReason) => void;
  /** Waited for before each stretch of work; shared by all bodies, see `createTurns`. */
  readonly turn: () => Promise<void>;
  /** For tests; otherwise the constants of this file. */
  readonly limits?: Partial<ByteLimits & { readonly maxLines: number }>;
};

const mediaTypeOf = (contentType: string | null): string => contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';

function splitterFor(contentType: string | null) {
  const mediaType = mediaTypeOf(contentType);
  if (mediaType === ARRAY_MEDIA_TYPE) return createArraySplitter;
  if (LINE_MEDIA_TYPES.has(mediaType)) return createLineSplitter;
  const got = mediaType === '' ? 'none' : `"${mediaType}"`;
  throw new AppError(
    'unsupported_media_type',
    `expected Content-Type application/x-ndjson or application/json, got ${got}`,
  );
}

/**
 * Reads a body of snapshots to its end, line by line (or element by element), gzip or not, into a batch for the
 * write queue. A bad line is refused by itself. Rejects with `unreadable_body`, `body_too_large`,
 * `unsupported_media_type`, or `queue_full` where memory or disk have no room for it, and then nothing of the body remains. The batch must be disposed of by whoever gets it.
 */
export async function readIngestBody(request: IngestBody, options: IngestBodyOptions): Promise<IngestBatch> {
  const {
    maxBodyBytes = MAX_BODY_BYTES,
    maxDecodedBytes = MAX_DECODED_BYTES,
    maxLines = MAX_LINES,
  } = options.limits ?? {};
  const builder = createBatchBuilder(options);
  const hash = createHash('sha256');
  let index = 0;

  function take(piece: Piece): void {
    const at = index;
    index += 1;
    if (index > maxLines) throw new AppError('body_too_large', `expected at most ${maxLines} lines in one request`);
    switch (piece.kind) {
      case 'blank':
        return;
      case 'too_long':
        return builder.reject({
          index: at,
          code: 'line_too_long',
          message: `expected at most ${MAX_LINE_BYTES} bytes, got ${piece.bytes}`,
        });
      case 'not_utf8':
        return builder.reject({ index: at, code: 'not_json', message: 'expected UTF-8' });
      case 'text': {
        const parsed = parseSnapshotLine(piece.text);
        if (parsed.kind === 'observation') return judge(at, parsed.observation);
        if (parsed.impossibleOf !== undefined) options.onRefused?.(parsed.impossibleOf, 'impossible_odds');
        return builder.reject({ index: at, code: parsed.code, message: parsed.message });
      }
    }
  }

  function judge(index: number, observation: Observation): void {
    if (observation.observedAtMs > options.now() + MAX_AHEAD_MS) {
      options.onRefused?.(observation.bookmaker, 'too_far_ahead');
      builder.reject({ index, code: 'too_far_ahead', message: aheadMessage(observation.observedAtMs) });
    } else if (!options.bookmakers.admits(observation.bookmaker)) {
      const message = `bookmaker: expected one that is known, as there is no room for another, got "${observation.bookmaker}"`;
      builder.reject({ index, code: 'too_many_bookmakers', message });
    } else builder.add(observation);
  }

  const aheadMessage = (atMs: number): string =>
    `t: expected at most ${MAX_AHEAD_MS / MINUTE_MS} minutes after ${new Date(options.now()).toISOString()}, ` +
    `got ${new Date(atMs).toISOString()}`;

  await options.bookmakers.ready();
  const pieces: Piece[] = [];
  const splitter = splitterFor(request.contentType)((piece) => pieces.push(piece));
  let workedMs = 0;

  /** Does the work and takes what it cut out, a stretch at a time; what is left of a stretch goes on with the next part. */
  async function inTurns(work: () => void): Promise<void> {
    let beganMs = performance.now() - workedMs;
    work();
    for (const piece of pieces) {
      if (performance.now() - beganMs >= TURN_MS) {
        await builder.settle();
        await options.turn();
        beganMs = performance.now();
      }
      take(piece);
    }
    pieces.length = 0;
    workedMs = performance.now() - beganMs;
    await builder.settle();
  }

  try {
    for await (const chunk of decodedChunks(request.body, request.contentEncoding, { maxBodyBytes, maxDecodedBytes })) {
      for (let start = 0; start < chunk.length; start += PART_BYTES) {
        const part = chunk.subarray(start, start + PART_BYTES);
        await inTurns(() => {
          hash.update(part);
          splitter.write(part);
        });
      }
    }
    await inTurns(splitter.end);
    return await builder.finish({ idempotencyKey: request.idempotencyKey, bodyHash: hash.digest('hex') });
  } catch (error) {
    await builder.abandon();
    throw error;
  }
}
