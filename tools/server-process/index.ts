import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const flags = JSON.parse(readFileSync(path('../bootstrap/server-flags.json'), 'utf8')) as string[];

/** The server in a process of its own, as `npm start` runs it. */
export const serverCommand = {
  command: process.execPath,
  args: [...flags, '--import', path('../typescript/register.mjs'), path('../../apps/server/main.ts')],
};
