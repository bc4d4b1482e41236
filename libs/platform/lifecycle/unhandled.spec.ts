import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

it.each([
  ['unhandledRejection', "Promise.reject(new Error('floating of ann@example.com'))"],
  ['uncaughtException', "setImmediate(() => { throw new Error('floating of ann@example.com'); })"],
])('an error that nobody handles (%s) is one line of the log, and ends the process', (origin, act) => {
  const script = `
    import { createLog, endOnUnhandled } from ${JSON.stringify(path('../index.ts'))};
    endOnUnhandled(createLog());
    ${act};
    setInterval(() => undefined, 1_000);
  `;
  const args = ['--import', path('../../../tools/typescript/register.mjs'), '--input-type=module', '--eval', script];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stderr, stdout.trim().split('\n').length]).toEqual([1, '', 1]);
  expect(JSON.parse(stdout)).toMatchObject({ level: 'error', origin, msg: expect.stringContaining('Nobody handled') });
  expect(stdout).toContain('floating of');
  expect(stdout).not.toContain('ann@');
});
