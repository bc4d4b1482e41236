import type { Json } from '@millrace/sdk';
import { decodeCursor, encodeCursor, notACursor } from './cursor.ts';
import type { List } from './page-query.ts';

/** A page of a list from one item more than was asked for; `positionOf` its last item is where the next page goes on. */
export function listOf<T, V>(
  found: readonly T[],
  limit: number,
  view: (item: T) => V,
  positionOf: (item: T) => Json,
): List<V> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    data: items.map((item) => view(item)),
    next: last !== undefined && found.length > limit ? encodeCursor(positionOf(last)) : null,
  };
}

/** The text at which a list goes on: an id, a name. Throws `bad_request`. */
export function textAfter(after: string | undefined): string | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined || typeof position === 'string') return position;
  throw notACursor();
}

/** The number at which a list goes on. Throws `bad_request`. */
export function numberAfter(after: string | undefined): number | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined || typeof position === 'number') return position;
  throw notACursor();
}

/** The time (ISO) and the id at which a list goes on. Throws `bad_request`. */
export function timeAndIdAfter(after: string | undefined): { at: Date; _id: string } | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined) return undefined;
  const [at, _id] = Array.isArray(position) ? position : [];
  if (typeof at === 'string' && typeof _id === 'string' && !Number.isNaN(Date.parse(at)))
    return { at: new Date(at), _id };
  throw notACursor();
}

/** The moment (milliseconds since 1970) and the id at which a list goes on. Throws `bad_request`. */
export function momentAndIdAfter(after: string | undefined): { at: Date; id: string } | undefined {
  const { at, id } = anyMomentAndIdAfter(after) ?? {};
  if (id === undefined) return undefined;
  if (at) return { at, id };
  throw notACursor();
}

/** Likewise of a list in which what has no moment (null) comes last. Throws `bad_request`. */
export function anyMomentAndIdAfter(after: string | undefined): { at?: Date; id: string } | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined) return undefined;
  const [at, id] = Array.isArray(position) ? position : [];
  if (typeof id === 'string' && at === null) return { id };
  if (typeof id === 'string' && typeof at === 'number' && Number.isSafeInteger(at)) return { at: new Date(at), id };
  throw notACursor();
}
