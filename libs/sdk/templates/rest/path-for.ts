import { MillraceError } from '../../errors/index.ts';
import type { Row } from '../../json.ts';
import { compilePath } from '../../mapping/index.ts';

const placeholder = /\{([^{}]+)\}/g;

/** Makes paths out of one with fields in braces (`/customers/{id}/orders`); undefined for a record that lacks one of them. Throws `invalid_config`. */
export function pathFor(path: string): (record: Row) => string | undefined {
  const fields = new Map([...path.matchAll(placeholder)].map(([, field = '']) => [field, compilePath(field)]));
  if (fields.size === 0)
    throw new MillraceError(
      'invalid_config',
      `The path "${path}" is the same for every record. Put a field of the record into it, such as {id}.`,
    );
  return (record) => {
    const values = new Map([...fields].map(([field, read]) => [field, segmentOf(read(record))]));
    if ([...values.values()].includes(undefined)) return undefined;
    return path.replace(placeholder, (_, field: string) => values.get(field) ?? '');
  };
}

/** A value that leads nowhere else: dots alone would. */
function segmentOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const segment = encodeURIComponent(value);
  return /^\.*$/.test(segment) ? undefined : segment;
}
