import type { AlertCounts, Severity } from '../contracts/alert.ts';
import { worseSeverity } from '../contracts/alert-words.ts';
import type { FeedStatusMessage, Hello, OddsUpdateMessage, RiskAlertMessage, SyncAnswer } from '../contracts/socket.ts';
import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';
import { type LiveCache, createLevelKeeper } from './level-keeper.ts';
import { createSubscribers } from './subscribers.ts';

/**
 * A connection that is away for longer than this is called offline instead of reconnecting; and one that was opened and
 * greeted by nobody is away.
 */
export const OFFLINE_AFTER_MS = 10_000;

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number }
  | { readonly kind: 'offline'; readonly sinceMs: number };

export type DeskLinkSnapshot = {
  readonly connection: ConnectionState;
  /** The last counts a message brought, with the watermark they belong to; null before the first. */
  readonly counts: { readonly value: AlertCounts; readonly at: Watermark } | null;
  /** The worst severity announced since the caches were last level; null when nothing was. */
  readonly announcedWorst: Severity | null;
  /** How far the caches have to come; null while no message has told. */
  readonly wanted: Watermark | null;
  readonly lastMessageAtMs: number | null;
};

/** What the link hears. Listeners stay until the returned undo is called. */
export type DeskSocketHandlers = {
  readonly disconnected: () => void;
  /** One attempt to connect came to nothing; others follow by themselves. */
  readonly failed: () => void;
  readonly hello: (hello: Hello) => void;
  readonly heartbeat: (watermark: Watermark) => void;
  readonly riskAlert: (message: RiskAlertMessage) => void;
  readonly oddsUpdate: (message: OddsUpdateMessage) => void;
  readonly feedStatus: (message: FeedStatusMessage) => void;
};

export type DeskSocket = {
  readonly open: (handlers: DeskSocketHandlers) => () => void;
  readonly isConnected: () => boolean;
  /** Asks where the desk stands. Rejects when no answer comes in time. */
  readonly sync: (mine: Watermark) => Promise<SyncAnswer>;
  /** Drops whatever connection there is and tries at once, without waiting for the back-off. */
  readonly reconnect: () => void;
};

export type DeskLinkDeps = {
  readonly socket: DeskSocket;
  readonly cache: LiveCache;
  readonly now: () => number;
  /** A connection is there that was not before: what was told meanwhile was told without this tab. */
  readonly onGreeted: () => void;
  readonly onOddsUpdate: (message: OddsUpdateMessage) => void;
  readonly onFeedStatus: (message: FeedStatusMessage) => void;
};

export const INITIAL_SNAPSHOT: DeskLinkSnapshot = {
  connection: { kind: 'connecting' },
  counts: null,
  announcedWorst: null,
  wanted: null,
  lastMessageAtMs: null,
};

/**
 * Keeps one tab level with the desk: messages move the watermark that is wanted, and the level keeper brings the
 * caches there. Knows neither React nor Socket.IO.
 *
 *   connecting ──hello──> live ──lost──> reconnecting ──10 s──> offline
 *        └──failed──────────┴──────────────^    └───────hello──────┴──> live
 */
export function createDeskLink(deps: DeskLinkDeps) {
  const subscribers = createSubscribers();
  let snapshot = INITIAL_SNAPSHOT;
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;
  let greetingTimer: ReturnType<typeof setTimeout> | undefined;
  let close: (() => void) | undefined;

  const keeper = createLevelKeeper({
    cache: deps.cache,
    wanted: () => snapshot.wanted,
    // The data has overtaken what was announced.
    onLevel() {
      if (snapshot.announcedWorst !== null) update({ announcedWorst: null });
    },
  });

  function update(change: Partial<DeskLinkSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    subscribers.notify();
  }

  /** Raises the wanted watermark; lower ones of the same epoch are late messages and change nothing. */
  function want(watermark: Watermark): void {
    const { epoch, seq } = watermark;
    const relation = snapshot.wanted === null ? 'behind' : compareWatermarks(snapshot.wanted, watermark);
    if (relation === 'behind' || relation === 'other_epoch') update({ wanted: { epoch, seq } });
    keeper.check();
  }

  function countsAt(value: AlertCounts, { epoch, seq }: Watermark): Partial<DeskLinkSnapshot> {
    const known = snapshot.counts;
    // Counts may also fall at a kickoff without the watermark's help, so an equal seq still replaces.
    if (known !== null && compareWatermarks(known.at, { epoch, seq }) === 'ahead') return {};
    return { counts: { value, at: { epoch, seq } } };
  }

  function heard(change: Partial<DeskLinkSnapshot> = {}): void {
    update({ ...change, lastMessageAtMs: deps.now() });
  }

  const isAway = (): boolean => snapshot.connection.kind === 'reconnecting' || snapshot.connection.kind === 'offline';

  function onHello(hello: Hello): void {
    clearTimeout(offlineTimer);
    clearTimeout(greetingTimer);
    // A line that fell silent took the fetches along.
    if (isAway()) keeper.retryFetches();
    // A hello is the whole truth of a fresh connection: a restored database may stand lower than before.
    heard({
      connection: { kind: 'live' },
      counts: { value: hello.counts, at: { epoch: hello.epoch, seq: hello.seq } },
    });
    want(hello);
  }

  async function ask(): Promise<void> {
    if (snapshot.wanted === null) return;
    const answer = await deps.socket.sync(snapshot.wanted);
    if (answer.ok) onHello(answer.hello);
  }

  /** Compares watermarks now: the page came back to sight, from the page cache, or the network returned. */
  async function check(): Promise<void> {
    if (close === undefined) return;
    if (!deps.socket.isConnected()) return deps.socket.reconnect();
    try {
      await ask();
    } catch {
      // After a sleep the socket believes in a connection that the other side gave up long ago.
      deps.socket.reconnect();
    }
  }

  function onLost(): void {
    if (isAway()) return;
    const sinceMs = snapshot.lastMessageAtMs ?? deps.now();
    update({ connection: { kind: 'reconnecting', sinceMs } });
    clearTimeout(offlineTimer);
    offlineTimer = setTimeout(() => update({ connection: { kind: 'offline', sinceMs } }), OFFLINE_AFTER_MS);
  }

  const handlers: DeskSocketHandlers = {
    disconnected: onLost,
    failed: onLost,
    hello(hello) {
      onHello(hello);
      deps.onGreeted();
    },
    heartbeat(watermark) {
      heard();
      want(watermark);
      // Called offline by a browser without a network, or by a question at its return that the desk could not answer
      // just then. What goes on speaking, as a desk on this very machine, is asked with each heartbeat where it stands;
      // not connected anew, as all desks hear the same one.
      if (isAway()) ask().catch(() => undefined);
    },
    riskAlert({ data }) {
      const announcedWorst = data.severities.reduce(worseSeverity, snapshot.announcedWorst);
      heard({ ...countsAt(data.counts, data), announcedWorst });
      want(data);
    },
    oddsUpdate(message) {
      heard();
      deps.onOddsUpdate(message);
    },
    feedStatus(message) {
      heard();
      deps.onFeedStatus(message);
    },
  };

  return {
    subscribe: subscribers.add,
    getSnapshot: (): DeskLinkSnapshot => snapshot,
    getServerSnapshot: (): DeskLinkSnapshot => INITIAL_SNAPSHOT,
    want,

    /** Refreshes with the next burst whether or not a message asked for it: after a write of this tab's own. */
    touch: keeper.touch,

    check,

    /** The browser itself says that there is no network: no need to wait for the timer. */
    networkLost(): void {
      clearTimeout(offlineTimer);
      update({ connection: { kind: 'offline', sinceMs: snapshot.lastMessageAtMs ?? deps.now() } });
    },

    /** Opens the socket. Returns its undo, after which a new start is possible. */
    start(): () => void {
      close ??= deps.socket.open(handlers);
      // A server without its database takes the connection and cannot say where the desk stands.
      clearTimeout(greetingTimer);
      greetingTimer = setTimeout(() => snapshot.connection.kind === 'connecting' && onLost(), OFFLINE_AFTER_MS);
      return () => {
        close?.();
        close = undefined;
        clearTimeout(offlineTimer);
        clearTimeout(greetingTimer);
        keeper.stop();
      };
    },
  };
}
