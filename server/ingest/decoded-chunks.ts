import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, errorCode } from '../../contracts/errors.ts';

export type ByteSource = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

export type ByteLimits = {
  /** As received, possibly compressed. */
  readonly maxBodyBytes: number;
  /** After decompression: what a gzip bomb meets. */
  readonly maxDecodedBytes: number;
};

const GUNZIP_CHUNK_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** The first byte of gzip, which no JSON text begins with. */
const GZIP_FIRST_BYTE = 0x1f;

async function* counted(source: ByteSource, maxBytes: number, what: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AppError('body_too_large', `expected at most ${maxBytes} bytes ${what}`);
    if (chunk.byteLength > 0) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

function gunzipped(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: GUNZIP_CHUNK_BYTES });
  // A failure of either side destroys both, and reaches the reader as the iteration's error.
  return pipeline(Readable.from(source, { objectMode: false }), gunzip, () => undefined);
}

/** Drops a byte order mark at the very beginning, also when it comes in pieces. */
async function* withoutByteOrderMark(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const chunk of source) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < BYTE_ORDER_MARK.length && BYTE_ORDER_MARK.subarray(0, head.length).equals(head)) continue;
    yield head.subarray(head.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0);
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
}

async function* withGzipHint(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of source) {
    if (isFirst && chunk[0] === GZIP_FIRST_BYTE) {
      throw new AppError('unreadable_body', 'the body looks like gzip; send it with Content-Encoding: gzip');
    }
    isFirst = false;
    yield chunk;
  }
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (errorCode(error) !== 'internal')
    return new AppError(errorCode(error), (error as Error).message, { cause: error });
  const why = error instanceof Error ? error.message : 'it ended early';
  return new AppError('unreadable_body', `the body could not be read to its end: ${why}`, { cause: error });
}

/**
 * The plain bytes of a body without a byte order mark. Rejects with `body_too_large` beyond a limit, with
 * `unreadable_body` when the gzip is broken or the connection was cut, with `unsupported_media_type` for another
 * encoding than gzip.
 */
export async function* decodedChunks(
  source: ByteSource,
  contentEncoding: string | null,
  limits: ByteLimits,
): AsyncGenerator<Buffer> {
  const encoding = contentEncoding?.trim().toLowerCase() ?? '';
  const isGzip = encoding === 'gzip' || encoding === 'x-gzip';
  if (!isGzip && encoding !== '' && encoding !== 'identity') {
    throw new AppError('unsupported_media_type', `expected Content-Encoding gzip or none, got "${encoding}"`);
  }
  const received = counted(source, limits.maxBodyBytes, 'in the request body');
  const plain = isGzip
    ? counted(gunzipped(received), limits.maxDecodedBytes, 'after decompression')
    : withGzipHint(received);
  try {
    yield* withoutByteOrderMark(plain);
  } catch (error) {
    throw toAppError(error);
  }
}
