import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../testing/run-cli.ts';
import { kinds } from './kinds.ts';
import { writeConnector } from './scaffold.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
let elsewhere: string;
let inside: string;
beforeAll(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), 'millrace-new-'));
  await mkdir(join(repository, '.millrace'), { recursive: true });
  inside = await mkdtemp(join(repository, '.millrace', 'new-')); // jest wants the packages of the repository near
});
afterAll(async () => {
  await rm(elsewhere, { recursive: true, force: true });
  await rm(inside, { recursive: true, force: true });
});

describe('a new connector', () => {
  it.each([
    ['rest', /✓ goes on after every page[\s\S]*Stream customers[\s\S]*ann\.archer@example\.com +cus_01/],
    ['sql', /✓ goes on after every page[\s\S]*Stream customers[\s\S]*customer2@example\.com/],
    ['push', /✓ gives one outcome a row[\s\S]*Object contact[\s\S]*email +firstName +lastName\nann@example\.com/],
  ])('of the kind %s works outside the repository at once', async (kind, expected) => {
    const made = await runCli(['new', 'connector', `my-${kind}`, '--kind', kind, '--in', elsewhere]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain(join(`my-${kind}`, 'index.ts'));
    const tried = await runCli(['try', join(elsewhere, `my-${kind}`)]);
    expect(tried).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(expected) as unknown });
    expect(tried.stdout).not.toMatch(/✗|sample-token|sample-password/);
  });

  it('passes its own specs', async () => {
    for (const kind of kinds) await writeConnector({ id: `my-${kind}`, kind, parent: inside });
    const jest = join(repository, 'node_modules', 'jest', 'bin', 'jest.js');
    const args = [jest, '--roots', inside, '--json', '--runInBand'];
    const env = { ...process.env, MILLRACE_TEST_SERVICES: 'none', NODE_OPTIONS: '' };
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: repository, env });
    expect(JSON.parse(stdout)).toMatchObject({ numPassedTestSuites: kinds.length, numTotalTestSuites: kinds.length });
  });

  it.each(kinds)('of the kind %s is formatted, and has no blanks left, whatever its name', async (kind) => {
    const prettier = await import('prettier');
    const style = (await prettier.resolveConfig(join(repository, 'package.json'))) ?? {};
    for (const id of ['ab', `a${'-long'.repeat(12)}`]) {
      const files = await writeConnector({ id, kind, parent: join(elsewhere, kind) });
      for (const file of files) {
        const text = await readFile(join(elsewhere, kind, file), 'utf8');
        expect(text).not.toMatch(/(__|\*\*)(ID|TITLE)\1/); // `**ID**` is what a formatter makes of a blank
        if (/\.(ts|md)$/.test(file))
          expect([file, await prettier.check(text, { ...style, filepath: file })]).toEqual([file, true]);
      }
    }
  });

  it('never touches a folder that exists', async () => {
    const folder = join(elsewhere, 'taken');
    await mkdir(folder);
    await writeFile(join(folder, 'mine.txt'), 'mine');
    const refused = await runCli(['new', 'connector', 'taken', '--kind', 'rest', '--in', elsewhere]);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/taken exists already\. Choose/) as unknown,
    });
    expect(await readdir(folder)).toEqual(['mine.txt']);
  });

  it.each(['../up', 'Shop', 'a', '1st', 'a_b', ''])('cannot be called "%s"', async (id) => {
    await expect(writeConnector({ id, kind: 'rest', parent: join(elsewhere, 'bad') })).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('lower case letters') as unknown,
    });
  });

  it('is of a known kind', async () => {
    const { code, stderr } = await runCli(['new', 'connector', 'abc', '--kind', 'soap', '--in', elsewhere]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('Allowed choices are rest, sql, push')]);
  });
});
