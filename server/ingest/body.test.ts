import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_REJECTIONS_LISTED, type Snapshot } from '../../contracts/snapshot.ts';
import { toMilliOdds } from '../../contracts/market.ts';
import { type Observation, toObservation } from '../detection/observation.ts';
import { MAX_ROWS_IN_MEMORY } from './batch-builder.ts';
import { createBodyMemory } from './body-memory.ts';
import { type IngestBody, type IngestBodyOptions, readIngestBody } from './body.ts';
import { type IngestBatch, MAX_CHUNK_ROWS, batchOf } from './ingest-batch.ts';
import { createSpool } from './spool.ts';
import { MAX_LINE_BYTES } from './text-pieces.ts';
import { createTurns } from './turns.ts';

const LINES = 'application/x-ndjson';
const ARRAY = 'application/json';

const NOW_MS = Date.parse('2026-03-01T12:00:05Z');

const snapshot = (overrides: Partial<Snapshot> = {}): Snapshot => ({
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
const json = (overrides: Partial<Snapshot> = {}): string => JSON.stringify(snapshot(overrides));

let spoolDirectory: string;
beforeEach(async () => {
  spoolDirectory = await mkdtemp(join(tmpdir(), 'linewatch-spool-'));
});
afterEach(async () => {
  await rm(spoolDirectory, { recursive: true, force: true });
});

async function* asChunks(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** What the bodies of one desk share; here nothing is ever scarce unless the test says so. */
const shared = (changed: Partial<IngestBodyOptions> = {}): IngestBodyOptions => ({
  spool: createSpool({ directory: spoolDirectory }),
  memory: createBodyMemory({ maxBytes: Number.MAX_SAFE_INTEGER }),
  bookmakers: { ready: async () => undefined, admits: () => true },
  now: () => NOW_MS,
  turn: createTurns(),
  ...changed,
});

function read(
  body: string | Uint8Array | readonly Uint8Array[],
  request: Partial<Omit<IngestBody, 'body'>> = {},
  limits: NonNullable<IngestBodyOptions['limits']> = {},
): Promise<IngestBatch> {
  const chunks = typeof body === 'string' ? [Buffer.from(body)] : body instanceof Uint8Array ? [body] : body;
  return readIngestBody(
    { body: asChunks(chunks), contentType: LINES, contentEncoding: null, idempotencyKey: null, ...request },
    { ...shared(), limits },
  );
}

async function all(batch: IngestBatch): Promise<Observation[]> {
  const observations: Observation[] = [];
  for await (const chunk of batch.chunks()) {
    expect(chunk.length).toBeLessThanOrEqual(MAX_CHUNK_ROWS);
    observations.push(...chunk);
  }
  return observations;
}

const summary = async (batch: IngestBatch) => ({
  accepted: batch.accepted,
  rows: batch.rows,
  rejected: batch.rejected,
  rejectedCount: batch.rejectedCount,
  bodyHash: batch.bodyHash,
  observations: await all(batch),
});

function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((at) => at % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
}

describe('lines', () => {
  test('[ING21] lines come out in order as observations, with LF or CRLF, a byte order mark, and no last line end', async () => {
    const body = `\uFEFF${json({ event: 'a' })}\r\n${json({ event: 'b' })}\n${json({ event: 'c' })}`;
    const batch = await read(body, { idempotencyKey: 'k' });
    expect((await all(batch)).map((row) => row.event.sourceKey)).toEqual(['a', 'b', 'c']);
    expect((await all(batch))[0]).toEqual(toObservation(snapshot({ event: 'a' })));
    expect(batch).toMatchObject({ idempotencyKey: 'k', accepted: 3, rows: 3, rejected: [], rejectedCount: 0 });
  });

  test('[ING22] a bad line is refused by itself with its index, code and reason; blank lines count but are not refused', async () => {
    const body = [
      json(),
      '',
      '{"t":',
      json({
        outcomes: [
          { name: '1', odds: 1 },
          { name: '2', odds: 3 },
        ],
      }),
      json({ market: 'over_under' }),
      '   ',
      'null',
      json({ kickoff: 'tomorrow' }),
      json(),
    ].join('\n');
    const batch = await read(body);
    expect(batch.accepted).toBe(2);
    expect(batch.rejected).toEqual([
      { index: 2, code: 'not_json', message: expect.stringMatching(/JSON/) },
      { index: 3, code: 'bad_snapshot', message: 'outcomes[0].odds: expected number to be >=1.001, got 1' },
      { index: 4, code: 'bad_snapshot', message: 'line: expected a number for market over_under, got null' },
      { index: 6, code: 'bad_snapshot', message: 'expected object, got null' },
      { index: 7, code: 'bad_snapshot', message: 'kickoff: expected a valid ISO datetime, got "tomorrow"' },
    ]);
  });

  test('[ING22] bytes that are not UTF-8 spoil their own line only', async () => {
    const bad = Buffer.concat([Buffer.from('{"t":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const batch = await read(Buffer.concat([Buffer.from(`${json()}\n`), bad, Buffer.from(`\n${json()}\n`)]));
    expect(batch.accepted).toBe(2);
    expect(batch.rejected).toEqual([{ index: 1, code: 'not_json', message: 'expected UTF-8' }]);
  });

  test.each([
    ['a NUL character', { home: 'Nul\0' }, /^home: expected no NUL/],
    ['half of a surrogate pair', { bookmaker: 'half \ud83d' }, /^bookmaker: expected no NUL/],
    [
      'an outcome with a NUL character',
      {
        outcomes: [
          { name: '1\0', odds: 2 },
          { name: '2', odds: 2 },
        ],
      },
      /^outcomes\[0\]\.name: expected no NUL/,
    ],
  ])('[ING34] %s, which the database cannot hold, is refused with its line alone', async (_what, fault, says) => {
    const batch = await read([json(), json(fault), json({ event: 'e2' })].join('\n'));
    expect(batch.accepted).toBe(2);
    expect(batch.rejected).toEqual([{ index: 1, code: 'bad_snapshot', message: expect.stringMatching(says) }]);
  });

  test.each([
    { bytes: MAX_LINE_BYTES, refused: [] },
    { bytes: MAX_LINE_BYTES + 1, refused: [{ index: 1, code: 'line_too_long' }] },
  ])('[ING23] a line of $bytes bytes: longer than 64 kB is refused by itself', async ({ bytes, refused }) => {
    const padding = ' '.repeat(bytes - Buffer.byteLength(json()));
    const body = Buffer.from(`${json()}\n${json()}${padding}\n${json()}`);
    for (const chunks of [
      [body],
      cut(body, [10_000, 50_000, 66_000]),
      cut(
        body,
        Array.from({ length: 200 }, (_, i) => i * 331),
      ),
    ]) {
      const batch = await read(chunks);
      expect(batch.accepted).toBe(3 - refused.length);
      expect(batch.rejected).toMatchObject(refused);
    }
  });

  test.each([
    ['home', { home: 'a\0b' }],
    ['bookmaker', { bookmaker: 'a\ud800b' }],
    [
      'outcomes[1].name',
      {
        outcomes: [
          { name: '1', odds: 2 },
          { name: '\udfff', odds: 2 },
        ],
      },
    ],
  ])('[ING34] text that no database keeps is refused with its line: %s', async (field, overrides) => {
    const batch = await read(`${json(overrides)}\n${json()}`);
    expect(batch).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: 'bad_snapshot' }] });
    expect(batch.rejected[0]?.message).toContain(`${field}: expected no NUL character`);
  });

  test.each([
    ['upd', '0000-01-01T00:00:00Z'],
    ['kickoff', '9999-12-31T23:59:59-14:00'],
    ['t', '0001-01-01T00:00:00Z'],
  ])('[ING45] a time outside the years 2000 to 2099 is refused with its line: %s %s', async (field, instant) => {
    const batch = await read(json({ [field]: instant }));
    expect(batch).toMatchObject({ accepted: 0, rejected: [{ code: 'bad_snapshot' }] });
    expect(batch.rejected[0]?.message).toContain(`${field}: expected a time in the years 2000 to 2099`);
  });

  test('[ING36] a poll more than five minutes ahead of the desk is refused, so that it cannot outdate honest ones', async () => {
    const ahead = (ms: number): string => json({ t: new Date(NOW_MS + ms).toISOString() });
    const batch = await read(`${ahead(300_000)}\n${ahead(300_001)}`);
    expect(batch).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: 'too_far_ahead' }] });
    expect(batch.rejected[0]?.message).toContain('t: expected at most 5 minutes after 2026-03-01T12:00:05.000Z');
  });

  test('[ING37] odds that would be stored as 1 are refused; the least is 1.001', async () => {
    const priced = (odds: number): string =>
      json({
        outcomes: [
          { name: '1', odds },
          { name: '2', odds: 1001 },
        ],
      });
    const batch = await read([1.0004, 1.001].map(priced).join('\n'));
    expect(batch.rejected).toMatchObject([{ index: 0, message: expect.stringContaining('outcomes[0].odds') }]);
    expect((await all(batch)).map((row) => row.outcomes[0]?.milliOdds)).toEqual([1001]);
  });

  test('[ING38] a line counts in thousandths: floating-point noise and the sign of zero make no line of their own', async () => {
    const lines = [-0, 0, 2.3000000000000003, -0.25].map((line) => json({ market: 'handicap', line }));
    const stored = (await all(await read(lines.join('\n').replace('"line":0', '"line":-0')))).map((row) => row.line);
    expect(stored).toEqual([0, 0, 2.3, -0.25]);
  });

  test('[ING39] lines that are refused do not keep others from their turn', async () => {
    // By the processor's time: how long this process is kept waiting for one is nothing of ours.
    const workedMs = (): number => process.threadCpuUsage().user / 1_000;
    let longestMs = 0;
    let lastMs = workedMs();
    let turns = 0;
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, workedMs() - lastMs);
      lastMs = workedMs();
      turns += 1;
    }, 1);
    const batch = await read('{}\n'.repeat(20_000));
    clearInterval(timer);
    expect(batch.rejectedCount).toBe(20_000);
    // All of it in one piece would be one turn.
    expect(turns).toBeGreaterThan(20);
    expect(longestMs).toBeLessThan(250);
  });

  test('[ING24] at most a thousand refusals are spelt out, all are counted', async () => {
    const batch = await read('x\n'.repeat(MAX_REJECTIONS_LISTED + 5));
    expect(batch.rejected).toHaveLength(MAX_REJECTIONS_LISTED);
    expect(batch.rejectedCount).toBe(MAX_REJECTIONS_LISTED + 5);
  });

  test('[ING25] however the bytes are split into chunks, gzip or not, the batch is the same', async () => {
    const line = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((home) => json({ home })),
      },
      fc.constantFrom('', ' ', '{', 'null', '[]', '\uFEFF', '"\\u00e9"', json({ market: 'handicap' })),
    );
    const body = fc
      .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
      .map(([lines, end, marked]) => Buffer.from(`${marked ? '\uFEFF' : ''}${lines.join(end)}`));
    await fc.assert(
      fc.asyncProperty(body, fc.array(fc.nat(), { maxLength: 30 }), fc.boolean(), async (bytes, cuts, compressed) => {
        const whole = await summary(await read(bytes));
        const sent = compressed ? gzipSync(bytes) : bytes;
        const split = await summary(await read(cut(sent, cuts), { contentEncoding: compressed ? 'gzip' : null }));
        expect(split).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });
});

describe('JSON arrays', () => {
  test('[ING26] a JSON array is read element by element, a bad element refused by itself', async () => {
    const body = ` [ ${json({ home: 'a ] , "b\\' })} , {"t": 1} ,\n ${json({ event: 'z' })} ] \n`;
    const batch = await read(body, { contentType: 'application/json; charset=utf-8' });
    expect((await all(batch)).map((row) => row.event.home)).toEqual(['a ] , "b\\', 'Málaga']);
    expect(batch.rejected).toMatchObject([{ index: 1, code: 'bad_snapshot' }]);
  });

  test.each(['', '{}', '[', `[${json()}`, `[${json()},`, '[] []', '[]x', '"["'])(
    '[ING26] %j is not a JSON array: unreadable',
    async (body) => {
      await expect(read(body, { contentType: ARRAY })).rejects.toMatchObject({ code: 'unreadable_body' });
    },
  );

  test('[ING26] an element that is too long is refused by itself', async () => {
    const batch = await read(`[${json()},"${'x'.repeat(200_000)}",${json()}]`, { contentType: ARRAY });
    expect(batch.accepted).toBe(2);
    expect(batch.rejected).toMatchObject([{ index: 1, code: 'line_too_long' }]);
  });

  test('[ING27] for any text and any split, an array is taken without complaint exactly when JSON.parse takes it', async () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const noise = fc.constantFrom('', '', ',', ']', '[', '"', '{', '}', '\\', ' ');
    const text = fc.tuple(fc.array(value, { maxLength: 4 }), noise, fc.nat()).map(([values, extra, at]) => {
      const whole = JSON.stringify(values);
      const place = at % (whole.length + 1);
      return whole.slice(0, place) + extra + whole.slice(place);
    });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 10 }), async (body, cuts) => {
        const expected = ((): number | null => {
          try {
            const parsed: unknown = JSON.parse(body);
            return Array.isArray(parsed) ? parsed.length : null;
          } catch {
            return null;
          }
        })();
        const batch = await read(cut(Buffer.from(body), cuts), { contentType: ARRAY }).catch(() => null);
        const isClean = batch !== null && batch.rejected.every((rejection) => rejection.code === 'bad_snapshot');
        expect(isClean).toBe(expected !== null);
        if (expected !== null) expect(batch?.rejectedCount).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('unreadable and too large', () => {
  const body = Buffer.from(`${json()}\n`.repeat(200));

  test.each([
    ['a truncated gzip', gzipSync(body).subarray(0, -12), 'gzip'],
    ['a corrupted gzip', Buffer.concat([gzipSync(body).subarray(0, -8), Buffer.alloc(8)]), 'gzip'],
    ['plain text called gzip', body, 'gzip'],
    ['gzip not called so', gzipSync(body), null],
  ])('[ING28] %s is unreadable_body', async (_name, bytes, contentEncoding) => {
    await expect(read(bytes, { contentEncoding })).rejects.toMatchObject({ code: 'unreadable_body' });
  });

  test('[ING28] a connection cut half-way is unreadable_body, and no spool file stays', async () => {
    async function* cutOff(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; sent < 70; sent += 1) yield body;
      throw new Error('aborted');
    }
    const reading = readIngestBody(
      { body: cutOff(), contentType: LINES, contentEncoding: null, idempotencyKey: null },
      shared(),
    );
    await expect(reading).rejects.toMatchObject({ code: 'unreadable_body' });
    expect(await readdir(spoolDirectory)).toEqual([]);
  });

  test('[ING29] a body over the received limit, the decoded limit (a gzip bomb) or the line limit is body_too_large', async () => {
    await expect(read(body, {}, { maxBodyBytes: body.length - 1 })).rejects.toMatchObject({ code: 'body_too_large' });
    await expect(read(body, {}, { maxBodyBytes: body.length })).resolves.toMatchObject({ accepted: 200 });
    const bomb = gzipSync(Buffer.alloc(20_000_000, 0x20));
    await expect(read(bomb, { contentEncoding: 'gzip' }, { maxDecodedBytes: 10_000_000 })).rejects.toMatchObject({
      code: 'body_too_large',
    });
    await expect(read(body, {}, { maxLines: 199 })).rejects.toMatchObject({ code: 'body_too_large' });
  });

  test.each([[{ contentType: null }], [{ contentType: 'text/plain' }], [{ contentEncoding: 'br' }]])(
    '[ING30] %j is unsupported_media_type',
    async (request) => {
      await expect(read(body, request)).rejects.toMatchObject({ code: 'unsupported_media_type' });
    },
  );
});

describe('what bodies share', () => {
  const lines = (count: number): Buffer => Buffer.from(`${json()}\n`.repeat(count));
  const rowBytes = 500 + 3 * 70;

  test('[ING200] bodies that are being read hold a bounded number of bytes together; one that asks for more is queue_full, and what it held is free again', async () => {
    const memory = createBodyMemory({ maxBytes: rowBytes * 100 });
    const open = Promise.withResolvers<void>();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield lines(60);
      await open.promise;
    }
    const request = { contentType: LINES, contentEncoding: null, idempotencyKey: null };
    const slowOne = readIngestBody({ body: slow(), ...request }, shared({ memory }));
    await expect.poll(() => memory.used()).toBe(rowBytes * 60);
    await expect(readIngestBody({ body: asChunks([lines(41)]), ...request }, shared({ memory }))).rejects.toMatchObject(
      { code: 'queue_full', retryAfterSeconds: 2 },
    );
    expect(memory.used()).toBe(rowBytes * 60);
    const third = await readIngestBody({ body: asChunks([lines(40)]), ...request }, shared({ memory }));
    expect(third.accepted).toBe(40);
    open.resolve();
    expect((await slowOne).accepted).toBe(60);
    expect(memory.used()).toBe(0);
  });

  test('[ING200] while memory is more than half full a body goes to disk at a sixteenth of a megabyte', async () => {
    const memory = createBodyMemory({ maxBytes: rowBytes * 10_000 });
    memory.take(rowBytes * 5_000);
    let most = 0;
    const watched = {
      ...memory,
      take: (bytes: number) => (memory.take(bytes), (most = Math.max(most, memory.used()))),
    };
    const body = asChunks(Array.from({ length: 40 }, () => lines(50)));
    const batch = await readIngestBody(
      { body, contentType: LINES, contentEncoding: null, idempotencyKey: null },
      shared({ memory: watched }),
    );
    expect(await all(batch)).toHaveLength(2_000);
    expect(most - rowBytes * 5_000).toBeLessThan(64 * 1024 + rowBytes * 100);
    expect(memory.used()).toBe(rowBytes * 5_000);
    await batch.dispose();
  });

  test('[ING201] a bookmaker for whose name there is no room is refused by its line, those that are known go on', async () => {
    const bookmakers = { ready: async () => undefined, admits: (name: string) => name !== 'invented' };
    const body = `${json()}\n${json({ bookmaker: 'invented' })}\n${json()}\n`;
    const batch = await readIngestBody(
      { body: asChunks([Buffer.from(body)]), contentType: LINES, contentEncoding: null, idempotencyKey: null },
      shared({ bookmakers }),
    );
    expect(batch.accepted).toBe(2);
    expect(batch.rejected).toEqual([
      {
        index: 1,
        code: 'too_many_bookmakers',
        message: 'bookmaker: expected one that is known, as there is no room for another, got "invented"',
      },
    ]);
  });
});

describe('spool', () => {
  const many = MAX_ROWS_IN_MEMORY * 2 + 17;
  const manyLines = (): Buffer =>
    Buffer.from(Array.from({ length: many }, (_, index) => json({ event: `e${index}`, home: ' Trim me ' })).join('\n'));

  test('[ING31] a large body waits on disk, without a name and readable more than once, until it is disposed of', async () => {
    const batch = await read(manyLines());
    // It has no name that anybody else could open, or that could outlive this process.
    expect(await readdir(spoolDirectory)).toEqual([]);
    expect(batch.rows).toBe(many);
    const first = await all(batch);
    expect(first.map((row) => row.event.sourceKey)).toEqual(Array.from({ length: many }, (_, index) => `e${index}`));
    expect(first[0]).toEqual(toObservation(snapshot({ event: 'e0', home: 'Trim me' })));
    expect(await all(batch)).toEqual(first);
    expect(batch.bytes).toBeLessThan((many * batchOf(first.slice(0, 1)).bytes) / 2);
    await Promise.all([batch.dispose(), batch.dispose()]);
    expect(await readdir(spoolDirectory)).toEqual([]);
  });

  test('[ING31] what a killed process left is swept at start; other files stay', async () => {
    const batch = await read(manyLines());
    await writeFile(join(spoolDirectory, 'other.txt'), 'x');
    await writeFile(join(spoolDirectory, 'killed-while-opening.ingest-spool'), 'x');
    expect(await createSpool({ directory: spoolDirectory }).sweep()).toBe(1);
    expect(await readdir(spoolDirectory)).toEqual(['other.txt']);
    expect(await all(batch)).toHaveLength(many);
    await batch.dispose();
  });

  test('[ING46] a body that would fill the disk is refused as queue_full, and one that leaves makes room', async () => {
    const body = manyLines();
    const spool = createSpool({ directory: spoolDirectory, maxBytes: body.length * 3 });
    const request = { contentType: LINES, contentEncoding: null, idempotencyKey: null };
    const next = () => readIngestBody({ body: asChunks([body]), ...request }, shared({ spool }));
    const first = await next();
    const second = await next();
    await expect(next()).rejects.toMatchObject({ code: 'queue_full', retryAfterSeconds: 15 });
    await first.dispose();
    const third = await next();
    expect(await all(third)).toHaveLength(many);
    await Promise.all([second.dispose(), third.dispose()]);
  });
});

test('[ING32] the body hash is of the decoded bytes: compressed anew it is the same, one byte more is another', async () => {
  const body = Buffer.from(`${json()}\n`);
  const plain = await read(body);
  const packed = await read(gzipSync(body, { level: 1 }), { contentEncoding: 'gzip' });
  const other = await read(Buffer.concat([body, Buffer.from('\n')]));
  expect(packed.bodyHash).toBe(plain.bodyHash);
  expect(other.bodyHash).not.toBe(plain.bodyHash);
});

test('[ING33] a batch of a source in this process has its rows in chunks of at most 5,000', async () => {
  const observations = Array.from({ length: MAX_CHUNK_ROWS * 2 + 1 }, () => toObservation(snapshot()));
  const batch = batchOf(observations);
  expect(await all(batch)).toHaveLength(observations.length);
  expect(batch).toMatchObject({ rows: observations.length, accepted: observations.length, rejectedCount: 0 });
  expect(observations[0]?.outcomes[0]?.milliOdds).toBe(toMilliOdds(2.05));
});
