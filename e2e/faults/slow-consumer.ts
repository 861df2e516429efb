import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocket } from 'ws';
import { SOCKET_PATH } from '../../contracts/socket-path.ts';
import { startDeskDouble } from './desk-double.ts';
import { type Spread, spread } from './spread.ts';
import { startTcpProxy } from './tcp-proxy.ts';
import { type TopicListener, listenTo } from './topic-listener.ts';

const SLOW_BYTES_PER_SECOND = 1_024;
/** A busy desk: ten announcements a second are the most that the hub sends of a topic. */
const COMMIT_EVERY_MS = 105;
const WARM_UP_MS = 2_000;
const OBSERVED_MS = 14_000;
const OTHERS = 20;

export type SlowConsumerFigures = {
  readonly slowConsumers: number;
  /** From its first second at 1 KB/s to the decision to cut it, of each. */
  readonly cutAfterMs: Spread;
  readonly cutCodes: readonly string[];
  /** What the process held back for one of them at most. */
  readonly bufferedBytes: number;
  /** Growth of the heap of the whole process, clients of the test included. */
  readonly heapGrowthBytes: number;
  /** From an announcement to the others' handlers, before there was a slow one and while there was. */
  readonly othersBeforeMs: Spread;
  readonly othersMs: Spread;
};

/** Lets some browsers read 1 KB/s while others read as fast as they can. Throws when a slow one is not cut. */
export async function runSlowConsumer(options: { readonly slowConsumers: number }): Promise<SlowConsumerFigures> {
  const desk = await startDeskDouble();
  const proxy = await startTcpProxy({
    targets: [{ host: '127.0.0.1', port: desk.port }],
  });
  const others: TopicListener[] = [];
  const slow: WebSocket[] = [];
  const sentAtMs = new Map<number, number>();
  const commits = setInterval(() => {
    desk.commit();
    sentAtMs.set(desk.watermark().seq, performance.now());
  }, COMMIT_EVERY_MS);
  try {
    for (let other = 0; other < OTHERS; other += 1) others.push(await listenTo(desk.url));
    await delay(WARM_UP_MS);
    for (let index = 0; index < options.slowConsumers; index += 1) slow.push(await joinSlowly(proxy.port));
    const heapBefore = heapBytes();
    const slowSinceMs = performance.now();
    for (const connection of proxy.connections()) {
      connection.setLine({ latencyMs: 0, bytesPerSecond: SLOW_BYTES_PER_SECOND });
    }
    while (desk.cuts.length < options.slowConsumers && performance.now() - slowSinceMs < OBSERVED_MS) await delay(50);
    const heapAfter = heapBytes();
    if (desk.cuts.length < options.slowConsumers) {
      throw new Error(
        `${desk.cuts.length} of ${options.slowConsumers} slow browsers were cut within ${OBSERVED_MS} ms`,
      );
    }
    const heard = others.flatMap((other) =>
      other.alerts.flatMap(({ seq, atMs }) => {
        const sent = sentAtMs.get(seq);
        return sent === undefined ? [] : [{ sentAtMs: sent, tookMs: atMs - sent }];
      }),
    );
    const tookMs = (from: number, to: number): Spread =>
      spread(heard.filter((one) => one.sentAtMs >= from && one.sentAtMs < to).map((one) => one.tookMs));
    return {
      slowConsumers: options.slowConsumers,
      cutAfterMs: spread(desk.cuts.map((cut) => cut.atMs - slowSinceMs)),
      cutCodes: [...new Set(desk.cuts.map((cut) => cut.code))],
      bufferedBytes: Math.max(...desk.cuts.map((cut) => cut.bufferedBytes)),
      heapGrowthBytes: heapAfter - heapBefore,
      othersBeforeMs: tookMs(slowSinceMs - WARM_UP_MS, slowSinceMs),
      othersMs: tookMs(slowSinceMs, Infinity),
    };
  } finally {
    clearInterval(commits);
    for (const other of others) other.close();
    for (const socket of slow) socket.terminate();
    await proxy.close();
    await desk.stop();
  }
}

/** A browser by hand, which answers pings as soon as it has read them. */
async function joinSlowly(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}/?EIO=4&transport=websocket`);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (text.startsWith('0')) socket.send('40');
      if (text === '2') socket.send('3');
      if (text.startsWith('42["hello"')) resolve();
    });
  });
  return socket;
}

function heapBytes(): number {
  // What has become garbage is nobody's buffer.
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
}
