/** Nest token: makes the links by which people unsubscribe. The server binds it, since content does not know privacy. */
export const UNSUBSCRIBE_LINKS = Symbol('UNSUBSCRIBE_LINKS');

/** Of an address (`ann@example.com`), from a channel and a purpose; the headers are those of RFC 2369 and RFC 8058. */
export type UnsubscribeLinksFor = (
  address: string,
  channel: string,
  purpose: string,
) => { url: string; headers: Record<string, string> };
