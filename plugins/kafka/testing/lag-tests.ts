import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { LaneLag } from '@millrace/sdk';
import { gate } from '#tools/testing';
import type { Broker } from './broker.ts';
import { Follower } from './follow.ts';

type Lags = Record<string, LaneLag>;

/** How far a subscriber is behind the end of its partitions. */
export function lagTests(at: () => Broker): void {
  const values = (count: number, partition: number, timestamp?: string) =>
    Array.from({ length: count }, (_, n) => ({ partition, timestamp, key: `k${n}`, value: { n } }));
  const lagOf = async ({ stream, ctx }: Follower): Promise<Lags | undefined> => stream.lag?.(ctx);
  const until = async (follower: Follower, holds: (lags: Lags) => boolean): Promise<Lags> => {
    for (;;) {
      if (follower.failure) throw follower.failure;
      const lags = await lagOf(follower);
      if (lags && holds(lags)) return lags;
      await delay(20); // brokers have no event to await here
    }
  };
  const caughtUp = (lags: Lags): boolean => Object.values(lags).every(({ records }) => records === 0);

  it('is the end of each partition less what is durable, and how old that is', async () => {
    const topic = await at().topic('lag', 2);
    const hourAgo = String(Date.now() - 3_600_000);
    await at().send(topic, ...values(4, 0, hourAgo), ...values(3, 1, hourAgo));
    const follower = new Follower(at(), topic);
    expect(await lagOf(follower)).toBeUndefined(); // the group has not given anything out yet
    const { opened: stalled, open: goOn } = gate();
    follower.onPage = () => stalled;
    const before = await until(follower, () => true);
    expect(before).toEqual({ 'lag/0': { records: 4 }, 'lag/1': { records: 3 } });

    goOn();
    await follower.has(7);
    const after = await until(follower, caughtUp);
    expect(after).toEqual({ 'lag/0': { records: 0, seconds: 0 }, 'lag/1': { records: 0, seconds: 0 } });

    const drop = follower.holdPage();
    await at().send(topic, ...values(5, 1));
    const behind = await until(follower, (lags) => lags['lag/1']?.records === 5);
    expect(behind['lag/0']).toEqual({ records: 0, seconds: 0 });
    expect(behind['lag/1']?.seconds).toBeLessThan(3_600); // since it was caught up, not since the last message
    const stopped = follower.stop();
    drop();
    await stopped;

    const again = new Follower(at(), topic, { lanes: follower.lanes });
    const dropAgain = again.holdPage();
    const restarted = await until(again, (lags) => lags['lag/1']?.records === 5);
    expect(restarted['lag/1']?.seconds).toBeGreaterThanOrEqual(3_600); // since the last message that arrived
    const ended = again.stop();
    dropAgain();
    await ended;
  });

  it('counts no markers of transactions once all messages have arrived', async () => {
    const topic = await at().topic('lag-transactions');
    const producer = at().client.producer({ transactionalId: 'lag', idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const sent = async (end: 'commit' | 'abort'): Promise<void> => {
      const transaction = await producer.transaction();
      await transaction.send({ topic, messages: [{ value: '{"n":1}' }] });
      await transaction[end]();
    };
    await sent('commit');
    const follower = new Follower(at(), topic);
    await follower.has(1);
    await until(follower, caughtUp);
    await sent('abort');
    await producer.disconnect();
    await until(follower, caughtUp);
    await follower.stop();
    expect(follower.values).toEqual([{ n: 1 }]);
  });
}
