import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install } from './install.mjs';
import { runToEnd } from './run-to-end.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const register = pathToFileURL(join(root, 'tools', 'typescript', 'register.mjs')).href;
const jest = 'node_modules/jest/bin/jest.js';

// Pages live just long enough to be taken for old: without these, V8 lets the heap grow with the machine instead of with the work.
const serverFlags = JSON.parse(readFileSync(new URL('server-flags.json', import.meta.url), 'utf8'));

const typescript = (...path) => ({ file: join(...path), node: ['--import', register, join(...path)] });

const withFlags = (flags, { file, node }) => ({ file, node: [...flags, ...node] });

/** Each command: what Node runs, and the file whose absence means that this copy is incomplete. */
const commands = {
  demo: withFlags(serverFlags, typescript('tools', 'demo', 'main.ts')),
  verify: typescript('tools', 'verify', 'main.ts'),
  start: withFlags(serverFlags, typescript('apps', 'server', 'main.ts')),
  bench: typescript('bench', 'main.ts'),
  test: { file: 'jest.config.mjs', node: [jest] },
};

/** Installs what is missing, then runs the command with the further arguments; its exit code becomes ours. */
export async function run([name, ...args]) {
  process.chdir(root);
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (command === undefined)
    return fail(`usage: node tools/bootstrap/run.mjs ${Object.keys(commands).join('|')} [arguments]`);
  const problem = await install(root);
  if (problem !== undefined) return fail(problem);
  if (!existsSync(command.file)) return fail(`${name} needs ${command.file}, which this copy of Millrace lacks.`);
  process.exitCode = await runToEnd(process.execPath, [...command.node, ...args]);
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
