import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'millrace-jest-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Outcome {
  name: string;
  assertionResults: { title: string; status: string; failureMessages: string[] }[];
}

/** Two specs in one process, one after the other. */
const files = {
  'a.spec.ts': `
    import { expect, it, jest } from '@jest/globals';
    import { seen } from './shared.ts';
    interface Gone { a: number }
    const first = (given: Gone): number => given.a;
    it('changes what there is', () => {
      seen.push('a');
      process.env.LEFT_BEHIND = 'yes';
      delete process.env.GIVEN;
      jest.spyOn(Math, 'random').mockReturnValue(7);
      jest.useFakeTimers({ now: 0 });
      expect([Math.random(), Date.now()]).toEqual([7, 0]);
    });
    it('fails', () => {
      expect(first({ a: 1 })).toBe(2);
    });
    it('hangs', () => new Promise(() => undefined), 50);
    it.each([1, 2])('comes in rows: %d', (n) => expect(n).toEqual(expect.any(Number)));
  `,
  'b.spec.ts': `
    import { expect, it } from '@jest/globals';
    import { checkSeen } from './shared.ts';
    it('finds it as it was', () => {
      expect(process.env).toMatchObject({ GIVEN: 'given' });
      expect(process.env.LEFT_BEHIND).toBeUndefined();
      expect(Math.random()).toBeLessThan(1);
      expect(Date.now()).toBeGreaterThan(1e12);
    });
    checkSeen();
  `,
  'shared.ts': `
    import { expect, it } from '@jest/globals';
    export const seen: string[] = [];
    export const checkSeen = () => it('shares what is loaded', () => expect(seen).toEqual(['a']));
  `,
  'by-name.cjs': `
    const Sequencer = require(${JSON.stringify(join(repository, 'node_modules/@jest/test-sequencer'))}).default;
    module.exports = class extends Sequencer { sort(tests) { return tests.sort((a, b) => (a.path < b.path ? -1 : 1)); } };
  `,
};

let outcomes: Outcome[];
beforeAll(async () => {
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  const jest = join(repository, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = [jest, '--roots', folder, '--json', '--runInBand', '--testSequencer', join(folder, 'by-name.cjs')];
  const env = { ...process.env, GIVEN: 'given', MILLRACE_TEST_SERVICES: 'none', NODE_OPTIONS: '' };
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: repository, env }, (_failed, told) => resolve(told));
  });
  outcomes = (JSON.parse(stdout) as { testResults: Outcome[] }).testResults;
});

const statuses = (file: string): unknown[] =>
  outcomes
    .filter(({ name }) => name.endsWith(file))
    .flatMap(({ assertionResults }) => assertionResults.map(({ title, status }) => [title, status]));

it('tells of each test what became of it', () => {
  expect(statuses('a.spec.ts')).toEqual([
    ['changes what there is', 'passed'],
    ['fails', 'failed'],
    ['hangs', 'failed'],
    ['comes in rows: 1', 'passed'],
    ['comes in rows: 2', 'passed'],
  ]);
});

it('says where a test failed, as it is in the TypeScript file', () => {
  const messages = outcomes.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ failureMessages }) => failureMessages),
  );
  expect(messages).toEqual([
    expect.stringMatching(/Expected: 2[\s\S]*a\.spec\.ts:15:\d+/),
    expect.stringContaining('Exceeded timeout of 50 ms'),
  ]);
});

it('puts back what a spec changed of its process, and loads what several need once', () => {
  expect(statuses('b.spec.ts')).toEqual([
    ['finds it as it was', 'passed'],
    ['shares what is loaded', 'passed'],
  ]);
});
