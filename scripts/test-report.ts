import { z } from 'zod';

/** How a runner's tests ended. A test that did not run counts as failed: nothing here may be skipped. */
export type Tally = { readonly passed: number; readonly failed: number };

const vitestReportSchema = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/**
 * Counts Vitest's JSON report. A file that failed as a whole counts as one failure, and so does a run that calls
 * itself failed without naming a test (an error outside all of them).
 */
export function tallyVitest(report: unknown): Tally {
  const { success, testResults } = vitestReportSchema.parse(report);
  const statuses = testResults.flatMap((file) => file.assertionResults.map((test) => test.status));
  const brokenFiles = testResults.filter((file) => file.status !== 'passed' && !file.assertionResults.some(isFailure));
  const passed = statuses.filter((status) => status === 'passed').length;
  const failed = statuses.length - passed + brokenFiles.length;
  return { passed, failed: failed === 0 && !success ? 1 : failed };
}

const isFailure = (test: { readonly status: string }): boolean => test.status !== 'passed';

const playwrightReportSchema = z.object({
  stats: z.object({
    expected: z.int().nonnegative(),
    unexpected: z.int().nonnegative(),
    flaky: z.int().nonnegative(),
    skipped: z.int().nonnegative(),
  }),
  errors: z.array(z.unknown()),
});

/** Counts Playwright's JSON report. Errors outside any test (a spec that does not load) count one failure each. */
export function tallyPlaywright(report: unknown): Tally {
  const { stats, errors } = playwrightReportSchema.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
}

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
  failed: tallies.reduce((sum, tally) => sum + tally.failed, 0),
});

/** The last line of a test run, which also CI reads. */
export const tallyLine = (tally: Tally): string => `${tally.passed} passed, ${tally.failed} failed`;
