import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Socket as ClientSocket, io as connectClient } from 'socket.io-client';
import { type RawData, WebSocket } from 'ws';
import type { AlertCounts } from '../../contracts/alert.ts';
import { type EventId, eventIdSchema } from '../../contracts/ids.ts';
import type { ClientEvents, ServerEvents, Topic } from '../../contracts/socket.ts';
import { SOCKET_PATH } from '../../contracts/socket-path.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { type HubOptions, createHub } from './hub.ts';
import type { RiskAlertChange } from './risk-alert-message.ts';

export type Browser = ClientSocket<ServerEvents, ClientEvents>;
type Heard<Name extends keyof ServerEvents> = Parameters<ServerEvents[Name]>[0];

/** The text of a message as `ws` hands it over. */
export const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)).toString();

export const EPOCH = 'one';
export const eventIds = (...ids: readonly number[]): EventId[] => ids.map((id) => eventIdSchema.parse(id));

/** The next event of that name that a browser hears. */
export const heard = <Name extends keyof ServerEvents>(browser: Browser, name: Name): Promise<Heard<Name>> =>
  // The client's types do not tie the argument to the name.
  new Promise((resolve) => browser.once(name, ((message: Heard<Name>) => resolve(message)) as never));

/** A request with whatever a client may send, and its answer. */
export const ask = (browser: Browser, name: 'subscribe' | 'unsubscribe' | 'sync', request: unknown): Promise<unknown> =>
  browser.emitWithAck(name as 'sync', request as Watermark);

/** A hub on a free port with a desk that the test holds in its hands, and real clients. */
export async function startHub(changed: Partial<Omit<HubOptions, 'server' | 'desk'>> = {}) {
  const server = createServer((_request, response) => void response.writeHead(204).end());
  const desk = {
    seq: 1,
    counts: { new: 1, acknowledged: 0, past: 0 },
    countReads: 0,
    readCounts: async (): Promise<AlertCounts> => desk.counts,
  };
  const watermark = (): Watermark => ({ epoch: EPOCH, seq: desk.seq });
  const errors: unknown[] = [];
  const cuts: string[] = [];
  const hub = createHub({
    server,
    desk: {
      watermark,
      counts: () => {
        desk.countReads += 1;
        return desk.readCounts();
      },
    },
    isAllowed: () => true,
    now: () => Date.now(),
    onError: (error) => void errors.push(error),
    onCut: ({ code }) => void cuts.push(code),
    ...changed,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const browsers: Browser[] = [];
  const rawSockets: WebSocket[] = [];

  /** A client that has not connected yet, so that a test can listen first. */
  function openBrowser(
    options: { readonly topics?: readonly string[]; readonly auth?: object; readonly origin?: string } = {},
  ): Browser {
    const browser: Browser = connectClient(url, {
      path: SOCKET_PATH,
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
      auth: options.auth ?? (options.topics === undefined ? {} : { topics: options.topics }),
      ...(options.origin === undefined ? {} : { extraHeaders: { origin: options.origin } }),
    });
    browsers.push(browser);
    return browser;
  }

  async function greetedBrowser(topics?: readonly Topic[]): Promise<Browser> {
    const browser = openBrowser(topics === undefined ? {} : { topics });
    await heard(browser, 'hello');
    return browser;
  }

  /** A WebSocket that speaks the protocol by hand; joined, as often at once as it is told, when `hello` has come. */
  async function joinRaw({ times = 1 }: { readonly times?: number } = {}): Promise<WebSocket> {
    const raw = new WebSocket(`ws://127.0.0.1:${port}${SOCKET_PATH}/?EIO=4&transport=websocket`);
    raw.on('error', () => {});
    rawSockets.push(raw);
    await new Promise<void>((resolve, reject) => {
      raw.once('close', () => reject(new Error('expected hello, the connection closed')));
      raw.on('message', (data) => {
        const text = textOf(data);
        if (text.startsWith('0')) for (let time = 0; time < times; time += 1) raw.send('40');
        if (text.startsWith('42["hello"')) resolve();
      });
    });
    return raw;
  }

  /** One commit: the watermark moves and the change is announced. */
  function commitAlerts(change: Partial<RiskAlertChange> = {}): void {
    desk.seq += 1;
    desk.counts = { ...desk.counts, new: desk.counts.new + (change.alertCount ?? 1) };
    hub.announceAlerts({
      watermark: watermark(),
      alertCount: 1,
      eventIds: eventIds(desk.seq),
      severities: ['warning'],
      ...change,
    });
  }

  async function stop(): Promise<void> {
    for (const browser of browsers) browser.disconnect();
    for (const raw of rawSockets) raw.terminate();
    await hub.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    hub,
    desk,
    server,
    port,
    url,
    errors,
    cuts,
    watermark,
    openBrowser,
    greetedBrowser,
    joinRaw,
    commitAlerts,
    stop,
  };
}

export type RunningHub = Awaited<ReturnType<typeof startHub>>;
