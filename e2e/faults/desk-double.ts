// The real hub before a desk that is two numbers in memory, for faults of the line alone. Uses the room server/hub.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AlertCounts } from '../../contracts/alert.ts';
import type { Desk } from '../../contracts/feed.ts';
import { eventIdSchema } from '../../contracts/ids.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { type HubOptions, createHub } from '../../server/hub/hub.ts';

export type DeskDouble = {
  readonly port: number;
  readonly url: string;
  readonly watermark: () => Watermark;
  readonly counts: () => AlertCounts;
  readonly sockets: () => number;
  /** Requests for the frame so far. */
  readonly frameRequests: () => number;
  readonly cuts: readonly { readonly code: string; readonly bufferedBytes: number; readonly atMs: number }[];
  /** One more new alert: the watermark moves, and the hub is told. */
  commit(): void;
  /** The watermark moves and nobody is told, as when a node dies between COMMIT and emit. */
  commitSilently(): void;
  stop(): Promise<void>;
};

/** Starts it on a free port. It answers `GET /api/desk`, whatever the query, and is the hub. */
export async function startDeskDouble(options: Pick<HubOptions, 'limits'> = {}): Promise<DeskDouble> {
  let seq = 1;
  let frameRequests = 0;
  const watermark = (): Watermark => ({ epoch: 'double', seq });
  const counts = (): AlertCounts => ({ new: seq, acknowledged: 0, past: 0 });
  const cuts: { readonly code: string; readonly bufferedBytes: number; readonly atMs: number }[] = [];

  const frame = (): Desk => ({
    feed: 'none',
    ownBookmaker: 'own',
    clock: { now: new Date().toISOString(), rate: 1 },
    bookmakers: [],
    openEvents: 0,
    mutes: 0,
    lastPriceAt: null,
    counts: counts(),
    worstNew: 'warning',
    ...watermark(),
  });
  const server = createServer((_request, response) => {
    frameRequests += 1;
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(frame()));
  });
  const hub = createHub({
    server,
    desk: { watermark, counts: () => Promise.resolve(counts()) },
    isAllowed: () => true,
    now: Date.now,
    onCut: ({ code, bufferedBytes }) => void cuts.push({ code, bufferedBytes, atMs: performance.now() }),
    ...options,
  });
  server.listen(0, '127.0.0.1', 4_096);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    watermark,
    counts,
    sockets: () => hub.status().sockets,
    frameRequests: () => frameRequests,
    cuts,
    commit() {
      seq += 1;
      hub.announceAlerts({
        watermark: watermark(),
        alertCount: 1,
        eventIds: [eventIdSchema.parse(seq)],
        severities: ['warning'],
      });
    },
    commitSilently: () => void (seq += 1),
    async stop() {
      await hub.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
