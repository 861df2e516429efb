// Two nodes on one database and one tab, in one process and on one clock. What decides who hears and fetches what is
// the real thing (announcer, the hub's coalescer and readings, link, live cache, badge); only the wire, the database
// and the time are played. Uses the room hooks.
import { QueryObserver } from '@tanstack/react-query';
import { type BadgeState, badgeState } from '../../hooks/badge-state.ts';
import { createDeskLink } from '../../hooks/desk-link.ts';
import { createLiveCache } from '../../hooks/live-cache.ts';
import { liveKey } from '../../hooks/queries.ts';
import { createQueryClient } from '../../hooks/query-client.ts';
import { createLine } from './model-line.ts';
import {
  type DeskNode,
  type Frame,
  HEARTBEAT_MS,
  POLL_MS,
  type Weather,
  createStore,
  startNode,
} from './model-node.ts';

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

  const line = createLine({ weather: () => weather, balance });
  const client = createQueryClient();
  const cache = createLiveCache(client);
  const link = createDeskLink({
    socket: line.socket,
    cache,
    now: Date.now,
    onGreeted: () => undefined,
    onOddsUpdate: () => undefined,
    onFeedStatus: () => undefined,
  });
  const shown = new Map<string, () => void>();
  function show(name: string): void {
    if (shown.has(name)) return;
    const observer = new QueryObserver<Frame>(client, {
      queryKey: [...liveKey, name],
      queryFn: ({ signal }) => line.fetchFrame(signal),
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
      line.cut();
    },
    silence(): void {
      if (line.isGood()) ruffle();
      line.silence();
    },
    heal(): void {
      ruffle();
      line.heal();
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
      line.isGood() && !store.isAway() && nodes.some((node) => node.isUp()) ? calmSinceMs : null,
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
