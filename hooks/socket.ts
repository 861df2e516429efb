import { type Socket, io } from 'socket.io-client';
import { type Bye, SOCKET_PATH, type ClientEvents, type ServerEvents } from '../contracts/socket.ts';
import type { DeskSocket } from './desk-link.ts';

const RECONNECT_FIRST_MS = 500;
const RECONNECT_LONGEST_MS = 5_000;
const SYNC_TIMEOUT_MS = 3_000;
/** A server that is going down says goodbye; coming back at once would only meet it again. */
const AFTER_GOODBYE_MS = 1_000;

/** Full jitter: a thousand desks that lost one server must not return in the same moment. */
const jittered = (longestMs: number): number => longestMs / 2 + Math.random() * longestMs;

/**
 * The tab's one socket. Nothing is connected before `open`; reconnection goes on for ever, because a desk that
 * is left open overnight has to be alive in the morning.
 */
export function createDeskSocket(): DeskSocket {
  const socket: Socket<ServerEvents, ClientEvents> = io({
    path: SOCKET_PATH,
    autoConnect: false,
    transports: ['websocket'],
    reconnection: true,
    reconnectionAttempts: Infinity,
    reconnectionDelay: RECONNECT_FIRST_MS,
    reconnectionDelayMax: RECONNECT_LONGEST_MS,
    randomizationFactor: 1,
  });

  return {
    open(handlers) {
      let comeback: ReturnType<typeof setTimeout> | undefined;
      let goodbyeMs: number | null = null;
      // Socket.IO retries a lost transport by itself, but not a connection that the server ended or refused.
      function comeBackLater(): void {
        if (socket.active) return;
        clearTimeout(comeback);
        comeback = setTimeout(() => socket.connect(), goodbyeMs ?? jittered(AFTER_GOODBYE_MS));
        goodbyeMs = null;
      }
      /** The server is about to end this connection and gives each browser its own moment to return. */
      function saidGoodbye({ retryAfterMs }: Bye): void {
        goodbyeMs = retryAfterMs;
        socket.disconnect();
      }
      function disconnected(): void {
        handlers.disconnected();
        comeBackLater();
      }
      function failed(): void {
        handlers.failed();
        comeBackLater();
      }

      socket.on('disconnect', disconnected);
      socket.on('connect_error', failed);
      socket.on('hello', handlers.hello);
      socket.on('heartbeat', handlers.heartbeat);
      socket.on('risk_alert', handlers.riskAlert);
      socket.on('odds_update', handlers.oddsUpdate);
      socket.on('feed_status', handlers.feedStatus);
      socket.on('bye', saidGoodbye);
      socket.connect();

      return () => {
        clearTimeout(comeback);
        socket.off('disconnect', disconnected);
        socket.off('connect_error', failed);
        socket.off('hello', handlers.hello);
        socket.off('heartbeat', handlers.heartbeat);
        socket.off('risk_alert', handlers.riskAlert);
        socket.off('odds_update', handlers.oddsUpdate);
        socket.off('feed_status', handlers.feedStatus);
        socket.off('bye', saidGoodbye);
        socket.disconnect();
      };
    },
    isConnected: () => socket.connected,
    sync: (mine) => socket.timeout(SYNC_TIMEOUT_MS).emitWithAck('sync', mine),
    reconnect() {
      // The manager's own connect() ignores a pending back-off only after a disconnect.
      socket.disconnect();
      socket.connect();
    },
  };
}
