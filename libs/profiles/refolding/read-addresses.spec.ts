import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Choices } from '../choices/index.ts';
import { Restrictions } from '../restrictions/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { readAddresses, Refolds, RefoldWorker } from './index.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

/** As it was stored when signs behind an address were taken for a part of it. */
async function storeFormer(address: string): Promise<void> {
  const consents = test.connection.collection<{ _id: string; identity: string }>('consents');
  await test.get(Choices).recordFor('email:former@x.com', { channel: 'email', purpose: 'all', state: 'denied' }, made);
  const stored = await consents.findOneAndDelete({ identity: 'email:former@x.com' });
  if (!stored) throw new Error('no choice was kept');
  await consents.insertOne({ ...stored, _id: `email:${address}|email|all`, identity: `email:${address}` });
}
const made = { stream: 'preferences' } as const;
const deniedOf = async (): Promise<string[]> => {
  const consents = test.connection.collection<{ identity: string; state: string }>('consents');
  return (await consents.find({ state: 'denied' }, { sort: { _id: 1 } }).toArray()).map(({ identity }) => identity);
};

it('has a refusal of what was taken for an address hold for the address, and leaves what would be refused', async () => {
  await storeFormer('ann@x.com;');
  await storeFormer('bob@x.com>');
  await test.get(Restrictions).restrict('prq_1', ['email:cat@x.com,'], new Date());
  await test.push('profile', [{ identities: { email: 'Ann <ann@x.com>' } }]);
  expect(await readAddresses.step(test.connection)).toEqual({ changed: 1 });
  expect(await readAddresses.step(test.connection)).toEqual({ changed: 0 });
  await test.get(RefoldWorker).work();
  expect(await test.get(Refolds).list(10)).toMatchObject([{ kind: 'identities', state: 'done', changed: 1 }]);
  expect(await deniedOf()).toEqual(['email:ann@x.com;', 'email:ann@x.com', 'email:bob@x.com>']);
  expect([...(await test.get(Restrictions).among(['email:cat@x.com']))]).toEqual(['email:cat@x.com']);
});

it('lets somebody refuse whose address would be refused today', async () => {
  await test.get(Choices).recordFor('email:dan@x.com>', { channel: 'email', purpose: 'all', state: 'denied' }, made);
  expect(await deniedOf()).toContain('email:dan@x.com>');
});
