import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { testServices } from '#tools/testing';
import { Signer } from '../crypto/index.ts';
import { createLog } from '../log/index.ts';
import { Settings } from '../settings/index.ts';
import { RedisClient } from './redis-client.ts';
import { RequestCounts } from './request-counts.ts';

describe('the count of requests', () => {
  const log = createLog({ level: 'silent' });
  const services = testServices();
  let redis: RedisClient;
  let ends: (() => void)[] = [];

  const counts = (url: string): RequestCounts => {
    redis = new RedisClient(url, log);
    const settings = new Settings({ redisPrefix: services.prefix });
    return new RequestCounts(redis, new Signer(Buffer.alloc(32, 1).toString('base64')), settings, log);
  };
  afterEach(async () => {
    await redis.onApplicationShutdown();
    for (const end of ends.splice(0)) end();
  });

  it('says no beyond what is allowed a minute, to each on his own', async () => {
    const requests = counts(services.redisUrl);
    const ask = async (of: string): Promise<unknown> => requests.count('spec', of, 2).catch((error: unknown) => error);
    expect(await ask('a')).toBeUndefined();
    let answer: unknown;
    while (!answer) {
      await delay(20); // a minute may end in between, and where Redis takes a second nobody is counted for a while
      answer = await ask('a');
    }
    expect(answer).toMatchObject({ code: 'rate_limited' });
    expect(await ask('b')).toBeUndefined();
  });

  it('holds nobody up where Redis takes the connection and never answers', async () => {
    const sockets: Socket[] = [];
    const hung = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(hung, 'listening');
    ends = [() => hung.close(), () => sockets.forEach((socket) => socket.destroy())];
    const requests = counts(`redis://127.0.0.1:${(hung.address() as AddressInfo).port}`);
    for (let n = 0; n < 10; n++) await requests.count('spec', 'a', 1);
    expect(sockets).toHaveLength(1);
  });
});
