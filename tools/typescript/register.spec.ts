import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from '@jest/globals';

const register = fileURLToPath(new URL('register.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'millrace-register-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(name: string, source: string): { status: number | null; stdout: string; stderr: string } {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, source);
  return spawnSync(process.execPath, ['--import', register, file], { encoding: 'utf8' });
}

it('names places as they are in the TypeScript file', () => {
  const source = `interface Gone {
  a: number;
}
const fail = (given: Gone): never => {
  throw new Error(String(given.a), { cause: new TypeError('why') });
};
try {
  fail({ a: 1 });
} catch (error) {
  console.log((error as Error).stack);
  throw error;
}
`;
  const { status, stdout, stderr } = run('places', source);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^Error: 1\n {4}at fail \(file:.*places\.ts:5:\d+\)\n {4}at file:.*places\.ts:8:\d+/);
  expect(stderr).toMatch(/\[cause\]: TypeError: why\n +at fail \(file:.*places\.ts:5:\d+\)/);
});

it('ends with what the compiler says about a file that is no TypeScript', () => {
  const { status, stderr } = run('wrong', 'const x: = 3;\n');
  expect(status).toBe(1);
  expect(stderr).toContain('wrong.ts:1');
});

it('compiles what is imported later, too', () => {
  writeFileSync(join(folder, 'later.ts'), `export const later: string = 'came';\n`);
  expect(run('waits', `console.log((await import('./later.ts')).later);`)).toMatchObject({
    status: 0,
    stdout: 'came\n',
  });
});
