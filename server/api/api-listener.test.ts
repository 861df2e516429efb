import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import type { AlertList } from '../../contracts/alert-query.ts';
import { AppError } from '../../contracts/errors.ts';
import { LIST, setup } from './api.fixture.ts';
import type { ApiDeps } from './api-deps.ts';
import { serveApi } from './api-server.fixture.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(overrides: Partial<ApiDeps> = {}) {
  const served = await serveApi(overrides);
  closers.push(served.close);
  return served;
}

type Answer = { readonly status: number | undefined; readonly headers: object; readonly body: Buffer };

/** Asks as a browser does, and takes the answer as it travelled. */
async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const sent = request(url, { headers: { 'accept-encoding': 'gzip', ...headers } });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const { date: _date, ...told } = answer.headers;
  return { status: answer.statusCode, headers: told, body: Buffer.concat(await answer.toArray()) };
}

const LONG: AlertList = { ...LIST, alerts: Array.from({ length: 20 }, () => LIST.alerts).flat() };

test.each([
  '/api/alerts',
  '/api/alerts?severity=critical',
  '/api/alerts/facets',
  '/api/mutes',
  '/api/desk',
  '/api/views',
])('[API230] %s, asked again in the same words, is the same answer and never enters the framework', async (path) => {
  const { url, entered, requests } = await serve({ listAlerts: async () => LONG, now: () => 1_000_000 });
  const first = await ask(url + path);
  expect(first.status).toBe(200);
  expect(entered).toHaveLength(1);
  const second = await ask(url + path);
  expect(second).toEqual(first);
  const { etag = '' } = second.headers as { etag?: string };
  const third = await ask(url + path, { 'if-none-match': etag });
  expect([third.status, third.body.byteLength]).toEqual([304, 0]);
  expect(entered).toHaveLength(1);
  expect(requests.map(({ route, status }) => [route, status])).toEqual(
    [200, 200, 304].map((s) => [path.split('?')[0], s]),
  );
});

test('[API230] what is said ready-made is said plainly to who takes no gzip', async () => {
  const { url } = await serve({ listAlerts: async () => LONG });
  await ask(`${url}/api/alerts`);
  const packed = await ask(`${url}/api/alerts`);
  const plain = await ask(`${url}/api/alerts`, { 'accept-encoding': 'identity' });
  expect(packed.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-length': String(packed.body.byteLength),
  });
  expect(JSON.parse(gunzipSync(packed.body).toString())).toEqual(LONG);
  expect(JSON.parse(plain.body.toString())).toEqual(LONG);
});

test('[API230] a question that is known is not answered under a name that is not ours', async () => {
  const { url } = await serve();
  await ask(`${url}/api/alerts`);
  const answer = await ask(`${url}/api/alerts`, { host: 'rebound.example' });
  expect([answer.status, answer.body.toString()]).toEqual([403, expect.stringContaining('forbidden_host')]);
});

test('[API231] all who ask a known question while its answer is read wait for that one read', async () => {
  const mark = { epoch: 'epoch-a', seq: 7 };
  let reads = 0;
  const { url, entered } = await serve({
    watermark: () => mark,
    async listAlerts() {
      reads += 1;
      return { ...LIST, ...mark };
    },
  });
  await ask(`${url}/api/alerts`);
  mark.seq = 8;
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask(`${url}/api/alerts`)));
  expect(answers.map(({ body }) => (JSON.parse(body.toString()) as AlertList).seq)).toEqual(Array(50).fill(8));
  expect([reads, entered.length]).toEqual([2, 1]);
});

test('[API231] a read that fails is told to all who waited in the envelope of errors, and then read anew', async () => {
  const mark = { epoch: 'epoch-a', seq: 7 };
  let isAway = false;
  const { url, logged } = await serve({
    watermark: () => mark,
    async listAlerts() {
      if (isAway) throw new AppError('database_unavailable', 'away', { retryAfterSeconds: 2 });
      return { ...LIST, ...mark };
    },
  });
  await ask(`${url}/api/alerts`);
  mark.seq = 8;
  isAway = true;
  const answer = await ask(`${url}/api/alerts`);
  expect(answer).toMatchObject({
    status: 503,
    headers: { 'retry-after': '2', 'cache-control': 'no-store', 'content-type': 'application/json' },
  });
  expect(JSON.parse(answer.body.toString())).toEqual({ error: { code: 'database_unavailable', message: 'away' } });
  expect(logged).toHaveLength(1);
  isAway = false;
  expect((await ask(`${url}/api/alerts`)).status).toBe(200);
});

test('[API232] the frame of the desk is read once for all who ask within a tenth of a second, until the desk moves', async () => {
  const mark = { epoch: 'epoch-a', seq: 7 };
  let nowMs = 1_000_000;
  let reads = 0;
  const { deps } = setup();
  const { url } = await serve({
    watermark: () => mark,
    now: () => nowMs,
    async desk() {
      reads += 1;
      return { ...(await deps.desk()), ...mark };
    },
  });
  await Promise.all([ask(`${url}/api/desk`), ask(`${url}/api/desk`)]);
  nowMs += 99;
  await ask(`${url}/api/desk`);
  expect(reads).toBe(1);
  nowMs += 1;
  await ask(`${url}/api/desk`);
  expect(reads).toBe(2);
  mark.seq = 8;
  await ask(`${url}/api/desk`);
  expect(reads).toBe(3);
});
