import { expect, test } from 'playwright/test';
import { runJitter } from './jitter.ts';
import { runRestartStorm } from './restart-storm.ts';

// A fitting part of what `npm run soak` runs with a thousand and two thousand tabs.

test('[G4] tabs whose connections are cut every few seconds show every commit, and are level within six seconds of each reconnect', async () => {
  const figures = await runJitter({
    tabs: 40,
    durationMs: 12_000,
    cutEveryMs: 6_000,
    commitEveryMs: 500,
    silentShare: 0.05,
  });
  console.log(`jitter: ${JSON.stringify(figures)}`);
  expect(figures.deliveredPercent).toBe(100);
  expect(figures.reconnects).toBeGreaterThan(10);
  expect(figures.levelAfterReconnectMs.max).toBeLessThanOrEqual(6_000);
});

test('[G4] after a restart every tab is back and level, its catch-up served with at most fifty database queries', async () => {
  const figures = await runRestartStorm({ tabs: 150, manner: 'kill' });
  console.log(`restart: ${JSON.stringify(figures)}`);
  expect(figures.queries).toBeLessThanOrEqual(50);
  expect(figures.connectedMs.max).toBeLessThanOrEqual(6_000);
});
