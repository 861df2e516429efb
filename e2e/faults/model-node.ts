// What stands behind the tab of desk-model.ts: the reference store, and a node on it. What decides who hears what is the
// real thing; the database and the wire are played. Uses the rooms server and server/hub.
import type { AlertCounts } from '../../contracts/alert.ts';
import type { Hello, RiskAlertMessage } from '../../contracts/socket.ts';
import { type Watermark, compareWatermarks } from '../../contracts/watermark.ts';
import type { DeskSocketHandlers } from '../../hooks/desk-link.ts';
import { createAnnouncer } from '../../server/announcer.ts';
import { createCoalescer } from '../../server/hub/coalesce.ts';
import { createCountsReader } from '../../server/hub/counts-reader.ts';
import { type RiskAlertChange, mergeRiskAlerts, riskAlertMessage } from '../../server/hub/risk-alert-message.ts';
import { createSharedReading } from '../../server/shared-reading.ts';

export const HEARTBEAT_MS = 5_000;
export const POLL_MS = 1_000;
export const RETRY_MS = 500;

export type Weather = {
  /** One way, on the wire between tab and node. */
  readonly wireMs: number;
  readonly databaseMs: number;
  /** From the end of COMMIT to its announcement by whoever committed. */
  readonly announceMs: number;
  readonly notifyMs: number;
};

export type Frame = Watermark & { readonly counts: AlertCounts };
type Commit = Watermark & { readonly fresh: number; readonly atMs: number };

/** What a tab's connection is to a node. */
export type Ear = { readonly say: (word: (handlers: DeskSocketHandlers) => void) => void; readonly lose: () => void };

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const countsOf = (fresh: number): AlertCounts => ({ new: fresh, acknowledged: 0, past: 0 });

/** The reference: a counter, and who knows of its moves. Nothing here is clever. */
export function createStore() {
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
export function startNode(store: Store, weather: () => Weather, onPhantom: (text: string) => void) {
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

export type DeskNode = ReturnType<typeof startNode>;

function isAhead(message: RiskAlertMessage, stored: Watermark): boolean {
  const { epoch, seq } = message.data;
  return compareWatermarks({ epoch, seq }, stored) === 'ahead';
}
