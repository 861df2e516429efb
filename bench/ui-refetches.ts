import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Browser, Request } from 'playwright';
import { median } from './median.ts';
import type { ReplayOrder, ReplayReport } from './ui-replay.ts';
import type { Announcer } from './ui-feed.ts';

const BROWSERS = 1_000;
const ROUNDS = 5;
/** Not counted: a server that has been asked a few times is what a trader's browser meets, and clients warm up as well. */
const WARM_UP_ROUNDS = 2;
const REPLAY_TIMEOUT_MS = 60_000;
/** The tab waits up to a second before it fetches; by then all that it asks for has been asked. */
const WATCH_MS = 3_000;

export type Refetches = {
  readonly browsers: number;
  readonly paths: readonly string[];
  /** From the announcement's commit to the last byte of the last browser's last answer: median of the rounds. */
  readonly servedMs: number;
  readonly slowestRoundMs: number;
  /** An empty Hono application that answers the same bytes to the same clients. */
  readonly referenceMs: number;
  readonly bytes: number;
};

/** What one real browser asks for after an announcement, word by word. */
async function recordRefetch(browser: Browser, url: string, announcer: Announcer): Promise<readonly string[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${url}/risk-monitoring`);
  await page.getByRole('status', { name: 'Connection: Live' }).waitFor();
  await page.waitForLoadState('networkidle');
  const asked: Request[] = [];
  page.on('request', (request) => {
    // Scripts come once and then from the cache; whatever else is asked for is asked for by every browser.
    if (!new URL(request.url()).pathname.startsWith('/_next/static/')) asked.push(request);
  });
  await announcer.announceOne();
  await page.waitForTimeout(WATCH_MS);
  const heads: string[] = [];
  for (const request of asked) {
    const { pathname, search } = new URL(request.url());
    const headers = Object.entries(await request.allHeaders()).filter(
      ([name]) => !name.startsWith(':') && name !== 'connection',
    );
    heads.push(
      [
        `${request.method()} ${pathname}${search} HTTP/1.1`,
        ...headers.map(([name, value]) => `${name}: ${value}`),
      ].join('\r\n'),
    );
  }
  await page.close();
  return heads;
}

/** Replays what one browser asks for as a thousand of them, all at once, right after an announcement. */
export async function measureRefetches(browser: Browser, url: string, announcer: Announcer): Promise<Refetches> {
  const heads = await recordRefetch(browser, url, announcer);
  if (heads.length === 0) throw new Error('the browser fetched nothing after an announcement');
  const ours = await startClients({ url, heads, browsers: BROWSERS });
  const servedMs: number[] = [];
  let bodies: ReplayReport['bodies'] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    // Nothing that was asked before is an answer any more.
    await announcer.announceOne();
    const report = await ours.replay();
    if (round >= 0) servedMs.push(report.ms);
    bodies = report.bodies;
  }
  ours.stop();
  const bare = await startBare(heads, bodies);
  const reference = await startClients({ url: bare.url, heads, browsers: BROWSERS });
  const referenceMs: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const { ms } = await reference.replay();
    if (round >= 0) referenceMs.push(ms);
  }
  reference.stop();
  bare.stop();
  return {
    browsers: BROWSERS,
    paths: heads.map((head) => head.split(' ')[1] ?? ''),
    servedMs: median(servedMs),
    slowestRoundMs: Math.max(...servedMs),
    referenceMs: median(referenceMs),
    bytes: bodies.reduce((sum, body) => sum + body.byteLength, 0),
  };
}

/** The clients are a process of their own, so that the reference does not share a thread with them. */
async function startClients(order: ReplayOrder) {
  const child = fork(new URL('ui-replay.ts', import.meta.url), { serialization: 'advanced' });
  async function answer<Message>(message: ReplayOrder | 'go'): Promise<Message> {
    const answered = once(child, 'message', { signal: AbortSignal.timeout(REPLAY_TIMEOUT_MS) });
    child.send(message);
    const [first] = (await answered) as [Message];
    return first;
  }
  await answer(order);
  return {
    replay: () => answer<ReplayReport>('go'),
    stop: () => void child.kill(),
  };
}

async function startBare(heads: readonly string[], bodies: readonly Uint8Array[]) {
  const byPath = new Map(heads.map((head, index) => [head.split(' ')[1], new Uint8Array(bodies[index] ?? [])]));
  const app = new Hono();
  app.all('*', (context) => {
    const path = context.req.url.slice(context.req.url.indexOf('/', 8));
    return new Response(byPath.get(path), { headers: { 'Content-Type': 'application/json' } });
  });
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => void server.close() };
}
