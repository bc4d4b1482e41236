import { compilePath } from '../../mapping/index.ts';
import { MillraceError } from '../../errors/index.ts';
import type { Json } from '../../json.ts';
import { nextLink, relNext } from './next-link.ts';
import type { PageSize, Paging } from './paging.ts';

/** What a page is asked with: beside the stream's own parameters, and in place of its path. */
export interface PageRequest {
  params?: Record<string, string | number>;
  /** Path and query on the host of `baseURL`; what a GET asks for is in it already. */
  url?: string;
}

/** What a page's answer tells about the next one. */
export interface PageAnswer {
  body: unknown;
  link: unknown;
  /** Address of the request that was answered. */
  url: URL;
  /** Parameters that the connection itself adds to each request: an API key, perhaps. They are not to be stored. */
  ownParams: string[];
  count: number;
}

/** One way of paging. A position says where a page is; it survives a restart as JSON. */
export interface Pager {
  first: Json;
  request(position: Json): PageRequest;
  /** The position after this page; undefined: it was the last. */
  next(position: Json, answer: PageAnswer): Json | undefined;
  /** Asking past the end is how the end is found: some APIs answer that with an error of this status. */
  isPastEnd?(position: Json, status: number | undefined): boolean;
  /** Likewise, others give the last page again. */
  mayRepeatLast?(position: Json): boolean;
}

export function pagerOf(paging: Paging): Pager {
  switch (paging.kind) {
    case 'none':
      return { first: null, request: () => ({}), next: () => undefined };
    case 'page':
      return pagePager(paging);
    case 'offset':
      return offsetPager(paging);
    case 'cursor':
      return cursorPager(paging);
    case 'link':
      return linkPager(paging);
    default:
      throw noSuchPaging(paging);
  }
}

/** Nobody checks types where a connector is tried. */
function noSuchPaging({ kind }: { kind: unknown }): MillraceError {
  return new MillraceError(
    'invalid_connector',
    `There is no paging of the kind ${JSON.stringify(kind)}. Write none, page, offset, cursor or link.`,
  );
}

type Of<K extends Paging['kind']> = Extract<Paging, { kind: K }>;

function pagePager({ param, start = 1, size }: Of<'page'>): Pager {
  return numbered({
    start,
    params: (at) => ({ ...sizeParam(size), [param]: at }),
    step: () => 1,
  });
}

function offsetPager({ offsetParam, limitParam, limit }: Of<'offset'>): Pager {
  return numbered({
    start: 0,
    params: (at) => ({ [limitParam]: limit, [offsetParam]: at }),
    step: (count) => count,
  });
}

interface NumberedPaging {
  start: number;
  params: (at: number) => Record<string, string | number>;
  /** From one page's number to the next one's. */
  step: (count: number) => number;
}

/**
 * `largest`: records of the fullest page so far. `short`: the page before had fewer. That may be the end, or a page of which the API has left out what is hidden
 * or deleted; only an empty one is the end for certain.
 */
type NumberedPosition = { at: number; largest: number; short?: boolean };

function numbered({ start, params, step }: NumberedPaging): Pager {
  const isAfterShort = (position: Json): boolean => (position as NumberedPosition).short ?? false;
  return {
    first: { at: start, largest: 0 },
    request: (position) => ({ params: params((position as NumberedPosition).at) }),
    next(position, { count }) {
      if (count === 0) return undefined;
      const { at, largest } = position as NumberedPosition;
      return {
        at: at + step(count),
        largest: Math.max(largest, count),
        ...(count < largest && { short: true }),
      };
    },
    isPastEnd: (position, status) =>
      (position as NumberedPosition).at !== start &&
      (status === 404 || (isAfterShort(position) && (status === 400 || status === 416 || status === 422))),
    mayRepeatLast: isAfterShort,
  };
}

/** How APIs write that no cursor follows; Twitter's with 0: https://developer.x.com/en/docs/basics/cursoring. */
const saysNone = new Set<unknown>([null, '', false, 0, '0']);

function cursorPager({ next, param, size }: Of<'cursor'>): Pager {
  const read = compilePath(next);
  return {
    first: null,
    request: (position) => ({
      params: { ...sizeParam(size), ...(position !== null && { [param]: position as string | number }) },
    }),
    next(_, { body }) {
      const value = read(body as Record<string, unknown>);
      if (value === undefined || saysNone.has(value)) return undefined;
      if (typeof value === 'string' || typeof value === 'number') return value;
      throw new MillraceError(
        'invalid_response',
        `The next page's cursor at "${next}" is ${Array.isArray(value) ? 'a list' : typeof value}, not text or a number. Correct the path of the cursor.`,
      );
    },
  };
}

function linkPager({ next, size }: Of<'link'>): Pager {
  const read = next === undefined ? undefined : compilePath(next);
  return {
    first: null,
    request: (position) => ({ params: sizeParam(size), ...(position !== null && { url: position as string }) }),
    next: (_, { body, link, url, ownParams }) => {
      const target = read ? read(body as Record<string, unknown>) : relNext(link);
      return nextLink(target, url, ownParams);
    },
  };
}

function sizeParam(size: PageSize | undefined): Record<string, number> {
  return size ? { [size.param]: size.value } : {};
}
