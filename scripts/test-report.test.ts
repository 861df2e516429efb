import { expect, test } from 'vitest';
import { addTallies, tallyLine, tallyPlaywright, tallyVitest } from './test-report.ts';

const file = (status: string, ...tests: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test.each([
  ['all passed', { success: true, testResults: [file('passed', 'passed', 'passed')] }, { passed: 2, failed: 0 }],
  ['one failed', { success: false, testResults: [file('failed', 'passed', 'failed')] }, { passed: 1, failed: 1 }],
  ['one skipped', { success: true, testResults: [file('passed', 'passed', 'skipped')] }, { passed: 1, failed: 1 }],
  ['one left for later', { success: true, testResults: [file('passed', 'passed', 'todo')] }, { passed: 1, failed: 1 }],
  ['a file that does not load', { success: false, testResults: [file('failed')] }, { passed: 0, failed: 1 }],
  ['an error outside all tests', { success: false, testResults: [file('passed', 'passed')] }, { passed: 1, failed: 1 }],
  ['no test at all', { success: true, testResults: [] }, { passed: 0, failed: 0 }],
])('[OPS62] Vitest: %s', (_what, report, tally) => {
  expect(tallyVitest(report)).toEqual(tally);
});

const stats = { expected: 3, unexpected: 0, flaky: 0, skipped: 0 };

test.each([
  ['all passed', { stats, errors: [] }, { passed: 3, failed: 0 }],
  ['one failed', { stats: { ...stats, unexpected: 1 }, errors: [] }, { passed: 3, failed: 1 }],
  ['skipped and flaky ones', { stats: { ...stats, skipped: 2, flaky: 1 }, errors: [] }, { passed: 3, failed: 3 }],
  ['a spec that does not load', { stats, errors: [{ message: 'SyntaxError' }] }, { passed: 3, failed: 1 }],
])('[OPS62] Playwright: %s', (_what, report, tally) => {
  expect(tallyPlaywright(report)).toEqual(tally);
});

test('[OPS62] what is no report is refused, not counted as nothing', () => {
  expect(() => tallyVitest({})).toThrow(/success/);
  expect(() => tallyPlaywright({})).toThrow(/stats/);
});

test('[OPS63] the last line sums the runners', () => {
  expect(
    tallyLine(
      addTallies([
        { passed: 120, failed: 0 },
        { passed: 8, failed: 1 },
      ]),
    ),
  ).toBe('128 passed, 1 failed');
});
