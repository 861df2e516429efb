import { test } from 'playwright/test';
import { runPhantomRounds, runSilenceRounds, runWriterDeaths } from './fail-point-rounds.ts';

// A fitting part of the thousand rounds that `npm run soak -- --rounds 1000` runs of each.
const ROUNDS = 48;
const DEATHS = 4;

test('[FLT12] nobody hears of an alert whose transaction failed, and repeated it is stored and told once', async () => {
  console.log(`no phantom: ${JSON.stringify(await runPhantomRounds({ rounds: ROUNDS }))}`);
});

test('[FLT13] an alert whose COMMIT or announcement got lost is told once all the same', async () => {
  console.log(`no silence: ${JSON.stringify(await runSilenceRounds({ rounds: ROUNDS }))}`);
});

test('[FLT14] browsers are level within six seconds of the death of the writer, through another node and through the restarted one', async () => {
  console.log(`writer deaths: ${JSON.stringify(await runWriterDeaths({ rounds: DEATHS }))}`);
});
