import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers; 200 and `ok` unless the spec says otherwise. */
  answer: (request: Received) => Answer | Promise<Answer>;
  /** Until it has got so many. */
  until(count: number): Promise<void>;
  close(): void;
}

/** An HTTP server that keeps what it is sent. */
export async function startReceiver(): Promise<Receiver> {
  const arrivals = new EventEmitter();
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      receiver.received.push(one);
      arrivals.emit('arrival');
      const { status, headers, body: said } = await receiver.answer(one);
      response.writeHead(status, headers).end(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer: () => ({ status: 200, body: 'ok' }),
    until: async (count) => {
      while (receiver.received.length < count) await once(arrivals, 'arrival');
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return receiver;
}
