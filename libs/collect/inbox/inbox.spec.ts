import { EventEmitter, once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import type { Page } from '@millrace/sdk';
import { startCollect, type Collect } from '../testing/test-collect.ts';
import { Inbox, inboxId, type Arrival } from './index.ts';

describe('the inbox', () => {
  let collect: Collect;
  let inbox: Inbox;

  beforeAll(async () => {
    collect = await startCollect();
    inbox = collect.app.get(Inbox);
  });
  afterEach(() => collect.clear());
  afterAll(() => collect.close());

  const arrival = (n: number): Arrival => ({
    _id: inboxId('src_1', `m${n}`),
    source: 'src_1',
    receivedAt: new Date(),
    identities: [],
    json: JSON.stringify({
      type: 'track',
      event: 'E',
      messageId: `m${n}`,
      userId: 'u',
      timestamp: new Date().toISOString(),
    }),
  });
  const arrivals = (from: number, to: number): Arrival[] =>
    Array.from({ length: to - from + 1 }, (_, i) => arrival(from + i));
  const idsIn = (pages: Page[]): unknown[] => pages.flatMap(({ records }) => records.map(({ messageId }) => messageId));

  it('keeps what many requests bring in few writes, and each message once', async () => {
    const requests = Array.from({ length: 50 }, (_, i) => inbox.keep(arrivals(i, i + 9)));
    await Promise.all(requests);
    expect(await collect.store.items.countDocuments()).toBe(59);
    const { records } = await collect.read(59);
    expect(new Set(records.map(({ id }) => id)).size).toBe(59);
  });

  it('tells a subscriber that waits, from where it stood', async () => {
    await inbox.keep(arrivals(1, 3));
    const first = await collect.subscribe();
    const one = (await first.pages.next()).value as Page;
    expect(idsIn([one])).toEqual(['m1', 'm2', 'm3']);
    const waiting = first.pages.next();
    await inbox.keep(arrivals(4, 5));
    const two = (await waiting).value as Page;
    expect(idsIn([two])).toEqual(['m4', 'm5']);
    first.end();
    const { lane = '' } = one;
    const second = await collect.subscribe({ [lane]: one.resume ?? null });
    expect(idsIn([(await second.pages.next()).value as Page])).toEqual(['m4', 'm5']);
    second.end();
  });

  it('tells how many wait beyond what has arrived, and for how long', async () => {
    await inbox.keep(arrivals(1, 3));
    const { pages, end } = await collect.subscribe();
    const { lane = '', resume = null } = (await pages.next()).value as Page;
    end();
    expect((await collect.lag({}))[lane]).toEqual({ records: 3, seconds: expect.any(Number) });
    expect((await collect.lag({ [lane]: resume }))[lane]).toEqual({ records: 0, seconds: 0 });
    await collect.store.items.updateMany({ lane }, { $set: { receivedAt: new Date(Date.now() - 60_000) } });
    const { records, seconds = 0 } = (await collect.lag({ [lane]: Number(resume) - 1 }))[lane] ?? {};
    expect([records, seconds >= 60]).toEqual([1, true]);
    expect(await collect.lag({}, { group: 'syn_1', index: 1, of: 1 })).toEqual({});
  });

  it('shares lanes among subscribers: each is read by one', async () => {
    const left = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(leftLane));
    const consumers = [0, 1, 2].map((index) => ({ group: 'syn_1', index, of: 3 }));
    const subscriptions = await Promise.all(consumers.map((consumer) => collect.subscribe({}, consumer)));
    const read: string[] = [];
    const reading = subscriptions.map(async ({ pages }) => {
      for await (const { lane = '' } of pages) {
        if (left.includes(lane)) read.push(lane);
        if (read.length === left.length) for (const { end } of subscriptions) end();
      }
    });
    await Promise.allSettled(reading); // they end by throwing that they were ended
    expect(read.sort()).toEqual(left);
  });

  it('reads what a writer that died has written, though nobody confirmed it', async () => {
    const lane = await leftLane('killed');
    const { pages, end } = await collect.subscribe();
    const page = (await pages.next()).value as Page;
    expect([page.lane, idsIn([page])]).toEqual([lane, ['killed']]);
    end();
  });

  it('forgets a lane whose items have all expired', async () => {
    const { pages, end } = await collect.subscribe({ lane_gone: 17 });
    expect((await pages.next()).value).toMatchObject({ lane: 'lane_gone', records: [], resume: null });
    end();
  });

  it('says that it did not keep what MongoDB did not take, and keeps it the next time', async () => {
    const insert = collect.store.insert.bind(collect.store);
    collect.store.insert = () => Promise.reject(new mongo.MongoNetworkError('gone'));
    await expect(inbox.keep([arrival(1)])).rejects.toMatchObject({ code: 'service_unavailable', retryAfter: 1_000 });
    collect.store.insert = insert;
    await inbox.keep([arrival(1)]);
    expect(idsIn([await collect.read(1)])).toEqual(['m1']);
  });

  it('keeps much beside a write that takes long, in a lane of its own', async () => {
    const insert = collect.store.insert.bind(collect.store);
    const disk = new EventEmitter();
    collect.store.insert = async (...args) => {
      collect.store.insert = insert;
      disk.emit('stalls');
      await once(disk, 'goes on');
      return insert(...args);
    };
    const stalls = once(disk, 'stalls');
    const slow = inbox.keep([arrival(1)]);
    await stalls;
    const little = inbox.keep([arrival(2)]);
    await inbox.keep(arrivals(3, 302));
    expect(await collect.store.items.countDocuments()).toBe(301);
    expect(await collect.store.items.distinct('lane')).toHaveLength(1);
    disk.emit('goes on');
    await Promise.all([slow, little]);
    expect(await collect.store.items.distinct('lane')).toHaveLength(2);
    const { records } = await collect.read(302);
    expect(new Set(records.map(({ id }) => id)).size).toBe(302);
  });

  it('refuses what is too much, and goes on once there is room', async () => {
    const settled = await Promise.allSettled([
      inbox.keep([arrival(0)]),
      ...[1, 2, 3].map((n) => inbox.keep([{ ...arrival(n), json: 'x'.repeat(12_000_000) }])),
    ]);
    expect(settled.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'kept'))).toEqual([
      'kept',
      'kept',
      'kept',
      'rate_limited',
    ]);
    await inbox.keep([arrival(2)]);
  });

  it('takes what is larger than that where nothing else waits', async () => {
    const large = [1, 2, 3].map((n) => ({ ...arrival(n), json: 'x'.repeat(12_000_000) }));
    await inbox.keep(large);
    expect(await collect.store.items.countDocuments()).toBe(3);
  });

  /** A lane as a process leaves it that is killed right after its write. */
  async function leftLane(lane: string): Promise<string> {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const item = { ...arrival(0), _id: lane, lane, seq: 1, durable: 0, expiresAt };
    await collect.store.items.insertOne({ ...item, json: item.json.replace('m0', lane) });
    await collect.store.lanes.insertOne({ _id: lane, confirmed: 0, seenAt: new Date(0), expiresAt });
    return lane;
  }
});
