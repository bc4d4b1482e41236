import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..', '..');

/** The console's sources. */
export const consoleFolder = join(repository, 'apps', 'console');

/** What they become depends on these versions, too. */
export const lockFile = join(repository, 'package-lock.json');

/** Builds by the hash of what they were made of. They belong to this copy of the code, as `node_modules` does, and not to the data. */
export const buildsFolder = join(repository, '.millrace', 'console');

export const viteProgram = join(repository, 'node_modules', 'vite', 'bin', 'vite.js');
