import { MillraceError } from '../errors/index.ts';
import type { Json, Row } from '../json.ts';
import type { Delivery } from '../connector/index.ts';

/** The JSON in a delivery. Throws `malformed_row`. */
export function jsonOf({ body }: Pick<Delivery, 'body'>): Json {
  try {
    return JSON.parse(body.toString('utf8')) as Json;
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
