// Milliseconds from an announcement to the handlers of 1,000 sockets, beside a raw `ws` server that sends the same
// bytes in the same run. Uses the room server/hub. `node bench/fan-out.ts [--sockets N] [--rounds N] [--json]`
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type Server as HttpServer, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventIdSchema } from '../contracts/ids.ts';
import { createHub } from '../server/hub/hub.ts';
import { type RiskAlertChange, riskAlertMessage } from '../server/hub/risk-alert-message.ts';
import { median } from './median.ts';
import { CONTENDERS, type Contender, type FromClients, type ToClients } from './fan-out-protocol.ts';

export type FanOutOptions = { readonly sockets?: number; readonly rounds?: number };

/** Medians in milliseconds from the announcement to the last handler. */
export type FanOutFigures = {
  readonly sockets: number;
  readonly rounds: number;
  readonly messageBytes: number;
  readonly rawMs: number;
  readonly hubMs: number;
  /** The hub towards raw `ws`, with the same clients. To reach: at most 1.2. */
  readonly ratio: number;
  /** With socket.io-client in the clients' process, whose own work then counts too. */
  readonly libraryMs: number;
  readonly libraryRatio: number;
};

const DEFAULT_SOCKETS = 1_000;
const DEFAULT_ROUNDS = 20;
const WARM_UP_ROUNDS = 5;
/** Longer than the hub's gap between two messages of a topic, so that each round is a leading edge. */
const PAUSE_MS = 130;
const ROUND_TIMEOUT_MS = 10_000;
/** Beside the sockets: files, pipes and listeners of a Node process. */
const OTHER_DESCRIPTORS = 100;

const COUNTS = { new: 120, acknowledged: 48, past: 3_000 };
const CHANGE: RiskAlertChange = {
  watermark: { epoch: 'b0a7c1d2-0000-4000-8000-000000000000', seq: 123_456 },
  alertCount: 12,
  eventIds: Array.from({ length: 8 }, (_, index) => eventIdSchema.parse(10_000 + index)),
  severities: ['warning', 'critical'],
};

type Server = { readonly port: number; announce(): void; close(): Promise<void> };

/**
 * Runs the comparison and answers its figures; twenty to forty seconds with 1,000 sockets. Throws when the process
 * may not open as many files as that takes.
 */
export async function runFanOut(options: FanOutOptions = {}): Promise<FanOutFigures> {
  const { sockets = DEFAULT_SOCKETS, rounds = DEFAULT_ROUNDS } = options;
  checkDescriptors(sockets * CONTENDERS.length + OTHER_DESCRIPTORS);
  const text = `42${JSON.stringify(['risk_alert', riskAlertMessage({ change: CHANGE, counts: COUNTS, nowMs: 0 })])}`;
  const servers: Record<Contender, Server> = {
    raw: await startRaw(text),
    hub: await startHub(),
    library: await startHub(),
  };
  const clients = fork(new URL('fan-out-clients.ts', import.meta.url));
  try {
    for (const contender of CONTENDERS) {
      clients.send({ kind: 'open', contender, port: servers[contender].port, sockets } satisfies ToClients);
      await answerOf(clients, contender, 'opened');
    }
    const tookMs: Record<Contender, number[]> = { raw: [], hub: [], library: [] };
    for (let round = -WARM_UP_ROUNDS; round < rounds; round += 1) {
      // Taking turns in changing order, so that whatever else the machine does meets all of them alike.
      const order = CONTENDERS.map(
        (_, index) => CONTENDERS[(index + round + WARM_UP_ROUNDS) % CONTENDERS.length] ?? 'raw',
      );
      for (const contender of order) {
        const ms = await measure(clients, contender, servers[contender]);
        if (round >= 0) tookMs[contender].push(ms);
      }
    }
    const [rawMs, hubMs, libraryMs] = [median(tookMs.raw), median(tookMs.hub), median(tookMs.library)];
    return {
      sockets,
      rounds,
      messageBytes: Buffer.byteLength(text),
      rawMs,
      hubMs,
      ratio: hubMs / rawMs,
      libraryMs,
      libraryRatio: libraryMs / rawMs,
    };
  } finally {
    clients.disconnect();
    await Promise.all([once(clients, 'exit'), ...Object.values(servers).map((server) => server.close())]);
  }
}

async function measure(clients: ChildProcess, contender: Contender, server: Server): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  const heard = answerOf(clients, contender, 'heard');
  const startNs = process.hrtime.bigint();
  server.announce();
  const answer = await heard;
  if (answer.kind !== 'heard') throw new Error(`expected arrivals, got ${answer.kind}`);
  return Number(BigInt(answer.lastAtNs) - startNs) / 1e6;
}

function answerOf(clients: ChildProcess, contender: Contender, kind: 'opened' | 'heard'): Promise<FromClients> {
  return new Promise((resolve, reject) => {
    const timeoutMs = kind === 'opened' ? 3 * ROUND_TIMEOUT_MS : ROUND_TIMEOUT_MS;
    const timer = setTimeout(
      () => end(new Error(`expected "${kind}" of ${contender} within ${timeoutMs} ms`)),
      timeoutMs,
    );
    const onMessage = (message: FromClients): void => {
      if (message.kind === 'failed') end(new Error(`the clients failed: ${message.message}`));
      else if (message.kind === kind && message.contender === contender) end(message);
    };
    const onExit = (): void => end(new Error('the process of the clients ended'));
    function end(outcome: FromClients | Error): void {
      clearTimeout(timer);
      clients.off('message', onMessage).off('exit', onExit);
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    }
    clients.on('message', onMessage).once('exit', onExit);
  });
}

async function listen(server: HttpServer): Promise<number> {
  server.listen(0, '127.0.0.1', 4_096);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function startRaw(text: string): Promise<Server> {
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (socket: WebSocket) => socket.send('ready'));
  return {
    port: await listen(http),
    announce: () => {
      for (const client of server.clients) client.send(text);
    },
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      http.close();
    },
  };
}

async function startHub(): Promise<Server> {
  const http = createServer();
  const hub = createHub({
    server: http,
    desk: { watermark: () => CHANGE.watermark, counts: () => Promise.resolve(COUNTS) },
    isAllowed: () => true,
    now: () => 0,
    // What is measured is one announcement, not how long the hub rests between two.
    limits: { announceRestFactor: 0 },
  });
  return {
    port: await listen(http),
    announce: () => hub.announceAlerts(CHANGE),
    close: async () => {
      await hub.close();
      http.close();
    },
  };
}

function checkDescriptors(needed: number): void {
  // Node has already raised its own soft limit to the hard one. Windows has no such limit.
  const report = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const limit = report.userLimits?.open_files?.soft;
  if (typeof limit !== 'number' || limit >= needed) return;
  throw new Error(
    `Expected to be allowed ${needed} open files, got ${limit}: raise it with \`ulimit -n ${needed}\` or take fewer --sockets.`,
  );
}

function printTable(figures: FanOutFigures): void {
  const row = (name: string, ms: number, ratio: number): string =>
    `${name.padEnd(34)}${ms.toFixed(1).padStart(8)} ms${ratio.toFixed(2).padStart(8)}`;
  console.log(
    `${figures.messageBytes} bytes to ${figures.sockets} sockets, median of ${figures.rounds} rounds, to the last handler`,
  );
  console.log(row('raw ws', figures.rawMs, 1));
  console.log(row('hub, the same clients', figures.hubMs, figures.ratio));
  console.log(row('hub, socket.io-client', figures.libraryMs, figures.libraryRatio));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { sockets: { type: 'string' }, rounds: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const figures = await runFanOut({
    ...(values.sockets === undefined ? {} : { sockets: Number(values.sockets) }),
    ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
  });
  if (values.json) console.log(JSON.stringify(figures));
  else printTable(figures);
}
