import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../../contracts/errors.ts';
import { createLineSplitter } from './line-splitter.ts';
import { MAX_LINE_BYTES, type Piece } from './text-pieces.ts';

/** Lines handed on at once: a poll with more comes in several pieces of the same time, so that memory stays bounded. */
export const MAX_POLL_LINES = 5_000;

const GZIP_MAGIC = [0x1f, 0x8b] as const;
/** Small, so that progress by bytes says something: 8 KiB of a compressed recording are some 900 lines. */
const READ_BYTES = 8 * 1024;
const MAX_QUOTED_CHARACTERS = 80;

/** What a line holds: an item and its poll time, or the reason why it is none. */
export type ReadLine<Item> = (
  text: string,
) =>
  | { readonly kind: 'item'; readonly item: Item; readonly atMs: number }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

export type RefusedLine = { readonly line: number; readonly code: string; readonly message: string };

export type RecordedPoll<Item> = {
  /** The recorded time of these lines. */
  readonly atMs: number;
  readonly items: readonly Item[];
  /** Refused since the last poll. */
  readonly refused: readonly RefusedLine[];
  /** Lines and stored (compressed) bytes read so far, a little ahead of this poll. */
  readonly lines: number;
  readonly bytesRead: number;
  readonly totalBytes: number;
};

function unreadable(file: string, error: unknown): AppError {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new AppError('bad_config', `the recording ${file} does not exist`, { cause: error });
  if (code === 'EISDIR')
    return new AppError('bad_config', `expected a recording (NDJSON or NDJSON.gz), ${file} is a directory`);
  if (code === 'EACCES') return new AppError('bad_config', `the recording ${file} may not be read`, { cause: error });
  const why = error instanceof Error ? error.message : 'unknown';
  return new AppError('unreadable_body', `the recording ${file} could not be read to its end: ${why}`, {
    cause: error,
  });
}

/** Whether the file is compressed, by its first bytes, and how long it is. */
async function inspect(file: string): Promise<{ readonly isGzip: boolean; readonly totalBytes: number }> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(GZIP_MAGIC.length), 0, GZIP_MAGIC.length, 0);
    const isGzip = bytesRead === GZIP_MAGIC.length && GZIP_MAGIC.every((byte, index) => buffer[index] === byte);
    if (!isGzip && file.endsWith('.gz'))
      throw new AppError('bad_config', `${file} ends in .gz but is not compressed with gzip`);
    if (size === 0) throw new AppError('bad_config', `the recording ${file} is empty`);
    return { isGzip, totalBytes: size };
  } finally {
    await handle.close();
  }
}

async function* piecesOf(
  file: string,
  isGzip: boolean,
): AsyncGenerator<{ readonly pieces: readonly Piece[]; readonly bytesRead: number }> {
  const source = createReadStream(file, { highWaterMark: READ_BYTES });
  // A failure of either stream destroys both, and reaches the loop below as its error.
  const gunzip = isGzip ? createGunzip() : undefined;
  const bytes = gunzip === undefined ? source : pipeline(source, gunzip, () => undefined);
  // What was decompressed, not what was read: up to 64 KiB, half a small recording, wait between the two.
  const bytesRead = (): number => gunzip?.bytesWritten ?? source.bytesRead;
  let pieces: Piece[] = [];
  const splitter = createLineSplitter((piece) => pieces.push(piece));
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      splitter.write(chunk);
      yield { pieces, bytesRead: bytesRead() };
      pieces = [];
    }
    splitter.end();
    yield { pieces, bytesRead: bytesRead() };
  } finally {
    source.destroy();
  }
}

function readPiece<Item>(piece: Piece, read: ReadLine<Item>): ReturnType<ReadLine<Item>> | null {
  switch (piece.kind) {
    case 'blank':
      return null;
    case 'too_long':
      return {
        kind: 'refused',
        code: 'line_too_long',
        message: `expected at most ${MAX_LINE_BYTES} bytes, got ${piece.bytes}`,
      };
    case 'not_utf8':
      return { kind: 'refused', code: 'not_json', message: 'expected UTF-8' };
    case 'text':
      return read(piece.text);
  }
}

/** Throws `bad_config` when there is no recording to read at `file`: a start can say so before anything else runs. */
export async function checkRecording(file: string): Promise<void> {
  try {
    await inspect(file);
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(file, error);
  }
}

/**
 * Reads an NDJSON recording, compressed or not, as a stream: successive lines of one time are one poll. Throws an
 * `AppError`: `bad_config` when the file is missing or its first line shows that it is no NDJSON,
 * `unreadable_body` when it breaks off.
 */
export async function* recordedPolls<Item>(file: string, read: ReadLine<Item>): AsyncGenerator<RecordedPoll<Item>> {
  try {
    const { isGzip, totalBytes } = await inspect(file);
    let items: Item[] = [];
    let refused: RefusedLine[] = [];
    let atMs = 0;
    let lines = 0;
    let bytesRead = 0;
    const take = (): RecordedPoll<Item> => {
      const poll = { atMs, items, refused, lines, bytesRead, totalBytes };
      items = [];
      refused = [];
      return poll;
    };
    for await (const block of piecesOf(file, isGzip)) {
      ({ bytesRead } = block);
      for (const piece of block.pieces) {
        lines += 1;
        const result = readPiece(piece, read);
        if (result === null) continue;
        if (result.kind === 'refused') {
          if (lines === 1 && result.code === 'not_json') throw notNdjson(file, piece);
          refused.push({ line: lines, code: result.code, message: result.message });
          if (refused.length >= MAX_POLL_LINES) yield take();
          continue;
        }
        if (items.length > 0 && (result.atMs !== atMs || items.length >= MAX_POLL_LINES)) yield take();
        ({ atMs } = result);
        items.push(result.item);
      }
    }
    if (items.length > 0 || refused.length > 0) yield take();
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(file, error);
  }
}

function notNdjson(file: string, piece: Piece): AppError {
  const quoted = piece.kind === 'text' ? `, got ${JSON.stringify(piece.text.slice(0, MAX_QUOTED_CHARACTERS))}` : '';
  return new AppError('bad_config', `expected ${file} to hold one JSON snapshot a line (NDJSON)${quoted}`);
}
