import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import Bull from 'bull';
import { createLog, RedisClient } from '#platform';
import { freePort } from '#tools/services';
import { testServices } from '#tools/testing';
import { WorkQueues, type RunJob, type SliceJob } from './work-queues.ts';

const log = createLog({ level: 'silent' });
let redis: RedisClient;
let queues: WorkQueues;
let slices: Bull.Queue<SliceJob>;

const open = (url: string): Error[] => {
  redis = new RedisClient(url, log);
  const options = { ...redis.bullOptions(), prefix: testServices().prefix };
  slices = new Bull('slices', options);
  queues = new WorkQueues(slices, new Bull<RunJob>('runs', options), new Bull('subscriptions', options), log);
  const reported: Error[] = [];
  queues.onError((_queue, error) => reported.push(error));
  return reported;
};
afterEach(async () => {
  slices.removeAllListeners();
  await redis.onApplicationShutdown();
});

it('report nothing at each attempt to reach a Redis that is away', async () => {
  const reported = open(`redis://127.0.0.1:${await freePort()}`);
  for (let attempts = 0; attempts < 3; attempts++)
    await new Promise((resolve) => slices.client.once('reconnecting', resolve));
  expect(reported).toEqual([]);
});

it('report what goes wrong while Redis is there, once where it goes on', async () => {
  const reported = open(testServices().redisUrl);
  if (slices.client.status !== 'ready') await once(slices.client, 'ready');
  for (let i = 0; i < 3; i++) slices.emit('error', new Error('broken'));
  expect(reported).toEqual([new Error('broken')]);
});

it.each([0, 1, 2, 3, 5, 8, 13])('close %i turns after they began to give work', async (turns) => {
  open(testServices().redisUrl);
  const ended = Promise.allSettled([
    queues.processSlices(1, async () => {}),
    queues.processSubscriptions(1, async () => {}),
    queues.processRuns(1, async () => {}),
  ]);
  if (slices.client.status !== 'ready') await once(slices.client, 'ready');
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  await queues.close();
  await redis.onApplicationShutdown();
  await ended;
});

it.each(['says nothing any more', 'says nothing any more on new connections either'])(
  'close before a Redis that %s',
  async (how) => {
    const relay = await relayToRedis();
    open(relay.url);
    const ended = Promise.allSettled([
      queues.processSlices(1, async () => {}),
      queues.processSubscriptions(1, async () => {}),
      queues.processRuns(1, async () => {}),
    ]);
    if (slices.client.status !== 'ready') await once(slices.client, 'ready');
    relay.fallSilent();
    if (how.includes('new')) await relay.connectedAnew();
    const closed = queues.close();
    await redis.beforeApplicationShutdown();
    await closed;
    await redis.onApplicationShutdown();
    await ended;
    relay.close();
  },
);

it('wait for a Redis that is away at first', async () => {
  const port = await freePort();
  open(`redis://127.0.0.1:${port}`);
  const end = queues.processSlices(1, async () => {});
  for (let attempts = 0; attempts < 3; attempts++)
    await new Promise((resolve) => slices.client.once('reconnecting', resolve));
  expect(
    await Promise.race([
      end.then(
        () => 'ended',
        () => 'given up',
      ),
      Promise.resolve('waits'),
    ]),
  ).toBe('waits');
});

/** The tests' Redis, behind what can stop to hand on what is said. */
async function relayToRedis() {
  const { hostname, port } = new URL(testServices().redisUrl);
  const sockets: Socket[] = [];
  let silent = false;
  const server = createServer((near) => {
    sockets.push(near.on('error', () => near.destroy()));
    if (silent) return;
    const far = connect(Number(port), hostname);
    sockets.push(far.on('error', () => far.destroy()));
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => sockets.splice(0).forEach((socket) => socket.destroy());
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fallSilent: () => {
      silent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    connectedAnew: async () => {
      cut();
      await once(server, 'connection');
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
