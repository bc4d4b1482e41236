import type { Delivery } from '../connector/index.ts';
import { parseJson } from '../parse-json.ts';

/**
 * `split` of vendors that send a JSON list: a delivery for each element, so that each can be found, erased and replayed alone. What is no list, or
 * no JSON, stays one delivery; its `parse` will refuse it.
 */
export function eachOfList(delivery: Delivery): Delivery[] {
  let json: unknown;
  try {
    json = parseJson(delivery.body.toString('utf8'));
  } catch {
    return [delivery];
  }
  if (!Array.isArray(json)) return [delivery];
  return json.map((element) => ({ ...delivery, body: Buffer.from(JSON.stringify(element)) }));
}
