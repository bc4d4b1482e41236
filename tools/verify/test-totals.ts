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
