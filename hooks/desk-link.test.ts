import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AlertCounts, Severity } from '../contracts/alert.ts';
import type { Watermark } from '../contracts/watermark.ts';
import { type DeskSocket, type DeskSocketHandlers, OFFLINE_AFTER_MS, createDeskLink } from './desk-link.ts';
import type { LiveCache } from './level-keeper.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const BURST_MS = 250;
const counts = (fresh: number): AlertCounts => ({ new: fresh, acknowledged: 0, past: 0 });
const at = (seq: number, epoch = 'one'): Watermark => ({ epoch, seq });

/** A desk server whose answers carry `stored`, each fetch taking `fetchMs` and reading when it starts. */
function setup(options: { readonly shown?: Watermark | null; readonly fetchMs?: number } = {}) {
  let handlers: DeskSocketHandlers | undefined;
  let shown = options.shown === undefined ? at(1) : options.shown;
  let stored = at(1);
  let isBroken = false;
  let connected = true;
  const closed = vi.fn<() => void>();
  const socket = {
    open: vi.fn<DeskSocket['open']>((given) => {
      handlers = given;
      return closed;
    }),
    isConnected: () => connected,
    sync: vi.fn<DeskSocket['sync']>(),
    reconnect: vi.fn<DeskSocket['reconnect']>(),
  } satisfies DeskSocket;
  async function fetchAll(): Promise<void> {
    const read = stored;
    await new Promise((resolve) => setTimeout(resolve, options.fetchMs ?? 10));
    if (!isBroken) shown = read;
  }
  const cache = {
    level: () => shown,
    isBroken: () => isBroken,
    refresh: vi.fn<() => Promise<void>>(fetchAll),
    abandon: vi.fn<() => boolean>(() => false),
    drop: vi.fn<() => Promise<void>>(fetchAll),
  } satisfies LiveCache;
  const link = createDeskLink({
    socket,
    cache,
    now: () => Date.now(),
    onGreeted: () => {},
    onOddsUpdate: () => {},
    onFeedStatus: () => {},
  });
  const stop = link.start();
  const heard = (): DeskSocketHandlers => {
    if (handlers === undefined) throw new Error('expected an open socket');
    return handlers;
  };
  const announce = (seq: number, fresh: number, severities: Severity[] = ['warning'], epoch = 'one'): void => {
    stored = at(seq, epoch);
    heard().riskAlert({
      type: 'risk_alert',
      timestamp: new Date().toISOString(),
      data: { alert_count: 1, event_ids: [], severities, epoch, seq, counts: counts(fresh) },
    });
  };
  return {
    link,
    cache,
    socket,
    stop,
    closed,
    heard,
    announce,
    hello: (seq: number, fresh: number, epoch = 'one') =>
      heard().hello({ epoch, seq, topics: ['risk_alerts'], counts: counts(fresh) }),
    store: (watermark: Watermark) => void (stored = watermark),
    show: (watermark: Watermark | null) => void (shown = watermark),
    shown: () => shown,
    breakApi: (broken: boolean) => void (isBroken = broken),
    disconnect: () => {
      connected = false;
      heard().disconnected();
    },
  };
}

test('[UI2] a hello that says nothing new makes the desk live and fetches nothing', async () => {
  const { link, hello, cache } = setup();
  expect(link.getSnapshot().connection.kind).toBe('connecting');
  hello(1, 7);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(link.getSnapshot()).toMatchObject({ connection: { kind: 'live' }, counts: { value: counts(7) } });
  expect(cache.refresh).not.toHaveBeenCalled();
});

test('[UI3] a message sets the counts at once and a burst of messages refetches once', async () => {
  const { link, hello, announce, cache, shown } = setup();
  hello(1, 0);
  for (let seq = 2; seq <= 9; seq++) announce(seq, seq);
  expect(link.getSnapshot().counts?.value).toEqual(counts(9));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(cache.refresh).toHaveBeenCalledTimes(1);
  expect(shown()).toEqual(at(9));
});

test('[UI4] a heartbeat ahead of the data refetches; one that is level or behind does not', async () => {
  const { hello, heard, store, cache } = setup();
  hello(1, 0);
  heard().heartbeat(at(1));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(cache.refresh).not.toHaveBeenCalled();
  store(at(4));
  heard().heartbeat(at(4));
  await vi.advanceTimersByTimeAsync(1_000);
  heard().heartbeat(at(3));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(cache.refresh).toHaveBeenCalledTimes(1);
});

test('[UI5] a first fetch that read before the message is made good once it settles', async () => {
  const { hello, announce, cache, show, shown } = setup({ shown: null });
  hello(1, 0);
  announce(2, 1);
  cache.refresh.mockImplementationOnce(async () => {
    // The query's first fetch was under way: the refresh joins it and it brings what it had read.
    await new Promise((resolve) => setTimeout(resolve, 50));
    show(at(1));
  });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(cache.refresh).toHaveBeenCalledTimes(2);
  expect(shown()).toEqual(at(2));
});

test('[UI6] messages faster than the fetch neither starve it nor pile up fetches', async () => {
  const { hello, announce, cache, shown } = setup({ fetchMs: 900 });
  hello(1, 0);
  for (let seq = 2; seq <= 61; seq++) {
    announce(seq, seq);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(shown()?.seq).toBeGreaterThan(30);
  expect(cache.refresh.mock.calls.length).toBeLessThanOrEqual(6);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(shown()).toEqual(at(61));
});

test('[UI7] an API that stays behind is asked twice, then again with the next heartbeat', async () => {
  const { hello, announce, heard, store, cache, shown } = setup();
  hello(1, 0);
  announce(2, 1);
  store(at(1));
  await vi.advanceTimersByTimeAsync(4_000);
  expect(cache.refresh).toHaveBeenCalledTimes(2);
  store(at(2));
  heard().heartbeat(at(2));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(cache.refresh).toHaveBeenCalledTimes(3);
  expect(shown()).toEqual(at(2));
});

test('[UI7] what failed is asked for again with a heartbeat although nothing moved', async () => {
  const { hello, heard, breakApi, cache } = setup();
  hello(1, 0);
  breakApi(true);
  heard().heartbeat(at(1));
  await vi.advanceTimersByTimeAsync(1_000);
  breakApi(false);
  heard().heartbeat(at(1));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(cache.refresh).toHaveBeenCalledTimes(1);
});

test('[UI8] another epoch drops the caches instead of refreshing them, also when its seq is lower', async () => {
  const { link, hello, store, cache, shown } = setup({ shown: at(900) });
  hello(900, 5);
  store(at(3, 'two'));
  hello(3, 1, 'two');
  await vi.advanceTimersByTimeAsync(BURST_MS + 20);
  expect(cache.drop).toHaveBeenCalledTimes(1);
  expect(cache.refresh).not.toHaveBeenCalled();
  expect(shown()).toEqual(at(3, 'two'));
  expect(link.getSnapshot().counts?.value).toEqual(counts(1));
});

test('[UI9] a late message of a lower seq changes neither the counts nor the wanted watermark', () => {
  const { link, hello, announce } = setup();
  hello(8, 8);
  announce(5, 5);
  expect(link.getSnapshot()).toMatchObject({ counts: { value: counts(8) }, wanted: at(8) });
});

test('[UI10] a lost connection is reconnecting at once, offline after ten seconds, live with the next hello', async () => {
  const { link, hello, disconnect, store, cache } = setup();
  hello(1, 3);
  disconnect();
  expect(link.getSnapshot().connection.kind).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(OFFLINE_AFTER_MS);
  expect(link.getSnapshot().connection.kind).toBe('offline');
  store(at(6));
  hello(6, 4);
  expect(link.getSnapshot().connection.kind).toBe('live');
  await vi.advanceTimersByTimeAsync(OFFLINE_AFTER_MS);
  expect(cache.refresh).toHaveBeenCalledTimes(1);
  expect(link.getSnapshot().connection.kind).toBe('live');
});

test('[UI10] a connection that nobody greets is away too, and live with the first greeting', async () => {
  const { link, hello } = setup();
  await vi.advanceTimersByTimeAsync(OFFLINE_AFTER_MS);
  expect(link.getSnapshot().connection.kind).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(OFFLINE_AFTER_MS);
  expect(link.getSnapshot().connection.kind).toBe('offline');
  hello(1, 3);
  expect(link.getSnapshot().connection.kind).toBe('live');
});

test('[UI11] a page that comes back asks where the desk stands, and reconnects when nobody answers', async () => {
  const { link, hello, socket, store, shown } = setup();
  hello(1, 0);
  store(at(2));
  socket.sync.mockResolvedValueOnce({
    ok: true,
    behind: true,
    hello: { ...at(2), topics: ['risk_alerts'], counts: counts(1) },
  });
  await link.check();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown()).toEqual(at(2));
  socket.sync.mockRejectedValueOnce(new Error('operation has timed out'));
  await link.check();
  expect(socket.reconnect).toHaveBeenCalledTimes(1);
});

test('[UI11] a page that comes back without a connection tries at once', async () => {
  const { link, hello, disconnect, socket } = setup();
  hello(1, 0);
  disconnect();
  await link.check();
  expect(socket.sync).not.toHaveBeenCalled();
  expect(socket.reconnect).toHaveBeenCalledTimes(1);
});

test('[FLT231] a desk that goes on speaking to a browser without a network is live again with its next heartbeat', async () => {
  const { link, hello, heard, socket } = setup();
  hello(1, 3);
  link.networkLost();
  expect(link.getSnapshot().connection.kind).toBe('offline');
  const away = { code: 'database_unavailable', message: 'ask again' };
  socket.sync.mockResolvedValueOnce({ ok: false, error: away });
  await link.check();
  expect(link.getSnapshot().connection.kind).toBe('offline');

  const standing = { ...at(1), topics: ['risk_alerts' as const], counts: counts(4) };
  socket.sync.mockResolvedValueOnce({ ok: true, behind: false, hello: standing });
  heard().heartbeat(at(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(link.getSnapshot()).toMatchObject({ connection: { kind: 'live' }, counts: { value: counts(4) } });
  heard().heartbeat(at(1));
  expect(socket.sync).toHaveBeenCalledTimes(2);
});

test('[UI12] the worst announced severity is kept until the data has caught up', async () => {
  const { link, hello, announce } = setup();
  hello(1, 0);
  announce(2, 1, ['critical']);
  announce(3, 2, ['warning']);
  expect(link.getSnapshot().announcedWorst).toBe('critical');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(link.getSnapshot().announcedWorst).toBeNull();
});

test('[UI12] a message that the data has overtaken announces no severity', async () => {
  const { link, hello, announce, show } = setup();
  hello(1, 0);
  show(at(2));
  announce(2, 1, ['critical']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(link.getSnapshot()).toMatchObject({ announcedWorst: null, counts: { value: counts(1) } });
});

test('[UI13] stopping closes the socket and leaves no timer behind; starting again opens it again', async () => {
  const { link, hello, announce, disconnect, stop, closed, socket } = setup();
  hello(1, 0);
  announce(2, 1);
  disconnect();
  stop();
  expect(closed).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
  link.start();
  expect(socket.open).toHaveBeenCalledTimes(2);
});
