import timers from 'node:timers';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDeskDouble } from './desk-double.ts';
import { openDeskTab } from './desk-tab.ts';

const STEP_MS = 500;
/** Turns of the event loop in which whatever a step has sent goes there and back over the loopback. */
const TURNS_PER_STEP = 6;
const MINUTE_MS = 60_000;
const HEARTBEAT_MS = 5_000;

const PLAYED = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;

const pick = (from: Readonly<Record<(typeof PLAYED)[number], unknown>>) =>
  Object.fromEntries(PLAYED.map((name) => [name, from[name]]));
const realTimers = pick(timers);

// The sockets are real and only time is played: half an hour of pings and heartbeats passes in seconds.
beforeEach(() => {
  vi.useFakeTimers({ toFake: [...PLAYED, 'Date', 'performance'] });
  // Engine.IO takes its timers from the module, where nobody else looks for them.
  Object.assign(timers, pick(globalThis));
});
afterEach(() => {
  vi.useRealTimers();
  Object.assign(timers, realTimers);
});

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    await vi.advanceTimersByTimeAsync(STEP_MS);
    for (let count = 0; count < TURNS_PER_STEP; count += 1) await turn();
  }
}

test('[G4] a tab that nobody told anything for half an hour is still connected, has fetched nothing, and shows the next alert at once', async () => {
  const desk = await startDeskDouble();
  const tab = openDeskTab(desk.url);
  let losses = 0;
  let words = 0;
  let lastWordAtMs: number | null = null;
  tab.link.subscribe(() => {
    const { connection, lastMessageAtMs } = tab.link.getSnapshot();
    if (connection.kind === 'reconnecting') losses += 1;
    if (lastMessageAtMs !== lastWordAtMs) words += 1;
    lastWordAtMs = lastMessageAtMs;
  });
  try {
    await pass(3_000);
    expect(tab.link.getSnapshot().connection.kind).toBe('live');
    const [requests, wordsBefore] = [desk.frameRequests(), words];
    await pass(30 * MINUTE_MS);
    expect({ losses, cuts: desk.cuts, requests: desk.frameRequests() - requests }).toEqual({
      losses: 0,
      cuts: [],
      requests: 0,
    });
    expect(words - wordsBefore).toBeGreaterThanOrEqual((30 * MINUTE_MS) / HEARTBEAT_MS - 1);

    desk.commit();
    await pass(2_000);
    expect(tab.settled()).toEqual(desk.watermark());
    expect(tab.counts()).toEqual(desk.counts());
  } finally {
    tab.close();
    const stopping = desk.stop();
    await pass(2_000);
    await stopping;
  }
}, 60_000);
