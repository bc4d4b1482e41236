import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  events: Record<string, unknown>[];
  bytes: number;
}

export type Reply = { status: number; body?: object } | 'silence';

export interface StandIn {
  url: string;
  received: Received[];
  /** Default: all is kept. */
  reply: (request: Received) => Reply;
  stop(): Promise<void>;
}

/** Answers as Millrace may, trouble included; the real one is tested against in serverless.spec.ts. */
export async function startStandIn(): Promise<StandIn> {
  const kept = (): Reply => ({ status: 200, body: { success: true } });
  const standIn: StandIn = {
    url: '',
    received: [],
    reply: kept,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { batch, events } = JSON.parse(body) as { batch?: Received['events']; events?: Received['events'] };
      const { url: path = '', headers } = request;
      const seen = { path, headers, events: batch ?? events ?? [], bytes: Buffer.byteLength(body) };
      standIn.received.push(seen);
      const reply = standIn.reply(seen);
      if (reply === 'silence') return void response.destroy();
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify(reply.body ?? {}));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;
}
