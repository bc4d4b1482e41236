import { compilePath, type Key, type Row } from '@millrace/sdk';
import { contentHash } from '#platform';

/** Names a record within its stream: its key fields, else its content. `undefined`: a key field is missing. */
export function rowKeyOf(fields: string[]): (row: Row) => string | undefined {
  if (fields.length === 0) return (row) => contentHash(row);
  const paths = fields.map((field) => compilePath(field));
  const [only] = paths;
  if (only && paths.length === 1) return (row) => keyText(only(row));
  return (row) => {
    const parts = paths.map((path) => keyText(path(row)));
    return parts.every((part) => part !== undefined) ? JSON.stringify(parts) : undefined;
  };
}

/** The name of a record that the source reports as deleted: the same text that `rowKeyOf` gives the record. */
export function deletedKey(key: Key): string {
  return key.length === 1 ? String(key[0]) : JSON.stringify(key.map(String));
}

function keyText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string}`;
}
