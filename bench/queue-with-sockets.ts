// Rows per second through the write queue with nobody connected and with 1,000 sockets that hear of every commit: two
// hubs in one process, of which only the second has sockets, are told in turns, in many short pairs. Uses the rooms server/db, server/detection, server/hub, server/ingest and
// server/queue. `node bench/queue-with-sockets.ts [--sockets N] [--pairs N]`
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { DEFAULT_SETTINGS } from '../contracts/settings.ts';
import { type Database, openDatabase } from '../server/db/database.ts';
import { isTransient } from '../server/db/errors.ts';
import { createPriceStore } from '../server/db/price-store.ts';
import { detect } from '../server/detection/detect.ts';
import type { Observation } from '../server/detection/observation.ts';
import { createHub } from '../server/hub/hub.ts';
import { summarizeCommit } from '../server/ingest/commit-summary.ts';
import { createEventCache } from '../server/ingest/event-cache.ts';
import { type IngestBatch, batchOf } from '../server/ingest/ingest-batch.ts';
import type { BatchResult } from '../server/ingest/batch-result.ts';
import { createPipeline } from '../server/ingest/pipeline.ts';
import { createWriteQueue } from '../server/queue/write-queue.ts';
import type { FromClients, ToClients } from './fan-out-protocol.ts';
import { startOwnDatabase } from './own-database.ts';

export type QueueFigures = {
  readonly sockets: number;
  readonly pairs: number;
  /** Medians over the pairs. */
  readonly aloneRowsPerSecond: number;
  readonly withSocketsRowsPerSecond: number;
  /** Median of each pair's quotient. To reach: at least 0.97. */
  readonly ratio: number;
  /** Of the quotients, the quarter and the three quarters: what the machine's own noise does. */
  readonly quartiles: readonly [number, number];
};

const DEFAULT_SOCKETS = 1_000;
const DEFAULT_PAIRS = 80;
/** Several commits long, and short beside what else the machine does: both of a pair see the same weather. */
const SLICE_MS = 500;
const WARM_UP_MS = 3_000;
const PRODUCERS = 4;
const EVENTS = 10;
const BOOKS = 10;
const SETTINGS = { ...DEFAULT_SETTINGS, ownBookmaker: 'book-0' };
const COUNTS = { new: 120, acknowledged: 48, past: 3_000 };

/** Runs the pairs and answers their figures; a minute and a half with the defaults. */
export async function runQueueWithSockets(
  options: { readonly sockets?: number; readonly pairs?: number } = {},
): Promise<QueueFigures> {
  const { sockets = DEFAULT_SOCKETS, pairs = DEFAULT_PAIRS } = options;
  const own = await startOwnDatabase();
  const database = openDatabase({ url: own.url });
  const queue = startQueue(database);
  const [silent, crowded] = [await startHub(), await startHub()];
  const clients = await connectClients(crowded.port, sockets);
  try {
    for (const hub of [silent, crowded]) await queue.rowsPerSecond(WARM_UP_MS, hub.announce);
    const alone: number[] = [];
    const withSockets: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      // Taking turns in who goes first: the tables grow, and the machine has other things to do.
      for (const hub of pair % 2 === 0 ? [silent, crowded] : [crowded, silent]) {
        const rows = await queue.rowsPerSecond(SLICE_MS, hub.announce);
        (hub === silent ? alone : withSockets).push(rows);
      }
    }
    const ratios = withSockets.map((rows, pair) => rows / (alone[pair] ?? NaN));
    return {
      sockets,
      pairs,
      aloneRowsPerSecond: quantile(alone, 0.5),
      withSocketsRowsPerSecond: quantile(withSockets, 0.5),
      ratio: quantile(ratios, 0.5),
      quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    };
  } finally {
    clients.disconnect();
    await once(clients, 'exit');
    await queue.close();
    await silent.close();
    await crowded.close();
    await database.close();
    await own.stop();
  }
}

type Announce = (summary: NonNullable<ReturnType<typeof summarizeCommit>>) => void;

/** A hub on a port of its own, which is told of each commit as if it had found something: the most that there can be to tell. */
async function startHub() {
  const http = createServer();
  let watermark = { epoch: 'bench', seq: 0 };
  const hub = createHub({
    server: http,
    desk: { watermark: () => watermark, counts: () => Promise.resolve(COUNTS) },
    isAllowed: () => true,
    now: Date.now,
  });
  http.listen(0, '127.0.0.1', 4_096);
  await once(http, 'listening');
  const announce: Announce = ({ oddsEventIds: eventIds, bookmakers }) => {
    watermark = { epoch: 'bench', seq: watermark.seq + 1 };
    hub.announceAlerts({ watermark, alertCount: 1, eventIds, severities: ['warning'] });
    hub.announceOdds({ watermark, eventIds, bookmakers });
  };
  return {
    port: (http.address() as AddressInfo).port,
    announce,
    async close(): Promise<void> {
      await hub.close();
      http.close();
    },
  };
}

function startQueue(database: Database) {
  let announce: Announce = () => undefined;
  const pipeline = createPipeline({
    store: createPriceStore(database.writer, Date.now),
    cache: createEventCache({ maxEvents: 1_000 }),
    detect,
    settings: () => SETTINGS,
  });
  const queue = createWriteQueue<IngestBatch, BatchResult>({
    commit: pipeline.commit,
    onCommitted(results) {
      const summary = summarizeCommit(results);
      if (summary !== null) announce(summary);
    },
    isTransient,
    maxRows: 200_000,
    maxBytes: 64 * 1024 * 1024,
    maxGroupRows: 10_000,
    deadlineMs: 20_000,
    retry: { firstDelayMs: 50, maxDelayMs: 2_000 },
  });
  const polls = Array.from({ length: PRODUCERS }, () => 0);

  async function produce(producer: number, untilMs: number): Promise<number> {
    let rows = 0;
    while (performance.now() < untilMs) {
      const poll = polls[producer] ?? 0;
      polls[producer] = poll + 1;
      const batch = batchOf(pollOf(producer, poll));
      await queue.push({ rows: batch.rows, bytes: batch.bytes, payload: batch });
      rows += batch.rows;
    }
    return rows;
  }

  return {
    async rowsPerSecond(forMs: number, tell: Announce): Promise<number> {
      announce = tell;
      const startedMs = performance.now();
      const rows = await Promise.all(polls.map((_, producer) => produce(producer, startedMs + forMs)));
      return rows.reduce((sum, count) => sum + count, 0) / ((performance.now() - startedMs) / 1_000);
    },
    close: queue.close,
  };
}

const START_MS = Date.now();

/** Every price moves by a tick: each observation is a row. */
function pollOf(producer: number, poll: number): readonly Observation[] {
  return Array.from({ length: EVENTS * BOOKS }, (_, index): Observation => {
    const match = `${producer}-${Math.floor(index / BOOKS)}`;
    return {
      event: {
        sourceKey: match,
        home: `Home ${match}`,
        away: `Away ${match}`,
        league: 'League',
        country: 'Benchland',
        sport: 'soccer',
        kickoffMs: START_MS + 7 * 86_400_000,
      },
      bookmaker: `book-${index % BOOKS}`,
      market: '1x2',
      line: null,
      outcomes: [
        { name: '1', milliOdds: 2_600 + (poll % 2) * 10, suspended: false },
        { name: 'X', milliOdds: 3_200, suspended: false },
        { name: '2', milliOdds: 2_900, suspended: false },
      ],
      suspended: false,
      observedAtMs: START_MS + poll * 2_000,
      upstreamAtMs: null,
    };
  });
}

async function connectClients(port: number, sockets: number): Promise<ChildProcess> {
  const clients = fork(new URL('fan-out-clients.ts', import.meta.url));
  clients.send({ kind: 'open', contender: 'hub', port, sockets } satisfies ToClients);
  await opened(clients);
  return clients;
}

async function opened(clients: ChildProcess): Promise<void> {
  for (;;) {
    const [message] = (await once(clients, 'message')) as [FromClients];
    if (message.kind === 'opened') return;
    if (message.kind === 'failed') throw new Error(`the clients failed: ${message.message}`);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { sockets: { type: 'string' }, pairs: { type: 'string' } } });
  const figures = await runQueueWithSockets({
    ...(values.sockets === undefined ? {} : { sockets: Number(values.sockets) }),
    ...(values.pairs === undefined ? {} : { pairs: Number(values.pairs) }),
  });
  console.log(JSON.stringify(figures, null, 2));
}
