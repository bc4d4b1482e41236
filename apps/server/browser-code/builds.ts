import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserCode } from './browser-code.ts';
import { runVite } from './run-vite.ts';
import { sourceHash } from './source-hash.ts';

/** The folder with the code as it is built from today's sources; builds it first if it is not there. */
export async function builtFolder(code: BrowserCode, signal: AbortSignal): Promise<string> {
  const folder = join(code.builds, await sourceHash(code.sources));
  if (await isThere(folder, code)) return folder;
  const draft = `${folder}.${process.pid}`;
  await mkdir(code.builds, { recursive: true });
  try {
    await runVite(code, draft, signal);
    if (!(await isThere(folder, code))) await rename(draft, folder); // never half a build under its name
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  const old = (await buildFolders(code)).slice(code.kept);
  await Promise.all(old.map((one) => rm(one, { recursive: true, force: true })));
  return folder;
}

/** All builds that are there, the newest first. */
export async function buildFolders({ builds }: BrowserCode): Promise<string[]> {
  const names = (await readdir(builds)).filter((name) => /^[0-9a-f]{20}$/.test(name));
  const folders = await Promise.all(
    names.map(async (name) => {
      const folder = join(builds, name);
      return { folder, madeAt: (await stat(folder)).mtimeMs };
    }),
  );
  return folders.sort((a, b) => b.madeAt - a.madeAt).map(({ folder }) => folder);
}

async function isThere(folder: string, { entry }: BrowserCode): Promise<boolean> {
  try {
    await access(join(folder, entry));
    return true;
  } catch {
    return false;
  }
}
