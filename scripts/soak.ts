// `npm run soak -- --rounds 200 [--only name]`: the fault tests at the length that shows the promises of
// docs/guarantees.md, one after the other, with their figures. The exit code is the number that failed.
import { parseArgs } from 'node:util';
import { CRASH_ROUNDS_PER_DESK, runCrashLoop } from '../e2e/faults/crash-loop.ts';
import { runClockSteps } from '../e2e/faults/clock-steps.ts';
import { NETWORK_SOAKS } from '../e2e/faults/network-soak.ts';
import { runPhantomRounds, runSilenceRounds, runWriterDeaths } from '../e2e/faults/fail-point-rounds.ts';
import { runConnectionsTaken, runDatabaseAway, runDatabaseFrozen, runDiskFull } from '../e2e/faults/outages.ts';
import { runReplays } from '../e2e/faults/replays.ts';

const DEFAULT_ROUNDS = 200;
const OUTAGE_MS = 60_000;

/** Each takes the rounds asked for, where it has rounds, throws with what was broken, and answers its figures. */
const SOAKS: Readonly<Record<string, (rounds: number) => Promise<unknown>>> = {
  async 'crash-loop'(rounds) {
    const runs: Awaited<ReturnType<typeof runCrashLoop>>[] = [];
    for (let done = 0; done < rounds; done += CRASH_ROUNDS_PER_DESK) {
      runs.push(await runCrashLoop({ rounds: Math.min(CRASH_ROUNDS_PER_DESK, rounds - done) }));
    }
    return runs;
  },
  'no-phantom': (rounds) => runPhantomRounds({ rounds }),
  'no-silence': (rounds) => runSilenceRounds({ rounds }),
  'writer-deaths': (rounds) => runWriterDeaths({ rounds }),
  // These take as long as they take: a round means nothing to them.
  ...NETWORK_SOAKS,
  replays: (rounds) => runReplays({ bodies: rounds }),
  'database-away': () => runDatabaseAway(OUTAGE_MS),
  'database-frozen': () => runDatabaseFrozen(OUTAGE_MS),
  'connections-taken': () => runConnectionsTaken(OUTAGE_MS),
  'disk-full': () => runDiskFull(OUTAGE_MS),
  'clock-stepped': () => runClockSteps(),
};

const { values } = parseArgs({ options: { rounds: { type: 'string' }, only: { type: 'string' } } });
const rounds = Number(values.rounds ?? DEFAULT_ROUNDS);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`soak: expected --rounds to be a whole number from 1, got "${values.rounds}"`);
  process.exit(2);
}
if (values.only !== undefined && !Object.hasOwn(SOAKS, values.only)) {
  console.error(`soak: expected --only to be one of ${Object.keys(SOAKS).join(', ')}, got "${values.only}"`);
  process.exit(2);
}

let failed = 0;
for (const [name, run] of Object.entries(SOAKS)) {
  if (values.only !== undefined && values.only !== name) continue;
  const startedMs = performance.now();
  console.log(`\n── ${name}, ${rounds} rounds`);
  try {
    console.log(JSON.stringify(await run(rounds), null, 2));
  } catch (error) {
    failed += 1;
    console.error(error);
  }
  console.log(`── ${name}: ${Math.round((performance.now() - startedMs) / 1_000)} s`);
}
console.log(failed === 0 ? '\nEvery promise held.' : `\n${failed} failed.`);
process.exitCode = failed;
