import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Tombstones } from '#tombstones';
import { startCollect, type Collect } from '../testing/test-collect.ts';

describe('messages about people who were erased', () => {
  let collect: Collect;

  beforeAll(async () => {
    collect = await startCollect();
  });
  afterAll(() => collect.close());

  const kept = async (): Promise<string> => {
    const connection = collect.app.get<Connection>(getConnectionToken());
    const stored = await Promise.all(
      ['inbox', 'collected_people'].map((name) => connection.collection(name).find({}).toArray()),
    );
    return JSON.stringify(stored);
  };

  it('reach the streams, where they are refused, and are kept nowhere', async () => {
    const identities = ['user:ann-17', 'email:ann@x.com'].map((identity) => ({ identity, optOuts: [] }));
    await collect.app.get(Tombstones).bury('prq_1', { identities, records: [] }, new Date());
    const events = [
      { type: 'traits', userId: 'ann-17', traits: { plan: 'pro' }, messageId: 'm1' },
      { type: 'traits', anonymousId: 'x', traits: { email: 'Ann@x.com' }, messageId: 'm2' },
      { type: 'event', userId: 'ann-17', name: 'Signed', properties: {}, messageId: 'm3' },
      { type: 'traits', userId: 'bob-18', traits: { plan: 'team' }, messageId: 'm4' },
      { type: 'event', userId: 'bob-18', name: 'Signed', properties: {}, messageId: 'm5' },
    ];
    expect((await collect.http.post('/api/events', { events })).status).toBe(200);
    const { records, rejects } = await collect.read(5);
    expect(rejects).toEqual([]);
    expect(records.map(({ profile, event }) => profile ?? event)).toMatchObject([
      { identities: { user: ['ann-17'] }, traits: { plan: 'pro' } },
      { identities: { anonymous: ['x'], email: 'Ann@x.com' } },
      { identities: { user: 'ann-17' } },
      { identities: { user: ['bob-18'] }, traits: { plan: 'team' } },
      { identities: { user: 'bob-18' } },
    ]);
    expect(await kept()).not.toMatch(/ann/i);
    expect((await kept()).match(/bob-18/g)).not.toBeNull();
    expect(await collect.store.items.countDocuments()).toBe(2);
  });
});
