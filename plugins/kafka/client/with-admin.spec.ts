import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { configSpec, streamsOf } from '@millrace/sdk';
import { testContext, testHttp } from '@millrace/sdk/testing';
import { KafkaConfig } from '../config.ts';
import { httpSettings } from '../http-settings.ts';
import connector from '../index.ts';

it('nobody waits for a broker that accepts the connection and never answers, once the answer is not wanted any more', async () => {
  const silent = createServer();
  silent.on('connection', (socket) => socket.resume());
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const config = configSpec(KafkaConfig).parse({ brokers: [`127.0.0.1:${port}`], tls: 'disable' });
  const stop = new AbortController();
  const ctx = testContext(config, { http: testHttp(httpSettings(config)), signal: stop.signal });
  const streams = streamsOf(connector, ctx);
  const accepted = once(silent, 'connection');
  await Promise.race([accepted, streams]);
  const reason = new Error('The run is closed.');
  stop.abort(reason);
  await expect(streams).rejects.toBe(reason);
  silent.close();
  await once(silent, 'close'); // with its last connection
}, 20_000);
