import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Observation } from '../detection/observation.ts';
import { MAX_CHUNK_ROWS } from './ingest-batch.ts';

const SPOOL_SUFFIX = '.ingest-spool';

/** Rows made into text between two turns of the event loop: about 1 ms of work. */
const ROWS_PER_WRITE = 500;

const READ_BYTES = 128 * 1024;

/** Observations that lie on disk between the reading of a body and its commit. */
export type SpoolFile = {
  append(observations: readonly Observation[]): Promise<void>;
  /** Reads all that was appended, from the beginning. */
  chunks(): AsyncIterable<readonly Observation[]>;
  /** Closes and deletes the file; a second call does nothing. */
  remove(): Promise<void>;
};

/** Creates an empty file in `directory` (made when missing) that only this user can read. */
export async function createSpoolFile(directory: string): Promise<SpoolFile> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${randomUUID()}${SPOOL_SUFFIX}`);
  const handle = await open(path, 'wx', 0o600);
  let removing: Promise<void> | undefined;
  return {
    async append(observations) {
      for (let start = 0; start < observations.length; start += ROWS_PER_WRITE) {
        const rows = observations.slice(start, start + ROWS_PER_WRITE);
        await handle.writeFile(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
      }
    },
    chunks: () => readSpool(path),
    remove: () => (removing ??= handle.close().then(() => rm(path, { force: true }))),
  };
}

async function* readSpool(path: string): AsyncGenerator<readonly Observation[]> {
  const file = createReadStream(path, { highWaterMark: READ_BYTES });
  const lines = createInterface({ input: file, crlfDelay: Number.POSITIVE_INFINITY });
  let chunk: Observation[] = [];
  try {
    for await (const line of lines) {
      // Written by this process a moment ago from parsed snapshots: trusted, not parsed against the schema again.
      chunk.push(JSON.parse(line) as Observation);
      if (chunk.length < MAX_CHUNK_ROWS) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
  } finally {
    lines.close();
    file.destroy();
  }
}

/**
 * Deletes what a killed process left behind. Called at start, before the first body is read; answers how many
 * files went. Other files in the directory are left alone.
 */
export async function sweepSpool(directory: string): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const left = (await readdir(directory)).filter((name) => name.endsWith(SPOOL_SUFFIX));
  await Promise.all(left.map((name) => rm(join(directory, name), { force: true })));
  return left.length;
}
