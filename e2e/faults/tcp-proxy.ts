import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { CLEAN_LINE, type Lane, type Line, createLane } from './lane.ts';

export type Endpoint = { readonly host: string; readonly port: number };

export type ProxyOptions = {
  /** Taken in turn, one for each connection; one that cannot be reached is passed over for the next. */
  readonly targets: readonly Endpoint[];
  readonly line?: Line;
  /** 0 or left out: any free one. */
  readonly port?: number;
};

/** One connection through the proxy, from a client to the target that took it. */
export type ProxiedConnection = {
  /** The target's port; undefined while none has answered. */
  readonly targetPort: () => number | undefined;
  readonly bytesToClient: () => number;
  setLine(line: Line): void;
  /** Ends both sides with RST, as a dying router does: what was on its way is lost. */
  reset(): void;
  /** Sends FIN to one side only, and throws away what would still go there; the other direction stays whole. */
  halfClose(side: 'client' | 'target'): void;
  /** Neither side hears anything any more, the end included. */
  stall(): void;
  resume(): void;
};

export type TcpProxy = {
  readonly port: number;
  readonly url: string;
  readonly connections: () => readonly ProxiedConnection[];
  /** For connections to come; those that are open keep theirs. */
  setLine(line: Line): void;
  /** While false, clients are reset as soon as they come. */
  admit(admits: boolean): void;
  /** Resets whatever is open and takes nothing more. */
  close(): Promise<void>;
};

/**
 * Starts a proxy on 127.0.0.1 that spoils connections on purpose. With several targets it is the simplest of
 * load balancers: no stickiness, and whoever is away is passed over.
 */
export async function startTcpProxy(options: ProxyOptions): Promise<TcpProxy> {
  const open = new Set<ProxiedConnection>();
  let line = options.line ?? CLEAN_LINE;
  let admits = true;
  let turn = 0;

  // Half-open, so that the end of one direction does not end the other by itself.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    // Whoever is reset here gets an error event; the 'close' that follows is what counts.
    client.on('error', () => undefined);
    if (!admits) {
      client.resetAndDestroy();
      return;
    }
    client.pause();
    const connection = proxy(client);
    open.add(connection);
    client.once('close', () => open.delete(connection));
  });

  function proxy(client: Socket): ProxiedConnection {
    const first = turn++;
    let target: Socket | undefined;
    let lanes: { readonly toTarget: Lane; readonly toClient: Lane } | undefined;
    let ownLine = line;
    let isStalled = false;

    function reach(attempt: number): void {
      const endpoint = options.targets[(first + attempt) % options.targets.length];
      if (endpoint === undefined || attempt >= options.targets.length) {
        client.resetAndDestroy();
        return;
      }
      const next = connect({ ...endpoint, allowHalfOpen: true, noDelay: true });
      next.on('error', () => {
        if (target === undefined) reach(attempt + 1);
        else client.resetAndDestroy();
      });
      next.once('connect', () => join(next));
      client.once('close', () => next.resetAndDestroy());
    }

    function join(next: Socket): void {
      if (client.destroyed) return;
      target = next;
      const both = { toTarget: createLane(client, next, ownLine), toClient: createLane(next, client, ownLine) };
      lanes = both;
      if (isStalled) stall();
      else client.resume();
      client.once('close', () => {
        both.toTarget.stop();
        both.toClient.stop();
      });
    }

    function stall(): void {
      isStalled = true;
      lanes?.toTarget.stall();
      lanes?.toClient.stall();
    }

    reach(0);
    return {
      targetPort: () => target?.remotePort,
      bytesToClient: () => lanes?.toClient.passedBytes() ?? 0,
      setLine(next) {
        ownLine = next;
        lanes?.toTarget.setLine(next);
        lanes?.toClient.setLine(next);
      },
      reset() {
        target?.resetAndDestroy();
        client.resetAndDestroy();
      },
      halfClose(side) {
        const lane = side === 'client' ? lanes?.toClient : lanes?.toTarget;
        lane?.drop();
        (side === 'client' ? client : target)?.end();
      },
      stall,
      resume() {
        isStalled = false;
        lanes?.toTarget.resume();
        lanes?.toClient.resume();
      },
    };
  }

  server.listen(options.port ?? 0, '127.0.0.1', 4_096);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function closeAll(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const connection of open) connection.reset();
    await closed;
  }

  let closing: Promise<void> | undefined;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    connections: () => [...open],
    setLine: (next) => void (line = next),
    admit: (next) => void (admits = next),
    close: () => (closing ??= closeAll()),
  };
}
