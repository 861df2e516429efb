// `npm run check`: all that must hold before a change is merged. Every check runs, also when one before it failed.
// `npm run check -- --without-tests` leaves the tests out, for who has just run them. The exit code is the number
// of checks that failed.
import { type COMMANDS, runCommand } from './run-command.ts';

const TIMEOUT_MS = 8 * 60_000;

type Check = {
  readonly name: string;
  readonly commands: readonly (readonly [command: keyof typeof COMMANDS, ...args: string[]])[];
};

const CHECKS: readonly Check[] = [
  { name: 'format', commands: [['oxfmt', '--check']] },
  { name: 'lint and import law', commands: [['oxlint', '--deny-warnings']] },
  { name: 'types', commands: [['next', 'typegen'], ['tsc']] },
  { name: 'dead code', commands: [['knip']] },
];
const TESTS: Check = { name: 'unit tests', commands: [['vitest', 'run']] };

async function passes(check: Check): Promise<boolean> {
  for (const [command, ...args] of check.commands) {
    const environment = { NEXT_TELEMETRY_DISABLED: '1' };
    if (!(await runCommand(command, args, { environment, timeoutMs: TIMEOUT_MS }))) return false;
  }
  return true;
}

const failed: string[] = [];
for (const check of process.argv.includes('--without-tests') ? CHECKS : [...CHECKS, TESTS]) {
  const startedAt = performance.now();
  console.log(`\n── ${check.name}`);
  const passed = await passes(check);
  if (!passed) failed.push(check.name);
  console.log(
    `── ${check.name}: ${passed ? 'ok' : 'FAILED'} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`,
  );
}
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length;
