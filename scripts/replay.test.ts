import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IngestAnswer, Snapshot } from '../contracts/snapshot.ts';
import { generatedRecording } from '../server/ingest/generated-recording.ts';
import { describeReport, readArguments } from './replay.ts';
import { sendRecording } from './send-recording.ts';

const MINUTE_MS = 60_000;
const RECORDING = generatedRecording({
  ownBookmaker: 'harbourline',
  events: 2,
  durationMs: 60 * MINUTE_MS,
  markets: ['1x2'],
});
const POLLS = 4;

const close: (() => Promise<void>)[] = [];
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'linewatch-send-'));
});
afterEach(async () => {
  for (const end of close.splice(0)) await end();
  await rm(directory, { recursive: true });
});

async function fileOf(lines: readonly string[]): Promise<string> {
  const file = path.join(directory, 'recording.ndjson');
  await writeFile(file, lines.join('\n'));
  return file;
}

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close.push(() => new Promise((resolve) => void server.close(() => resolve())));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const linesOf = async (request: IncomingMessage): Promise<Snapshot[]> =>
  gunzipSync(await buffer(request))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Snapshot);

const answer = (lines: readonly unknown[], rejected: IngestAnswer['rejected'] = []): string =>
  JSON.stringify({
    accepted: lines.length - rejected.length,
    changed: 1,
    alerts: 2,
    rejected,
    rejectedCount: rejected.length,
    epoch: 'e',
    seq: 1,
  } satisfies IngestAnswer);

/** A desk that keeps what it is sent. */
async function desk() {
  const bodies: { readonly key: string | undefined; readonly lines: readonly Snapshot[] }[] = [];
  const url = await serve((request, response) => {
    void linesOf(request).then((lines) => {
      bodies.push({ key: request.headers['idempotency-key']?.toString(), lines });
      return response.end(answer(lines));
    });
  });
  return { url, bodies };
}

const quiet = { signal: new AbortController().signal, onProgress: () => undefined };

test('[OPS20] a recording is sent in order, and recorded times stay when asked for', async () => {
  const { url, bodies } = await desk();
  const report = await sendRecording({ file: await fileOf(RECORDING), speed: 'max', times: 'recorded', url }, quiet);
  expect(report).toMatchObject({
    lines: RECORDING.length,
    accepted: RECORDING.length,
    requests: 1,
    changed: 1,
    alerts: 2,
    refused: {},
  });
  expect(bodies.flatMap((body) => body.lines.map((line) => JSON.stringify(line)))).toEqual(RECORDING);
});

test('[OPS20] paced times begin now and run as fast as the replay, kickoffs too', async () => {
  const { url, bodies } = await desk();
  const speed = 10_000;
  const beganMs = Date.now();
  await sendRecording({ file: await fileOf(RECORDING), speed, times: 'paced', url }, quiet);
  expect(bodies).toHaveLength(POLLS);
  expect(new Set(bodies.map((body) => body.key)).size).toBe(POLLS);
  const sent = bodies.flatMap((body) => body.lines);
  const recorded = RECORDING.map((line) => JSON.parse(line) as Snapshot);
  const wallMs = Date.parse(sent[0]?.t ?? '');
  expect(Math.abs(wallMs - beganMs)).toBeLessThan(5_000);
  const firstMs = Date.parse(recorded[0]?.t ?? '');
  for (const field of ['t', 'kickoff', 'upd'] as const) {
    const offBy = sent.map((line, index) => {
      const expectedMs = wallMs + (Date.parse(recorded[index]?.[field] ?? '') - firstMs) / speed;
      return Math.abs(Date.parse(line[field] ?? '') - expectedMs);
    });
    expect(Math.max(...offBy)).toBeLessThanOrEqual(1);
  }
});

test.each([1_000, 'max'] as const)(
  '[OPS20] at speed %s no paced poll lies in the future of the desk',
  async (speed) => {
    const arrivals: { readonly aheadMs: number; readonly t: string }[] = [];
    const url = await serve((request, response) => {
      void linesOf(request).then((lines) => {
        arrivals.push(...lines.map(({ t }) => ({ aheadMs: Date.parse(t) - Date.now(), t })));
        return response.end(answer(lines));
      });
    });
    await sendRecording({ file: await fileOf(RECORDING), speed, times: 'paced', url }, quiet);
    expect(Math.max(...arrivals.map(({ aheadMs }) => aheadMs))).toBeLessThanOrEqual(POLLS);
    expect(new Set(arrivals.map(({ t }) => t)).size).toBe(POLLS);
  },
);

test('[OPS21] 503 and a cut connection are answered with the same body under the same key', async () => {
  const keys: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    void linesOf(request).then((lines) => {
      keys.push(request.headers['idempotency-key']?.toString());
      if (keys.length === 1) response.writeHead(503, { 'retry-after': '0.01' }).end('{}');
      else if (keys.length === 2) response.destroy();
      else response.end(answer(lines));
      return undefined;
    });
  });
  const report = await sendRecording({ file: await fileOf(RECORDING), speed: 'max', times: 'paced', url }, quiet);
  expect(report.accepted).toBe(RECORDING.length);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
});

test('[OPS21] refused lines are counted by reason and quoted', async () => {
  const url = await serve((request, response) => {
    void linesOf(request).then((lines) =>
      response.end(answer(lines, [{ index: 0, code: 'bad_snapshot', message: 'line: expected null' }])),
    );
  });
  const file = await fileOf([RECORDING[0] ?? '', 'not json', '{"t":7}', ...RECORDING.slice(1)]);
  const report = await sendRecording({ file, speed: 'max', times: 'paced', url }, quiet);
  expect(report.refused).toEqual({ not_json: 1, bad_snapshot: 2 });
  expect(describeReport(report)).toContain('refused  1 not_json, 2 bad_snapshot');
  expect(describeReport(report)).toContain('bad_snapshot: line 3: t: expected a time');
});

test('[OPS21] a desk that is not there, and one that refuses the body, are said in one sentence', async () => {
  const file = await fileOf(RECORDING);
  const gone = { file, speed: 'max', times: 'paced', url: new URL('http://127.0.0.1:1') } as const;
  await expect(sendRecording(gone, quiet)).rejects.toThrow(/nothing answers at http:\/\/127\.0\.0\.1:1/);
  const url = await serve((request, response) => {
    request.resume();
    response.writeHead(403).end(JSON.stringify({ error: { code: 'forbidden_host', message: 'not here' } }));
  });
  await expect(sendRecording({ ...gone, url }, quiet)).rejects.toThrow(
    /refused the recording with 403: forbidden_host: not here/,
  );
});

test.each([
  [[], /expected one FILE, got 0/],
  [['a', 'b'], /expected one FILE, got 2/],
  [['a', '--speed', 'fast'], /--speed: expected a number above 0 or max, got "fast"/],
  [['a', '--speed=0'], /--speed/],
  [['a', '--times', 'now'], /--times: expected paced or recorded, got "now"/],
  [['a', '--url', 'ftp://x'], /--url: expected an http\(s\) address/],
  [['a', '--sped', '3'], /--sped/],
])('[OPS22] %j is refused with what was expected', (args, message) => {
  expect(readArguments(args)).toMatchObject({ wrong: expect.stringMatching(message) });
});

test('[OPS22] good arguments and their defaults', () => {
  expect(readArguments(['a'])).toEqual({
    file: 'a',
    speed: 60,
    times: 'paced',
    url: new URL('http://127.0.0.1:3000'),
  });
  expect(readArguments(['a', '--speed', 'max', '--times', 'recorded'])).toMatchObject({
    speed: 'max',
    times: 'recorded',
  });
  expect(readArguments(['--help'])).toBe('help');
});
