import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Permissions } from '../permissions/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { undatedGrants } from './index.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

it('lets a refusal that was dated before 1970 hold again against an undated "yes", in audiences too', async () => {
  const condition = { consent: { channel: 'email' }, is: 'equals', value: 'granted' };
  await test.audiences.put('allowed', { name: 'allowed', condition });
  const people = ['ann@x.com', 'bob@x.com'];
  await test.push(
    'profile',
    people.map((email) => ({ identities: { email } })),
  );
  const yes = (email: string) => ({ key: `yes ${email}`, identities: { email }, channel: 'email', state: 'granted' });
  await test.push('consent', people.map(yes));
  const no = { ...yes('ann@x.com'), key: 'no', state: 'denied', at: '1900-01-01T00:00:00Z' };
  expect(await test.push('consent', [no])).toMatchObject([{ status: 'ok' }]);
  const consents = test.connection.collection<{ _id: string }>('consents');
  const stored = async () => consents.find({}, { projection: { v: 0, updatedAt: 0 }, sort: { _id: 1 } }).toArray();
  const expected = await stored();

  // As the former version had it.
  const granted = { 'said.$[yes].a': 0 };
  await consents.updateMany({}, { $set: granted }, { arrayFilters: [{ 'yes.state': 'granted' }] });
  await consents.updateMany({}, { $set: { a: 0, state: 'granted', s: 0 }, $unset: { at: '' } });
  await test.chores.settle();
  expect(await test.membership.count('allowed')).toBe(2);
  const [before] = await test.store.profiles.find({ ids: 'email:ann@x.com' }).toArray();

  expect(await undatedGrants.step(test.connection, undefined)).toEqual({ changed: 2 });
  expect(await undatedGrants.step(test.connection, undefined)).toEqual({ changed: 0 });
  expect(await stored()).toEqual(expected);
  await test.chores.settle();
  const members = await test.store.profiles.find({ aud: 'allowed' }).toArray();
  expect(members.map(({ ids }) => ids)).toEqual([['email:bob@x.com']]);
  const [ann] = await test.store.profiles.find({ ids: 'email:ann@x.com' }).toArray();
  expect(ann?.updatedAt.getTime()).toBeGreaterThan(before?.updatedAt.getTime() ?? Infinity);
  const somebody = { id: ann?._id ?? '', identities: ann?.ids ?? [] };
  const permission = await test.get(Permissions).mayContact(somebody, 'email', 'marketing');
  expect(permission).toMatchObject({ reason: 'denied', at: '1900-01-01T00:00:00.000Z' });
});
