import { readFile } from 'node:fs/promises';

/** A file's JSON. Throws `bad_request`. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const { MillraceError, messageOf } = await import('@millrace/sdk');
    throw new MillraceError('bad_request', `${file} cannot be read as JSON: ${messageOf(error)}. Correct it.`, {
      cause: error,
    });
  }
}
