import { expect, test } from 'playwright/test';
import { runClockSteps } from './clock-steps.ts';
import { runConnectionsTaken, runDatabaseAway, runDatabaseFrozen, runDiskFull } from './outages.ts';

// Longer than the queue waits for a database; the soak takes a minute of each.
const AWAY_MS = 22_000;
const TAKEN_MS = 4_000;
const FROZEN_MS = 6_000;
const FULL_MS = 6_000;

test('[FLT16] a database that is away is said as 503 and by name, nothing answered is lost, and all comes back by itself', async () => {
  test.setTimeout(120_000);
  const figures = await runDatabaseAway(AWAY_MS);
  console.log(`database away: ${JSON.stringify(figures)}`);
  expect(figures.refused[503]).toBeGreaterThan(0);
});

test('[FLT220] a database that is there and says nothing is said as such, nothing answered is lost, and all comes back by itself', async () => {
  test.setTimeout(120_000);
  console.log(`database frozen: ${JSON.stringify(await runDatabaseFrozen(FROZEN_MS))}`);
});

test('[FLT17] a database without a free connection is said as such, and all comes back by itself', async () => {
  const figures = await runConnectionsTaken(TAKEN_MS);
  console.log(`connections taken: ${JSON.stringify(figures)}`);
  expect(figures.said).toContain('no connection left');
});

test('[FLT221] a full disk is said by name while reads go on, nothing answered is lost, and all comes back by itself', async () => {
  test.setTimeout(120_000);
  const figures = await runDiskFull(FULL_MS);
  console.log(`disk full: ${JSON.stringify(figures)}`);
  if ('notRun' in figures) return;
  expect(figures.said).toContain('no room left on its disk');
});

test('[FLT18] a clock stepped an hour ahead and back moves kickoffs with it, and neither ingest nor keys nor seq notice', async () => {
  console.log(`clock stepped: ${JSON.stringify(await runClockSteps())}`);
});
