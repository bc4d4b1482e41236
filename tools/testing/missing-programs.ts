import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Those of the programs that are in no folder of PATH. */
export function missingPrograms(names: string[]): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
}
