import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buildsFolder } from './paths.ts';
import { runVite } from './run-vite.ts';
import { sourceHash } from './source-hash.ts';

/** Builds that stay: others may still be served by a server that was started with them. */
const keptBuilds = 4;

/** The folder with the console as it is built from today's sources; builds it first if it is not there. */
export async function builtConsole(signal: AbortSignal): Promise<string> {
  const folder = join(buildsFolder, await sourceHash());
  if (await isThere(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(buildsFolder, { recursive: true });
  try {
    await runVite(draft, signal);
    if (!(await isThere(folder))) await rename(draft, folder); // never half a build under its name
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await removeOldBuilds();
  return folder;
}

async function isThere(folder: string): Promise<boolean> {
  try {
    await access(join(folder, 'index.html'));
    return true;
  } catch {
    return false;
  }
}

async function removeOldBuilds(): Promise<void> {
  const names = (await readdir(buildsFolder)).filter((name) => /^[0-9a-f]{20}$/.test(name));
  const builds = await Promise.all(
    names.map(async (name) => {
      const folder = join(buildsFolder, name);
      return { folder, madeAt: (await stat(folder)).mtimeMs };
    }),
  );
  const old = builds.sort((a, b) => b.madeAt - a.madeAt).slice(keptBuilds);
  await Promise.all(old.map(({ folder }) => rm(folder, { recursive: true, force: true })));
}
