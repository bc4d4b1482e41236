import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ConnectorContext } from '@millrace/sdk';

/** Writes a file under another name first, so that nobody ever sees half of it. */
export async function writeWhole(
  { files, signal }: Pick<ConnectorContext, 'files' | 'signal'>,
  path: string,
  chunks: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const draft = `${path}.draft`;
  await pipeline(Readable.from(chunks), await files.create(draft), { signal });
  await files.rename(draft, path);
}
