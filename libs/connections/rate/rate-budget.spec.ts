import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLog, RedisClient } from '#platform';
import { testServices } from '#tools/testing';
import { RateBudget } from './rate-budget.ts';
import { spacingOf } from './rate.ts';

describe('RateBudget', () => {
  const { redisUrl, prefix } = testServices();
  const log = createLog({ level: 'silent' });
  const clients = [new RedisClient(redisUrl, log), new RedisClient(redisUrl, log)];
  const budgets = clients.map((client) => new RateBudget(client, log));
  const take = (worker: number, owner: string, rate: `${number}/h` | `${number}/min`, signal?: AbortSignal) =>
    budgets[worker]?.take(`${prefix}:${owner}`, spacingOf(rate), signal);

  beforeAll(() => Promise.all(clients.map(({ client }) => client.ping())));
  afterAll(() => Promise.all(clients.map((client) => client.onApplicationShutdown())));

  it('counts over all workers, and tells when it will go on if that takes too long', async () => {
    await Promise.all([take(0, 'shared', '20/h'), take(1, 'shared', '20/h'), take(0, 'shared', '20/h')]);
    const error: unknown = await take(1, 'shared', '20/h')?.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rate_limited', retryable: true });
    const { retryAfter } = error as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(60_000);
    expect(retryAfter).toBeLessThanOrEqual(200_000);
  });

  it('does not book a turn that is too far away', async () => {
    await take(0, 'unbooked', '1/h');
    const waits: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      await take(0, 'unbooked', '1/h')?.catch((error: { retryAfter: number }) => waits.push(error.retryAfter));
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(3_600_000);
  });

  it('lets all workers wait when the other side asks one of them to', async () => {
    await budgets[0]?.rest(`${prefix}:asked`, spacingOf('600/min'), 3_600_000);
    const error: unknown = await take(1, 'asked', '600/min')?.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'rate_limited', retryable: true });
    expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(1_800_000);
  });

  it('keeps owners apart', async () => {
    await take(0, 'one', '1/h');
    await take(0, 'two', '1/h');
    await expect(take(0, 'one', '1/h')).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('does not wait for a Redis that hangs, and tells all workers as soon as it answers', async () => {
    const between = await hangingRedis(redisUrl);
    const client = new RedisClient(between.url, log);
    try {
      const budget = new RateBudget(client, log);
      between.hang();
      await budget.rest(`${prefix}:unheard`, spacingOf('600/min'), 3_600_000);
      await take(1, 'unheard', '600/min'); // nobody has told it
      between.cut();
      const resting = { code: 'rate_limited', retryable: true };
      await expect(budget.take(`${prefix}:unheard`, spacingOf('600/min'))).rejects.toMatchObject(resting);
      await expect(take(1, 'unheard', '600/min')).rejects.toMatchObject(resting);
    } finally {
      await client.onApplicationShutdown();
      await between.close();
    }
  });

  it('ends waiting with the reason of the signal', async () => {
    await take(0, 'aborted', '7/min');
    const stop = new AbortController();
    const waiting = take(0, 'aborted', '7/min', stop.signal);
    const reason = new Error('the run was cancelled');
    setImmediate(() => stop.abort(reason));
    await expect(waiting).rejects.toBe(reason);
    await expect(take(0, 'aborted', '7/min', stop.signal)).rejects.toBe(reason);
  });
});

/** A way to Redis on which nothing comes back while it hangs. */
async function hangingRedis(redisUrl: string) {
  const { hostname, port } = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let hangs = false;
  const server = createServer((socket) => {
    const redis = connect(Number(port), hostname);
    for (const one of [socket, redis]) sockets.add(one.on('error', () => undefined));
    if (!hangs) socket.pipe(redis).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hang: () => void (hangs = true),
    /** Ends all ways; new ones do not hang. */
    cut: () => {
      hangs = false;
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
