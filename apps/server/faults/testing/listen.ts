import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  url: string;
  /** Refuses connections from now on, and breaks those that are open. */
  down(): Promise<void>;
  /** Listens again, at the same address. */
  up(): Promise<void>;
}

export async function listen(server: Server): Promise<Listening> {
  const listenAt = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listenAt(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async down() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    up: () => listenAt(port),
  };
}

export interface StatusFault {
  status: number;
  /** Seconds. */
  retryAfter?: number;
}

export function sendStatus(response: ServerResponse, { status, retryAfter }: StatusFault): void {
  response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }).end('not now');
}
