import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LocalServer {
  url: string;
  /** `GET /path?query` of every request, in order. */
  requests: string[];
  close(): Promise<void>;
}

/** An HTTP server on this machine, for specs. */
export async function localServer(
  answer: (
    request: { url: URL; method: string; body: string; headers: IncomingMessage['headers'] },
    response: ServerResponse,
  ) => unknown,
): Promise<LocalServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const { method = 'GET', url = '/', headers } = request;
      requests.push(`${method} ${url}`);
      const body = Buffer.concat(chunks).toString('utf8');
      const value = await answer({ url: new URL(url, 'http://local'), method, body, headers }, response);
      if (value === undefined) return;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(value));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
