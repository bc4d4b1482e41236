import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

export interface Receiver {
  url: string;
  /** The rows of every delivery with a right signature. */
  rows: Record<string, unknown>[];
  /** Deliveries that were refused. */
  refused: number;
  close(): Promise<void>;
}

/** An HTTP endpoint as a customer would have it: checks signatures with the reference library. */
export async function startReceiver(secret: string): Promise<Receiver> {
  const webhook = new Webhook(secret);
  const receiver: Receiver = {
    url: '',
    rows: [],
    refused: 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      try {
        const { data } = webhook.verify(body, request.headers as Record<string, string>) as {
          data: { record: Record<string, unknown> }[];
        };
        receiver.rows.push(...data.map((row) => row.record));
        response.writeHead(204).end();
      } catch {
        receiver.refused++;
        response.writeHead(401).end();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/people`;
  return receiver;
}
