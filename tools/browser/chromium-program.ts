import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { MillraceError } from '@millrace/sdk';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The path of the browser. Throws with what to install when there is none. */
export function chromiumProgram(): string {
  const places = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = places.find(isExecutable);
  if (found !== undefined) return found;
  throw new MillraceError('not_found', 'There is no Chromium on the PATH: install it (apt-get install chromium).');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
