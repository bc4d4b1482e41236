import { expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import type { Broker } from './broker.ts';
import { Follower } from './follow.ts';

const partitions = 4;

/** Several subscribers, brokers that go away. */
export function groupTests(at: () => Broker): void {
  it('shares partitions with those who come, and takes over from those who go', async () => {
    const topic = await at().topic('shared', partitions);
    const lanes: Record<string, Json> = {};
    const seen = new Map<number, number>();
    let sent = 0;
    const send = (count: number) =>
      at().send(topic, ...Array.from({ length: count }, () => ({ key: `k${sent}`, value: { n: sent++ } })));
    const counted = (follower: Follower): Follower => {
      follower.onPage = async ({ records }) => {
        for (const { value } of records) {
          const { n } = value as { n: number };
          seen.set(n, (seen.get(n) ?? 0) + 1);
        }
      };
      return follower;
    };
    await send(200);
    const first = counted(new Follower(at(), topic, { lanes }));
    await first.until(() => seen.size === 200);
    const second = counted(new Follower(at(), topic, { lanes }));
    while (second.pages.length === 0) {
      await send(40);
      await first.until(() => seen.size === sent || second.pages.length > 0);
    }
    await first.until(() => seen.size === sent);
    await send(200);
    await first.until(() => seen.size === sent);
    await first.stop();
    await send(200);
    await second.until(() => seen.size === sent);
    await second.stop();
    expect(new Set(second.pages.slice(-partitions).map(({ lane }) => lane)).size).toBeGreaterThan(1);
    expect([...seen.values()].every((times) => times === 1)).toBe(true);
  });

  it('drops a lane that the engine says is somebody else’s, and takes it up again when the group says it is not', async () => {
    const topic = await at().topic('revoked');
    await at().send(topic, { value: { n: 1 } });
    const follower = new Follower(at(), topic);
    await follower.has(1);
    await follower.stream.revoke?.(follower.ctx, 'revoked/0');
    await expect(follower.stream.commit?.(follower.ctx, 'revoked/0', { offset: 1 })).rejects.toMatchObject({
      code: 'lane_lost',
    });
    await at().send(topic, { value: { n: 2 } });
    await follower.has(2);
    await follower.stop();
    expect(follower.values).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('gets over a broker that is killed and started again', async () => {
    const topic = await at().topic('restarted', 2);
    const lanes: Record<string, Json> = {};
    const values = Array.from({ length: 400 }, (_, n) => ({ key: `k${n}`, value: { n } }));
    await at().send(topic, ...values.slice(0, 200));
    let follower = new Follower(at(), topic, { lanes });
    await follower.has(200);
    const followers = [follower];
    await at().kafka.kill();
    await at().kafka.start();
    await at().send(topic, ...values.slice(200));
    const read = () => new Set(followers.flatMap((one) => one.values.map((value) => (value as { n: number }).n)));
    while (read().size < 400) {
      // As the engine does: a subscription that failed with what may pass is made anew.
      await follower
        .until(() => read().size === 400)
        .catch((error: unknown) => {
          expect(error).toMatchObject({ retryable: true });
          followers.push((follower = new Follower(at(), topic, { lanes })));
        });
    }
    await follower.stop();
    const all = followers.flatMap((one) => one.values.map((value) => (value as { n: number }).n));
    expect(all.toSorted((a, b) => a - b)).toEqual(values.map((_, n) => n));
  });
}
