import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '../../contracts/errors.ts';
import { LIST, MARK } from './api.fixture.ts';
import type { ApiDeps } from './api-deps.ts';
import { serveApi } from './api-server.fixture.ts';
import { ALERT_EXAMPLE } from './examples.ts';
import { MAX_JSON_BODY_BYTES } from './guards.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(overrides: Partial<ApiDeps> = {}) {
  const served = await serveApi(overrides);
  closers.push(served.close);
  return served;
}

const ingest = (url: string, body: BodyInit) =>
  fetch(`${url}/api/ingest/snapshots`, { method: 'POST', body, headers: { 'content-type': 'application/x-ndjson' } });

test('[API1] over a socket a cached list is the same bytes with its length, and HEAD has no body', async () => {
  const { url } = await serve();
  const [first, second] = [await fetch(`${url}/api/alerts`), await fetch(`${url}/api/alerts`)];
  expect(await first.json()).toEqual(LIST);
  expect(second.headers.get('content-length')).toBe(String(Buffer.byteLength(JSON.stringify(LIST))));
  expect(await second.json()).toEqual(LIST);
  const head = await fetch(`${url}/api/alerts`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  const etag = second.headers.get('etag') ?? '';
  expect((await fetch(`${url}/api/alerts`, { headers: { 'if-none-match': etag } })).status).toBe(304);
});

test('[API28] over a socket a foreign host name is refused', async () => {
  const { port } = await serve();
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /api/alerts HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n');
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const answer = Buffer.concat(chunks).toString();
  expect(answer).toMatch(/^HTTP\/1\.1 403/);
  expect(answer).toContain('forbidden_host');
});

test('[OPS226] a balancer that asks for our health in HTTP/1.0, without a name, is answered', async () => {
  const { port } = await serve();
  for (const path of ['/healthz', '/readyz']) {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.0\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200/);
  }
});

/** Sends a body without a declared length, as proxies do; resolves with the status. */
const sendChunked = (url: string, method: string, body: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
    const sent = request(url, { method, headers }, (answer) => resolve(answer.resume().statusCode));
    sent.on('error', reject);
    sent.end(body);
  });

test('[API36] JSON that comes in chunks without a length is taken like any other, up to the same limit', async () => {
  const { url } = await serve();
  const noted = (characters: number): string => `{"acknowledged":true,"note":"${'x'.repeat(characters)}"}`;
  expect(await sendChunked(`${url}/api/alerts/${ALERT_EXAMPLE.id}`, 'PATCH', noted(1))).toBe(200);
  expect(await sendChunked(`${url}/api/alerts/${ALERT_EXAMPLE.id}`, 'PATCH', noted(MAX_JSON_BODY_BYTES))).toBe(413);
});

test('[API36] a method that a path does not have is answered by that also when a body comes with it', async () => {
  const { url } = await serve();
  expect(await sendChunked(`${url}/api/alerts/${ALERT_EXAMPLE.id}`, 'DELETE', 'x')).toBe(405);
});

test('[API34] a connection cut half-way fails the reading of the body', async () => {
  const begun = Promise.withResolvers<void>();
  const outcome = Promise.withResolvers<string>();
  const { port } = await serve({
    async ingest({ body }) {
      try {
        for await (const _chunk of body) begun.resolve();
        outcome.resolve('read to its end');
      } catch {
        outcome.resolve('failed');
      }
      throw new AppError('unreadable_body', 'cut');
    },
  });
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /api/ingest/snapshots HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
      'Content-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n{"t":',
  );
  await begun.promise;
  socket.destroy();
  expect(await outcome.promise).toBe('failed');
});

/** Reads a body up to a million bytes and refuses it there, in the middle. */
const refuseLarge: ApiDeps['ingest'] = async ({ body }) => {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > 1_000_000) throw new AppError('body_too_large', 'expected at most 1000000 bytes');
  }
  return { accepted: 0, changed: 0, alerts: 0, rejected: [], rejectedCount: 0, ...MARK };
};

test('[API35] a body that is refused while it is still coming gets its answer, and the server goes on', async () => {
  const { url } = await serve({ ingest: refuseLarge });
  const answer = await ingest(url, Buffer.alloc(4_000_000, 0x20)).catch((error: unknown) => error);
  expect(answer).toMatchObject({ status: 413 });
  expect((await ingest(url, 'x')).status).toBe(200);
});

test('[API250] what is sent over the same connection after a body that was refused while it came is answered', async () => {
  const { url } = await serve({ ingest: refuseLarge });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closers.push(async () => agent.destroy());
  const send = (bytes: number): Promise<number | string | undefined> =>
    new Promise((resolve) => {
      const headers = { 'content-type': 'application/x-ndjson', 'content-length': bytes };
      const sent = request(`${url}/api/ingest/snapshots`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode));
      });
      sent.on('error', (error) => resolve(error.message));
      sent.end(Buffer.alloc(bytes, 0x20));
    });
  for (let round = 0; round < 20; round += 1) {
    expect([round, await send(4_000_000), await send(10), await send(10)]).toEqual([round, 413, 200, 200]);
  }
});
