import type { Json } from '@millrace/sdk';

export type Fields = { [name: string]: Json };

/** From the outside in: names of fields, and positions in lists. */
export type Path = (string | number)[];

/** One resource, as a file describes it. */
export interface ConfigDocument {
  kind: string;
  slug: string;
  /** As written: references are not resolved. Without `kind` and `slug`. */
  fields: Fields;
  file: string;
  /** What a relative `$file` starts from. */
  folder: string;
  /** `file:line:column` of a field, or of what is nearest around it. */
  placeOf(path: Path): string;
}

/** The kind of documents that are for `millrace content test` alone: servers know none of it. */
export const contentTestKind = 'content-test';

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
