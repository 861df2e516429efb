import { expect, test } from 'playwright/test';
import { runReplays } from './replays.ts';

test('[FLT19] bodies sent ten times over, in any order, cut off, after a kill and through another node, count once and are answered alike', async () => {
  const figures = await runReplays({ bodies: 40 });
  console.log(`replays: ${JSON.stringify(figures)}`);
  expect(figures).toMatchObject({ rows: 40, alerts: 40, told: 40 });
});
