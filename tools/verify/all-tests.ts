import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Step } from './step.ts';
import { describeTotals, failuresIn, totalsOf, type TestTotals } from './test-totals.ts';

const jest = 'node_modules/jest/bin/jest.js';

/** All specs as a step; `report` hears the totals. */
export function allTests(report: (totals: TestTotals) => void): Step {
  return {
    name: 'tests',
    async run() {
      const folder = mkdtempSync(join(tmpdir(), 'millrace-verify-'));
      const file = join(folder, 'jest.json');
      try {
        const code = await run([jest, '--json', `--outputFile=${file}`]);
        const found = readIfThere(file);
        const totals = totalsOf(found);
        report(totals);
        for (const failure of failuresIn(found, process.cwd())) console.log(`✗ ${failure}`);
        return { passed: code === 0 && totals.failed === 0 && totals.passed > 0, note: describeTotals(totals) };
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

function run(args: string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] }); // jest talks on stderr
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined; // jest did not get as far as its report
  }
}
