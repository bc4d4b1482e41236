import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { Profiles } from '../index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { productIds } from './index.ts';

describe('products', () => {
  let test: TestProfiles;
  beforeAll(async () => {
    test = await testProfiles();
  });
  afterAll(() => test.close());

  const unmigrate = (connection: Connection): Promise<unknown> =>
    connection.collection('products').updateMany({}, { $unset: { id: '' } });

  it('stay deleted when an older version comes later', async () => {
    const tea = { id: '0', name: 'Tea' };
    const on = (n: number) => ({ at: `2024-05-0${n}T00:00:00.000Z` });
    expect(await test.push('product', [{}], { op: 'delete', ...on(2) })).toEqual([
      { status: 'ok', effects: { deleted: 1 } },
    ]);
    expect(await test.push('product', [tea], on(1))).toEqual([{ status: 'superseded' }]);
    expect(await test.push('product', [tea], on(3))).toEqual([{ status: 'ok', effects: { updated: 1 } }]);
    await test.clear();
  });

  it('are found by the lines of orders, also those of before the migration', async () => {
    await test.push('product', [
      { id: 'SKU-7', name: 'Tea', image: 'https://x.example/tea.png', properties: { colour: 'green' } },
      { id: 8, name: 'Cup' },
    ]);
    const lines = [{ id: 1, product: 'SKU-7' }, { id: 2, product: 8 }, { id: 3, product: 'gone' }, { id: 4 }];
    await test.push('order', [{ id: 1, identities: { email: 'ann@x.com' }, lines }]);
    const details = async (): Promise<unknown[] | undefined> =>
      (await test.module.get(Profiles).person('ann@x.com')).orders[0]?.lines.map((line) => line.productDetails);
    const tea = { id: 'SKU-7', connection: 'con_shop', name: 'Tea', properties: { colour: 'green' } };
    expect(await details()).toMatchObject([tea, { id: '8', name: 'Cup' }, undefined, undefined]);

    await test.connection
      .collection('products')
      .insertOne({ _id: 'con_pim:gone', name: 'Pot', properties: {} } as never);
    await unmigrate(test.connection);
    expect(await details()).toMatchObject([tea, { name: 'Cup' }, undefined, undefined]);
    expect(await productIds.step(test.connection, undefined)).toEqual({ changed: 3 });
    expect(await details()).toMatchObject([tea, { name: 'Cup' }, { connection: 'con_pim', name: 'Pot' }, undefined]);
    expect(await productIds.step(test.connection, undefined)).toEqual({ changed: 0 });
  });
});
