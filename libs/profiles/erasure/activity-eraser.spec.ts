import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '@millrace/sdk';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { ActivityEraser, PeopleExporter } from './index.ts';

const ownerless = 1_000;

describe('events and orders of somebody who is erased', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    // Lines whose orders have not come.
    await test.push(
      'order',
      Array.from({ length: ownerless }, (_, n) => ({ id: `early-${n}`, line: { id: '1', price: n } })),
    );
    await test.push('order', [{ id: 'kept', identities: { email: 'ann@x.com' }, total: 1 }]);
    await test.push('order', [{ id: 'gone', identities: { email: 'ann@x.com' }, total: 2 }]);
    // Another stream has deleted it: it belongs to nobody, and this one still says whose it was.
    await test.connection
      .collection<{ _id: string }>('orders')
      .updateOne({ _id: 'con_shop:gone' }, { $unset: { p: '' } });
  });
  afterAll(async () => {
    await test.connection.db?.command({ profile: 0 });
    await test.close();
  });

  it('are found without a look at the orders that belong to nobody', async () => {
    const { id } = await test.profiles.lookup('ann@x.com');
    await test.connection.db?.command({ profile: 2 });
    const found = await test.get(ActivityEraser).next({ profiles: [id], identities: ['email:ann@x.com'], records: [] });
    expect(found?.orders.sort()).toEqual(['con_shop:gone', 'con_shop:kept']);
    const read = await test.connection
      .collection<{ docsExamined: number }>('system.profile')
      .findOne({ 'command.find': 'orders' });
    expect(read?.docsExamined).toBeLessThan(10);
  });

  it('are in an export, too', async () => {
    const { id } = await test.profiles.lookup('ann@x.com');
    const subject = { profiles: [id], identities: ['email:ann@x.com'], records: [] };
    const orders: Json[] = [];
    for await (const { section, items } of test.get(PeopleExporter).export(subject))
      if (section === 'orders') orders.push(...items);
    expect(orders).toMatchObject([{ id: 'kept' }, { id: 'gone' }]);
  });
});
