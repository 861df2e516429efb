import { type TestContext, expect, test, vi } from 'vitest';
import type { Hello } from '../../contracts/socket.ts';
import type { DeskSocketHandlers } from '../../hooks/desk-link.ts';
import { createDeskSocket } from '../../hooks/socket.ts';
import { startHub } from '../../server/hub/hub.fixture.ts';
import type { Line } from './lane.ts';
import { startTcpProxy } from './tcp-proxy.ts';

/** What comes at once does so within this, also on a machine that runs all files at the same time. */
const COMES_MS = 10_000;
/** Four seconds, the attempt itself, and what a busy machine takes. */
const LONGEST_GAP_MS = 4_800;

type Options = { readonly line?: Line; readonly hub?: Parameters<typeof startHub>[0] };

/** The browser's own socket, on a hub behind a line that a test can spoil. Ends with the test, in reverse order. */
async function setup({ onTestFinished }: TestContext, options: Options = {}) {
  const running = await startHub(options.hub);
  onTestFinished(running.stop);
  const proxy = await startTcpProxy({
    targets: [{ host: '127.0.0.1', port: running.port }],
    ...(options.line === undefined ? {} : { line: options.line }),
  });
  onTestFinished(proxy.close);
  const socket = createDeskSocket(proxy.url);
  const heard = {
    hellos: [] as Hello[],
    messages: [] as number[],
    losses: 0,
    failedAtMs: [] as number[],
    heartbeats: 0,
  };
  const handlers: DeskSocketHandlers = {
    hello: (hello) => void heard.hellos.push(hello),
    riskAlert: ({ data }) => void heard.messages.push(data.seq),
    disconnected: () => void (heard.losses += 1),
    failed: () => void heard.failedAtMs.push(performance.now()),
    heartbeat: () => void (heard.heartbeats += 1),
    oddsUpdate: () => undefined,
    feedStatus: () => undefined,
  };
  function open(): () => void {
    const undo = socket.open(handlers);
    onTestFinished(undo);
    return undo;
  }
  return { ...running, proxy, socket, heard, open };
}

test.concurrent('[UI60] the socket connects when it is opened and no sooner, and closes with the undo', async (context) => {
  const { hub, heard, open, socket } = await setup(context);
  expect(socket.isConnected()).toBe(false);
  const undo = open();
  await vi.waitUntil(() => heard.hellos.length === 1, { timeout: COMES_MS });
  expect(hub.status().sockets).toBe(1);
  undo();
  await vi.waitUntil(() => hub.status().sockets === 0, { timeout: COMES_MS });
});

test.concurrent('[UI61] after a reset the socket comes back by itself and is greeted again, three times in a row', async (context) => {
  const { proxy, heard, open, commitAlerts, desk } = await setup(context);
  open();
  for (let round = 1; round <= 3; round += 1) {
    await vi.waitUntil(() => heard.hellos.length === round, { timeout: 5_000 });
    proxy.connections().forEach((connection) => connection.reset());
    commitAlerts();
  }
  await vi.waitUntil(() => heard.hellos.length === 4, { timeout: 5_000 });
  expect(heard.hellos.at(-1)?.seq).toBe(desk.seq);
  expect(heard.losses).toBe(3);
});

test.concurrent('[UI62] on a slow line a connection asked for anew is one connection, and each message is heard once', async (context) => {
  const { hub, socket, heard, open, commitAlerts } = await setup(context, {
    line: { latencyMs: 500, bytesPerSecond: Infinity },
  });
  open();
  await vi.waitUntil(() => heard.hellos.length === 1, { timeout: 6_000 });
  socket.reconnect();
  await vi.waitUntil(() => heard.hellos.length === 2, { timeout: 6_000 });
  // Whatever else was on its way has arrived by then.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(heard.hellos).toHaveLength(2);
  expect(hub.status().sockets).toBe(1);
  commitAlerts();
  await vi.waitUntil(() => heard.messages.length > 0, { timeout: 3_000 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(heard.messages).toEqual([2]);
});

test(
  '[UI63] a desk that is sent away comes back when it was told to, not before',
  { timeout: 20_000 },
  async (context) => {
    const { hub, heard, open, proxy } = await setup(context, { hub: { limits: { drainSpreadMs: 4_000 } } });
    open();
    await vi.waitUntil(() => heard.hellos.length === 1, { timeout: COMES_MS });
    const told = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const leftMs = performance.now();
    await hub.close();
    told.mockRestore();
    await vi.waitUntil(() => heard.losses === 1, { timeout: COMES_MS });
    // Told 4,000 / 10 + 0.5 · 4,000 ms.
    await vi.waitUntil(() => proxy.connections().length > 0, { timeout: 10_000, interval: 5 });
    expect(performance.now() - leftMs).toBeGreaterThan(2_300);
    // Its moment and no later, give or take what a busy machine takes.
    expect(performance.now() - leftMs).toBeLessThan(5_000);
  },
);

test.concurrent('[UI64] a line that falls silent is given up within ten seconds, and another one is made', async (context) => {
  const { proxy, heard, open } = await setup(context);
  open();
  await vi.waitUntil(() => heard.hellos.length === 1, { timeout: COMES_MS });
  const startMs = performance.now();
  proxy.connections().forEach((connection) => connection.stall());
  await vi.waitUntil(() => heard.losses === 1, { timeout: 12_000 });
  expect(performance.now() - startMs).toBeLessThan(10_000);
  await vi.waitUntil(() => heard.hellos.length === 2, { timeout: 3_000 });
}, 20_000);

test.concurrent('[UI70] while nobody answers the next attempt never waits longer than four seconds, and the first that can succeeds', async (context) => {
  const { proxy, socket, heard, open } = await setup(context);
  proxy.admit(false);
  open();
  const { failedAtMs } = heard;
  await vi.waitUntil(() => failedAtMs.length >= 6, { timeout: 22_000 });
  const gapsMs = failedAtMs.slice(1).map((atMs, index) => atMs - (failedAtMs[index] ?? atMs));
  for (const gapMs of gapsMs) expect(gapMs).toBeLessThan(LONGEST_GAP_MS);
  proxy.admit(true);
  await vi.waitUntil(() => socket.isConnected(), { timeout: LONGEST_GAP_MS });
}, 30_000);
