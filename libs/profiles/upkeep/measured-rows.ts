import type { StoredEvent } from '../events/index.ts';
import { splitIdentity } from '../identity/index.ts';
import type { MeasuredRow } from '../measures/index.ts';
import { foldOrder, type StoredOrder } from '../orders/index.ts';

export function eventRow({ _id: id, name, at, properties }: StoredEvent): MeasuredRow {
  return { id, at: at.getTime(), row: { id, name, at: at.toISOString(), properties } };
}

export function orderRow(order: StoredOrder): MeasuredRow {
  const { fields, lines } = foldOrder(order);
  const { kind: connection, value: id } = splitIdentity(order._id);
  const shown = lines.map((line) => ({ ...line.fields, id: line.id }));
  return { ...timed(order), row: { properties: {}, ...fields, id, connection, lines: shown } };
}

/** Each line with its order. */
export function lineRows(order: StoredOrder): MeasuredRow[] {
  const { fields, lines } = foldOrder(order);
  const { value: id } = splitIdentity(order._id);
  const head = { ...fields, id };
  return lines.map((line) => ({
    ...timed(order),
    id: `${order._id}|${line.id}`,
    row: { ...line.fields, id: line.id, at: fields.at, order: head },
  }));
}

function timed({ _id: id, at }: StoredOrder): { id: string; at?: number } {
  return { id, ...(at && { at: at.getTime() }) };
}
