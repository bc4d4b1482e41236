import { describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import type { DeliveryArrival } from '../receiving/index.ts';
import type { DeliveryInbox, DeliveryStore, StoredDelivery } from '../store/index.ts';
import { Kept } from './kept.ts';

/** Bytes that an inbox takes at a time at most. */
const mostBytes = 32_000_000;

describe('a window of deliveries', () => {
  const window = { from: new Date('2026-03-01'), to: new Date('2026-03-02') };
  const stored = (count: number, bytes: number): StoredDelivery[] =>
    Array.from({ length: count }, (_, n) => ({
      _id: `d${count - n}`,
      source: 'con_1',
      receivedAt: new Date(window.to.getTime() - 1_000 * (n + 1)),
      json: 'x'.repeat(bytes),
    })) as StoredDelivery[];

  /** An inbox that takes so many groups, and then none for a while. */
  function kept(deliveries: StoredDelivery[], groups = Number.POSITIVE_INFINITY): { kept: Kept; taken: string[] } {
    const taken: string[] = [];
    const find = (_: unknown, { limit }: { limit: number }) => deliveries.slice(0, limit);
    const keep = async (arrivals: DeliveryArrival[]): Promise<void> => {
      const bytes = arrivals.reduce((sum, { json }) => sum + json.length, 0);
      if (groups-- <= 0 || bytes > mostBytes) throw new MillraceError('rate_limited', 'Too much.');
      taken.push(...arrivals.map(({ replayOf = '' }) => replayOf));
    };
    const store = { deliveries: { find } } as unknown as DeliveryStore;
    return { kept: new Kept(store, { keep } as unknown as DeliveryInbox), taken };
  }

  it('is replayed whole, however large the deliveries are', async () => {
    const deliveries = [...stored(9, 7_000_000), ...stored(60, 10)];
    const { kept: own, taken } = kept(deliveries);
    expect(await own.replayWindow('con_1', window)).toEqual({ replayed: 69, next: null });
    expect(taken).toEqual(deliveries.map(({ _id }) => _id));
  });

  it('is replayed up to 1,000 a request', async () => {
    const all = kept(stored(1_000, 10));
    expect(await all.kept.replayWindow('con_1', window)).toEqual({ replayed: 1_000, next: null });
    const more = kept(stored(1_001, 10));
    const { replayed, next } = await more.kept.replayWindow('con_1', window);
    expect([replayed, next !== null, more.taken.length]).toEqual([1_000, true, 1_000]);
  });

  it('tells where to go on once a part of it is kept; else that nothing is', async () => {
    const deliveries = stored(120, 10);
    const { replayed, next } = await kept(deliveries, 1).kept.replayWindow('con_1', window);
    const last = deliveries[49];
    const place = JSON.parse(Buffer.from(next ?? '', 'base64url').toString()) as unknown;
    expect([replayed, place]).toEqual([50, [last?.receivedAt.toISOString(), last?._id]]);
    await expect(kept(deliveries, 0).kept.replayWindow('con_1', window)).rejects.toMatchObject({
      code: 'rate_limited',
    });
  });
});
