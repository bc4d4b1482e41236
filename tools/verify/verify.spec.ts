import { describe, expect, it } from '@jest/globals';
import { runSteps, table, type Step } from './step.ts';
import { describeTotals, failuresIn, totalsOf } from './test-totals.ts';

describe('runSteps', () => {
  it('runs every step, whatever fails, and keeps their order', async () => {
    const steps: Step[] = [
      { name: 'slow', run: () => new Promise((resolve) => setImmediate(() => resolve({ passed: true }))) },
      { name: 'bad', run: async () => ({ passed: false, note: 'three faults' }) },
      { name: 'last', run: async () => ({ passed: true }) },
    ];
    const results = await runSteps(steps, 2);
    expect(results.map(({ name, passed }) => [name, passed])).toEqual([
      ['slow', true],
      ['bad', false],
      ['last', true],
    ]);
  });

  it('never runs more than so many at once', async () => {
    let [running, most] = [0, 0];
    const step: Step = {
      name: 'step',
      async run() {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        return { passed: true };
      },
    };
    await runSteps(Array<Step>(7).fill(step), 2);
    expect(most).toBe(2);
  });

  it('makes a table of the results', () => {
    expect(
      table([
        { name: 'lint', passed: true, seconds: 12.34 },
        { name: 'tests', passed: false, seconds: 100, note: '8 passed, 1 failed' },
      ]),
    ).toBe('✓  lint     12.3 s\n✗  tests   100.0 s  8 passed, 1 failed');
  });
});

describe('totalsOf', () => {
  const report = (more: object) =>
    JSON.stringify({
      success: true,
      numPassedTests: 7,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      numRuntimeErrorTestSuites: 0,
      ...more,
    });

  it.each([
    ['all passed', report({}), '7 passed, 0 failed'],
    ['some skipped', report({ numPendingTests: 2, numTodoTests: 1 }), '7 passed, 0 failed, 3 skipped'],
    ['a file that does not load', report({ success: false, numRuntimeErrorTestSuites: 1 }), '7 passed, 1 failed'],
    [
      'a test and a file',
      report({ success: false, numFailedTests: 2, numRuntimeErrorTestSuites: 1 }),
      '7 passed, 3 failed',
    ],
    ['a failure that belongs to no test', report({ success: false }), '7 passed, 1 failed'],
    ['no report at all', undefined, '0 passed, 1 failed'],
  ])('counts %s', (_, text, expected) => {
    expect(describeTotals(totalsOf(text))).toBe(expected);
  });
});

describe('failuresIn', () => {
  const [passed, failed] = ['passed', 'failed'].map((status) => ({
    status,
    fullName: `a law ${status}`,
    failureMessages: [],
  }));
  const wrong = { ...failed, failureMessages: ['Error: \u001b[31mexpected 1\u001b[39m\n\nReceived: 2\n    at x.ts:1'] };
  const report = JSON.stringify({
    testResults: [
      { name: '/clone/libs/good.spec.ts', status: 'passed', message: '', assertionResults: [passed] },
      { name: '/clone/libs/bad.spec.ts', status: 'failed', message: 'all of it', assertionResults: [passed, wrong] },
      {
        name: '/clone/libs/broken.spec.ts',
        status: 'failed',
        message: '  ● Suite\n\n  No such module',
        assertionResults: [],
      },
    ],
  });

  it('tells each with its file and how its message begins', () => {
    expect(failuresIn(report, '/clone')).toEqual([
      'libs/bad.spec.ts: a law failed: Error: expected 1 Received: 2',
      'libs/broken.spec.ts: No such module',
    ]);
    expect(failuresIn(undefined, '/clone')).toEqual([]);
  });
});
