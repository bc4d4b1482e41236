/** Nest token: makes the headers by which an address unsubscribes. The server binds it, since content does not know privacy. */
export const UNSUBSCRIBE_HEADERS = Symbol('UNSUBSCRIBE_HEADERS');

/** Of an address (`ann@example.com`), from a channel and a purpose; RFC 2369 and RFC 8058. */
export type UnsubscribeHeaders = (address: string, channel: string, purpose: string) => Record<string, string>;
