import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { objectsOf, type ConnectorContext, type PushContext, type Row } from '@millrace/sdk';
import { ActivityStore } from '../activity/index.ts';
import { ComputedTraits } from '../computed/index.ts';
import { Profiles } from '../people/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { Chores } from '../upkeep/index.ts';
import { ActivityEraser, PeopleEraser, PeopleFinder } from './index.ts';

describe('somebody who is erased and whom orders of others name', () => {
  let test: TestProfiles;

  beforeAll(async () => {
    test = await testProfiles();
  });
  beforeEach(() => test.clear());
  afterAll(async () => {
    await test.connection.db?.command({ profile: 0 });
    await test.close();
  });

  async function tell(stream: string, record: Row, day: number): Promise<void> {
    const ctx = { signal: new AbortController().signal } as ConnectorContext;
    const { order } = await objectsOf(test.connector, ctx);
    const from = { connection: 'con_shop', stream };
    const context = { ...ctx, mode: 'upsert', batchId: 'b', run: 'run_1', from } as unknown as PushContext;
    const row = { op: 'upsert' as const, key: String(record.id), at: `2024-05-0${day}T00:00:00.000Z`, seq: 0, record };
    expect(await order?.push(context, [row])).toMatchObject([{ status: 'ok' }]);
  }
  async function erase(identity: string): Promise<void> {
    const subject = await test.module.get(PeopleFinder).find(identity);
    const activities = test.module.get(ActivityEraser);
    for (let page = await activities.next(subject); page; page = await activities.next(subject))
      await activities.erase(page);
    await test.module.get(PeopleEraser).erase(subject, new Date());
  }
  const orders = () =>
    test.module
      .get(ActivityStore)
      .orders.find({}, { sort: { _id: 1 } })
      .toArray();

  it('goes from them with what named nobody else, and what is computed follows', async () => {
    await test.module.get(ComputedTraits).put('spent', { from: 'orders', calculate: 'sum', field: 'total' });
    await tell('phone', { id: 'o1', identities: { email: 'bob@x.com' }, total: 9, properties: { called: 'Bob' } }, 1);
    await tell('desk', { id: 'o1', identities: { email: ['ann@x.com', 'bob@x.com'] }, properties: { room: 2 } }, 2);
    await tell('shop', { id: 'o1', identities: { email: 'cat@x.com' }, properties: { gift: true } }, 3);
    await tell('shop', { id: 'o2', identities: { email: 'bob@x.com' }, total: 1 }, 3);
    await test.module.get(Chores).settle();
    expect(await test.module.get(Profiles).lookup('cat@x.com')).toMatchObject({ computed: { spent: 9 } });
    await erase('bob@x.com');
    expect(JSON.stringify(await orders())).not.toMatch(/bob/i);
    await test.module.get(Chores).settle();
    const { id, computed } = await test.module.get(Profiles).lookup('cat@x.com');
    expect(computed).toEqual({ spent: 0 });
    expect(await orders()).toMatchObject([{ _id: 'con_shop:o1', p: id, heads: [{ i: ['email:cat@x.com'] }] }]);
  });

  it('is found without a look at other orders', async () => {
    await tell('phone', { id: 'o1', identities: { email: 'bob@x.com' } }, 1);
    await tell('shop', { id: 'o1', identities: { email: 'cat@x.com' } }, 2);
    for (let other = 0; other < 50; other++)
      await tell('shop', { id: `other-${other}`, identities: { email: 'dan@x.com' } }, 3);
    await test.connection.db?.command({ profile: 2 });
    await erase('bob@x.com');
    const looks = await test.connection
      .collection<{ docsExamined: number }>('system.profile')
      .find({ 'command.find': 'orders' })
      .toArray();
    expect(looks.length).toBeGreaterThan(0);
    for (const { docsExamined } of looks) expect(docsExamined).toBeLessThan(10);
    expect(JSON.stringify(await orders())).not.toMatch(/bob/i);
  });
});
