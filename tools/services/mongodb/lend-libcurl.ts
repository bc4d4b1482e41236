import { existsSync } from 'node:fs';
import { readdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../binaries/environment-for.ts';
import { runPython } from '../binaries/pip.ts';
import { withWheel } from '../binaries/wheel.ts';

/** Carries a libcurl with everything that it needs. */
const wheel = {
  requirement: 'pycurl==7.49.0',
  tags: ['--python-version=311', '--implementation=cp', '--abi=cp311', '--platform=manylinux_2_28_x86_64'],
};

/** `mongod` is linked with libcurl, which a bare Debian lacks, and does not call it here. */
export async function lendLibcurl(binDir: string): Promise<Environment> {
  const libraries = join(binDir, 'lib');
  if (!existsSync(libraries)) await withWheel(wheel, binDir, (file, scratch) => unpack(file, scratch, libraries));
  return { LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };
}

async function unpack(file: string, scratch: string, target: string): Promise<void> {
  await runPython(['-m', 'zipfile', '-e', file, scratch]);
  const unpacked = join(scratch, 'pycurl.libs');
  const libcurl = (await readdir(unpacked)).find((name) => /^libcurl-.*\.so\.4/.test(name));
  if (libcurl === undefined) throw new Error('the wheel holds no libcurl');
  await symlink(libcurl, join(unpacked, 'libcurl.so.4'));
  await rename(unpacked, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // another start was quicker: the same files
  });
}
