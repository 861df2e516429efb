// `npm test`: unit and PostgreSQL tests, then end to end, also when the first failed. `npm test -- unit` or
// `-- e2e` runs one of them; what follows goes to its runner: `npm test -- unit write-queue`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, runCommand } from './run-command.ts';
import { type Tally, addTallies, tallyLine, tallyPlaywright, tallyVitest } from './test-report.ts';

const REPORTS = path.join(ROOT, 'test-results', 'reports');
// They end what hangs. On two cores the unit tests take 5 minutes and those in browsers 16; a machine three times slower
// shall pass them too.
const UNIT_TIMEOUT_MS = 20 * 60_000;
const SET_UP_TIMEOUT_MS = 20 * 60_000;
const END_TO_END_TIMEOUT_MS = 60 * 60_000;

const FAILED: Tally = { passed: 0, failed: 1 };

const SUITES: Readonly<Record<string, (args: readonly string[]) => Promise<Tally>>> = {
  async unit(args) {
    const report = freshReport('unit.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const succeeded = await runCommand('vitest', ['run', ...reporters, ...args], { timeoutMs: UNIT_TIMEOUT_MS });
    return judge('unit', report, tallyVitest, { succeeded });
  },
  async e2e(args) {
    // Only now, so that a page that does not build hides no unit test's result.
    if (!(await runCommand('setUp', ['e2e'], { timeoutMs: SET_UP_TIMEOUT_MS }))) return FAILED;
    const report = freshReport('e2e.json');
    const succeeded = await runCommand('playwright', ['test', '--reporter=list,json', ...args], {
      environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_FORCE_TTY: '0' },
      timeoutMs: END_TO_END_TIMEOUT_MS,
    });
    return judge('e2e', report, tallyPlaywright, { succeeded });
  },
};

// A report of an earlier run must never be counted as this one's.
function freshReport(name: string): string {
  const report = path.join(REPORTS, name);
  mkdirSync(REPORTS, { recursive: true });
  rmSync(report, { force: true });
  return report;
}

/** The runner's own count, held against its exit code: where the two disagree, the worse is believed. */
function judge(
  suite: string,
  report: string,
  count: (report: unknown) => Tally,
  outcome: { readonly succeeded: boolean },
): Tally {
  const tally = countReport(report, count);
  if (tally === undefined) {
    console.error(`${suite}: the runner left no report that can be read`);
    return FAILED;
  }
  if (tally.passed + tally.failed === 0) {
    console.error(`${suite}: no test was run`);
    return FAILED;
  }
  if (tally.failed === 0 && !outcome.succeeded) {
    console.error(`${suite}: the runner failed although each of its tests passed`);
    return { ...tally, failed: 1 };
  }
  return tally;
}

function countReport(report: string, count: (report: unknown) => Tally): Tally | undefined {
  try {
    return count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}

const [first, ...rest] = process.argv.slice(2);
if (first !== undefined && !(first in SUITES)) {
  console.error(`npm test: expected ${Object.keys(SUITES).join(' or ')}, got "${first}"`);
  process.exit(2);
}
const tallies: Tally[] = [];
for (const [name, run] of Object.entries(SUITES)) {
  if (first !== undefined && first !== name) continue;
  const tally = await run(rest);
  console.log(`\n${name}: ${tallyLine(tally)}\n`);
  tallies.push(tally);
}
const total = addTallies(tallies);
mkdirSync(REPORTS, { recursive: true });
writeFileSync(path.join(REPORTS, 'total.txt'), `${tallyLine(total)}\n`);
console.log(tallyLine(total));
process.exitCode = total.failed === 0 ? 0 : 1;
