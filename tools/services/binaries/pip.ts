import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '@millrace/sdk';

const run = promisify(execFile);

/** Runs pip with these arguments; rejects with what pip said. */
export type Pip = (args: string[]) => Promise<void>;

type Command = [program: string, ...args: string[]];

/**
 * Any pip that works. Debian's python3 comes without pip and without venv's copy of it, so the last resort is the pip that
 * Debian packs for virtual environments, which can be fetched and run without installing anything and without being root.
 * @param scratch a folder for what is needed meanwhile
 */
export async function findPip(scratch: string): Promise<Pip> {
  const ways: (() => Promise<Command>)[] = [
    async () => ['python3', '-m', 'pip'],
    async () => ['pip3'],
    async () => ['pip'],
    async () => ['uvx', 'pip'],
    () => pipOfVenv(scratch),
    () => pipOfDebian(scratch),
  ];
  const reasons: string[] = [];
  for (const way of ways) {
    try {
      const command = await way();
      await call(command, ['--version']);
      return (args) => call(command, args);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Error(`no pip works (apt-get install python3-pip):\n${reasons.join('\n')}`);
}

export async function runPython(args: string[]): Promise<void> {
  await call(['python3'], args);
}

async function pipOfVenv(scratch: string): Promise<Command> {
  const folder = join(scratch, 'venv');
  await call(['python3', '-m', 'venv'], [folder]);
  return [join(folder, 'bin', 'python'), '-m', 'pip'];
}

async function pipOfDebian(scratch: string): Promise<Command> {
  const folder = join(scratch, 'debian');
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  const own = ['-qq', '-o', `Dir::State::Lists=${folder}/lists`, '-o', `Dir::Cache=${folder}/cache`];
  await call(['apt-get', ...own], ['update']);
  await call(['apt-get', ...own], ['download', 'python3-pip-whl'], folder);
  const names = await readdir(folder);
  await call(['dpkg-deb', '--extract'], [join(folder, names.find((name) => name.endsWith('.deb')) ?? ''), folder]);
  const wheels = join(folder, 'usr', 'share', 'python-wheels');
  const pip = (await readdir(wheels)).find((name) => /^pip-.*\.whl$/.test(name)) ?? '';
  return ['python3', join(wheels, pip, 'pip')];
}

/** Rejects with one line of why, which for Python is the last one that it printed. */
async function call([program, ...first]: Command, args: string[], cwd?: string): Promise<void> {
  try {
    await run(program, [...first, ...args], { cwd });
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: string | number; stdout?: string; stderr?: string };
    const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join('\n');
    const shown = [program, ...first].join(' ');
    throw new Error(code === 'ENOENT' ? `${program}: not installed` : `${shown}: ${said || messageOf(error)}`);
  }
}
