import { once } from 'node:events';
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

it('report what goes wrong while Redis is there', async () => {
  const reported = open(testServices().redisUrl);
  if (slices.client.status !== 'ready') await once(slices.client, 'ready');
  slices.emit('error', new Error('broken'));
  expect(reported).toEqual([new Error('broken')]);
});
