import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Network } from './network.ts';

let server: Server;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/silent') response.writeHead(429, { 'retry-after': '120' }).write('too many');
    else response.writeHead(401, { 'content-length': '100' }).write('who are', () => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

it.each([
  ['/silent', { code: 'rate_limited', retryAfter: 120_000, message: expect.stringContaining('too many') }],
  ['/broken', { code: 'authentication_failed', message: expect.stringContaining('who are') }],
])('an error is told by its status, however its reason ends: %s', async (path, error) => {
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = new Network({ allowPrivateAddresses: true }).http({ baseURL });
  await expect(http.get(path, { responseType: 'stream' })).rejects.toMatchObject(error);
});
