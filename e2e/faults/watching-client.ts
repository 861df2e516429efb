import { setTimeout as delay } from 'node:timers/promises';
import { type Socket, io } from 'socket.io-client';
import { alertListSchema } from '../../contracts/alert-query.ts';
import type { ClientEvents, RiskAlertData, ServerEvents } from '../../contracts/socket.ts';
import { SOCKET_PATH } from '../../contracts/socket-path.ts';
import type { Watermark } from '../../contracts/watermark.ts';

const RECONNECT_MS = 50;
const RECONNECT_MAX_MS = 250;

/** A browser's data layer in miniature: it compares watermarks and reads again when it is behind. */
export type WatchingClient = {
  /** What it would show: the newest list that it has read. */
  readonly view: () => { readonly seq: number; readonly alerts: number };
  /** Every notification of alerts that it heard. */
  readonly heard: readonly RiskAlertData[];
  /** Sentences on notifications that told of what a GET did not return. */
  readonly phantoms: readonly string[];
  /** Resolves with the milliseconds until its view has come to `seq`. Rejects after `withinMs`. */
  readonly levelWith: (seq: number, withinMs: number) => Promise<number>;
  /** Resolves when all that it heard has been looked into. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Connects and resolves once it has its first view. It reconnects for ever. */
export async function watchDesk(url: string): Promise<WatchingClient> {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    auth: { topics: ['risk_alerts'] },
    reconnectionDelay: RECONNECT_MS,
    reconnectionDelayMax: RECONNECT_MAX_MS,
    forceNew: true,
  });
  const heard: RiskAlertData[] = [];
  const phantoms: string[] = [];
  let view = { epoch: '', seq: -1, alerts: 0 };
  let work = Promise.resolve();

  async function read(search: string) {
    const response = await fetch(`${url}/api/alerts?limit=1${search}`);
    if (!response.ok) throw new Error(`GET /api/alerts answered ${response.status}`);
    const list = alertListSchema.parse(await response.json());
    return { ...list, total: list.counts.new + list.counts.acknowledged + list.counts.past };
  }

  async function catchUp(wanted: Watermark): Promise<void> {
    if (view.epoch === wanted.epoch && view.seq >= wanted.seq) return;
    const list = await read('');
    view = { epoch: list.epoch, seq: list.seq, alerts: list.total };
  }

  async function lookInto(message: RiskAlertData): Promise<void> {
    const list = await read('');
    if (list.epoch === message.epoch && list.seq < message.seq)
      phantoms.push(`heard of seq ${message.seq}, a GET stands at ${list.seq}`);
    for (const id of message.event_ids) {
      const { total } = await read(`&eventId=${id}`);
      if (total === 0) phantoms.push(`heard of alerts of event ${id}, a GET has none`);
    }
  }

  // One after the other, and what fails because the server is away is tried again by the next word from it.
  const enqueue = (task: () => Promise<void>): void => void (work = work.then(task).catch(() => undefined));

  socket.on('hello', (hello) => enqueue(() => catchUp(hello)));
  socket.on('heartbeat', (heartbeat) => enqueue(() => catchUp(heartbeat)));
  socket.on('risk_alert', ({ data }) => {
    heard.push(data);
    enqueue(() => catchUp(data));
    enqueue(() => lookInto(data));
  });

  async function levelWith(seq: number, withinMs: number): Promise<number> {
    const startedMs = performance.now();
    while (view.seq < seq) {
      const tookMs = performance.now() - startedMs;
      if (tookMs > withinMs)
        throw new Error(`a browser stands at seq ${view.seq} ${withinMs} ms after ${seq} was committed`);
      await delay(5);
    }
    return performance.now() - startedMs;
  }

  await levelWith(0, 10_000);
  return {
    view: () => view,
    heard,
    phantoms,
    levelWith,
    settled: () => work,
    close: async () => {
      socket.disconnect();
      await work;
    },
  };
}
