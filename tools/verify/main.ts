import { mkdirSync, writeFileSync } from 'node:fs';
import { allTests } from './all-tests.ts';
import { browserBuilds } from './browser-builds.ts';
import { staticCheck } from './static-check.ts';
import { runSteps, table, type StepResult } from './step.ts';
import type { TestTotals } from './test-totals.ts';

/** `npm run verify`: every check that a change has to pass, all of them even when one fails; exit code 0 only if all passed. */
const checks = ['format:check', 'lint', 'types', 'boundaries'].map(staticCheck);
let totals: TestTotals = { passed: 0, failed: 0, skipped: 0 };

const results = await runSteps(checks, 2);
results.push(...(await runSteps([browserBuilds, allTests((found) => (totals = found))], 1)));

console.log(`\n${table(results)}`);
writeSummary(results, totals);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

/** For `.ci/run`, which ends with these numbers: a static check that failed counts as one failure. */
function writeSummary(steps: StepResult[], { passed, failed }: TestTotals): void {
  const failedChecks = steps.filter((step) => !step.passed && step.name !== 'tests').length;
  mkdirSync('.millrace', { recursive: true });
  writeFileSync('.millrace/verify.json', JSON.stringify({ passed, failed: failed + failedChecks }));
}
