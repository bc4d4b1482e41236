import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { glob } from 'tinyglobby';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { ConfigDocument } from './document.ts';
import { refuse, type Fault } from './faults.ts';
import { parseDocuments, type SourceText } from './parse-documents.ts';

/**
 * The resources in folders (every .yaml and .yml below them) and files; `-` is standard input.
 * @throws MillraceError with the place of everything that is no YAML, no resource, or there twice
 */
export async function readDocuments(paths: string[]): Promise<ConfigDocument[]> {
  const sources = (await Promise.all(paths.map(sourcesAt))).flat();
  const parsed = sources.map(parseDocuments);
  const documents = parsed.flatMap((each) => each.documents);
  refuse([...parsed.flatMap((each) => each.faults), ...twice(documents)]);
  return documents;
}

async function sourcesAt(path: string): Promise<SourceText[]> {
  if (path === '-') return [{ file: 'standard input', folder: process.cwd(), text: await textOf(process.stdin) }];
  try {
    if (!(await stat(path)).isDirectory()) return [await sourceOf(path)];
    const names = await glob('**/*.{yaml,yml}', { cwd: path, ignore: ['**/node_modules/**'] });
    return await Promise.all(names.sort().map((name) => sourceOf(join(path, name))));
  } catch (error) {
    throw new MillraceError('bad_request', `${path} cannot be read: ${messageOf(error)}. Name a folder or a file.`, {
      cause: error,
    });
  }
}

async function sourceOf(file: string): Promise<SourceText> {
  return { file, folder: dirname(file), text: await readFile(file, 'utf8') };
}

function twice(documents: ConfigDocument[]): Fault[] {
  const first = new Map<string, ConfigDocument>();
  return documents.flatMap((document) => {
    const id = `${document.kind} ${document.slug}`;
    const other = first.get(id);
    if (!other) first.set(id, document);
    if (!other) return [];
    const message = `The ${id} is in ${other.placeOf(['slug'])} already. Remove one, or give it another slug.`;
    return [{ place: document.placeOf(['slug']), message }];
  });
}
