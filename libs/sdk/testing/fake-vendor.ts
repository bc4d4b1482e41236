import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface VendorRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** JSON as parsed, a form as an object, nothing as undefined. */
  body: unknown;
}

export interface VendorAnswer {
  status?: number;
  body?: unknown;
}

export interface FakeVendor {
  url: string;
  close(): Promise<void>;
}

/** A vendor's API on a free port of this machine, for specs. */
export async function fakeVendor(answer: (request: VendorRequest) => VendorAnswer): Promise<FakeVendor> {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://vendor');
    const body = bodyOf(Buffer.concat(chunks).toString(), request.headers['content-type']);
    const found = answer({ method: request.method ?? '', path, query, headers: request.headers, body });
    response.writeHead(found.status ?? 200, { 'content-type': 'application/json' });
    response.end(found.body === undefined ? '' : JSON.stringify(found.body));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => response.destroy(error)); // the client tells it
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bodyOf(text: string, contentType = ''): unknown {
  if (text === '') return undefined;
  if (contentType.includes('form')) return Object.fromEntries(new URLSearchParams(text));
  return JSON.parse(text) as unknown;
}
