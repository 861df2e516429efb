import type { AlertCounts, Severity } from '../contracts/alert.ts';
import { severityRank } from '../contracts/alert-words.ts';
import type { FeedStatusMessage, Hello, OddsUpdateMessage, RiskAlertMessage, SyncAnswer } from '../contracts/socket.ts';
import { type Watermark, compareWatermarks } from '../contracts/watermark.ts';
import { createCoalescer } from './coalescer.ts';
import { createSubscribers } from './subscribers.ts';

export const REFRESH_TRAILING_MS = 250;
export const REFRESH_MAX_WAIT_MS = 1_000;
/**
 * A connection that is away for longer than this is called offline instead of reconnecting; and one that was opened and
 * greeted by nobody is away.
 */
export const OFFLINE_AFTER_MS = 10_000;
/** Refreshes in a row that may bring nothing newer before the next heartbeat is waited for. */
const MAX_FRUITLESS_REFRESHES = 2;

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

/** The data that has to stay level with the watermark. */
export type LiveCache = {
  /**
   * The oldest watermark among the data on screen; null when there is none yet. Where `epoch` is the life of the
   * database that goes on, data of any other is older.
   */
  readonly level: (epoch?: string) => Watermark | null;
  /** Whether the last fetch of anything on screen failed. */
  readonly isBroken: () => boolean;
  /** Fetches what is on screen again. Resolves when every fetch has settled, failed ones included. */
  readonly refresh: () => Promise<void>;
  /** Gives up the fetches of what is on screen that are under way; false when there were none. */
  readonly abandon: () => boolean;
  /** Throws everything away and fetches what is on screen: the data belongs to another life of the database. */
  readonly drop: () => Promise<void>;
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

const worse = (a: Severity | null, b: Severity | null): Severity | null => {
  if (a === null || b === null) return a ?? b;
  return severityRank(a) >= severityRank(b) ? a : b;
};

/**
 * Keeps one tab level with the desk. Messages move the watermark that is wanted; the caches are refreshed once
 * per burst and again as long as they are behind and still gaining. Knows neither React nor Socket.IO.
 *
 *   connecting ──hello──> live ──lost──> reconnecting ──10 s──> offline
 *        └──failed──────────┴──────────────^    └───────hello──────┴──> live
 */
export function createDeskLink(deps: DeskLinkDeps) {
  const subscribers = createSubscribers();
  let snapshot = INITIAL_SNAPSHOT;
  let offlineTimer: ReturnType<typeof setTimeout> | undefined;
  let greetingTimer: ReturnType<typeof setTimeout> | undefined;
  let refreshing = false;
  let touchedMeanwhile = false;
  let fruitless = 0;
  let close: (() => void) | undefined;

  const coalescer = createCoalescer({
    trailingMs: REFRESH_TRAILING_MS,
    maxWaitMs: REFRESH_MAX_WAIT_MS,
    run: () => void refresh(), // a failing fetch surfaces in its own query
  });

  function update(change: Partial<DeskLinkSnapshot>): void {
    snapshot = { ...snapshot, ...change };
    subscribers.notify();
  }

  const readLevel = (): Watermark | null => deps.cache.level(snapshot.wanted?.epoch);

  function isBehind(): boolean {
    const level = readLevel();
    if (level === null || snapshot.wanted === null) return false;
    const relation = compareWatermarks(level, snapshot.wanted);
    return relation === 'behind' || relation === 'other_epoch';
  }

  function settle(before: Watermark | null): void {
    const level = readLevel();
    const gained = level !== null && (before === null || compareWatermarks(before, level) !== 'same');
    fruitless = gained ? 0 : fruitless + 1;
    if (!isBehind()) {
      fruitless = 0;
      if (snapshot.announcedWorst !== null) update({ announcedWorst: null });
      if (touchedMeanwhile) coalescer.touch();
      return;
    }
    // An invalidation during a query's first fetch is lost, and a fetch that was already under way may have read
    // just before the commit: both show here. When nothing newer comes the API itself is behind or away; then the
    // next heartbeat tries again, so that a broken server is not hammered four times a second.
    if (touchedMeanwhile || fruitless < MAX_FRUITLESS_REFRESHES) coalescer.touch();
  }

  async function refresh(): Promise<void> {
    // One refresh at a time: cancelling the running one for each new message would let a stream that is
    // faster than the fetch starve the screen.
    if (refreshing) {
      touchedMeanwhile = true;
      return;
    }
    refreshing = true;
    touchedMeanwhile = false;
    const before = readLevel();
    const isOtherLife = before !== null && snapshot.wanted !== null && before.epoch !== snapshot.wanted.epoch;
    try {
      await (isOtherLife ? deps.cache.drop() : deps.cache.refresh());
    } finally {
      refreshing = false;
      settle(before);
    }
  }

  /** Raises the wanted watermark; lower ones of the same epoch are late messages and change nothing. */
  function want(watermark: Watermark): void {
    const { epoch, seq } = watermark;
    const relation = snapshot.wanted === null ? 'behind' : compareWatermarks(snapshot.wanted, watermark);
    if (relation === 'behind' || relation === 'other_epoch') update({ wanted: { epoch, seq } });
    // Without a level a first fetch may be under way that read before this watermark. What failed is asked for again
    // with every heartbeat: a quiet desk would otherwise show its last error until the next alert.
    if (readLevel() === null || deps.cache.isBroken() || isBehind()) {
      fruitless = 0;
      coalescer.touch();
      return;
    }
    // The data has overtaken what was announced, and no refresh would follow to forget it.
    if (snapshot.announcedWorst !== null) update({ announcedWorst: null });
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
    // A line that fell silent took the fetches along: nothing would tell that they are lost but their timeout.
    if (isAway() && deps.cache.abandon()) coalescer.touch();
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
      const announced = data.severities.reduce<Severity | null>((worst, severity) => worse(worst, severity), null);
      heard({ ...countsAt(data.counts, data), announcedWorst: worse(snapshot.announcedWorst, announced) });
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
    touch: (): void => coalescer.touch(),

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
        coalescer.stop();
      };
    },
  };
}
