import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PushRow } from '@millrace/sdk';
import { Signer } from '#platform';
import { Tombstones, tombstoneModel, tombstoneSchema, type Tombstone } from '#tombstones';
import { ActivityEraser, PeopleFinder } from '../erasure/index.ts';
import { partPrefix } from '../folding/index.ts';
import { defaultIdentityRules } from '../identity/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { DueProfiles } from '../due/index.ts';
import { ProfileWriter } from '../writer/index.ts';
import {
  orderDeletionModel,
  OrderDeletions,
  orderModel,
  OrderWriter,
  readOrder,
  type OrderDeletion,
  type OrderRow,
  type StoredOrder,
} from './index.ts';

const day = (n: number): string => `2024-05-0${n}T00:00:00.000Z`;

describe('deletions of orders that are kept', () => {
  let test: TestProfiles;
  let tombstones: Tombstones;
  let deletions: OrderDeletions;
  beforeAll(async () => {
    test = await testProfiles();
    const signer = new Signer(randomBytes(32).toString('base64'));
    tombstones = new Tombstones(test.connection.model<Tombstone>(tombstoneModel, tombstoneSchema), signer);
    deletions = new OrderDeletions(test.connection.model<OrderDeletion>(orderDeletionModel), tombstones);
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  const kept = () => test.connection.collection<OrderDeletion>('order_deletions').find().sort({ _id: 1 }).toArray();
  const gone = (key: string, more: Partial<PushRow> = {}): OrderRow =>
    readOrder(
      { op: 'delete', key, at: day(1), seq: 0, record: {}, ...more },
      {
        connection: 'con_shop',
        prefix: partPrefix({ connection: 'con_shop', stream: 'order' }),
        run: 'run_1',
        rules: defaultIdentityRules,
      },
    );

  it('are the newest of each record, without content, and end after 90 days', async () => {
    await deletions.keep([gone('1', { at: day(2) }), gone('2')]);
    await deletions.keep([gone('1'), gone('2', { at: day(3) })]);
    expect(await kept()).toMatchObject([
      { _id: 'con_shop/order/1', a: Date.parse(day(2)) },
      { _id: 'con_shop/order/2', a: Date.parse(day(3)) },
    ]);
    const [{ expiresAt, ...one } = { expiresAt: new Date(0) }] = await kept();
    expect(Object.keys(one).sort()).toEqual(['_id', 'a', 'b', 'd', 'h', 's', 'v']);
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 89 * 86_400_000);
    const indexes = await test.connection.collection('order_deletions').indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
  });

  it('go with the person who is erased, and none of their records comes later', async () => {
    const long = 'x'.repeat(120);
    const orders = ['1', '2', long].map((id) => ({ id, identities: { email: 'ann@x.com' } }));
    for (const order of orders) await test.push('order', [order], { key: order.id, at: day(3) });
    await deletions.keep(['1', long, 'somebody else’s'].map((key) => gone(key)));
    const eraser = test.module.get(ActivityEraser);
    const activities = await eraser.next(await test.module.get(PeopleFinder).find('email:ann@x.com'));
    expect(activities?.orders).toHaveLength(3);
    await tombstones.bury('prq_1', { identities: [], records: activities?.records ?? [] }, new Date());
    expect(activities && (await eraser.erase(activities))).toEqual({ events: 0, orders: 3, order_deletions: 2 });
    const late = [gone('2', { at: day(4) }), gone(long, { at: day(4) }), gone('3')];
    const outcomes = await deletions.keep(late);
    expect(late.map((row) => outcomes.get(row)?.status)).toEqual(['unchanged', 'unchanged', 'ok']);
    expect((await kept()).map(({ _id }) => _id)).toEqual(['con_shop/order/3', 'con_shop/order/somebody else’s']);
  });

  it('are not needed for what comes again of an erased person without naming anybody: it is refused', async () => {
    const model = test.connection.model<StoredOrder>(orderModel);
    const writer = new OrderWriter(model, test.module.get(ProfileWriter), test.module.get(DueProfiles), deletions);
    const source = (stream: string) => ({
      ...{ connection: 'con_shop', prefix: partPrefix({ connection: 'con_shop', stream }), run: 'run_1' },
      rules: defaultIdentityRules,
    });
    const lines = ['11', '21'].map((key): PushRow => ({
      ...{ op: 'upsert', key, at: day(1), seq: 0 },
      record: { id: key.slice(0, 1), line: { id: key, name: 'A gift for Ann' } },
    }));
    const tell = () => {
      const from = source('lines');
      const rows = lines.map((line) => readOrder(line, from));
      return Promise.all([writer.peek(rows, from), writer.write(rows, from)]);
    };
    const orders = () => test.connection.collection('orders').distinct('_id');
    for (const [id, email] of Object.entries({ 1: 'ann@x.com', 2: 'bob@x.com' }))
      await test.push('order', [{ id, identities: { email } }], { key: id });
    await tell();
    const activities = await test.module
      .get(ActivityEraser)
      .next(await test.module.get(PeopleFinder).find('email:ann@x.com'));
    await tombstones.bury('prq_1', { identities: [], records: activities?.records ?? [] }, new Date());
    await test.connection.collection<{ _id: string }>('orders').deleteOne({ _id: 'con_shop:1' });
    const [peeked, written] = await tell();
    const refusal = { status: 'rejected', code: 'person_erased' };
    expect(peeked.map(({ outcome }) => outcome)).toMatchObject([refusal, { status: 'ok' }]);
    expect(written).toMatchObject([refusal, { status: 'ok' }]);
    expect(await orders()).toEqual(['con_shop:2']);
  });
});
