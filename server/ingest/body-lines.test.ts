import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_REJECTIONS_LISTED } from '../../contracts/snapshot.ts';
import { toObservation } from '../detection/observation.ts';
import { NOW_MS, bodyReading, cut, json, rowsOf, snapshot } from './body.fixture.ts';
import type { IngestBatch } from './ingest-batch.ts';
import { MAX_LINE_BYTES } from './text-pieces.ts';

const { read } = bodyReading();

const summary = async (batch: IngestBatch) => ({
  accepted: batch.accepted,
  rows: batch.rows,
  rejected: batch.rejected,
  rejectedCount: batch.rejectedCount,
  bodyHash: batch.bodyHash,
  observations: await rowsOf(batch),
});

test('[ING21] lines come out in order as observations, with LF or CRLF, a byte order mark, and no last line end', async () => {
  const body = `\uFEFF${json({ event: 'a' })}\r\n${json({ event: 'b' })}\n${json({ event: 'c' })}`;
  const batch = await read(body, { idempotencyKey: 'k' });
  expect((await rowsOf(batch)).map((row) => row.event.sourceKey)).toEqual(['a', 'b', 'c']);
  expect((await rowsOf(batch))[0]).toEqual(toObservation(snapshot({ event: 'a' })));
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
  expect((await rowsOf(batch)).map((row) => row.outcomes[0]?.milliOdds)).toEqual([1001]);
});

test('[ING38] a line counts in thousandths: floating-point noise and the sign of zero make no line of their own', async () => {
  const lines = [-0, 0, 2.3000000000000003, -0.25].map((line) => json({ market: 'handicap', line }));
  const stored = (await rowsOf(await read(lines.join('\n').replace('"line":0', '"line":-0')))).map((row) => row.line);
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
