import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MillraceError } from '@millrace/sdk';
import { contentTestKind, type ConfigDocument, type Fields } from '../documents/document.ts';
import { readDocuments } from '../documents/read-documents.ts';
import { pathOf } from '../kinds/index.ts';
import type { Exported } from './export-documents.ts';
import { keepReferences } from './keep-references.ts';
import { yamlText } from './yaml-text.ts';

export interface Written {
  /** Files that were not there, or said something else. */
  changed: string[];
  /** Documents that are there of what the server does not have. */
  stale: ConfigDocument[];
}

/** One file a resource; what a folder has already is written to its place, and its references are kept. */
export async function writeFolder(folder: string, exported: Exported[]): Promise<Written> {
  await mkdir(folder, { recursive: true });
  const present = await readDocuments([folder]);
  const files = exported.map((each) => filesOf(folder, each, present));
  const changed: string[] = [];
  for (const { path, text } of files.flat()) if (await writeWhereDifferent(path, text)) changed.push(path);
  const known = new Set(exported.map(({ resource }) => formerOf(resource, present)));
  return { changed, stale: present.filter((one) => one.kind !== contentTestKind && !known.has(one)) };
}

function formerOf({ kind, slug, fields }: Exported['resource'], present: ConfigDocument[]): ConfigDocument | undefined {
  const path = pathOf(kind, slug, fields);
  return present.find((one) => one.kind === kind.name && pathOf(kind, one.slug, one.fields) === path);
}

function filesOf(folder: string, { resource, document }: Exported, present: ConfigDocument[]) {
  const { kind } = resource;
  const former = formerOf(resource, present);
  const slug = former?.slug ?? resource.slug;
  const path = former?.file ?? join(folder, kind.folder, `${slug}.yaml`);
  if (present.filter(({ file }) => file === path).length > 1) {
    throw new MillraceError(
      'conflict',
      `${path} holds several resources, which export would lose. Put each into a file of its own, or export to an empty folder.`,
    );
  }
  const own = Object.entries(kind.ownFiles ?? {}).flatMap(([field, extension]) => {
    const text = document[field];
    return typeof text === 'string' ? [{ field, name: `${slug}.${extension}`, text }] : [];
  });
  const pointing: Fields = Object.fromEntries(own.map(({ field, name }) => [field, { $file: name }]));
  return [
    { path, text: yamlText({ ...keepReferences(document, former?.fields ?? {}), slug, ...pointing }) },
    ...own.map(({ name, text }) => ({ path: join(dirname(path), name), text })),
  ];
}

async function writeWhereDifferent(path: string, text: string): Promise<boolean> {
  if ((await readFile(path, 'utf8').catch(ifAbsent)) === text) return false;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return true;
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
