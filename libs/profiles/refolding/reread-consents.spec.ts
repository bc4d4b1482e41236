import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { defaultIdentityPolicy } from '../identity/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { Refolds, RefoldWorker } from './index.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

it('lets whom a policy makes the same as somebody who refused leave the audiences of those who agreed', async () => {
  const condition = { consent: { channel: 'email' }, is: 'equals', value: 'granted' };
  await test.audiences.put('allowed', { name: 'allowed', condition });
  const people = ['ann@gmail.com', 'bob@gmail.com', 'c.y@gmail.com'];
  await test.push(
    'profile',
    people.map((email) => ({ identities: { email } })),
  );
  await test.push('consent', [
    { identity: 'email:ann@gmail.com', channel: 'email', state: 'granted', at: '2024-01-01T00:00:00Z' },
    { identity: 'email:bob@gmail.com', channel: 'email', state: 'granted', at: '2024-01-01T00:00:00Z' },
    { identity: 'email:c.y@gmail.com', channel: 'email', state: 'granted', at: '2024-01-01T00:00:00Z' },
    { identity: 'email:cy@gmail.com', channel: 'email', state: 'denied', at: '2024-02-01T00:00:00Z' },
    { identity: 'email:a.nn@gmail.com', channel: 'email', state: 'denied', at: '2024-02-01T00:00:00Z' },
  ]);
  await test.chores.settle();
  expect(await test.membership.count('allowed')).toBe(3);
  const before = await test.store.profiles.findOne({ ids: 'email:ann@gmail.com' });
  const email = { dots: 'dropGmail', tags: 'keep' } as const;
  await test.get(ProfileSettings).identityPolicy.set({ ...defaultIdentityPolicy, email }, 'key_1');
  test.get(ProfileSettings).forget();
  await test.get(Refolds).ensure();
  await test.get(Refolds).collection.updateMany({}, { $set: { notBefore: new Date() } });
  await test.get(RefoldWorker).work();
  await test.chores.settle();
  const members = await test.store.profiles.find({ aud: 'allowed' }).toArray();
  expect(members.map(({ ids }) => ids)).toEqual([['email:bob@gmail.com']]);
  const after = await test.store.profiles.findOne({ ids: 'email:ann@gmail.com' });
  expect(after?.updatedAt.getTime()).toBeGreaterThan(before?.updatedAt.getTime() ?? Infinity);
});
