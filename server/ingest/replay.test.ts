import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../contracts/errors.ts';
import type { Observation } from '../detection/observation.ts';
import { generatedRecording } from './generated-recording.ts';
import { type ReplayOptions, type ReplayProgress, startReplay } from './replay.ts';
import { type RefusedLine, checkRecording, recordedPolls } from './recording.ts';

const MINUTE_MS = 60_000;
const RECORDING = generatedRecording({
  ownBookmaker: 'harbourline',
  events: 2,
  durationMs: 120 * MINUTE_MS,
  markets: ['1x2'],
});
const POLLS = 8;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linewatch-replay-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(directory, { recursive: true });
});

async function fileOf(content: string | Buffer, name = 'recording.ndjson'): Promise<string> {
  const file = path.join(directory, name);
  await writeFile(file, content);
  return file;
}

function replay(file: string, options: Partial<ReplayOptions> = {}) {
  const submitted: (readonly Observation[])[] = [];
  const times: number[] = [];
  const progress: ReplayProgress[] = [];
  const refused: RefusedLine[] = [];
  const source = startReplay({
    file,
    speed: 'max',
    now: () => Date.now(),
    submit: (observations) => {
      submitted.push(observations);
      return Promise.resolve({ accepted: observations.length, changed: 1, alerts: 0 });
    },
    onTime: (recordedMs) => times.push(recordedMs),
    onProgress: (each) => progress.push(each),
    onRefused: (each) => refused.push(each),
    ...options,
  });
  return { source, submitted, times, progress, refused };
}

/** Lets faked time pass only while somebody waits for it: reading the file takes none. */
async function passTimeUntil(isDone: () => boolean): Promise<void> {
  for (let step = 0; step < 100_000 && !isDone(); step += 1) {
    await nextTurn();
    if (vi.getTimerCount() > 0) await vi.advanceTimersByTimeAsync(100);
  }
}

test.each(['recording.ndjson', 'recording.ndjson.gz'])(
  '[ING73] %s is replayed poll by poll, in order, with its clock',
  async (name) => {
    const text = `${RECORDING.join('\n')}\n`;
    const { source, submitted, times, progress } = replay(
      await fileOf(name.endsWith('.gz') ? gzipSync(text) : text, name),
    );
    const summary = await source.done;
    expect(summary).toMatchObject({
      outcome: 'finished',
      polls: POLLS,
      lines: RECORDING.length,
      accepted: RECORDING.length,
      changed: POLLS,
      refused: {},
    });
    expect(submitted.every((poll) => new Set(poll.map((observation) => observation.observedAtMs)).size === 1)).toBe(
      true,
    );
    expect(times).toEqual(submitted.map(([first]) => first?.observedAtMs));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const last = progress.at(-1);
    expect(last).toMatchObject({ lines: RECORDING.length, bytesRead: last?.totalBytes, recordedMs: times.at(-1) });
  },
);

test('[ING73] how far a compressed recording has been read is told within a tenth', async () => {
  // Hardly compressible, so that the file is larger than what is read ahead of it.
  const lines = Array.from({ length: 4_000 }, (_, index) => createHash('sha512').update(`${index}`).digest('hex'));
  const file = await fileOf(gzipSync(lines.join('\n')), 'large.ndjson.gz');
  const off: number[] = [];
  let [seen, read] = [0, 0];
  const inPollsOf50 = (text: string) => ({ kind: 'item', item: text, atMs: Math.floor(seen++ / 50) }) as const;
  for await (const poll of recordedPolls(file, inPollsOf50)) {
    read += poll.items.length;
    off.push(Math.abs(poll.bytesRead / poll.totalBytes - read / lines.length));
  }
  expect(read).toBe(lines.length);
  expect(Math.max(...off)).toBeLessThan(0.1);
});

test('[ING73] at speed 60 an hour takes a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const submittedAtMs: number[] = [];
  const { source } = replay(await fileOf(RECORDING.join('\n')), {
    speed: 60,
    submit: () => {
      submittedAtMs.push(Date.now());
      return Promise.resolve({ accepted: 1, changed: 0, alerts: 0 });
    },
  });
  await passTimeUntil(() => submittedAtMs.length === POLLS);
  await source.done;
  const [firstMs = 0] = submittedAtMs;
  expect(submittedAtMs).toHaveLength(POLLS);
  for (const [index, atMs] of submittedAtMs.entries()) {
    expect(atMs - firstMs).toBeGreaterThanOrEqual(index * 15_000);
    expect(atMs - firstMs).toBeLessThan(index * 15_000 + 2_000);
  }
});

test('[ING73] a line that is no snapshot is counted with its reason and the rest goes on', async () => {
  const [first = '', ...rest] = RECORDING;
  const bad = JSON.stringify({ ...JSON.parse(first), market: 'corners' });
  const { source, refused } = replay(await fileOf([first, '{"t":', '', bad, ...rest].join('\n')));
  expect(await source.done).toMatchObject({
    accepted: RECORDING.length,
    lines: RECORDING.length + 2,
    refused: { not_json: 1, bad_snapshot: 1 },
  });
  expect(refused.map(({ line, code }) => [line, code])).toEqual([
    [2, 'not_json'],
    [4, 'bad_snapshot'],
  ]);
});

test('[ING74] a full queue and a database that is away are waited out, and nothing is lost or reordered', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const refusals = [
    new AppError('queue_full', 'full', { retryAfterSeconds: 2 }),
    new AppError('database_unavailable', 'away'),
    new AppError('queue_full', 'full'),
  ];
  const stored: Observation[] = [];
  const { source } = replay(await fileOf(RECORDING.join('\n')), {
    submit: (observations) => {
      const refusal = stored.length > 0 ? refusals.shift() : undefined;
      if (refusal !== undefined) return Promise.reject(refusal);
      stored.push(...observations);
      return Promise.resolve({ accepted: observations.length, changed: 0, alerts: 0 });
    },
  });
  await passTimeUntil(() => stored.length === RECORDING.length);
  expect(await source.done).toMatchObject({ accepted: RECORDING.length });
  expect(refusals).toEqual([]);
  const times = stored.map((observation) => observation.observedAtMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('[ING74] any other failure ends the replay with that error', async () => {
  const { source } = replay(await fileOf(RECORDING.join('\n')), {
    submit: () => Promise.reject(new AppError('rejected_by_database', 'no')),
  });
  await expect(source.done).rejects.toMatchObject({ code: 'rejected_by_database' });
});

test('[ING73] stop ends a replay that waits, and says so', async () => {
  const { source, submitted } = replay(await fileOf(RECORDING.join('\n')), { speed: 1 });
  await expect.poll(() => submitted).toHaveLength(1);
  await Promise.all([source.stop(), source.stop()]);
  expect(await source.done).toMatchObject({ outcome: 'stopped', polls: 1 });
});

test('[ING75] a file that is missing, empty, no gzip, no NDJSON or cut short is one clear error', async () => {
  const cut = gzipSync(RECORDING.join('\n'));
  const cases: readonly [string, string, RegExp][] = [
    [path.join(directory, 'nowhere.ndjson'), 'bad_config', /does not exist/],
    [directory, 'bad_config', /is a directory/],
    [await fileOf('', 'empty.ndjson'), 'bad_config', /is empty/],
    [await fileOf('plain', 'plain.ndjson.gz'), 'bad_config', /not compressed with gzip/],
    [await fileOf('t,event,home\n', 'table.csv'), 'bad_config', /one JSON snapshot a line .*"t,event,home"/],
    [await fileOf(cut.subarray(0, cut.length / 2), 'cut.ndjson.gz'), 'unreadable_body', /could not be read to its end/],
  ];
  for (const [file, code, message] of cases) {
    await expect(replay(file).source.done).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  }
});

test('[ING75] a file that cannot be a recording is told before anything is read of it', async () => {
  await expect(checkRecording(path.join(directory, 'nowhere.ndjson'))).rejects.toMatchObject({ code: 'bad_config' });
  await expect(checkRecording(await fileOf(RECORDING.join('\n'), 'whole.ndjson'))).resolves.toBeUndefined();
});
