import { type Socket, io } from 'socket.io-client';
import type { ClientEvents, OddsUpdateMessage, RiskAlertData, ServerEvents } from '../../contracts/socket.ts';
import { SOCKET_PATH } from '../../contracts/socket-path.ts';

type Heard<Message> = Message & { readonly atMs: number };

/** A bare socket that writes down what it hears, with the moment on the monotonic clock. */
export type TopicListener = {
  readonly alerts: readonly Heard<RiskAlertData>[];
  readonly odds: readonly Heard<OddsUpdateMessage['data']>[];
  /** Resolves with the first announcement of alerts that fits, among those heard too. Rejects after `withinMs`. */
  readonly alert: (fits: (data: RiskAlertData) => boolean, withinMs: number) => Promise<Heard<RiskAlertData>>;
  readonly oddsUpdate: (
    fits: (data: OddsUpdateMessage['data']) => boolean,
    withinMs: number,
  ) => Promise<Heard<OddsUpdateMessage['data']>>;
  readonly close: () => void;
};

/** Connects and resolves once greeted. */
export async function listenTo(url: string): Promise<TopicListener> {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
  });
  const alerts = createNotebook<RiskAlertData>();
  const odds = createNotebook<OddsUpdateMessage['data']>();
  socket.on('risk_alert', ({ data }) => alerts.write(data));
  socket.on('odds_update', ({ data }) => odds.write(data));
  await new Promise<void>((resolve, reject) => {
    socket.once('hello', () => resolve());
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return {
    alerts: alerts.pages,
    odds: odds.pages,
    alert: alerts.find,
    oddsUpdate: odds.find,
    close: () => void socket.disconnect(),
  };
}

function createNotebook<Message extends object>() {
  const pages: Heard<Message>[] = [];
  const readers = new Set<() => void>();
  return {
    pages,
    write(message: Message): void {
      pages.push({ ...message, atMs: performance.now() });
      for (const read of readers) read();
    },
    find: (fits: (message: Message) => boolean, withinMs: number): Promise<Heard<Message>> =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          readers.delete(read);
          const last = JSON.stringify(pages.at(-1));
          reject(
            new Error(`none of ${pages.length} messages within ${withinMs} ms was the expected one; last: ${last}`),
          );
        }, withinMs);
        function read(): void {
          const found = pages.find(fits);
          if (found === undefined) return;
          clearTimeout(timer);
          readers.delete(read);
          resolve(found);
        }
        readers.add(read);
        read();
      }),
  };
}
