import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const run = promisify(execFile);
const repository = join(import.meta.dirname, '..', '..');

describe('the demo, as a new user runs it', () => {
  let clone: string;

  beforeAll(async () => {
    clone = await mkdtemp(join(tmpdir(), 'millrace-clone-'));
    await run('git', ['clone', '--quiet', '--depth', '1', `file://${repository}`, clone]);
  });

  afterAll(() => rm(clone, { recursive: true, force: true }));

  it('needs nothing but the README’s command, in a fresh clone without services', async () => {
    const readme = await readFile(join(clone, 'README.md'), 'utf8');
    expect(readme).toContain('npm run demo');
    const { stdout } = await demo();
    expect(stdout).toContain('61 read = 58 written + 3 rejected');
    expect(stdout).toContain('150 read = 149 written + 1 rejected');
    expect(stdout.match(/http:\/\/127\.0\.0\.1:\d+\/previews\//g)).toHaveLength(3);
    expect(stdout).toMatch(/Admin key\s+\S{24,}/);
  }, 900_000);

  it('finds its data again the second time, and ends when `millrace demo` is told to', async () => {
    const command = spawn(process.execPath, ['apps/cli/bin/millrace.mjs', 'demo'], {
      cwd: clone,
      env: bareEnvironment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(command, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface(command.stdout)) {
      lines.push(line);
      if (line.includes('Stop it with Ctrl-C')) command.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(lines).toContain('The people of the last demo are still here.');
    expect(lines.join('\n')).toContain('61 read = 0 written + 58 unchanged + 3 rejected');
    expect(lines.at(-1)).toBe('Stopping …');
  }, 900_000);

  const demo = () =>
    run('npm', ['run', 'demo', '--', '--once'], { cwd: clone, env: bareEnvironment(), maxBuffer: 10_000_000 });
});

/** What a new user's shell has: no URIs of services, nothing of this test run; without colours, which `CI` would turn on. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const {
    MONGODB_URI: _mongodb,
    REDIS_URL: _redis,
    NODE_OPTIONS: _options,
    NODE_ENV: _env,
    CI: _ci,
    ...bare
  } = process.env;
  const mine = Object.entries(bare).filter(([name]) => !/^(JEST|MILLRACE|npm_|FORCE_COLOR)/.test(name));
  return { ...Object.fromEntries(mine), NO_COLOR: '1' };
}
