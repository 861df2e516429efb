import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { Snapshot } from '../../contracts/snapshot.ts';
import type { Observation } from '../detection/observation.ts';
import { createBodyMemory } from './body-memory.ts';
import { type IngestBody, type IngestBodyOptions, readIngestBody } from './body.ts';
import { type IngestBatch, MAX_CHUNK_ROWS } from './ingest-batch.ts';
import { createSpool } from './spool.ts';
import { createTurns } from './turns.ts';

/** What the desk's clock says while a body is read: five seconds after its snapshots. */
export const NOW_MS = Date.parse('2026-03-01T12:00:05Z');

export const snapshot = (overrides: Partial<Snapshot> = {}): Snapshot => ({
  t: '2026-03-01T12:00:00Z',
  event: 'e1',
  home: 'Málaga',
  away: 'Çanakkale 雨',
  league: 'First',
  country: 'Nowhere',
  sport: 'soccer',
  kickoff: '2026-03-02T18:00:00Z',
  bookmaker: 'north',
  market: '1x2',
  line: null,
  outcomes: [
    { name: '1', odds: 2.05 },
    { name: 'X', odds: 3.4 },
    { name: '2', odds: 3.9 },
  ],
  suspended: false,
  ...overrides,
});

/** A snapshot as a line of a body. */
export const json = (overrides: Partial<Snapshot> = {}): string => JSON.stringify(snapshot(overrides));

export async function* asChunks(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** The bytes in pieces, cut at these places, each taken modulo their number. */
export function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((at) => at % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
}

/** All rows of a batch, which come in chunks that are not too large. */
export async function rowsOf(batch: IngestBatch): Promise<Observation[]> {
  const observations: Observation[] = [];
  for await (const chunk of batch.chunks()) {
    expect(chunk.length).toBeLessThanOrEqual(MAX_CHUNK_ROWS);
    observations.push(...chunk);
  }
  return observations;
}

/** Reads bodies as one desk does. Each test has a spool directory of its own; nothing is scarce unless it says so. */
export function bodyReading() {
  let spoolDirectory = '';
  beforeEach(async () => {
    spoolDirectory = await mkdtemp(join(tmpdir(), 'linewatch-spool-'));
  });
  afterEach(async () => {
    await rm(spoolDirectory, { recursive: true, force: true });
  });

  /** Reads a body of plain lines unless the request says otherwise, with some of what bodies share changed. */
  const readStream = (
    body: AsyncIterable<Uint8Array>,
    changed: Partial<IngestBodyOptions> = {},
    request: Partial<Omit<IngestBody, 'body'>> = {},
  ): Promise<IngestBatch> =>
    readIngestBody(
      { body, contentType: 'application/x-ndjson', contentEncoding: null, idempotencyKey: null, ...request },
      {
        spool: createSpool({ directory: spoolDirectory }),
        memory: createBodyMemory({ maxBytes: Number.MAX_SAFE_INTEGER }),
        bookmakers: { ready: async () => undefined, admits: () => true },
        now: () => NOW_MS,
        turn: createTurns(),
        ...changed,
      },
    );

  return {
    spoolDirectory: () => spoolDirectory,
    readStream,
    read(
      body: string | Uint8Array | readonly Uint8Array[],
      request: Partial<Omit<IngestBody, 'body'>> = {},
      limits: NonNullable<IngestBodyOptions['limits']> = {},
    ): Promise<IngestBatch> {
      const chunks = typeof body === 'string' ? [Buffer.from(body)] : body instanceof Uint8Array ? [body] : body;
      return readStream(asChunks(chunks), { limits }, request);
    },
  };
}
