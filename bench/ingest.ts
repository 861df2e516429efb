import http from 'node:http';
import { ingestAnswerSchema } from '../contracts/snapshot.ts';
import { scrapeMetric } from './metrics-page.ts';
import { startServerProcess } from './server-process.ts';
import { syntheticBodies } from './synthetic-polls.ts';

/** One producer per quarter of the events, each sending its polls in order: what a desk with four feeds sees. */
const PRODUCERS = 4;
const EVENTS_PER_PRODUCER = 50;
const BOOKMAKERS = 10;
/** Of each producer: sent before the clock runs, so that every quote exists and code is warm. */
const WARM_UP_POLLS = 5;

export type IngestFigures = {
  readonly changedShare: number;
  readonly snapshots: number;
  readonly seconds: number;
  readonly snapshotsPerSecond: number;
  readonly changedPerSecond: number;
  readonly loopDelayP99Ms: number;
  readonly loopDelayMaxMs: number;
  /** Mean µs that detection took for a snapshot, in the server and by the clock; NaN where there was none. */
  readonly detectionMicros: { readonly changed: number; readonly unchanged: number };
};

/**
 * Snapshots per second from `POST` to the answer, which comes after the commit with fsync on, and the event
 * loop's delay in the server meanwhile. Server and producers share the machine.
 */
export async function runIngest(options: {
  readonly changedShare: number;
  readonly polls: number;
}): Promise<IngestFigures> {
  const server = await startServerProcess();
  const agent = new http.Agent({ keepAlive: true, maxSockets: PRODUCERS });
  try {
    const producers = Array.from({ length: PRODUCERS }, (_, producer) =>
      syntheticBodies({
        producer,
        events: EVENTS_PER_PRODUCER,
        bookmakers: BOOKMAKERS,
        polls: options.polls + WARM_UP_POLLS,
        changedShare: options.changedShare,
        startMs: Date.now(),
      }),
    );
    const send = (from: number, to: number) =>
      Promise.all(producers.map(({ bodies }) => sendInOrder(server.url, agent, bodies.slice(from, to))));
    await send(0, WARM_UP_POLLS);
    await scrapeMetric(server.url, 'linewatch_event_loop_delay_seconds');
    const before = await detectionSpent(server.url);

    const startedMs = performance.now();
    const tallies = await send(WARM_UP_POLLS, WARM_UP_POLLS + options.polls);
    const seconds = (performance.now() - startedMs) / 1_000;
    const delays = await scrapeMetric(server.url, 'linewatch_event_loop_delay_seconds');
    const after = await detectionSpent(server.url);
    const micros = (price: 'changed' | 'unchanged'): number =>
      ((after[price].seconds - before[price].seconds) * 1e6) / (after[price].snapshots - before[price].snapshots);
    const snapshots = tallies.reduce((sum, tally) => sum + tally.accepted, 0);
    const changed = tallies.reduce((sum, tally) => sum + tally.changed, 0);
    return {
      changedShare: options.changedShare,
      snapshots,
      seconds,
      snapshotsPerSecond: snapshots / seconds,
      changedPerSecond: changed / seconds,
      loopDelayP99Ms: (delays.get('quantile="0.99"') ?? NaN) * 1_000,
      loopDelayMaxMs: (delays.get('quantile="1"') ?? NaN) * 1_000,
      detectionMicros: { changed: micros('changed'), unchanged: micros('unchanged') },
    };
  } finally {
    agent.destroy();
    await server.stop();
  }
}

async function detectionSpent(url: string) {
  const snapshots = await scrapeMetric(url, 'linewatch_detected_snapshots_total');
  const seconds = await scrapeMetric(url, 'linewatch_detection_seconds_total');
  const of = (price: string) => {
    const label = `price="${price}"`;
    return { snapshots: snapshots.get(label) ?? NaN, seconds: seconds.get(label) ?? NaN };
  };
  return { changed: of('changed'), unchanged: of('unchanged') };
}

/** Sends the bodies one after the other, each when the one before was answered. */
export async function sendInOrder(url: string, agent: http.Agent, bodies: readonly Buffer[]) {
  let accepted = 0;
  let changed = 0;
  for (const body of bodies) {
    const answer = ingestAnswerSchema.parse(JSON.parse(await post(`${url}/api/ingest/snapshots`, agent, body)));
    accepted += answer.accepted;
    changed += answer.changed;
  }
  return { accepted, changed };
}

function post(url: string, agent: http.Agent, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/x-ndjson', 'Content-Length': body.length } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () =>
          response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode}: ${text}`)),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
