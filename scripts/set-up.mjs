// Brings a clone to where it can run: `node scripts/set-up.mjs start|dev|test|e2e`. npm calls it before
// `npm start`, `npm run dev` and `npm test`. It is plain JavaScript for Node 18 and later and imports
// nothing but Node's own modules, as it runs before anything is installed.
import { browserStep } from './set-up/browser.mjs';
import { buildStep } from './set-up/build.mjs';
import { generateStep } from './set-up/generate.mjs';
import { installStep } from './set-up/install.mjs';
import { noteChild, takeLock } from './set-up/lock.mjs';
import { assertMachine, assertNode24 } from './set-up/machine.mjs';
import { SetUpError, lastLines, say, stopChildren, watchChildren } from './set-up/terminal.mjs';

const MODES = {
  start: [installStep, generateStep, buildStep],
  dev: [installStep, generateStep],
  test: [installStep, generateStep],
  e2e: [installStep, generateStep, buildStep, browserStep],
};

/** Runs the steps that are not fresh, one set-up at a time; costs milliseconds when all of them are. */
async function setUp(steps) {
  assertMachine();
  if (await allFresh(steps)) return;
  const startedAt = Date.now();
  const lock = await takeLock();
  watchChildren(noteChild);
  onInterrupt(lock.release);
  try {
    for (const step of steps) {
      if (await step.isFresh()) continue;
      await step.run();
    }
  } finally {
    lock.release();
  }
  say(`Set up in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

async function allFresh(steps) {
  for (const step of steps) {
    if (!(await step.isFresh())) return false;
  }
  assertNode24();
  return true;
}

function onInterrupt(release) {
  const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  for (const [signal, exitCode] of Object.entries(exitCodes)) {
    process.once(signal, () => {
      stopChildren();
      release();
      process.exit(exitCode);
    });
  }
}

const mode = process.argv[2] ?? '';
if (!Object.hasOwn(MODES, mode)) {
  console.error(`linewatch: expected one of ${Object.keys(MODES).join(', ')}, got "${mode}"`);
  process.exit(2);
}
try {
  await setUp(MODES[mode]);
} catch (error) {
  if (error instanceof SetUpError && error.output !== '') console.error(lastLines(error.output));
  console.error(`\nlinewatch: ${error instanceof SetUpError ? error.message : error.stack}`);
  process.exit(1);
}
