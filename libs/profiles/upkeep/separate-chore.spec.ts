import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { Audiences } from '../audiences/index.ts';
import { ComputedTraits } from '../computed/index.ts';
import { ActivityEraser, PeopleEraser, PeopleFinder } from '../erasure/index.ts';
import { ConnectionData } from '../refolding/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';

const [ann, bea, first, second] = ['email:ann@x.com', 'email:bea@x.com', 'user:1', 'user:2'];
const whenWritersAreThrough = () => new Date(Date.now() + 61_000);

describe('what people did whose records share nothing any more', () => {
  let test: TestPeople;

  beforeAll(async () => {
    test = await testPeople();
    await test.get(ComputedTraits).put('visits', { from: 'events', calculate: 'count' });
    await test.get(Audiences).put('visitors', {
      condition: { computed: { from: 'events' }, is: 'atLeast', value: 2 },
    });
  });
  beforeEach(async () => {
    for (const name of ['profiles', 'identities', 'merges', 'part_history', 'events', 'orders', 'due_profiles'])
      await test.connection.collection(name).deleteMany({});
  });
  afterAll(() => test.close());

  const record = (id: string, identities: Row): Row => ({ id, identities, traits: { [`r${id}`]: true } });
  const visit = (name: string, identities: Row): Row => ({ id: name, name, identities });
  const order = (id: string, identities: Row): Row => ({ id, total: 1, identities });
  const doneBy = async (identity: string) => {
    const { profile, events, orders } = await test.profiles.person(identity);
    return {
      visits: events.map(({ name }) => name).sort(),
      orders: orders.map(({ id }) => id.replace('con_shop:', '')).sort(),
      computed: profile.computed,
      audiences: profile.audiences,
    };
  };
  async function settle(now?: Date): Promise<void> {
    await test.chores.settle(now); // who they are
    await test.chores.settle(now); // what they did
    await test.chores.settle(now); // what is measured of that
  }

  it('goes to whom it was about', async () => {
    await test.push('profile', [record('1', { email: 'ann@x.com', user: 1 })]);
    await test.push('event', [visit('by-mail', { email: 'ann@x.com' }), visit('by-user', { user: 1 })]);
    await test.push('event', [visit('by-user-2', { user: 1 })]);
    await test.push('order', [order('by-mail', { email: 'ann@x.com' }), order('by-user', { user: 1 })]);
    await settle();
    const { id } = await test.profiles.lookup(first);
    expect(await doneBy(first)).toMatchObject({ computed: { visits: 3 }, audiences: ['visitors'] });

    await test.push('profile', [record('1', { email: 'bea@x.com', user: 1 })], 'run_2');
    await test.push('event', [visit('late', { email: 'ann@x.com' })], 'run_2');
    await settle();
    const own = { visits: ['by-mail', 'late'], orders: ['by-mail'], computed: { visits: 2 }, audiences: ['visitors'] };
    const others = { visits: ['by-user', 'by-user-2'], orders: ['by-user'], computed: { visits: 2 } };
    expect(await doneBy(ann)).toEqual(own);
    expect(await doneBy(bea)).toMatchObject({ ...others, audiences: ['visitors'] });
    expect((await test.profiles.lookup(bea)).id).toBe(id);

    await settle(whenWritersAreThrough());
    expect(await doneBy(ann)).toEqual(own);
    expect(await test.connection.collection('merges').countDocuments({ activityDue: { $exists: true } })).toBe(0);
  });

  it('leaves who goes on under an id of their own, where it came by an identity that the other one has now', async () => {
    await test.push('profile', [record('1', { email: 'ann@x.com', user: 1 })]);
    await test.push('profile', [record('2', { email: 'bea@x.com', user: 2 })]);
    await test.push('event', [visit('bea', { email: 'bea@x.com' }), visit('second', { user: 2 })]);
    const { id } = await test.profiles.lookup(second);
    await test.push('profile', [record('1', { email: ['ann@x.com', 'bea@x.com'], user: 1 })], 'run_2');
    await test.push('profile', [record('2', { user: 2 })], 'run_2');
    await settle();
    expect((await test.profiles.lookup(second)).id).toBe(id);
    expect((await doneBy(second)).visits).toEqual(['second']);
    expect((await doneBy(first)).visits).toEqual(['bea']);
  });

  it('is erased with them, if they were told apart after the person was found', async () => {
    await test.push('profile', [record('1', { email: 'ann@x.com', user: 1 })]);
    await test.push('event', [visit('by-mail', { email: 'ann@x.com' })]);
    const found = await test.get(PeopleFinder).find(first);
    await test.push('profile', [record('1', { user: 1 })], 'run_2');
    await settle();
    await test.push('profile', [record('9', { email: 'cleo@x.com' })]);
    const subject = await test.get(PeopleFinder).findAgain(found, whenWritersAreThrough());
    const activities = await test.get(ActivityEraser).next(subject);
    expect(activities?.events).toHaveLength(1);
    const counts = await test.get(PeopleEraser).erase(subject, new Date());
    expect(counts).toMatchObject({ profiles: 2, identities: 2 });
    expect(await test.store.profiles.find({ 'ids.0': { $exists: true } }).toArray()).toMatchObject([
      { ids: ['email:cleo@x.com'] },
    ]);
  });

  it('and the records of a connection that was removed make nobody one', async () => {
    await test.push('profile', [record('1', { email: 'ann@x.com' }), record('2', { email: 'bea@x.com' })]);
    const ids = [(await test.profiles.lookup(ann)).id, (await test.profiles.lookup(bea)).id];
    await test.connection
      .collection('profiles')
      .updateMany({}, [{ $set: { parts: { $map: { input: '$parts', in: { $mergeObjects: ['$$this', renamed] } } } } }]);
    await test.push('profile', [record('3', { email: ['ann@x.com', 'bea@x.com'] })]);
    expect((await test.profiles.lookup(bea)).id).toBe(ids[0]);
    const data = test.get(ConnectionData);
    while (!(await data.removeBatch({ connection: 'con_shop' } as never)).last);
    await settle();
    expect([(await test.profiles.lookup(ann)).id, (await test.profiles.lookup(bea)).id]).toEqual(ids);
    const { data: merges } = await test.profiles.merges(ids[1] ?? '', { limit: 10 });
    expect(merges).toMatchObject([{ into: ids[0], absorbed: ids[1], undone: { by: 'given_up' } }]);
  });
});

/** As if another connection had told it. */
const renamed = { k: { $replaceOne: { input: '$$this.k', find: 'con_shop', replacement: 'con_crm' } } };
