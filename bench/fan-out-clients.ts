// The child of fan-out.ts: all clients, in a process of their own so that their work does not count as the server's.
import { io as connectClient } from 'socket.io-client';
import { WebSocket } from 'ws';
import { SOCKET_PATH } from '../contracts/socket-path.ts';
import type { Contender, FromClients, ToClients } from './fan-out-protocol.ts';

/** How many connect at the same time; more would only measure the listen backlog. */
const CONNECTING_AT_ONCE = 50;
const MESSAGE_START = '42["risk_alert"';

const say = (message: FromClients): void => {
  // The parent may have had enough while messages are still coming in.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

function countArrivals(contender: Contender, sockets: number): () => void {
  let arrived = 0;
  return () => {
    arrived += 1;
    if (arrived < sockets) return;
    arrived = 0;
    say({ kind: 'heard', contender, lastAtNs: process.hrtime.bigint().toString() });
  };
}

function openPlain(url: string, isReady: (text: string) => boolean, onHeard: () => void): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data) => {
      const text = (data as Buffer).toString();
      if (text === '2') socket.send('3');
      else if (text.startsWith('0{')) socket.send('40');
      if (isReady(text)) resolve();
      if (!text.startsWith(MESSAGE_START)) return;
      JSON.parse(text.slice(2));
      onHeard();
    });
  });
}

function openWithLibrary(url: string, onHeard: () => void): Promise<void> {
  const socket = connectClient(url, { path: SOCKET_PATH, transports: ['websocket'], forceNew: true });
  return new Promise((resolve, reject) => {
    socket.once('connect_error', reject);
    socket.once('hello', () => resolve());
    socket.on('risk_alert', onHeard);
  });
}

async function open({ contender, port, sockets }: ToClients): Promise<void> {
  const onHeard = countArrivals(contender, sockets);
  const openOne = (): Promise<void> => {
    switch (contender) {
      case 'raw':
        return openPlain(`ws://127.0.0.1:${port}/`, (text) => text === 'ready', onHeard);
      case 'hub':
        return openPlain(
          `ws://127.0.0.1:${port}${SOCKET_PATH}/?EIO=4&transport=websocket`,
          (text) => text.startsWith('42["hello"'),
          onHeard,
        );
      case 'library':
        return openWithLibrary(`http://127.0.0.1:${port}`, onHeard);
    }
  };
  for (let opened = 0; opened < sockets; opened += CONNECTING_AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(CONNECTING_AT_ONCE, sockets - opened) }, openOne));
  }
  say({ kind: 'opened', contender });
}

process.on('message', (message: ToClients) => {
  open(message).catch((error: unknown) => say({ kind: 'failed', message: String(error) }));
});
process.once('disconnect', () => process.exit());
