import type { IncomingHttpHeaders, IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { AlertCounts } from '../../contracts/alert.ts';
import type { BookmakerFeed } from '../../contracts/feed.ts';
import { type ByeCode, TOPICS, type Topic, handshakeAuthSchema } from '../../contracts/socket.ts';
import { SOCKET_PATH } from '../../contracts/socket-path.ts';
import type { Watermark } from '../../contracts/watermark.ts';
import { createCoalescer } from './coalesce.ts';
import { createConnections } from './connections.ts';
import { createCountsReader } from './counts-reader.ts';
import type { DeskConnection, DeskServer } from './desk-server.ts';
import { feedStatusMessage, mergeFeeds } from './feed-status-message.ts';
import { createGreeter } from './greeter.ts';
import { DEFAULT_HUB_LIMITS, type HubLimits } from './limits.ts';
import { type OddsChange, mergeOdds, oddsUpdateMessage } from './odds-update-message.ts';
import { createPace } from './pace.ts';
import { answerRequests } from './requests.ts';
import { type RiskAlertChange, mergeRiskAlerts, riskAlertMessage } from './risk-alert-message.ts';
import { guardUpgrades } from './upgrade-guard.ts';

export type HubOptions = {
  /**
   * Must have its request listener already: those added later would answer the hub's own path a second time.
   * Closing the hub leaves the server itself open.
   */
  readonly server: HttpServer;
  readonly desk: {
    /** How far this node knows the desk to have come; cheap, in memory. */
    readonly watermark: () => Watermark;
    /** Not older than `watermark` at the call: a count from before the last commit would be announced as new. */
    readonly counts: () => Promise<AlertCounts>;
  };
  /** Whether a handshake with these headers comes from a page of ours; the same check as for HTTP. */
  readonly isAllowed: (headers: IncomingHttpHeaders) => boolean;
  /** The desk's clock in epoch milliseconds, for the timestamps of messages. */
  readonly now: () => number;
  /** Upgrades beside the hub's own that somebody else on this server takes; all others are ended. */
  readonly allowUpgrade?: (url: string) => boolean;
  readonly limits?: Partial<HubLimits>;
  readonly onError?: (error: unknown) => void;
  readonly onAnnounced?: (announced: { readonly topic: Topic; readonly sockets: number }) => void;
  readonly onCut?: (cut: { readonly code: ByeCode; readonly bufferedBytes: number }) => void;
};

export type Hub = {
  /**
   * Tells every browser that alerts changed. To be called after the commit; returns at once and never throws.
   * While the counts cannot be read the change is kept, merged with later ones, and told when they can.
   */
  announceAlerts(change: RiskAlertChange): void;
  announceOdds(change: OddsChange): void;
  /** Feeds whose state changed, or all of them. */
  announceFeeds(feeds: readonly BookmakerFeed[]): void;
  status(): { readonly ok: boolean; readonly detail: string; readonly sockets: number };
  /** Announces what waits, tells every browser when to come back, and closes their connections. */
  close(): Promise<void>;
};

/** Beyond the watch's own limit, so that the watch is first and cuts with its reason. */
const PING_TIMEOUT_MARGIN_MS = 2_000;
/** A connection that has not said which topics it wants by then is closed. */
const JOIN_TIMEOUT_MS = 10_000;
/** Everybody who joined; a room like the topics, so that one who is being cut hears no more heartbeats. */
const EVERYBODY = 'everybody';

/** Creates the hub on a server that may not be listening yet. */
export function createHub(options: HubOptions): Hub {
  const { desk, now } = options;
  const limits: HubLimits = { ...DEFAULT_HUB_LIMITS, ...options.limits };
  const onError = options.onError ?? (() => {});
  // A metric that throws must not look like a message that was not sent, which would be sent again.
  const tell = (callback: () => void): void => {
    try {
      callback();
    } catch (error) {
      onError(error);
    }
  };
  const reader = createCountsReader({ ...desk, timeoutMs: limits.countsTimeoutMs });
  const connections = createConnections(limits, (code, bufferedBytes) =>
    tell(() => options.onCut?.({ code, bufferedBytes })),
  );
  let closing: Promise<void> | undefined;

  const io: DeskServer = new Server(options.server, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.maxMessageBytes,
    pingInterval: limits.pingIntervalMs,
    pingTimeout: limits.maxPongMs + PING_TIMEOUT_MARGIN_MS,
    connectTimeout: JOIN_TIMEOUT_MS,
    destroyUpgrade: false,
    allowRequest: (request, decide) => {
      const problem = refusalOf(request);
      decide(problem, problem === undefined);
    },
  });
  guardUpgrades(options.server, options.allowUpgrade ?? (() => false));

  // A refusal here breaks the connection, and the browser's Socket.IO tries again by itself with its back-off;
  // a refusal by middleware is final. So: what may pass later is refused here, what never will is refused there.
  function refusalOf({ headers }: IncomingMessage): string | undefined {
    // The answer travels as HTML, so it does not repeat what the headers said.
    if (!isOurs(headers)) return 'Expected Origin and Host of this desk.';
    if (closing !== undefined) return 'Linewatch is shutting down.';
    if (connections.count() >= limits.maxSockets) return `Expected at most ${limits.maxSockets} connections.`;
    return undefined;
  }

  // A check that throws in an upgrade listener would end the process.
  function isOurs(headers: IncomingHttpHeaders): boolean {
    try {
      return options.isAllowed(headers);
    } catch (error) {
      onError(error);
      return false;
    }
  }

  const retry = { retryMs: limits.countsRetryMs, onError };
  const greeter = createGreeter({ reader, minGapMs: limits.helloGapMs, ...retry });

  io.engine.on('connection', (connection: DeskConnection) => connections.watch(connection));
  io.use((socket, next) => {
    const isKnown = handshakeAuthSchema.safeParse(socket.handshake.auth).success;
    next(isKnown ? undefined : new Error(`Expected topics of ${TOPICS.join(', ')}, or none for all of them.`));
  });
  io.on('connection', (socket) => {
    if (!connections.name(socket)) return;
    answerRequests(socket, reader);
    socket.on('disconnect', () => greeter.forget(socket));
    const { topics = [] } = handshakeAuthSchema.parse(socket.handshake.auth);
    // Joined before the reading for its hello begins: what is announced in between is heard, not missed.
    void socket.join([EVERYBODY, ...(topics.length === 0 ? TOPICS : topics)]);
    greeter.greet(socket);
  });

  const listeners = (topic: Topic): number => io.sockets.adapter.rooms.get(topic)?.size ?? 0;
  const announced = (topic: Topic): void => tell(() => options.onAnnounced?.({ topic, sockets: listeners(topic) }));

  const alertsPace = createPace(limits);
  const oddsPace = createPace(limits);
  const alerts = createCoalescer<RiskAlertChange>({
    merge: mergeRiskAlerts,
    send: async (change) => {
      // Nobody listens, nobody is told: whoever comes later is greeted with a reading of its own.
      if (listeners('risk_alerts') === 0) return;
      const { counts } = await reader.read();
      const message = riskAlertMessage({ change, counts, nowMs: now() });
      alertsPace.measure(() => io.to('risk_alerts').emit('risk_alert', message));
      announced('risk_alerts');
    },
    minGapMs: alertsPace.gapMs,
    ...retry,
  });
  const odds = createCoalescer<OddsChange>({
    merge: mergeOdds,
    send: (change) => {
      oddsPace.measure(() => io.to('odds_updates').emit('odds_update', oddsUpdateMessage(change, now())));
      announced('odds_updates');
    },
    minGapMs: oddsPace.gapMs,
    ...retry,
  });
  const feeds = createCoalescer<readonly BookmakerFeed[]>({
    merge: mergeFeeds,
    send: (changed) => {
      io.to('feed_status').emit('feed_status', feedStatusMessage(changed, now()));
      announced('feed_status');
    },
    minGapMs: limits.announceGapMs,
    ...retry,
  });

  const heartbeat = setInterval(() => {
    const { epoch, seq } = desk.watermark();
    io.to(EVERYBODY).emit('heartbeat', { epoch, seq });
    // When those who waited for a failed reading have left, nobody else would find out that it works again.
    if (reader.problem() !== undefined) reader.read().catch(onError);
  }, limits.heartbeatMs);

  function status(): ReturnType<Hub['status']> {
    const sockets = io.sockets.sockets.size;
    if (closing !== undefined) return { ok: false, detail: 'closing', sockets };
    const problem = reader.problem();
    if (problem !== undefined) return { ok: false, detail: `alert counts cannot be read: ${problem}`, sockets };
    return { ok: true, detail: `${sockets} sockets`, sockets };
  }

  // Not `io.close()`: that would close the HTTP server too, which still has requests to answer.
  async function closeAll(): Promise<void> {
    clearInterval(heartbeat);
    await Promise.all([greeter.close(), alerts.close(), odds.close(), feeds.close()]);
    await connections.drain();
    io.engine.close();
  }

  return {
    announceAlerts: alerts.push,
    announceOdds: odds.push,
    announceFeeds: feeds.push,
    status,
    close: () => (closing ??= closeAll()),
  };
}
