import { MillraceError } from '../../errors/index.ts';

/**
 * Path and query of the next page, without the parameters that the connection adds to each request by itself; undefined: there is none.
 * Only an address on the same host is followed, since the request carries the connection's credentials. The scheme stays what it is,
 * as APIs behind proxies often write `http:`. Throws `invalid_response`.
 */
export function nextLink(target: unknown, current: URL, ownParams: string[]): string | undefined {
  if (target === undefined || target === null || target === '' || target === false) return undefined;
  if (typeof target !== 'string' || !URL.canParse(target, current.href)) {
    throw new MillraceError(
      'invalid_response',
      'The link to the next page is not an address. Check the path of the link in the paging of the stream.',
    );
  }
  const next = new URL(target, current);
  if (next.hostname === current.hostname && samePort(next, current)) return storable(next, ownParams);
  throw new MillraceError(
    'invalid_response',
    `The link to the next page leads to another host (${next.host}), which would be given the credentials for ${current.host}. Set the base URL to the host that the API links to.`,
  );
}

function storable(url: URL, ownParams: string[]): string {
  for (const name of ownParams) if (url.searchParams.has(name)) url.searchParams.delete(name);
  return url.pathname + url.search;
}

function samePort(next: URL, current: URL): boolean {
  return next.port === current.port || next.protocol !== current.protocol;
}

/**
 * The target of `rel="next"` in a `Link` header (RFC 8288): `<https://x/items?page=2>; rel="next", <…>; rel="last"`. Sentry always names a next page, and
 * says by `results="false"` that there is nothing on it.
 */
export function relNext(header: unknown): string | undefined {
  const text = Array.isArray(header) ? header.join(', ') : header;
  if (typeof text !== 'string') return undefined;
  for (const [, target, parameters] of text.matchAll(
    /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~*-]+\s*(?:=\s*(?:"(?:[^"\\]|\\.)*"|'[^',;]*'|[^\s",;]+))?)*)/g,
  )) {
    const isNext = parameterIn(parameters, 'rel')?.split(/\s+/).includes('next');
    if (isNext && parameterIn(parameters, 'results') !== 'false') return target;
  }
  return undefined;
}

/** In lower case. Some APIs write single quotes. */
function parameterIn(parameters = '', name: string): string | undefined {
  const pattern = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|'([^',;]*)'|([^\\s",;]+))`, 'i');
  const [, double, single, bare] = pattern.exec(parameters) ?? [];
  return (double ?? single ?? bare)?.toLowerCase();
}
