import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { AppError } from '../../contracts/errors.ts';
import type { Observation } from '../detection/observation.ts';
import { MAX_CHUNK_ROWS } from './ingest-batch.ts';

const SPOOL_SUFFIX = '.ingest-spool';

/** All bodies together that wait on disk. Beyond it the disk would be taken from the database. */
const MAX_SPOOL_BYTES = 2 * 1024 * 1024 * 1024;
/** What a producer is asked to wait when the disk has no room: for commits to make some, or somebody to. */
const FULL_RETRY_SECONDS = 15;

/** Rows made into text between two turns of the event loop: about 1 ms of work. */
const ROWS_PER_WRITE = 500;

const READ_BYTES = 128 * 1024;

/** Observations that lie on disk between the reading of a body and its commit. */
export type SpoolFile = {
  /** Rejects with `queue_full` when there is no room. */
  append(observations: readonly Observation[]): Promise<void>;
  /** Reads all that was appended, from the beginning. */
  chunks(): AsyncIterable<readonly Observation[]>;
  /** Frees the space; a second call does nothing. */
  remove(): Promise<void>;
};

export type Spool = {
  createFile(): Promise<SpoolFile>;
  /**
   * To be called at the start: makes the place, or throws `start_failed` when it cannot be made.
   * Deletes what a killed process left behind; answers how many files went. Other files in the directory are
   * left alone, and a file that is in use somewhere keeps its content.
   */
  sweep(): Promise<number>;
};

/** A place on disk for bodies that are too large for memory, made when missing, that only this user can read. */
export function createSpool(options: { readonly directory: string; readonly maxBytes?: number }): Spool {
  const { directory, maxBytes = MAX_SPOOL_BYTES } = options;
  let used = 0;

  async function createFile(): Promise<SpoolFile> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const handle = await openNameless(join(directory, `${randomUUID()}${SPOOL_SUFFIX}`));
    let size = 0;
    let removing: Promise<void> | undefined;

    async function write(text: string): Promise<void> {
      const bytes = Buffer.byteLength(text);
      if (used + bytes > maxBytes) throw noRoom(`at most ${maxBytes} bytes of bodies wait there for their commit`);
      used += bytes;
      size += bytes;
      await handle.writeFile(text);
    }

    async function remove(): Promise<void> {
      used -= size;
      await handle.close();
    }

    return {
      async append(observations) {
        try {
          for (let start = 0; start < observations.length; start += ROWS_PER_WRITE) {
            const rows = observations.slice(start, start + ROWS_PER_WRITE);
            await write(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
          }
        } catch (error) {
          throw isDiskFull(error) ? noRoom('it is full', error) : error;
        }
      },
      chunks: () => readChunks(handle),
      remove: () => (removing ??= remove()),
    };
  }

  return {
    createFile,
    async sweep() {
      await makePlace(directory);
      const left = (await readdir(directory)).filter((name) => name.endsWith(SPOOL_SUFFIX));
      await Promise.all(left.map((name) => rm(join(directory, name), { force: true })));
      return left.length;
    },
  };
}

// At the start not `recursive: true`: where a directory that exists can hold no other, as /proc, Node never comes back.
async function makePlace(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EEXIST') return;
    throw new AppError(
      'start_failed',
      `The directory ${directory}, where large bodies wait, cannot be made (${code}): name another one in DATA_DIR`,
      { cause: error },
    );
  }
}

// Without a name the operating system frees the space with the process, however that ends, and no other process
// that starts in the same directory can take it for a leftover.
async function openNameless(path: string): Promise<FileHandle> {
  const handle = await open(path, 'wx+', 0o600);
  await rm(path, { force: true });
  return handle;
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

const noRoom = (why: string, cause?: unknown): AppError =>
  new AppError('queue_full', `the disk has no room for a body of this size: ${why}; send it again later`, {
    cause,
    retryAfterSeconds: FULL_RETRY_SECONDS,
  });

async function* readChunks(handle: FileHandle): AsyncGenerator<readonly Observation[]> {
  let chunk: Observation[] = [];
  for await (const lines of readLines(handle)) {
    for (const line of lines) {
      // Written by this process a moment ago from parsed snapshots: trusted, not parsed against the schema again.
      chunk.push(JSON.parse(line) as Observation);
      if (chunk.length < MAX_CHUNK_ROWS) continue;
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** The lines of a file in groups as they are read, from its beginning, wherever the handle stands. */
async function* readLines(handle: FileHandle): AsyncGenerator<readonly string[]> {
  const buffer = Buffer.alloc(READ_BYTES);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    const lines = (rest + decoder.write(buffer.subarray(0, bytesRead))).split('\n');
    rest = lines.pop() ?? '';
    yield lines;
  }
}
