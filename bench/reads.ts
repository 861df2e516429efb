import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import autocannon from 'autocannon';
import { Hono } from 'hono';
import { fillAlertFixture } from '../server/db/alert-fixture.ts';
import { startOwnDatabase } from './own-database.ts';
import { startServerProcess } from './server-process.ts';

const ALERTS = 100_000;
const CONNECTIONS = 50;
const SECONDS = 5;

export type ReadFigures = {
  readonly path: string;
  readonly bytes: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  /** An empty Hono application that answers the same bytes, in this very run. */
  readonly bareRequestsPerSecond: number;
  /** Median of answers that nobody asked for before, one after the other. */
  readonly firstAnswerMs: number;
};

/** Requests per second of the reads that every open browser repeats, with 100,000 alerts stored. */
export async function runReads(): Promise<readonly ReadFigures[]> {
  const own = await startOwnDatabase();
  try {
    const size = {
      alerts: ALERTS,
      events: 4_000,
      openPart: 0.1,
      acknowledgedPart: 0.3,
      historyPerQuote: 1,
      nowMs: Date.now(),
    };
    await fillAlertFixture(own.url, size);
    const server = await startServerProcess({ DATABASE_URL: own.url });
    try {
      const figures: ReadFigures[] = [];
      for (const path of ['/api/alerts?status=new&limit=50', '/api/alerts/stats'])
        figures.push(await measure(server.url, path));
      return figures;
    } finally {
      await server.stop();
    }
  } finally {
    await own.stop();
  }
}

async function measure(url: string, path: string): Promise<ReadFigures> {
  const answer = Buffer.from(await (await fetch(url + path)).arrayBuffer());
  const bare = await startBare(answer);
  try {
    await load(url + path, 1);
    const ours = await load(url + path, SECONDS);
    await load(bare.url, 1);
    const reference = await load(bare.url, SECONDS);
    return {
      path,
      bytes: answer.length,
      requestsPerSecond: ours.requests.average,
      p99Ms: ours.latency.p99,
      bareRequestsPerSecond: reference.requests.average,
      firstAnswerMs: await firstAnswer(url),
    };
  } finally {
    bare.stop();
  }
}

const load = (url: string, duration: number): Promise<autocannon.Result> =>
  autocannon({ url, connections: CONNECTIONS, duration });

/** Each search has words of its own, so that no stored answer fits it. */
async function firstAnswer(url: string): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 21; index += 1) {
    const startedMs = performance.now();
    await (
      await fetch(`${url}/api/alerts?status=new&limit=50&from=2020-01-01T00:00:${String(index).padStart(2, '0')}Z`)
    ).arrayBuffer();
    times.push(performance.now() - startedMs);
  }
  return times.toSorted((a, b) => a - b)[10] ?? NaN;
}

async function startBare(body: Buffer): Promise<{ readonly url: string; readonly stop: () => void }> {
  const app = new Hono();
  const bytes = new Uint8Array(body);
  app.get('/', () => new Response(bytes, { headers: { 'Content-Type': 'application/json' } }));
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => server.close(),
  };
}
