import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** Stands for npm: notes its arguments, and "installs" what the lock file wants. */
const fakeNpm = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) { console.error('registry unreachable'); process.exit(7); }
while (process.env.NPM_WAITS_FOR && !fs.existsSync(process.env.NPM_WAITS_FOR));
fs.mkdirSync('node_modules', { recursive: true });
fs.copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;

/** Stands for tools/typescript, which needs packages: takes the file as it is. */
const fakeRegister = `import { register } from 'node:module';
const load = 'export const load = (url, context, next) => next(url, url.endsWith(".ts") ? { ...context, format: "module" } : context)';
register('data:text/javascript,' + encodeURIComponent(load));
`;

describe('run.mjs in a fresh clone', () => {
  let clone: string;

  beforeEach(() => {
    clone = mkdtempSync(join(tmpdir(), 'millrace-clone-'));
    cpSync(dirname(fileURLToPath(import.meta.url)), join(clone, 'tools', 'bootstrap'), { recursive: true });
    put('tools/typescript/register.mjs', fakeRegister);
    put('fake-bin/npm', fakeNpm, 0o755);
    put('fake-bin/package.json', '{"type":"commonjs"}');
    put('apps/server/main.ts', 'console.log("served", process.argv.slice(2).join()); process.exitCode = 3;');
    lock('1.0.0');
  });
  afterEach(() => rmSync(clone, { recursive: true }));

  function put(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text, { mode });
  }

  function lock(version: string): void {
    const packages = { '': {}, 'node_modules/a': { version }, 'node_modules/a-darwin': { version, optional: true } };
    put('package.json', '{"type":"module"}');
    put('package-lock.json', JSON.stringify({ packages }));
  }

  const env = (more: NodeJS.ProcessEnv = {}) => ({
    ...process.env,
    PATH: [join(clone, 'fake-bin'), process.env.PATH].join(delimiter),
    ...more,
  });
  const run = (args: string[], more?: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [join(clone, 'tools/bootstrap/run.mjs'), ...args], {
      encoding: 'utf8',
      env: env(more),
    });
  const npmCalls = () =>
    existsSync(join(clone, 'npm-calls')) ? readFileSync(join(clone, 'npm-calls'), 'utf8').split('\n').length - 1 : 0;

  it('installs, runs the command with its arguments and ends with its exit code', () => {
    const { stdout, status } = run(['start', '--port', '1']);
    expect(stdout).toMatch(/Installing packages.*\nserved --port,1\n/);
    expect(status).toBe(3);
  });

  it('installs again only when the lock file wants something else', () => {
    run(['start']);
    run(['start']);
    expect(npmCalls()).toBe(1);
    lock('1.0.1');
    run(['start']);
    expect(npmCalls()).toBe(2);
  });

  it('waits for nobody where what was killed had the id that the command has itself, as in a container', () => {
    put(
      'again.mjs',
      `import { writeFileSync } from 'node:fs';
      writeFileSync('.millrace/install.lock', String(process.pid));
      await import('./tools/bootstrap/run.mjs');`,
    );
    mkdirSync(join(clone, '.millrace'));
    const options = { cwd: clone, encoding: 'utf8', env: env(), timeout: 20_000 } as const;
    expect(spawnSync(process.execPath, ['again.mjs', 'start'], options)).toMatchObject({ status: 3, signal: null });
    expect(npmCalls()).toBe(1);
  });

  it('lets a second command wait for the one that installs, and both run', async () => {
    const start = () =>
      spawn(process.execPath, [join(clone, 'tools/bootstrap/run.mjs'), 'start'], {
        env: env({ NPM_WAITS_FOR: 'go-on' }),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const [first, second] = [start(), start()];
    const ended = Promise.all([first, second].map((process) => once(process, 'exit')));
    const said = [first, second].map(async ({ stdout }) => {
      const lines: string[] = [];
      for await (const line of createInterface(stdout)) {
        lines.push(line);
        if (line.includes('waiting for it')) put('go-on', '');
      }
      return lines.at(-1);
    });
    expect(await Promise.all(said)).toEqual(['served ', 'served ']);
    expect(await ended).toEqual([
      [3, null],
      [3, null],
    ]);
    expect(npmCalls()).toBe(1);
  });

  it('is not held up by what an interrupted installation left behind', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    put('.millrace/install.lock', String(pid));
    expect(run(['start']).status).toBe(3);
    expect(npmCalls()).toBe(1);
  });

  it('says what failed when npm cannot install, and runs nothing', () => {
    const { stdout, stderr, status } = run(['start'], { NPM_FAILS: 'yes' });
    expect(stderr).toMatch(/registry unreachable\nnpm could not install the packages \(exit code 7\)/);
    expect(stdout).not.toMatch(/served/);
    expect(status).toBe(1);
  });

  it.each([
    [['nonsense'], /usage: .*demo\|verify\|start\|bench\|test/],
    [[], /usage/],
    [['toString'], /usage/],
    [['bench'], /bench needs bench.main\.ts/],
  ])('refuses %j with what would be right', (args, message) => {
    const { stderr, status } = run(args);
    expect(stderr).toMatch(message);
    expect(status).toBe(1);
  });

  it('hands a signal on and waits for the graceful end', async () => {
    put(
      'apps/server/main.ts',
      'process.on("SIGTERM", () => process.exit(42)); setInterval(() => {}, 1e6); console.log("up");',
    );
    const started = spawn(process.execPath, [join(clone, 'tools/bootstrap/run.mjs'), 'start'], {
      env: env(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface(started.stdout)) if (line === 'up') break;
    started.kill('SIGTERM');
    expect(await once(started, 'exit')).toEqual([42, null]);
  });
});
