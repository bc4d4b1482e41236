import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Asked {
  request: string;
  authorization?: string;
  body?: unknown;
}

export interface FakeServer {
  url: string;
  asked: Asked[];
  close(): Promise<void>;
}

/** Answers `METHOD /path?query` with what the table says, anything else with a problem. */
export async function fakeServer(answers: Record<string, unknown>): Promise<FakeServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const line = `${request.method} ${request.url}`;
      asked.push({
        request: line,
        authorization: request.headers.authorization,
        ...(body && { body: JSON.parse(body) as unknown }),
      });
      const known = Object.hasOwn(answers, line);
      const problem = {
        code: 'not_found',
        title: 'There is no such thing',
        detail: `Nothing is at ${line}. Check it.`,
      };
      response.writeHead(known ? 200 : 404, {
        'content-type': known ? 'application/json' : 'application/problem+json',
      });
      response.end(JSON.stringify(known ? answers[line] : problem));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
