import { BYE_CLOSE_CODES, type ByeCode } from '../../contracts/socket.ts';
import type { DeskConnection, DeskSocket } from './desk-server.ts';
import type { HubLimits } from './limits.ts';

/** What the hub needs of the `ws` socket that Engine.IO keeps on the request of each connection. */
type RawSocket = {
  readonly bufferedAmount: number;
  send(text: string): void;
  close(code: number, reason: string): void;
  terminate(): void;
  pause(): void;
  once(event: 'close', listener: () => void): unknown;
  on(event: 'ping' | 'pong', listener: () => void): unknown;
};

type Connection = {
  readonly raw: RawSocket;
  socket: DeskSocket | undefined;
  /** Bytes that Engine.IO holds back because the last write has not left the process yet. */
  heldBytes: number;
  messages: number;
  stalledMs: number;
  /** When the pings were sent that have no answer yet, the oldest first. */
  readonly pingsAtMs: number[];
  lastPingAtMs: number;
  bytesSincePing: number;
  isLeaving: boolean;
};

export type Connections = {
  readonly count: () => number;
  /** Takes a new Engine.IO connection under watch. */
  watch(connection: DeskConnection): void;
  /** Says which socket lives on a connection, once it has joined. False when it may not: one only, and no more at the end. */
  name(socket: DeskSocket): boolean;
  /** Sends everybody away and resolves when all are gone, at the latest after `byeGraceMs`. */
  drain(): Promise<void>;
};

const SLOW_RETRY_MS = 1_000;
const FLOOD_RETRY_MS = 10_000;

/**
 * Creates the watch over all connections: it cuts those that do not take what is sent, and those that send too
 * much. A slow one is known by what waits for it: `ws` counts the bytes of the write under way, and everything
 * after it waits in Engine.IO until that write has left the process, unseen by `bufferedAmount`. What has left is
 * in the buffers of the kernels and routers on the way, megabytes that at a desk's traffic take many minutes to
 * fill; only a ping, which waits in that same line, tells how long the line is. Engine.IO sends the next one only
 * some seconds after the answer to the last, so whoever is sent much is sent more of them from here.
 */
export function createConnections(
  limits: HubLimits,
  onCut: (code: ByeCode, bufferedBytes: number) => void,
): Connections {
  const all = new Map<DeskConnection, Connection>();
  const maxMessagesPerWatch = Math.ceil((limits.maxMessagesPerSecond * limits.watchMs) / 1_000);
  let whenEmpty: (() => void) | undefined;
  const timer = setInterval(look, limits.watchMs);

  function watch(connection: DeskConnection): void {
    // Always there, since WebSocket is the only transport on offer.
    const { websocket: raw } = connection.request as typeof connection.request & { websocket: RawSocket };
    const entry: Connection = {
      raw,
      socket: undefined,
      heldBytes: 0,
      messages: 0,
      stalledMs: 0,
      pingsAtMs: [],
      lastPingAtMs: performance.now(),
      bytesSincePing: 0,
      isLeaving: false,
    };
    all.set(connection, entry);
    connection.on('packetCreate', (packet: { type: string; data?: string | Buffer }) => {
      if (packet.type === 'ping') notePing(entry);
      const bytes = packet.data?.length ?? 0;
      entry.heldBytes += bytes;
      entry.bytesSincePing += bytes;
    });
    connection.on('flush', () => (entry.heldBytes = 0));
    const count = (): void => {
      entry.messages += 1;
      if (entry.messages > maxMessagesPerWatch) cut(connection, entry, 'flood');
    };
    connection.on('packet', (packet: { type: string }) => {
      if (packet.type === 'pong') entry.pingsAtMs.shift();
      count();
    });
    // WebSocket's own pings are answered below Engine.IO, which never hears of them: a million cost as much as messages.
    raw.on('ping', count);
    raw.on('pong', count);
    connection.on('close', () => {
      all.delete(connection);
      if (all.size === 0) whenEmpty?.();
    });
  }

  function name(socket: DeskSocket): boolean {
    const entry = all.get(socket.conn);
    if (entry === undefined || entry.isLeaving) return false;
    if (entry.socket?.connected === true) {
      // One connection that joins a thousand times would hear all a thousand times, and count once.
      socket.disconnect();
      return false;
    }
    entry.socket = socket;
    return true;
  }

  function look(): void {
    for (const [connection, entry] of all) {
      entry.messages = 0;
      const bytes = bufferedBytes(entry);
      entry.stalledMs = bytes === 0 ? 0 : entry.stalledMs + limits.watchMs;
      const isStalled = bytes > limits.maxBufferedBytes || entry.stalledMs > limits.maxStallMs;
      if (isStalled || unansweredMs(entry) > limits.maxPongMs) cut(connection, entry, 'slow');
      else if (!entry.isLeaving) probe(entry);
    }
  }

  const unansweredMs = ({ pingsAtMs: [oldest] }: Connection): number =>
    oldest === undefined ? 0 : performance.now() - oldest;

  function notePing(entry: Connection): void {
    entry.lastPingAtMs = performance.now();
    entry.bytesSincePing = 0;
    entry.pingsAtMs.push(entry.lastPingAtMs);
  }

  function probe(entry: Connection): void {
    if (entry.bytesSincePing < limits.probeBytes) return;
    if (performance.now() - entry.lastPingAtMs < limits.probeIntervalMs) return;
    notePing(entry);
    // Engine.IO's ping packet. Its browser answers each, and its server takes any answer for a sign of life.
    entry.raw.send('2');
  }

  function bufferedBytes(entry: Connection): number {
    return entry.heldBytes + entry.raw.bufferedAmount;
  }

  // Not `socket.disconnect()`: after that the browser's Socket.IO stays away until it is told to come back.
  function cut(connection: DeskConnection, entry: Connection, code: ByeCode): void {
    if (entry.isLeaving) return;
    entry.isLeaving = true;
    onCut(code, bufferedBytes(entry));
    const { raw, socket } = entry;
    // Leaving the rooms first keeps the buffer from growing while the last words are on their way.
    for (const room of socket?.rooms ?? []) void socket?.leave(room);
    socket?.emit('bye', { code, retryAfterMs: retryAfterMs(code, limits.drainSpreadMs) });
    const close = (): void => raw.close(BYE_CLOSE_CODES[code], code);
    if (entry.heldBytes === 0) close();
    else connection.once('drain', close);
    // Whoever floods is not read any more, not even for its answer to the close.
    if (code === 'flood') raw.pause();
    // Until the WebSocket itself is closed: Engine.IO gives a connection up earlier, at the first failed write.
    const end = setTimeout(() => raw.terminate(), limits.byeGraceMs);
    raw.once('close', () => clearTimeout(end));
  }

  async function drain(): Promise<void> {
    clearInterval(timer);
    if (all.size === 0) return;
    const empty = new Promise<void>((resolve) => (whenEmpty = resolve));
    for (const [connection, entry] of all) cut(connection, entry, 'draining');
    await empty;
  }

  return { count: () => all.size, watch, name, drain };
}

/** A moment of its own for each: those sent away together do not come back together. */
function retryAfterMs(code: ByeCode, drainSpreadMs: number): number {
  const spread = (fromMs: number, spreadMs: number): number => Math.round(fromMs + Math.random() * spreadMs);
  switch (code) {
    case 'slow':
      return spread(SLOW_RETRY_MS, SLOW_RETRY_MS);
    case 'flood':
      return spread(FLOOD_RETRY_MS, FLOOD_RETRY_MS);
    case 'draining':
      return spread(drainSpreadMs / 10, drainSpreadMs);
  }
}
