import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { Network } from './network.ts';

it('keeps a connection for the next request, and closes it before the other side may', async () => {
  const connections: Socket[] = [];
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  server.keepAliveTimeout = 600_000;
  server.on('connection', (socket) => connections.push(socket));
  await once(server, 'listening');
  const network = new Network({ allowPrivateAddresses: true });
  const http = network.http({ baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, retries: 0 });

  await http.post('/', {});
  await http.post('/', {});
  expect(connections).toHaveLength(1);
  await once(connections[0] as Socket, 'close');
  await http.post('/', {});
  expect(connections).toHaveLength(2);

  network.onApplicationShutdown();
  server.close().closeAllConnections();
}, 60_000);
