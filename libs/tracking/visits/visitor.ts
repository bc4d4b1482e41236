import type { IncomingHttpHeaders } from 'node:http';

/** What a request says of whoever asks. */
export interface Visitor {
  method: string;
  headers: IncomingHttpHeaders;
  ip?: string;
}
