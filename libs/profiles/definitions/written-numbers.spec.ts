import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { isEntered } from '../store/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { writtenNumbers } from './index.ts';

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

it('brings people up to date for whom numbers that are written as text counted for nothing', async () => {
  expect(await writtenNumbers.step(test.connection)).toEqual({ changed: 0 }); // nothing was defined
  const spent = { from: 'events', calculate: 'sum', field: 'properties.price' } as const;
  await test.computedTraits.put('spent', spent);
  await test.audiences.put('spenders', { condition: { field: 'computed.spent', is: 'atLeast', value: 10 } });
  await test.push('event', [
    { id: 1, name: 'Bought', identities: { email: 'ann@x.com' }, at: '2026-02-01', properties: { price: '12.50' } },
  ]);
  await test.chores.settle();
  // As the former version had it.
  await test.store.profiles.updateOne({}, { $unset: { aud: '', measures: '', untold: '' } } as never);
  await test.connection.collection('audience_changes').deleteMany({});
  await test.chores.settle();
  expect(await test.profiles.lookup('ann@x.com')).toMatchObject({ computed: { spent: 0 } });

  expect(await writtenNumbers.step(test.connection)).toEqual({ changed: 2 });
  await test.chores.settle();
  expect(await test.profiles.lookup('ann@x.com')).toMatchObject({ computed: { spent: 12.5 }, audiences: ['spenders'] });
  const later = new Date(Date.now() + 60_000);
  const [change] = await test.membership.changesAfter({ audience: 'spenders', until: later }, undefined, 10);
  expect(change && isEntered(change, 'spenders')).toBe(true);
  expect(change?.defined).toBe(true);
});
