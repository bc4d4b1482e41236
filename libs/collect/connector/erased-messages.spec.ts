import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { Tombstones } from '#tombstones';
import { CollectedErasure } from '../erasure.ts';
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

  it('are found however a site writes the letters of an id', async () => {
    const identity = 'user:jos\u00e9';
    const told = (messageId: string) => [
      { type: 'traits', userId: ' jose\u0301 ', traits: { plan: 'pro' }, messageId: `${messageId}-1` },
      { type: 'event', userId: 'jose\u0301', name: 'Signed', properties: {}, messageId: `${messageId}-2` },
    ];
    await collect.http.post('/api/events', { events: told('before') });
    await collect.read(4); // with Bob's
    expect(await kept()).toContain('jos');
    const tombstones = collect.app.get(Tombstones);
    const erasure = collect.app.get(CollectedErasure);
    expect(await erasure.erase([identity], [tombstones.hashOf(identity)])).toEqual({ inbox: 2, collected_people: 1 });
    await tombstones.bury('prq_2', { identities: [{ identity, optOuts: [] }], records: [] }, new Date());
    await collect.http.post('/api/events', { events: told('after') });
    await collect.read(4); // with Bob's
    expect(await kept()).not.toContain('jos');
  });
});
