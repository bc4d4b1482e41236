import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { Network } from './network.ts';
import { repeatPause } from './repeat-pause.ts';

it.each([
  [0, undefined, 250],
  [3, undefined, 2_000],
  [20, undefined, 15_000],
  [0, 0, 250],
  [0, 7_000, 7_000],
  [3, 1_000, 2_000],
])('before repeat %i, asked to wait %s ms, %i ms pass', (repeat, asked, expected) => {
  expect(repeatPause(repeat, asked, () => 0.5)).toBe(expected);
});

it('a server that asks for no pause at all is not asked again at once', async () => {
  const server = createServer((_, response) => void response.writeHead(429, { 'retry-after': '0' }).end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const network = new Network({ allowPrivateAddresses: true });
  let paused = 0;
  const none = () => undefined;
  const debug = (what: object): void => void (paused += 'pauseMs' in what ? Number(what.pauseMs) : 0);
  const http = network.http({ baseURL, retries: 2 }, { log: { debug, info: none, warn: none, error: none } });
  await expect(http.get('/')).rejects.toMatchObject({ code: 'rate_limited' });
  expect(paused).toBeGreaterThan(0);
  network.onApplicationShutdown();
  server.close();
  await once(server, 'close');
});
