import type { Json, Row } from '@millrace/sdk';
import type { IdentityKey } from '../identity/index.ts';
import type { Fields, LineFields, OrderHead, StoredOrder } from './order.schema.ts';

export interface FoldedOrder {
  fields: Fields;
  lines: LineFields[];
  ids: IdentityKey[];
  profile?: string;
  deleted: boolean;
}

/** What an order is, from all that was said of it: per field, and per line, the newest. */
export function foldOrder({ heads, lines }: Pick<StoredOrder, 'heads' | 'lines'>): FoldedOrder {
  const oldestFirst = [...heads].sort(byTime);
  const newest = oldestFirst.at(-1);
  const who = oldestFirst.findLast(({ i }) => i.length > 0);
  return {
    fields: Object.assign({}, ...oldestFirst.map(({ f }) => f)) as Fields,
    lines: foldLines(oldestFirst, lines),
    ids: who?.i ?? [],
    profile: who?.p,
    deleted: newest?.d === true,
  };
}

function foldLines(oldestFirst: OrderHead[], own: StoredOrder['lines']): LineFields[] {
  const newest = new Map<string, { a: number; h: string; fields?: Fields }>();
  const offer = (id: string, a: number, h: string, fields: Fields | undefined): void => {
    const known = newest.get(id);
    if (!known || a > known.a || (a === known.a && h > known.h)) newest.set(id, { a, h, fields });
  };
  for (const { l, a, h } of oldestFirst) for (const { id, fields } of l ?? []) offer(id, a, h, fields);
  for (const { id, a, h, f, d } of own) offer(id, a, h, d ? undefined : f);
  return [...newest]
    .flatMap(([id, { fields }]) => (fields ? [{ id, fields }] : []))
    .sort((x, y) => x.id.localeCompare(y.id, 'en', { numeric: true }));
}

function byTime(x: OrderHead, y: OrderHead): number {
  return x.a - y.a || (x.h < y.h ? -1 : x.h > y.h ? 1 : x.k < y.k ? -1 : 1);
}

/** The fields that queries need, derived. */
export function orderIndex(order: Pick<StoredOrder, 'heads' | 'lines'>): Pick<StoredOrder, 'p' | 'at'> {
  const { fields, profile, deleted } = foldOrder(order);
  const at = timeOf(fields.at);
  return { ...(profile && !deleted && { p: profile }), ...(at && { at }) };
}

function timeOf(value: Json | undefined): Date | undefined {
  return typeof value === 'string' ? new Date(value) : undefined;
}

/** An order as a dry run shows one; undefined: it was deleted. */
export function orderState(order: StoredOrder): Row | undefined {
  const { fields, lines, ids, deleted } = foldOrder(order);
  if (deleted) return undefined;
  const byId = Object.fromEntries(lines.map((line) => [line.id, line.fields]));
  return { id: order._id, ...fields, identities: ids, lines: byId };
}
