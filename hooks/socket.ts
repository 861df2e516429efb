import { type Socket, io } from 'socket.io-client';
import type { Bye, ClientEvents, ServerEvents } from '../contracts/socket.ts';
import { SOCKET_PATH } from '../contracts/socket-path.ts';
import type { DeskSocket } from './desk-link.ts';

const RECONNECT_FIRST_MS = 500;
/** Also what a server that is back again waits for the last of its desks. */
const RECONNECT_LONGEST_MS = 4_000;
const SYNC_TIMEOUT_MS = 3_000;
/** After an end by the server that named no moment to come back. */
const AFTER_GOODBYE_MS = 1_000;
const LONGEST_GOODBYE_MS = 60_000;

/** Full jitter: a thousand desks that lost one server must not return in the same moment. */
const jittered = (longestMs: number): number => longestMs / 2 + Math.random() * longestMs;

/**
 * The tab's one socket. Nothing is connected before `open`; reconnection goes on for ever, because a desk that
 * is left open overnight has to be alive in the morning. Without a URL it is that of the page.
 */
export function createDeskSocket(url?: string): DeskSocket {
  const options = {
    path: SOCKET_PATH,
    autoConnect: false,
    // A second socket of one page would otherwise share the connection of the first.
    forceNew: true,
    transports: ['websocket'],
    reconnection: true,
    reconnectionAttempts: Infinity,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_LONGEST_MS,
    randomizationFactor: 1,
  };
  const socket: Socket<ServerEvents, ClientEvents> = url === undefined ? io(options) : io(url, options);

  let comeback: ReturnType<typeof setTimeout> | undefined;
  let toldMs: number | undefined;

  // Socket.IO retries a lost transport by itself, but not a connection that one of the two ended or refused.
  function comeBackLater(): void {
    if (socket.active) return;
    clearTimeout(comeback);
    comeback = setTimeout(connect, Math.min(toldMs ?? jittered(AFTER_GOODBYE_MS), LONGEST_GOODBYE_MS));
    toldMs = undefined;
  }

  // A second connect() during a slow handshake would join the desk twice over one connection.
  function connect(): void {
    if (!socket.active) socket.connect();
  }

  return {
    open(handlers) {
      function disconnected(): void {
        handlers.disconnected();
        comeBackLater();
      }
      function failed(): void {
        handlers.failed();
        comeBackLater();
      }
      // Each desk is told a moment of its own. Left to Socket.IO, all would be back within its first second.
      function sentAway({ retryAfterMs }: Bye): void {
        toldMs = retryAfterMs;
        socket.disconnect();
      }

      socket.on('disconnect', disconnected);
      socket.on('connect_error', failed);
      socket.on('bye', sentAway);
      socket.on('hello', handlers.hello);
      socket.on('heartbeat', handlers.heartbeat);
      socket.on('risk_alert', handlers.riskAlert);
      socket.on('odds_update', handlers.oddsUpdate);
      socket.on('feed_status', handlers.feedStatus);
      connect();

      return () => {
        clearTimeout(comeback);
        socket.off('disconnect', disconnected);
        socket.off('connect_error', failed);
        socket.off('bye', sentAway);
        socket.off('hello', handlers.hello);
        socket.off('heartbeat', handlers.heartbeat);
        socket.off('risk_alert', handlers.riskAlert);
        socket.off('odds_update', handlers.oddsUpdate);
        socket.off('feed_status', handlers.feedStatus);
        socket.disconnect();
      };
    },
    isConnected: () => socket.connected,
    sync: (mine) => socket.timeout(SYNC_TIMEOUT_MS).emitWithAck('sync', mine),
    reconnect() {
      // The manager's own connect() ignores a pending back-off only after a disconnect.
      socket.disconnect();
      clearTimeout(comeback);
      connect();
    },
  };
}
