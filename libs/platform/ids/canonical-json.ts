import { sortedKeys } from './sorted-keys.ts';

const needsEscapes = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * JSON with sorted keys, so that equal values give equal text whatever the order of their keys. Follows `JSON.stringify`:
 * `toJSON` is honoured (dates become ISO text), `undefined` and functions leave their key out and are null in arrays.
 * A bigint becomes its digits; a value that is nothing at all (`undefined`) is `null`.
 */
export function canonicalJson(value: unknown): string {
  return write(value) ?? 'null';
}

function write(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return Number.isFinite(value) ? String(Object.is(value, -0) ? 0 : value) : 'null';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? 'null' : writeObject(value);
    default:
      return undefined;
  }
}

function writeObject(value: object): string | undefined {
  if (Array.isArray(value)) {
    let items = '';
    for (const item of value as unknown[]) items += `${items === '' ? '' : ','}${write(item) ?? 'null'}`;
    return `[${items}]`;
  }
  if (hasToJson(value)) return write(value.toJSON());
  const fields = value as Record<string, unknown>;
  let text = '';
  for (const key of sortedKeys(fields)) {
    const written = write(fields[key]);
    if (written !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${written}`;
  }
  return `{${text}}`;
}

function quoted(text: string): string {
  return needsEscapes.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
