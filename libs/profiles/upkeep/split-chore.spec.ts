import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { ComputedTraits } from '../computed/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';

const ours = { email: 'ann@x.com' };
const theirs = { email: 'bea@x.com' };
const both = { email: ['ann@x.com', 'bea@x.com'] };
const [ann, bea] = ['email:ann@x.com', 'email:bea@x.com'];
const whenWritersAreThrough = () => new Date(Date.now() + 61_000);

describe('what two people did who were one for a while', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    await test.get(ComputedTraits).put('visits', { from: 'events', calculate: 'count' });
  });
  beforeEach(async () => {
    for (const name of ['profiles', 'identities', 'merges', 'events', 'orders', 'due_profiles'])
      await test.connection.collection(name).deleteMany({});
  });
  afterAll(() => test.close());

  const visit = (name: string, identities: Row): Row => ({ id: name, name, identities });
  const order = (id: string, identities: Row, total = 1): Row => ({ id, total, identities });
  const doneBy = async (identity: string): Promise<{ visits: string[]; orders: string[]; computed: Row }> => {
    const { profile, events, orders } = await test.profiles.person(identity);
    return {
      visits: events.map(({ name }) => name).sort(),
      orders: orders.map(({ id }) => id.replace('con_shop:', '')).sort(),
      computed: profile.computed,
    };
  };

  async function merge(): Promise<{ kept: string; restored: string }> {
    await test.push('profile', [
      { id: '1', identities: ours },
      { id: '2', identities: theirs },
    ]);
    await test.push('event', [visit('before', theirs), visit('ours-before', ours)]);
    const [kept, restored] = [await test.profiles.lookup(ann), await test.profiles.lookup(bea)];
    await test.push('profile', [{ id: '3', identities: both }]);
    return { kept: kept.id, restored: restored.id };
  }

  it('goes to whom it was about, whether it came before the merge, while it held, or after it', async () => {
    const { kept, restored } = await merge();
    await test.push('event', [visit('during', theirs), visit('ours-during', ours), visit('both-during', both)]);
    await test.push('order', [order('during', theirs), order('ours', ours)]);
    const joined = {
      visits: ['before', 'both-during', 'during', 'ours-before', 'ours-during'],
      orders: ['during', 'ours'],
    };
    expect(await doneBy(bea)).toMatchObject(joined);

    await test.profiles.unmerge(kept, { absorbed: restored }, 'key_1');
    await test.push('event', [visit('after', theirs), visit('ours-after', ours)], 'run_2');
    await test.push('order', [order('during', theirs, 2), order('after', theirs)], 'run_2');
    await test.chores.settle();
    await test.chores.settle(); // what was measured of them
    const own = { visits: ['after', 'before', 'during'], orders: ['after', 'during'], computed: { visits: 3 } };
    const others = { visits: ['both-during', 'ours-after', 'ours-before', 'ours-during'], orders: ['ours'] };
    expect(await doneBy(bea)).toEqual(own);
    expect(await doneBy(ann)).toEqual({ ...others, computed: { visits: 4 } });

    await test.chores.settle(whenWritersAreThrough());
    expect(await doneBy(bea)).toEqual(own);
    expect(await test.connection.collection('merges').countDocuments({ activityDue: { $exists: true } })).toBe(0);
  });

  it('goes to whom the person has been merged into by then', async () => {
    const { kept, restored } = await merge();
    await test.push('event', [visit('during', theirs)]);
    await test.profiles.unmerge(kept, { absorbed: restored }, 'key_1');
    await test.push('profile', [{ id: '9', identities: { email: ['bea@x.com', 'bea@work.com'] } }]);
    await test.push('profile', [{ id: '8', identities: { email: 'cleo@x.com' } }]);
    await test.push('profile', [{ id: '10', identities: { email: ['cleo@x.com', 'bea@work.com'] } }]);
    await test.chores.settle(whenWritersAreThrough());
    expect((await doneBy('email:cleo@x.com')).visits).toEqual(['before', 'during']);
    expect((await doneBy(ann)).visits).toEqual(['ours-before']);
  });

  it('is told apart while writers go on writing', async () => {
    const { kept, restored } = await merge();
    const writing = (writer: number) => async (): Promise<void> => {
      for (let n = 0; n < 12; n++) {
        const name = `${writer}-${n}`;
        const rows = [visit(`theirs-${name}`, theirs), visit(`ours-${name}`, ours)];
        for (;;) {
          const outcomes = await test.push('event', rows, `run_${name}`);
          if (outcomes.every(({ status }) => status !== 'retry')) break;
        }
        const orders = [order(`theirs-${n}`, theirs, writer), order(`ours-${n}`, ours, writer)];
        await test.push('order', orders, `run_${name}`);
      }
    };
    const unmerging = async (): Promise<void> => {
      for (;;) {
        const done = await test.profiles
          .unmerge(kept, { absorbed: restored }, 'key_1')
          .catch((error: unknown) => error);
        if (!(done instanceof Error)) break;
        expect(done).toMatchObject({ retryable: true });
      }
      await test.chores.settle();
    };
    await Promise.all([...[1, 2, 3].map(writing).map((write) => write()), unmerging()]);
    await test.chores.settle(whenWritersAreThrough());
    const count = (collection: string, p: string): Promise<number> =>
      test.connection.collection(collection).countDocuments({ p });
    expect([await count('events', restored), await count('events', kept)]).toEqual([37, 37]);
    expect([await count('orders', restored), await count('orders', kept)]).toEqual([12, 12]);
    const stray = { p: kept, name: /^theirs/ };
    expect(await test.connection.collection('events').countDocuments(stray)).toBe(0);
    expect(await test.connection.collection('orders').countDocuments({ p: kept, _id: /:theirs/ as never })).toBe(0);
  });
});
