import { type TestContext, expect, test, vi } from 'vitest';
import { startDeskDouble } from './desk-double.ts';
import { openDeskTab } from './desk-tab.ts';
import { startTcpProxy } from './tcp-proxy.ts';

/** What comes at once does so within this, also on a machine that runs all files at the same time. */
const COMES_MS = 10_000;

/** A tab on a desk behind a line that a test can spoil. Ends with the test, in reverse order. */
async function setup({ onTestFinished }: TestContext) {
  const desk = await startDeskDouble();
  onTestFinished(desk.stop);
  const targets = [{ host: '127.0.0.1', port: desk.port }];
  const [sockets, api] = await Promise.all([startTcpProxy({ targets }), startTcpProxy({ targets })]);
  onTestFinished(sockets.close);
  onTestFinished(api.close);
  const tab = openDeskTab(sockets.url, { apiUrl: api.url });
  onTestFinished(tab.close);
  await tab.levelWith(desk.watermark(), 5_000);
  await vi.waitUntil(() => tab.counts() !== null, { timeout: COMES_MS });
  return { desk, sockets, api, tab };
}

test.concurrent('[UI65] a tab whose every connection fell silent is level within three seconds of its reconnect', async (context) => {
  const { desk, sockets, api, tab } = await setup(context);
  desk.commit();
  // The refetch that this commit asks for is under way, or about to be, on a line that is dead.
  await vi.waitUntil(() => tab.counts()?.new === desk.watermark().seq, { timeout: COMES_MS });
  for (const proxy of [sockets, api]) proxy.connections().forEach((connection) => connection.stall());
  desk.commit();
  await vi.waitUntil(() => tab.link.getSnapshot().connection.kind !== 'live', { timeout: 12_000 });
  await vi.waitUntil(() => tab.link.getSnapshot().connection.kind === 'live', { timeout: 5_000 });
  const liveAtMs = performance.now();
  const levelAtMs = await tab.levelWith(desk.watermark(), 3_000);
  expect(levelAtMs - liveAtMs).toBeLessThan(3_000);
}, 30_000);

test.concurrent('[UI66] an answer that never comes is given up after ten seconds and asked for again, though the socket lives', async (context) => {
  const { desk, api, tab } = await setup(context);
  api.connections().forEach((connection) => connection.stall());
  desk.commit();
  const startMs = performance.now();
  const levelAtMs = await tab.levelWith(desk.watermark(), 16_000);
  expect(levelAtMs - startMs).toBeLessThan(13_000);
  expect(tab.link.getSnapshot().connection.kind).toBe('live');
}, 30_000);

test.concurrent('[UI67] what was committed while a tab was away is on its screen after it came back, though it heard nothing before', async (context) => {
  const { desk, sockets, tab } = await setup(context);
  for (let round = 0; round < 3; round += 1) {
    sockets.connections().forEach((connection) => connection.reset());
    await vi.waitUntil(() => tab.link.getSnapshot().connection.kind !== 'live', { timeout: COMES_MS });
    desk.commitSilently();
    await tab.levelWith(desk.watermark(), 5_000);
  }
  expect(tab.counts()).toEqual(desk.counts());
}, 30_000);

test.concurrent('[UI68] a tab that missed nothing while it was away fetches nothing when it comes back', async (context) => {
  const { desk, sockets, tab } = await setup(context);
  const before = desk.frameRequests();
  for (let round = 0; round < 3; round += 1) {
    sockets.connections().forEach((connection) => connection.reset());
    await vi.waitUntil(() => tab.link.getSnapshot().connection.kind !== 'live', { timeout: COMES_MS });
    await vi.waitUntil(() => tab.link.getSnapshot().connection.kind === 'live', { timeout: 5_000 });
  }
  // Longer than a burst waits at most.
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(desk.frameRequests()).toBe(before);
}, 30_000);

test.concurrent('[UI69] a commit that nobody was told of is on the screen with the next heartbeat', async (context) => {
  const { desk, tab } = await setup(context);
  desk.commitSilently();
  await tab.levelWith(desk.watermark(), 6_500);
  expect(tab.counts()).not.toBeNull();
}, 30_000);
