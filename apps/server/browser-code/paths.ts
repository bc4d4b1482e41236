import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..', '..');

/** What is built depends on these versions, too. */
export const lockFile = join(repository, 'package-lock.json');

export const viteProgram = join(repository, 'node_modules', 'vite', 'bin', 'vite.js');
