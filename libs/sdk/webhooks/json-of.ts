import { MillraceError } from '../errors/index.ts';
import type { Json, Row } from '../json.ts';
import { parseJson } from '../parse-json.ts';
import type { Delivery } from '../connector/index.ts';

/** The JSON in a delivery. Throws `malformed_row`. */
export function jsonOf({ body }: Pick<Delivery, 'body'>): Json {
  try {
    return parseJson(body.toString('utf8'));
  } catch (cause) {
    throw new MillraceError('malformed_row', 'The body of the delivery is not JSON.', { cause });
  }
}

/** The JSON object in a delivery. Throws `malformed_row`. */
export function objectOf(delivery: Pick<Delivery, 'body'>): Row {
  const json = jsonOf(delivery);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw new MillraceError('malformed_row', 'The body of the delivery is not a JSON object.');
}

/** A field of a payload that may be anything; undefined where it is no object. */
export function rowIn(value: unknown, field: string): Row | undefined {
  const found = (value as Row | null | undefined)?.[field];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Row) : undefined;
}

/** A field of a payload as text; undefined where it is neither text nor a number, or empty. */
export function textIn(value: unknown, field: string): string | undefined {
  const found = (value as Row | null | undefined)?.[field];
  return typeof found === 'string' || typeof found === 'number' ? String(found) || undefined : undefined;
}
