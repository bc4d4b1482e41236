import { MillraceError, type Json } from '@millrace/sdk';
import { decodeCursor, encodeCursor, type List } from '#platform';

/** A page of a list from one item more than was asked for; `positionOf` its last item is where the next page goes on. */
export function listOf<T, V>(found: T[], limit: number, view: (item: T) => V, positionOf: (item: T) => Json): List<V> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    data: items.map(view),
    next: last !== undefined && found.length > limit ? encodeCursor(positionOf(last)) : null,
  };
}

/** The id at which a list goes on. Throws `bad_request`. */
export function idAfter(after: string | undefined): string | undefined {
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

/** The time and the id at which a list goes on. Throws `bad_request`. */
export function timeAndIdAfter(after: string | undefined): { at: Date; _id: string } | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined) return undefined;
  const [at, _id] = Array.isArray(position) ? position : [];
  if (typeof at === 'string' && typeof _id === 'string' && !Number.isNaN(Date.parse(at)))
    return { at: new Date(at), _id };
  throw notACursor();
}

function notACursor(): MillraceError {
  return new MillraceError('bad_request', '`after` is not a cursor of this list: use the `next` of the former page.');
}
