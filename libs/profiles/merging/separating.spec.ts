import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { Signer } from '#platform';
import { Tombstones, tombstoneModel, tombstoneSchema, type Tombstone } from '#tombstones';
import { foldParts } from '../folding/index.ts';
import { ProfileFinder } from '../people/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { Death, mortal } from '../testing/mortal-store.ts';
import { goneRow, rowOf } from '../testing/rows.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import type { PartRow, ProfileWriter } from '../writer/index.ts';
import { Separator, Unmerger } from './index.ts';

const [a, b] = ['a@x.com', 'b@x.com'];

/** A record with the one trait that says who it is; its versions are days. */
const says = (key: string, identities: Row, day = 1): PartRow => rowOf(identities, { [key]: day }, { key, day });

describe('people whose records share nothing any more', () => {
  let test: TestStore;
  let writer: ProfileWriter;
  let unmerger: Unmerger;
  let finder: ProfileFinder;

  beforeAll(async () => {
    test = await testStore();
    writer = test.writer();
    unmerger = new Unmerger(test.store, test.history, test.settings);
    finder = new ProfileFinder(test.store, test.history, test.settings);
  });
  beforeEach(() => clear());
  afterAll(() => test.close());

  async function clear(): Promise<void> {
    const { store, history } = test;
    for (const collection of [store.profiles, store.identities, history.merges, history.changes])
      await collection.deleteMany({});
  }
  const settle = () => test.separate();
  async function write(...rows: PartRow[]): Promise<void> {
    for (const row of rows) await writer.write([row]);
  }
  const alive = (): Promise<StoredProfile[]> =>
    test.store.profiles.find({ 'ids.0': { $exists: true } }, { sort: { _id: 1 } }).toArray();
  const holderOf = async (record: string): Promise<StoredProfile> =>
    (await alive()).find(({ parts }) => parts.some(({ k }) => k === `con_1/people/${record}`)) as StoredProfile;
  const people = async (): Promise<string[]> => (await alive()).map(describePerson).sort();
  const marked = () => test.store.profiles.countDocuments({ looseAt: { $exists: true } });
  const merges = () => test.history.merges.find({}, { sort: { _id: 1 } }).toArray();

  /** Identities and profiles name each other, no record is there twice, nobody is left to be looked at. */
  async function expectConsistent(): Promise<void> {
    const profiles = await alive();
    const owners = (await test.store.identities.find().toArray()).map(({ _id, p }) => [_id, p]);
    expect(profiles.flatMap(({ _id, ids }) => ids.map((id) => [id, _id])).sort()).toEqual(owners.sort());
    const keys = profiles.flatMap(({ parts }) => parts.map(({ k }) => k));
    expect(new Set(keys).size).toBe(keys.length);
    expect(await marked()).toBe(0);
  }

  describe('are people of their own, in whatever order the rows came', () => {
    it.each<[string, PartRow[], string[]]>([
      [
        'an identity was given up',
        [says('1', { email: a, user: 1 }), says('1', { email: b, user: 1 }, 2), says('2', { email: a })],
        ['1=2 | email:b@x.com user:1', '2=1 | email:a@x.com'],
      ],
      [
        'an identity was given up, and taken again',
        [
          says('1', { email: a, user: 1 }),
          says('1', { user: 1 }, 2),
          says('1', { email: a, user: 1 }, 3),
          says('2', { email: a }),
        ],
        ['1=3 2=1 | email:a@x.com user:1'],
      ],
      [
        'the record that joined two was deleted',
        [says('1', { email: a }), says('2', { email: b }), says('3', { email: [a, b] }), goneRow('3', 2)],
        ['1=1 | email:a@x.com', '2=1 | email:b@x.com'],
      ],
      [
        'the record that joined two is about somebody else',
        [says('1', { email: a }), says('2', { email: b }), says('3', { email: [a, b] }), says('3', { user: 3 }, 2)],
        ['1=1 | email:a@x.com', '2=1 | email:b@x.com', '3=2 | user:3'],
      ],
      [
        'a record went over to somebody else',
        [says('1', { email: a }), says('2', { email: b }), says('3', { email: a }), says('3', { email: b }, 2)],
        ['1=1 | email:a@x.com', '2=1 3=2 | email:b@x.com'],
      ],
      [
        'a deleted record is there again, as somebody else',
        [
          says('1', { email: a }),
          says('2', { email: [a, b] }),
          goneRow('2', 2),
          says('2', { email: b }, 3),
          says('3', { email: b }),
        ],
        ['1=1 | email:a@x.com', '2=3 3=1 | email:b@x.com'],
      ],
      [
        'a chain broke in the middle',
        [
          says('1', { email: a, user: 1 }),
          says('2', { user: [1, 2] }),
          says('2', { user: 2 }, 2),
          says('3', { user: 2, phone: '4711' }),
        ],
        ['1=1 | email:a@x.com user:1', '2=2 3=1 | phone:4711 user:2'],
      ],
    ])('%s', async (_, rows, expected) => {
      for (const order of ordersOf(rows)) {
        await clear();
        await write(...order);
        await settle();
        expect(await people()).toEqual(expected);
        await expectConsistent();
      }
      await clear();
      await writer.write(rows); // one page
      await settle();
      expect(await people()).toEqual(expected);
      await expectConsistent();
    });
  });

  it('are not looked at where nothing was lost', async () => {
    await write(says('1', { email: a, user: 1 }), says('2', { email: a }), says('1', { email: a, user: 1 }, 2));
    await write(says('2', { email: a, phone: '4711' }, 2), says('3', { phone: '4711' }), goneRow('3', 2));
    expect(await marked()).toBe(0);
    await write(says('1', { user: 1 }, 3));
    expect(await marked()).toBe(1);
    await write(says('2', { email: a, user: 1 }, 3)); // together again before anybody has looked
    expect(await marked()).toBe(0);
    await expectConsistent();
  });

  it('do not join others by what only an older version says', async () => {
    await write(says('1', { email: b, user: 1 }, 2), says('2', { email: a }));
    const [peeked] = await writer.peek([says('1', { email: a, user: 1 })]);
    expect(peeked).toMatchObject({ outcome: { status: 'superseded' }, before: peeked?.after });
    expect(await writer.write([says('1', { email: a, user: 1 })])).toMatchObject([
      { outcome: { status: 'superseded' }, profile: (await holderOf('1'))._id },
    ]);
    expect(await people()).toHaveLength(2);
    expect(await merges()).toEqual([]);
  });

  it('are not joined for good by an identity that a writer claimed and lost', async () => {
    await write(says('1', { email: a }), says('2', { email: b }));
    const [one] = await alive();
    await test.store.identities.insertOne({ _id: 'user:9', p: one?._id ?? '' });
    await write(says('2', { email: b, user: 9 }, 2));
    await settle();
    expect(await people()).toEqual(['1=1 | email:a@x.com', '2=2 | email:b@x.com user:9']);
    await expectConsistent();
  });

  it('have their ids again, with what had been merged into them before, and merged ids keep resolving', async () => {
    await write(...[1, 2, 3, 4].map((user) => says(String(user), { user })));
    const before = await alive();
    const [one, two, three, four] = before.map(({ _id }) => _id);
    await write(says('23', { user: [2, 3] }), says('12', { user: [1, 2] }), says('24', { user: [2, 4] }));
    expect(await people()).toHaveLength(1);
    await write(goneRow('12', 2));
    await settle();
    expect(await alive()).toMatchObject([
      { _id: one, ids: ['user:1'] },
      { _id: two, ids: ['user:2', 'user:3', 'user:4'], absorbed: [three, four] },
    ]);
    expect((await alive())[0]?.absorbed).toBeUndefined();
    const resolved = await Promise.all([one, two, three, four].map((id) => finder.byId(id as string)));
    expect(resolved.map(({ _id }) => _id)).toEqual([one, two, two, two]);
    expect((await alive()).map(({ createdAt }) => createdAt)).toEqual(before.slice(0, 2).map((p) => p.createdAt));
    expect((await merges()).map(({ absorbed, into, undoneBy = '' }) => [absorbed, into, undoneBy]).sort()).toEqual(
      [
        [three, two, ''],
        [two, one, 'given_up'],
        [four, one, 'given_up'], // it had been led there
        [four, two, ''],
      ].sort(),
    );
    await expectConsistent();

    await write(goneRow('24', 2), goneRow('23', 2));
    await settle();
    expect((await alive()).map(({ _id, ids }) => [_id, ids])).toEqual(
      [one, two, three, four].map((id, index) => [id, [`user:${index + 1}`]]),
    );
    await expectConsistent();
  });

  it('keep the id by records, then by the identity of the greatest priority', async () => {
    await write(
      says('1', { email: a, phone: '4711' }),
      says('2', { phone: ['4711', '4712'] }),
      says('3', { phone: '4712' }),
    );
    const [{ _id }] = (await alive()) as [StoredProfile];
    await write(says('1', { email: a }, 2));
    await settle();
    expect((await holderOf('2'))._id).toBe(_id);
    await write(says('2', { phone: '4711' }, 2));
    await settle();
    expect((await holderOf('2'))._id).toBe(_id); // equal: the smaller key
    await write(says('2', { user: 5, phone: '4711' }, 3), says('4', { phone: '4711' }));
    await write(says('2', { user: 5 }, 4));
    await settle();
    expect([(await holderOf('2'))._id, (await holderOf('4'))._id !== _id]).toEqual([_id, true]);
    await expectConsistent();
  });

  it('are joined again by the next record that names them both', async () => {
    await write(says('1', { email: a }), says('2', { email: b }), says('3', { email: [a, b] }), goneRow('3', 2));
    await settle();
    const [one, two] = await alive();
    expect([one?.apart, two?.apart]).toEqual([undefined, undefined]);
    await write(says('4', { email: [a, b] }));
    expect(await alive()).toMatchObject([{ _id: one?._id, absorbed: [two?._id] }]);
    await expectConsistent();
  });

  it('stay apart from whom an operator has split them', async () => {
    await write(says('1', { user: 1 }), says('2', { user: 2 }), says('12', { user: [1, 2] }));
    const [joined] = (await alive()) as [StoredProfile];
    const done = await unmerger.unmerge(joined, { absorbed: joined.absorbed?.[0] }, 'key_1');
    await write(says('3', { user: [1, 3] }), says('4', { user: 3 }), says('3', { user: 1 }, 2));
    await settle();
    expect(await people()).toEqual(['12=1 1=1 3=2 | user:1', '2=1 | user:2', '4=1 | user:3']);
    for (const person of [done.kept, (await holderOf('4'))._id])
      expect((await finder.byId(person)).apart).toEqual([done.restored]);
    await write(says('12', { user: [1, 2] }, 2), says('5', { user: [2, 3] }));
    await settle();
    expect((await people()).map((text) => text.split(' | ')[1])).toEqual(['user:1', 'user:2', 'user:3']);
    expect((await merges()).map(({ undoneBy }) => undoneBy)).toEqual(['key_1', 'given_up']);
    await expectConsistent();
  });

  it('are found as one in the past', async () => {
    await write(says('1', { email: a, user: 1 }), says('2', { email: a }));
    const then = new Date();
    while (Date.now() <= then.getTime()) await setImmediate();
    await write(says('1', { email: b, user: 1 }, 2));
    await settle();
    const was = { ids: ['email:a@x.com', 'user:1'] };
    for (const record of ['1', '2']) {
      const { _id } = await holderOf(record);
      expect(await finder.byIdAt(_id, then)).toMatchObject(was);
    }
    expect(await finder.byIdentityAt('email:a@x.com', then)).toMatchObject(was);
    expect(await finder.byIdentityAt('user:1', then)).toMatchObject(was);
    expect(await finder.byIdentity('email:a@x.com')).toMatchObject({ ids: ['email:a@x.com'] });
  });

  it('stay in their place while they are erased', async () => {
    await write(says('1', { email: a, user: 77 }), says('2', { email: a }), says('1', { user: 77 }, 2));
    const signer = new Signer(randomBytes(32).toString('base64'));
    const tombstones = new Tombstones(test.connection.model<Tombstone>(tombstoneModel, tombstoneSchema), signer);
    await tombstones.bury('prv_1', { identities: [{ identity: 'user:77', optOuts: [] }], records: [] }, new Date());
    const [one] = (await alive()) as [StoredProfile];
    const separator = new Separator(test.store, test.history, test.settings, tombstones);
    expect(await separator.separate(one)).toBe(false);
    expect(await alive()).toEqual([one]);
    await tombstones.lift('prv_1', new Date());
    expect(await separator.separate(one)).toBe(true);
    expect(await alive()).toHaveLength(2);
  });

  it('are told apart once, however many do it and die', async () => {
    const rows = [says('1', { email: a }), says('2', { email: b }), says('3', { email: [a, b], user: 1 })];
    for (let round = 0; round < 8; round++) {
      await clear();
      await write(...rows);
      await write(says('3', { user: 1 }, 2));
      const untilDone = async (): Promise<void> => {
        for (;;) {
          try {
            return await test.separate(mortal(test.store, () => Math.random() < 0.1));
          } catch (error) {
            if (!(error instanceof Death)) throw error;
          }
        }
      };
      await Promise.all([untilDone(), untilDone(), untilDone()]);
      expect(await people()).toEqual(['1=1 | email:a@x.com', '2=1 | email:b@x.com', '3=2 | user:1']);
      expect(await merges()).toHaveLength(2);
      await expectConsistent();
    }
  });
});

function describePerson({ parts, ids }: StoredProfile): string {
  const { traits } = foldParts(parts);
  const said = Object.entries(traits).map(([name, day]) => `${name}=${JSON.stringify(day)}`);
  return `${said.sort().join(' ')} | ${ids.join(' ')}`;
}

/** All orders of the rows. */
function ordersOf(rows: readonly PartRow[]): PartRow[][] {
  if (rows.length === 0) return [[]];
  return rows.flatMap((last) => ordersOf(rows.filter((row) => row !== last)).map((order) => [...order, last]));
}
