// Two nodes on one database and one tab, in one process and on one clock. What decides who hears and fetches what is
// the real thing (announcer, the hub's coalescer and readings, link, live cache, badge); only the wire, the database
// and the time are played. Uses the rooms server, server/hub and hooks.
import { QueryObserver } from '@tanstack/react-query';
import type { AlertCounts } from '../../contracts/alert.ts';
import type { Hello, RiskAlertMessage } from '../../contracts/socket.ts';
import { type Watermark, compareWatermarks } from '../../contracts/watermark.ts';
import { type BadgeState, badgeState } from '../../hooks/badge-state.ts';
import { type DeskSocket, type DeskSocketHandlers, createDeskLink } from '../../hooks/desk-link.ts';
import { createLiveCache } from '../../hooks/live-cache.ts';
import { liveKey } from '../../hooks/queries.ts';
import { createQueryClient } from '../../hooks/query-client.ts';
import { createAnnouncer } from '../../server/announcer.ts';
import { createCoalescer } from '../../server/hub/coalesce.ts';
import { createCountsReader } from '../../server/hub/counts-reader.ts';
import { type RiskAlertChange, mergeRiskAlerts, riskAlertMessage } from '../../server/hub/risk-alert-message.ts';
import { createSharedReading } from '../../server/shared-reading.ts';

const HEARTBEAT_MS = 5_000;
const POLL_MS = 1_000;
const RETRY_MS = 500;
const REQUEST_TIMEOUT_MS = 10_000;
/** After this long without a word of the server a tab gives its connection up. */
const SILENCE_MS = 9_000;

export type Weather = {
  /** One way, on the wire between tab and node. */
  readonly wireMs: number;
  readonly databaseMs: number;
  /** From the end of COMMIT to its announcement by whoever committed. */
  readonly announceMs: number;
  readonly notifyMs: number;
};

type Frame = Watermark & { readonly counts: AlertCounts };
type Commit = Watermark & { readonly fresh: number; readonly atMs: number };

/** What a tab's connection is to a node. */
type Ear = { readonly say: (word: (handlers: DeskSocketHandlers) => void) => void; readonly lose: () => void };

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const countsOf = (fresh: number): AlertCounts => ({ new: fresh, acknowledged: 0, past: 0 });

/** The reference: a counter, and who knows of its moves. Nothing here is clever. */
function createStore() {
  let epoch = 'life 1';
  let seq = 0;
  let fresh = 0;
  let isAway = false;
  const commits: Commit[] = [{ epoch, seq, fresh, atMs: Date.now() }];
  const note = (): void => void commits.push({ epoch, seq, fresh, atMs: Date.now() });
  return {
    watermark: (): Watermark => ({ epoch, seq }),
    frame: (): Frame => ({ epoch, seq, counts: countsOf(fresh) }),
    isAway: () => isAway,
    setAway: (next: boolean) => void (isAway = next),
    commit(alerts: number): number {
      const fromSeq = seq;
      seq += alerts;
      fresh += alerts;
      note();
      return fromSeq;
    },
    /** Another life of the database, that stands anywhere. */
    restore(seqThen: number): void {
      epoch = `life ${commits.length + 1}`;
      seq = seqThen;
      fresh = seqThen;
      note();
    },
    /** The last commit at or before a moment, and all after it: whatever a screen may show that is as old at most. */
    since(atMs: number): readonly [Commit, ...Commit[]] {
      const index = commits.findLastIndex((commit) => commit.atMs <= atMs);
      return commits.slice(Math.max(index, 0)) as [Commit, ...Commit[]];
    },
  };
}

type Store = ReturnType<typeof createStore>;

/** One node, wired as server/index.ts and the hub wire theirs. */
function startNode(store: Store, weather: () => Weather, onPhantom: (text: string) => void) {
  const ears = new Set<Ear>();
  let isUp = true;

  async function ask<Answer>(answer: () => Answer): Promise<Answer> {
    await sleep(weather().databaseMs / 2);
    if (store.isAway() || !isUp) throw new Error('database is away');
    const read = answer();
    await sleep(weather().databaseMs / 2);
    if (store.isAway() || !isUp) throw new Error('database is away');
    return read;
  }

  const announcer = createAnnouncer({
    initial: store.watermark(),
    announce: (change) => alerts.push(change),
    changedBetween: (from, to) => ask(() => ({ alertCount: to - from, eventIds: [], severities: ['warning'] })),
    onOthers: () => undefined,
    onError: () => undefined,
  });
  const reader = createCountsReader({
    watermark: announcer.watermark,
    counts: () => ask(() => store.frame().counts),
    timeoutMs: 2_000,
  });
  const alerts = createCoalescer<RiskAlertChange>({
    merge: mergeRiskAlerts,
    send: async (change) => {
      if (ears.size === 0) return;
      const { counts } = await reader.read();
      const message = riskAlertMessage({ change, counts, nowMs: Date.now() });
      if (isAhead(message, store.watermark())) onPhantom(`told of seq ${message.data.seq} at ${store.watermark().seq}`);
      for (const ear of ears) ear.say((handlers) => handlers.riskAlert(message));
    },
    minGapMs: 100,
    retryMs: RETRY_MS,
  });
  const frame = createSharedReading({
    read: () => ask(store.frame),
    watermark: announcer.watermark,
    validUntilMs: () => Infinity,
    maxAgeMs: 500,
    now: Date.now,
  });

  async function greet(ear: Ear): Promise<void> {
    while (ears.has(ear)) {
      try {
        const { watermark, counts } = await reader.read();
        const hello: Hello = { ...watermark, topics: ['risk_alerts'], counts };
        if (ears.has(ear)) ear.say((handlers) => handlers.hello(hello));
        return;
      } catch {
        await sleep(RETRY_MS);
      }
    }
  }

  const timers = [
    setInterval(() => {
      const watermark = announcer.watermark();
      for (const ear of ears) ear.say((handlers) => handlers.heartbeat(watermark));
    }, HEARTBEAT_MS),
    setInterval(() => void ask(store.watermark).then(announcer.heard, () => undefined), POLL_MS),
  ];

  return {
    isUp: () => isUp,
    frame,
    join(ear: Ear): void {
      ears.add(ear);
      void greet(ear);
    },
    leave: (ear: Ear): void => void ears.delete(ear),
    sync: reader.read,
    heard: (watermark: Watermark): void => {
      if (isUp) announcer.heard(watermark);
    },
    /** What this node announces of its own commit, unless it dies before. */
    async committed(fromSeq: number, watermark: Watermark): Promise<void> {
      await sleep(weather().announceMs);
      if (!isUp) return;
      announcer.committed({
        fromSeq,
        watermark,
        alertCount: watermark.seq - fromSeq,
        eventIds: [],
        severities: ['warning'],
      });
    },
    crash(): void {
      isUp = false;
      for (const timer of timers) clearInterval(timer);
      const lost = [...ears];
      ears.clear();
      for (const ear of lost) ear.lose();
      void alerts.close(); // nobody listens any more, so nothing is sent
    },
  };
}

type DeskNode = ReturnType<typeof startNode>;

function isAhead(message: RiskAlertMessage, stored: Watermark): boolean {
  const { epoch, seq } = message.data;
  return compareWatermarks({ epoch, seq }, stored) === 'ahead';
}

/** A world that stands at its beginning: both nodes up, the tab connecting. All its time is the process's clock. */
export function createDeskModel() {
  let weather: Weather = { wireMs: 10, databaseMs: 4, announceMs: 1, notifyMs: 1 };
  const store = createStore();
  const phantoms: string[] = [];
  const boot = (): DeskNode =>
    startNode(
      store,
      () => weather,
      (text) => phantoms.push(text),
    );
  const nodes: [DeskNode, DeskNode] = [boot(), boot()];
  let notifies = true;
  let turn = 0;
  /** Whether the tab's packets arrive: all, none and it is said, none and it is not said. */
  let line: 'good' | 'cut' | 'silent' = 'good';
  /** Connections of before the last cut or silence are gone for good. */
  let generation = 0;
  let calmSinceMs = Date.now();
  let heartbeatDueMs = 0;

  const ruffle = (): void => void (calmSinceMs = Math.max(calmSinceMs, Date.now()));

  function balance(): DeskNode | undefined {
    turn += 1;
    return [nodes[turn % 2], nodes[(turn + 1) % 2]].find((node) => node?.isUp() === true);
  }

  async function commit(index: 0 | 1, alerts: number): Promise<void> {
    const node = nodes[index];
    if (!node.isUp() || store.isAway()) return;
    const fromSeq = store.commit(alerts);
    const watermark = store.watermark();
    const announced = node.committed(fromSeq, watermark);
    if (notifies) for (const each of nodes) setTimeout(() => each.heard(watermark), weather.notifyMs);
    await announced;
  }

  const { socket, loseConnection } = playSocket();

  function playSocket() {
    let handlers: DeskSocketHandlers | undefined;
    let node: DeskNode | undefined;
    let ear: Ear | undefined;
    let retry: NodeJS.Timeout | undefined;
    let lastArrivalMs = 0;

    function tryAgain(ms: number): void {
      clearTimeout(retry);
      retry = setTimeout(connect, ms);
    }

    function connect(): void {
      const begun = generation;
      clearTimeout(retry);
      retry = setTimeout(() => {
        const next = line === 'good' && begun === generation ? balance() : undefined;
        if (next === undefined) {
          handlers?.failed();
          tryAgain(RETRY_MS);
          return;
        }
        node = next;
        ear = makeEar(generation);
        next.join(ear);
      }, 2 * weather.wireMs);
    }

    function makeEar(madeIn: number): Ear {
      const own: Ear = {
        say(word) {
          // In order, as TCP has it, also when the wire gets faster.
          const arrivalMs = Math.max(lastArrivalMs, Date.now() + weather.wireMs);
          lastArrivalMs = arrivalMs;
          setTimeout(() => {
            if (ear === own && madeIn === generation && handlers !== undefined) word(handlers);
          }, arrivalMs - Date.now());
        },
        lose: () => {
          if (ear === own) lose();
        },
      };
      return own;
    }

    function lose(): void {
      if (ear !== undefined) node?.leave(ear);
      ear = undefined;
      node = undefined;
      handlers?.disconnected();
      tryAgain(RETRY_MS);
    }

    const played: DeskSocket = {
      open(given) {
        handlers = given;
        connect();
        return () => {
          clearTimeout(retry);
          if (ear !== undefined) node?.leave(ear);
          ear = undefined;
          handlers = undefined;
        };
      },
      isConnected: () => ear !== undefined,
      async sync() {
        const begun = generation;
        const asked = node;
        await sleep(weather.wireMs);
        if (asked === undefined || line !== 'good') throw await sleep(3_000).then(() => new Error('no answer in time'));
        const { watermark, counts } = await asked.sync();
        await sleep(weather.wireMs);
        if (begun !== generation || asked !== node) throw new Error('the connection broke');
        return { ok: true, behind: false, hello: { ...watermark, counts, topics: ['risk_alerts'] } };
      },
      reconnect() {
        if (ear !== undefined) node?.leave(ear);
        ear = undefined;
        node = undefined;
        handlers?.disconnected();
        connect();
      },
    };
    return { socket: played, loseConnection: lose };
  }

  async function fetchFrame(signal: AbortSignal): Promise<Frame> {
    const begun = generation;
    const overdue = Promise.withResolvers<never>();
    const timer = setTimeout(() => overdue.reject(new Error('timeout')), REQUEST_TIMEOUT_MS);
    signal.addEventListener('abort', () => overdue.reject(new Error('aborted')));
    const broke = async (): Promise<void> => {
      if (begun === generation && line === 'good') return;
      // On a cut line the other end's reset arrives; on a silent one nothing ever does.
      if (line === 'silent') await overdue.promise;
      throw new Error('the connection broke');
    };
    async function answer(): Promise<Frame> {
      await sleep(weather.wireMs);
      await broke();
      const node = balance();
      if (node === undefined) throw new Error('nobody answers');
      const read = await node.frame();
      await sleep(weather.wireMs);
      await broke();
      return read;
    }
    try {
      return await Promise.race([answer(), overdue.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  const client = createQueryClient();
  const cache = createLiveCache(client);
  const link = createDeskLink({
    socket,
    cache,
    now: Date.now,
    onOddsUpdate: () => undefined,
    onFeedStatus: () => undefined,
  });
  const shown = new Map<string, () => void>();
  function show(name: string): void {
    if (shown.has(name)) return;
    const observer = new QueryObserver<Frame>(client, {
      queryKey: [...liveKey, name],
      queryFn: ({ signal }) => fetchFrame(signal),
      staleTime: 60_000,
    });
    shown.set(
      name,
      observer.subscribe(() => undefined),
    );
  }
  show('frame');
  const stopLink = link.start();
  let liveSinceMs: number | null = null;
  link.subscribe(() => {
    if (link.getSnapshot().connection.kind !== 'live') liveSinceMs = null;
    else liveSinceMs ??= Date.now();
  });

  return {
    store,
    phantoms,
    link,
    setWeather(next: Weather): void {
      ruffle();
      weather = next;
    },
    /** What one step of a fetch or a message takes. */
    stepMs: (): number => weather.wireMs + weather.databaseMs,
    setNotifies: (next: boolean) => void (notifies = next),
    commit: (index: 0 | 1, alerts: number): void => void commit(index, alerts),
    crash(index: 0 | 1): void {
      if (!nodes[index].isUp()) return;
      ruffle();
      nodes[index].crash();
    },
    restart(index: 0 | 1): void {
      // A node that cannot read its watermark does not start.
      if (nodes[index].isUp() || store.isAway()) return;
      ruffle();
      nodes[index] = boot();
    },
    setAway(away: boolean): void {
      ruffle();
      // What was asked for in vain is asked for again with the next heartbeat.
      heartbeatDueMs = Date.now() + HEARTBEAT_MS;
      store.setAway(away);
    },
    restore(seq: number): void {
      store.restore(seq);
      // What was committed in the old life may still be on its way, and is believed until the next poll.
      calmSinceMs = Date.now() + 2 * POLL_MS;
    },
    cut(): void {
      ruffle();
      line = 'cut';
      generation += 1;
      if (socket.isConnected()) loseConnection();
    },
    silence(): void {
      if (line !== 'good') return;
      ruffle();
      line = 'silent';
      generation += 1;
      const silenced = generation;
      setTimeout(() => {
        if (silenced === generation && socket.isConnected()) loseConnection();
      }, SILENCE_MS);
    },
    heal(): void {
      ruffle();
      // What was in flight on a silent line stays lost: its connections are dead, whatever the line does now.
      if (line === 'silent' && socket.isConnected()) loseConnection();
      line = 'good';
    },
    show(name: string): void {
      // What is opened again shows its old data until its own refetch has come.
      ruffle();
      show(name);
    },
    hide(name: string): void {
      shown.get(name)?.();
      shown.delete(name);
    },
    check: (): void => void link.check(),

    /** Since when the tab could reach a node that can read its database. Null while it cannot. */
    calmSinceMs: (): number | null =>
      line === 'good' && !store.isAway() && nodes.some((node) => node.isUp()) ? calmSinceMs : null,
    /** Since when a connected tab had all it needs without waiting for a heartbeat; null while it is not connected. */
    liveSinceMs: (): number | null =>
      liveSinceMs === null ? null : Math.max(liveSinceMs, calmSinceMs, heartbeatDueMs),
    level: () => cache.level(store.watermark().epoch),
    isFetching: () => client.isFetching() > 0,
    isBroken: cache.isBroken,
    badge: (): BadgeState => {
      const frame = client.getQueryData<Frame>([...liveKey, 'frame']);
      return badgeState(link.getSnapshot(), frame && { ...frame, worstNew: null });
    },
    upNodes: () => nodes.filter((node) => node.isUp()).length,
    stop(): void {
      stopLink();
      for (const hide of shown.values()) hide();
      for (const node of nodes) if (node.isUp()) node.crash();
      client.clear();
    },
  };
}

export type DeskModel = ReturnType<typeof createDeskModel>;
