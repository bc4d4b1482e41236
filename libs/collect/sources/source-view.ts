import { revisionOf } from '#platform';
import type { Source } from './source.schema.ts';

export interface WriteKeyView {
  id: string;
  createdAt: string;
}

export interface SourceView {
  id: string;
  slug?: string;
  name: string;
  origins: string[];
  writeKeys: WriteKeyView[];
  revision: number;
  createdAt: string;
}

export interface NewWriteKeyView {
  id: string;
  /** Shown now and never again. */
  writeKey: string;
}

export interface NewSourceView extends SourceView {
  writeKey: string;
}

export function sourceView(source: Source): SourceView {
  const { _id: id, slug, name, origins, writeKeys, createdAt } = source;
  return {
    id,
    ...(slug !== undefined && { slug }),
    name,
    origins,
    writeKeys: writeKeys.map((key) => ({ id: key.id, createdAt: key.createdAt.toISOString() })),
    revision: revisionOf(source),
    createdAt: createdAt.toISOString(),
  };
}

export function newSourceView(source: Source, writeKey: string): NewSourceView {
  return { ...sourceView(source), writeKey };
}
