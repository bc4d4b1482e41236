import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How many tests did what. */
export interface TestTotals {
  passed: number;
  /** Failed tests, and spec files that could not be run at all. */
  failed: number;
  skipped: number;
}

/** What jest's `--json` report tells (https://jestjs.io/docs/cli#--json); its `success` also covers what belongs to no test. */
interface JestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: {
    name: string;
    /** Of a file that could not be run at all; else of all its failures, coloured. */
    message: string;
    status: 'passed' | 'failed';
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** The totals of jest's JSON report; no report at all, or one that names no cause for its failure, counts as one failure. */
export function totalsOf(report: string | undefined): TestTotals {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const jest = JSON.parse(report) as JestReport;
  const failed = jest.numFailedTests + jest.numRuntimeErrorTestSuites;
  return {
    passed: jest.numPassedTests,
    failed: jest.success ? failed : Math.max(failed, 1),
    skipped: jest.numPendingTests + jest.numTodoTests,
  };
}

export function describeTotals({ passed, failed, skipped }: TestTotals): string {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  return parts.join(', ');
}

/** A line for each failure: its file, its test and how its message begins. For the end of a log, whose middle nobody reads. */
export function failuresIn(report: string | undefined, root: string): string[] {
  if (report === undefined) return [];
  const failedFiles = (JSON.parse(report) as JestReport).testResults.filter(({ status }) => status === 'failed');
  return failedFiles.flatMap(({ name, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0) return [`${file}: ${beginningOf(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) => `${file}: ${fullName}: ${beginningOf(failureMessages.join('\n'))}`,
    );
  });
}

/** The first two lines that say something, without their colours. */
function beginningOf(message: string): string {
  const lines = stripVTControlCharacters(message).split('\n');
  const said = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('●'));
  return said.slice(0, 2).join(' ').slice(0, 300);
}
