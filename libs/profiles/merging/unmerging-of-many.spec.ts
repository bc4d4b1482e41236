import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { ProfileFinder } from '../people/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { rowOf } from '../testing/rows.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import { Unmerger } from './index.ts';

/** S and A were merged wrongly, and others were merged with either since. */
let test: TestStore;
let unmerger: Unmerger;
let finder: ProfileFinder;

beforeAll(async () => {
  test = await testStore();
  unmerger = new Unmerger(test.store, test.history, test.settings);
  finder = new ProfileFinder(test.store, test.history, test.settings);
});
beforeEach(() => test.clear());
afterAll(() => test.close());

/** Writes a record, and gives the id of its person. */
async function write(key: string, identities: object): Promise<string> {
  const [result] = await test.writer().write([rowOf({ ...identities }, { [key]: true }, { key })]);
  return result?.profile ?? '';
}

const unmerge = async (from: string, absorbed: string) =>
  unmerger.unmerge(await finder.byId(from), { absorbed }, 'key_1');

/** The records of whom an id leads to. */
async function recordsOf(id: string): Promise<string[]> {
  const { parts } = await finder.byId(id);
  return parts.map(({ k }) => k.slice(k.lastIndexOf('/') + 1));
}

/** Identities, signposts and merges lead to who lists them. */
async function expectConsistent(): Promise<void> {
  await test.separate();
  const alive: StoredProfile[] = await test.store.profiles.find({ 'ids.0': { $exists: true } }).toArray();
  const owners = await test.store.ownersOf(alive.flatMap(({ ids }) => ids));
  for (const { _id, ids, absorbed = [] } of alive) {
    for (const id of ids) expect(owners.get(id)).toBe(_id);
    for (const id of absorbed) {
      expect((await finder.byId(id))._id).toBe(_id);
      const [merge, ...more] = await test.history.merges.find({ absorbed: id, undoneAt: { $exists: false } }).toArray();
      expect(more).toEqual([]);
      expect([_id, ...absorbed]).toContain(merge?.into);
    }
  }
}

const personS = ['glue', 's'];

it('whoever was merged with the restored person goes with them, and can be unmerged from them', async () => {
  const s = await write('s', { email: 's@x.com' });
  const a = await write('a', { email: 'a@x.com' });
  const b = await write('b', { anonymous: 'b' });
  await write('glue', { email: ['s@x.com', 'a@x.com'] });
  await write('login', { email: 'a@x.com', anonymous: 'b' });
  expect((await finder.byId(b))._id).toBe(s);

  expect(await unmerge(s, a)).toMatchObject({ kept: s, restored: a });
  expect(await recordsOf(s)).toEqual(personS);
  expect(await recordsOf(a)).toEqual(['a', 'b', 'login']);
  expect((await finder.byId(b))._id).toBe(a);
  await expectConsistent();

  await unmerge(a, b);
  expect(await recordsOf(b)).toEqual(['b']);
  expect(await recordsOf(a)).toEqual(['a', 'login']);
  await expectConsistent();
});

it('whoever was merged with the other one stays', async () => {
  const s = await write('s', { email: 's@x.com' });
  const a = await write('a', { email: 'a@x.com' });
  const b = await write('b', { anonymous: 'b' });
  await write('glue', { email: ['s@x.com', 'a@x.com'] });
  await write('login', { email: 's@x.com', anonymous: 'b' });
  await unmerge(s, a);
  expect(await recordsOf(a)).toEqual(['a']);
  expect(await recordsOf(b)).toEqual(['b', 'glue', 'login', 's']);
  await expectConsistent();
});

it.each([
  ['restored', 'a@x.com', ['a', 'h', 'login'], personS],
  ['other', 's@x.com', ['a'], ['glue', 'h', 'login', 's']],
])('an older profile that both were merged into since goes with the %s one', async (_, address, ofA, ofS) => {
  const h = await write('h', { anonymous: 'h' });
  const s = await write('s', { email: 's@x.com' });
  const a = await write('a', { email: 'a@x.com' });
  await write('glue', { email: ['s@x.com', 'a@x.com'] });
  await write('login', { email: address, anonymous: 'h' });
  expect((await finder.byId(a))._id).toBe(h);

  if (ofA.length > 1) await expect(unmerge(h, a)).rejects.toMatchObject({ code: 'conflict' }); // A stays merged with H
  const merge = (await test.history.merges.findOne({ absorbed: a }))?._id;
  const { kept, restored } = await unmerger.unmerge(await finder.byId(h), { merge }, 'key_1');
  expect([await recordsOf(kept), await recordsOf(restored)]).toEqual([ofS, ofA]);
  expect([await recordsOf(s), await recordsOf(a)]).toEqual([ofS, ofA]);
  expect((await recordsOf(h)).includes('h')).toBe(true);
  await expectConsistent();
  await unmerger.unmerge(await finder.byId(h), { merge }, 'key_1'); // once more changes nothing
  expect([await recordsOf(s), await recordsOf(a)]).toEqual([ofS, ofA]);
  await write('again', { email: ['s@x.com', 'a@x.com'] });
  expect(await test.store.profiles.countDocuments({ 'ids.0': { $exists: true } })).toBe(2);
});
