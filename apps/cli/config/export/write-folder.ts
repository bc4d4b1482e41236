import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { MillraceError, type Json } from '@millrace/sdk';
import { contentTestKind, type ConfigDocument, type Fields } from '../documents/document.ts';
import { readDocuments } from '../documents/read-documents.ts';
import { pathOf } from '../kinds/index.ts';
import { isBeside, specialIn } from '../references/reference.ts';
import type { Exported } from './export-documents.ts';
import { keepReferences } from './keep-references.ts';
import { yamlText } from './yaml-text.ts';

export interface Written {
  /** Files that were not there, or said something else. */
  changed: string[];
  /** Documents that are there of what the server does not have. */
  stale: ConfigDocument[];
}

/** The documents that a folder has; it is made where there is none. */
export async function readFolder(folder: string): Promise<ConfigDocument[]> {
  await mkdir(folder, { recursive: true });
  return readDocuments([folder]);
}

/** One file a resource; what a folder has already is written to its place, and its references are kept. */
export async function writeFolder(folder: string, exported: Exported[], present: ConfigDocument[]): Promise<Written> {
  const formers = exported.map(({ resource }) => formerOf(resource, present));
  const files = exported.map((each, index) => filesOf(folder, each, formers[index], present));
  const changed: string[] = [];
  for (const { path, text } of files.flat()) if (await writeWhereDifferent(path, text)) changed.push(path);
  const known = new Set(formers);
  return { changed, stale: present.filter((one) => one.kind !== contentTestKind && !known.has(one)) };
}

function formerOf({ kind, slug, fields }: Exported['resource'], present: ConfigDocument[]): ConfigDocument | undefined {
  const path = pathOf(kind, slug, fields);
  return present.find((one) => one.kind === kind.name && pathOf(kind, one.slug, one.fields) === path);
}

function filesOf(
  folder: string,
  { resource, document }: Exported,
  former: ConfigDocument | undefined,
  present: ConfigDocument[],
) {
  const { kind } = resource;
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
    return typeof text === 'string'
      ? [{ field, name: ownFile(field, former, present) ?? `${basename(path, extname(path))}.${extension}`, text }]
      : [];
  });
  const pointing: Fields = Object.fromEntries(own.map(({ field, name }) => [field, { $file: name }]));
  return [
    { path, text: yamlText({ ...keepReferences(document, former?.fields ?? {}), slug, ...pointing }) },
    ...own.map(({ name, text }) => ({ path: join(dirname(path), name), text })),
  ];
}

/** The file beside that the field is read from already, unless others read it, too. */
function ownFile(field: string, former: ConfigDocument | undefined, present: ConfigDocument[]): string | undefined {
  const file = fileIn(former?.fields[field]);
  if (!former || file === undefined || !isBeside(file)) return undefined;
  const fields = present.flatMap(({ folder, fields: all }) =>
    Object.values(all).map((each) => ({ folder, file: fileIn(each) })),
  );
  const readers = fields.filter(
    (one) => one.file !== undefined && resolve(one.folder, one.file) === resolve(former.folder, file),
  );
  return readers.length === 1 ? file : undefined;
}

function fileIn(value: Json | undefined): string | undefined {
  const special = value === undefined ? undefined : specialIn(value);
  return special && 'reference' in special && '$file' in special.reference ? special.reference.$file : undefined;
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
