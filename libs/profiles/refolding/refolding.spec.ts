import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Model } from 'mongoose';
import fc from 'fast-check';
import { createLog, ensureIndexes, Settings } from '#platform';
import { ActivityStore } from '../activity/index.ts';
import { consentModel, consentSchema, type StoredConsent } from '../consents/index.ts';
import { eventModel, eventSchema, type StoredEvent } from '../events/index.ts';
import { foldParts } from '../folding/index.ts';
import { defaultIdentityPolicy } from '../identity/index.ts';
import {
  orderDeletionModel,
  orderDeletionSchema,
  orderModel,
  orderSchema,
  type OrderDeletion,
  type StoredOrder,
} from '../orders/index.ts';
import { restrictionModel, Restrictions, restrictionSchema, type Restriction } from '../restrictions/index.ts';
import type { ProfileStore, StoredProfile } from '../store/index.ts';
import { Death, mortal } from '../testing/mortal-store.ts';
import { rowOf } from '../testing/rows.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import type { PartRow } from '../writer/index.ts';
import {
  ConnectionData,
  ConnectionDataCounter,
  refoldModel,
  Refolds,
  refoldSchema,
  RefoldWorker,
  type StoredRefold,
} from './index.ts';

const crm = 'con_crm';
const shop = 'con_shop';

interface Saying {
  connection: string;
  key: number;
  users: number[];
  name: string;
  day: number;
}

/** Records keep their identities: whom an identity joined before a record gave it up depends on what else had come by then. */
const sayings: fc.Arbitrary<Saying[]> = fc
  .array(fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 2 }), {
    minLength: 10,
    maxLength: 10,
  })
  .chain((usersOf) =>
    fc.array(
      fc
        .record({
          connection: fc.constantFrom(crm, shop),
          key: fc.integer({ min: 0, max: 4 }),
          name: fc.constantFrom('Ann', 'Bob', 'Eve'),
          day: fc.integer({ min: 1, max: 3 }),
        })
        .map((one): Saying => ({ ...one, users: usersOf[one.key + (one.connection === crm ? 5 : 0)] ?? [] })),
      { minLength: 4, maxLength: 12 },
    ),
  );

const rowsOf = (said: readonly Saying[]): PartRow[] =>
  said.map(({ connection, key, users, name, day }, seq) =>
    rowOf({ user: users }, { name, [`t${key}`]: name }, { connection, key: String(key), day, seq }),
  );

describe('folding people, as laws', () => {
  let test: TestStore;
  let events: Model<StoredEvent>;
  let orders: Model<StoredOrder>;
  let deletions: Model<OrderDeletion>;
  let consents: Model<StoredConsent>;
  let refolds: Refolds;
  let restrictions: Restrictions;

  beforeAll(async () => {
    test = await testStore();
    events = test.connection.model<StoredEvent>(eventModel, eventSchema as never);
    orders = test.connection.model<StoredOrder>(orderModel, orderSchema as never);
    deletions = test.connection.model<OrderDeletion>(orderDeletionModel, orderDeletionSchema as never);
    consents = test.connection.model<StoredConsent>(consentModel, consentSchema as never);
    refolds = new Refolds(test.connection.model<StoredRefold>(refoldModel, refoldSchema as never), test.settings);
    const restricted = test.connection.model<Restriction>(restrictionModel, restrictionSchema as never);
    restrictions = new Restrictions(restricted, test.store, test.due, test.settings);
    await ensureIndexes(test.connection);
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  /** As the engine does it: rows that lost every race are tried again. */
  async function write(rows: readonly PartRow[]): Promise<void> {
    let open = rows;
    while (open.length > 0) {
      const results = await test.writer().write(open);
      open = open.filter((_, index) => results[index]?.outcome.status === 'retry');
    }
  }

  /** What people are, whatever ids they have got. */
  async function people(): Promise<string[]> {
    const { priorityOf } = await test.settings.rules();
    const found = await test.store.profiles
      .find({ mergedInto: { $exists: false }, 'ids.0': { $exists: true } })
      .toArray();
    return found
      .map(({ ids, name, parts }) => JSON.stringify({ name, kept: ids, ...foldParts(parts, priorityOf) }))
      .sort();
  }

  const identities = () => test.store.identities.distinct('_id');

  const connectionData = (store: ProfileStore = test.store): ConnectionData =>
    new ConnectionData(new ActivityStore(events, orders, deletions), store, test.history, test.settings, test.due);

  const worker = (store: ProfileStore = test.store): RefoldWorker =>
    new RefoldWorker(
      new Settings(),
      createLog({ level: 'silent' }),
      store,
      test.settings,
      refolds,
      connectionData(store),
      restrictions,
      test.definitions,
      test.due,
      consents,
    );

  /** As if the time that a refold waits, and the lease of a worker that died, were over. */
  const due = () => refolds.collection.updateMany({}, { $set: { notBefore: new Date(0) }, $unset: { leaseUntil: '' } });

  /** Until everything is done, by workers that die with any of their writes: what such a one had counted since its last batch is not told. */
  async function workUntilDone(): Promise<void> {
    while ((await refolds.collection.countDocuments({ state: 'open' })) > 0) {
      await due();
      try {
        await worker(mortal(test.store, () => Math.random() < 0.1)).work();
      } catch (error) {
        if (!(error instanceof Death)) throw error;
      }
    }
  }

  it('gives the same people for any order, with repeats and late rows, by any number of writers', async () => {
    const shuffled = sayings.chain((said) =>
      fc.tuple(
        fc.constant(said),
        fc.shuffledSubarray([...rowsOf(said), ...rowsOf(said)], { minLength: said.length * 2 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([said, again]) => {
        await test.clear();
        await write(rowsOf(said));
        const expected = await people();
        await test.clear();
        const middle = Math.ceil(again.length / 3);
        await Promise.all([0, 1, 2].map((third) => write(again.slice(third * middle, (third + 1) * middle))));
        expect(await people()).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });

  it('gives the people without a connection once what it said is removed, however often workers die', async () => {
    await fc.assert(
      fc.asyncProperty(sayings, async (said) => {
        const rows = rowsOf(said);
        const others = rows.filter(({ part }) => !part.k.startsWith(crm));
        await test.clear();
        await write(others);
        const expected = [await people(), await identities()];
        await test.clear();
        await write(rows);
        await refolds.remove(crm, 'key_1');
        await workUntilDone();
        await test.separate();
        expect([await people(), await identities()]).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('removes events, orders and history of the connection, and nothing else', async () => {
    await write([rowOf({ user: 1 }, { name: 'Ann' }, { connection: crm, key: '1' })]);
    await write([rowOf({ user: 1 }, { city: 'Oslo' }, { connection: shop, key: '1' })]);
    await write([rowOf({ user: 1 }, { name: 'Anna' }, { connection: crm, key: '1', day: 2 })]);
    const { _id: p } = (await test.store.profiles.findOne({})) as StoredProfile;
    const at = new Date();
    for (const connection of [crm, shop]) {
      const event = { p, name: 'Visit', at, properties: {}, b: 'run_1' };
      await events.collection.insertOne({ _id: `e-${connection}`, k: `${connection}/visits/1`, ...event } as never);
      const order = { v: 1, heads: [], lines: [], p, at, createdAt: at, updatedAt: at };
      await orders.collection.insertOne({ _id: `${connection}:1`, ...order } as never);
      await deletions.collection.insertOne({ _id: `${connection}/orders/1`, v: 1, d: true } as never);
    }
    const [one, two] = await Promise.all([refolds.remove(crm, 'key_1'), refolds.remove(crm, 'key_1')]);
    expect(one._id).toBe(two._id);
    await due();
    await worker().work();
    expect((await people()).map((one) => JSON.parse(one) as unknown)).toEqual([
      { kept: ['user:1'], ids: ['user:1'], traits: { city: 'Oslo' } },
    ]);
    expect(await events.collection.distinct('_id')).toEqual([`e-${shop}`]);
    expect(await orders.collection.distinct('_id')).toEqual([`${shop}:1`]);
    expect(await deletions.collection.distinct('_id')).toEqual([`${shop}/orders/1`]);
    expect(await test.history.changes.distinct('k')).toEqual([`${shop}/people/1`]);
    expect(await refolds.get(one._id)).toMatchObject({ state: 'done', changed: 1 });
    expect((await refolds.remove(crm, 'key_1'))._id).not.toBe(one._id);
  });

  it('ends, and changes nobody of whom the connection said nothing, whatever other connections there are', async () => {
    const [before, behind] = ['con_a', 'con_z'];
    await write([rowOf({ user: 1 }, { name: 'Ann' }, { connection: before, key: '1' })]);
    await write([rowOf({ user: 1 }, { city: 'Oslo' }, { connection: behind, key: '1' })]);
    await write([rowOf({ user: 2 }, { city: 'Rome' }, { connection: crm, key: '1' })]);
    const ann = await test.store.profiles.findOne({ ids: 'user:1' });
    const counter = new ConnectionDataCounter(new ActivityStore(events, orders, deletions), test.store);
    expect(await counter.count(crm)).toEqual({ people: 1, orders: 0 });
    const removal = await refolds.remove(crm, 'key_1');
    expect(await connectionData().removeBatch(removal)).toEqual({ read: 1, changed: 1, last: false });
    expect(await counter.count(crm)).toEqual({ people: 0, orders: 0 });
    expect(await counter.count(before)).toEqual({ people: 1, orders: 0 });
    expect(await connectionData().removeBatch(removal)).toEqual({ read: 0, changed: 0, last: true });
    expect(await test.store.profiles.findOne({ ids: 'user:1' })).toEqual(ann);
  });

  it('takes nothing away from what others say of the same people meanwhile', async () => {
    const keys = Array.from({ length: 150 }, (_, i) => i + 1);
    const said = (connection: string, name: string, day: number): PartRow[] =>
      keys.map((key) => rowOf({ user: key }, { [name]: name }, { connection, key: String(key), day }));
    await write(said(crm, 'city', 1));
    await write(said(shop, 'name', 1));
    await refolds.remove(crm, 'key_1');
    const removing = workUntilDone();
    for (let day = 2; day <= 6; day++) for (const row of said(shop, `name${day}`, day)) await write([row]);
    await removing;
    expect((await people()).map((one) => JSON.parse(one) as unknown)).toEqual(
      keys
        .map((key) => ({ kept: [`user:${key}`], ids: [`user:${key}`], traits: { name6: 'name6' } }))
        .sort(({ ids: [x = ''] }, { ids: [y = ''] }) => (x < y ? -1 : 1)),
    );
  });

  it('has nobody wait for a transaction of their own because somebody else of the batch is written meanwhile', async () => {
    await write(Array.from({ length: 100 }, (_, key) => rowOf({ user: key }, {}, { connection: crm, key: `${key}` })));
    const removal = await refolds.remove(crm, 'key_1');
    let transactions = 0;
    const busy = Object.assign(Object.create(test.store) as ProfileStore, {
      transaction: async (work: Parameters<ProfileStore['transaction']>[0]) => {
        if (transactions++ === 0) await test.store.profiles.updateOne({ ids: 'user:50' }, { $inc: { v: 1 } });
        return test.store.transaction(work);
      },
    });
    expect(await connectionData(busy).removeBatch(removal)).toEqual({ read: 100, changed: 99, last: false });
    expect(transactions).toBe(2);
    expect(await identities()).toEqual(['user:50']);
    expect(await connectionData().removeBatch(removal)).toMatchObject({ changed: 1 });
    expect(await identities()).toEqual([]);
  });

  it('folds anew what is kept beside the parts when the priority of a source changes, however often workers die', async () => {
    await fc.assert(
      fc.asyncProperty(sayings, fc.integer({ min: -1, max: 1 }), async (said, priority) => {
        await test.clear();
        await refolds.setPriorities({ [crm]: priority }, 'key_1');
        await write(rowsOf(said));
        const expected = await people();
        await test.clear();
        await write(rowsOf(said));
        await refolds.setPriorities({ [crm]: 5 }, 'key_1');
        await refolds.setPriorities({ [crm]: priority }, 'key_1');
        await workUntilDone();
        expect(await people()).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });

  it('tells of people who came out otherwise, and only of them', async () => {
    await write([
      rowOf({ user: 1 }, { name: 'Ann' }, { connection: crm, key: '1' }),
      rowOf({ user: 1 }, { name: 'Bob' }, { connection: shop, key: '1', day: 2 }),
      rowOf({ user: 2 }, { name: 'Eve' }, { connection: shop, key: '2' }),
    ]);
    const before = await test.store.profiles.find({}, { sort: { _id: 1 } }).toArray();
    expect(before.map(({ name }) => name)).toEqual(['bob', 'eve']);
    await refolds.setPriorities({ [crm]: 1 }, 'key_1');
    await worker().work(); // not yet: writers may still go by the old ones
    expect(await test.store.profiles.findOne({ name: 'ann' })).toBeNull();
    await due();
    await worker().work();
    const after = await test.store.profiles.find({}, { sort: { _id: 1 } }).toArray();
    expect(after.map(({ name }) => name).sort()).toEqual(['ann', 'eve']);
    expect(after.filter(({ v }, index) => v !== before[index]?.v)).toHaveLength(1);
  });

  it('keeps an address opted out that the identity policy reads otherwise', async () => {
    const choice = {
      channel: 'email',
      purpose: 'news',
      state: 'denied',
      at: new Date(),
      a: 1,
      s: 1,
      b: 'run_1',
      h: 'h',
      o: '',
    };
    const identity = 'email:a.nn@gmail.com';
    const stored = {
      ...choice,
      _id: `${identity}|email|news`,
      identity,
      v: 1,
      k: 'con_crm/x/1',
      updatedAt: new Date(),
    };
    await consents.collection.insertMany([
      stored as never,
      { ...stored, _id: 'user:1|email|news', identity: 'user:1' } as never,
    ]);
    const email = { dots: 'dropGmail', tags: 'keep' } as const;
    await test.settings.identityPolicy.set({ ...defaultIdentityPolicy, email }, 'key_1');
    test.settings.forget();
    await refolds.ensure();
    await workUntilDone();
    expect(await consents.collection.find({ identity: 'email:ann@gmail.com' }).toArray()).toMatchObject([
      { ...choice, _id: 'email:ann@gmail.com|email|news' },
    ]);
    expect(await consents.collection.countDocuments()).toBe(3);
  });

  it('keeps somebody restricted whose address the identity policy reads otherwise, until that is lifted', async () => {
    const [before, now] = ['email:a.nn@gmail.com', 'email:ann@gmail.com'] as const;
    await restrictions.restrict('prq_1', [before, 'user:1'], new Date());
    await restrictions.restrict('prq_2', ['email:eve@gmail.com'], new Date());
    const email = { dots: 'dropGmail', tags: 'keep' } as const;
    await test.settings.identityPolicy.set({ ...defaultIdentityPolicy, email }, 'key_1');
    test.settings.forget();
    await refolds.ensure();
    await workUntilDone();
    expect(await restrictions.among([before, now, 'user:1'])).toEqual(new Set([before, now, 'user:1']));
    expect(await restrictions.lift('prq_1', new Date())).toBe(3);
    expect(await restrictions.among([before, now])).toEqual(new Set());
    expect(await restrictions.among(['email:eve@gmail.com'])).toEqual(new Set(['email:eve@gmail.com']));
  });

  it('opens the refold that a process which died had still to open', async () => {
    await test.settings.sourcePriorities.set({ [crm]: 1 }, 'key_1');
    await Promise.all([refolds.ensure(), refolds.ensure()]);
    expect(await refolds.list(10)).toMatchObject([
      { kind: 'priorities', revision: 1, before: {}, after: { [crm]: 1 } },
    ]);
    await expect(test.settings.sourcePriorities.set({ [crm]: 2 }, 'key_1', 0)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});
