import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import fc from 'fast-check';
import { foldParts, partPrefix } from '../folding/index.ts';
import { defaultIdentityRules, type IdentityKey } from '../identity/index.ts';
import { Unmerger } from '../merging/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { Death, mortal } from '../testing/mortal-store.ts';
import { goneRow, rowOf } from '../testing/rows.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import { claimPeople, type PartRow, type ProfileWriter } from '../writer/index.ts';
import { ProfileFinder } from './profile-finder.ts';

const shapeOf = ({ _id, ids, parts, absorbed = [] }: StoredProfile) => ({
  id: _id,
  ids,
  absorbed,
  traits: foldParts(parts).traits,
});

/** A moment that nothing after it shares. */
function moment(): Date {
  const now = Date.now();
  while (Date.now() === now);
  return new Date(now);
}

describe('people as of a moment', () => {
  let test: TestStore;
  let writer: ProfileWriter;
  let finder: ProfileFinder;
  let unmerger: Unmerger;

  beforeAll(async () => {
    test = await testStore();
    writer = test.writer();
    finder = new ProfileFinder(test.store, test.history, test.settings);
    unmerger = new Unmerger(test.store, test.history, test.settings);
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  const write = (...rows: PartRow[]) => writer.write(rows);
  const codeOf = (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'found',
      (error: unknown) => (error instanceof MillraceError ? error.code : String(error)),
    );
  const orders = partPrefix({ connection: 'con_1', stream: 'orders' });
  const source = { connection: 'con_1', prefix: orders, run: 'run_orders', rules: defaultIdentityRules };
  const order = (...ids: IdentityKey[]) => claimPeople(writer, source, [{ ids, who: ids }]);
  const noted = () => test.history.changes.countDocuments();

  it('are who they were then, for every moment of whatever happened', async () => {
    const users = fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 });
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant('say' as const),
          key: fc.integer({ min: 1, max: 4 }),
          users,
          city: fc.constantFrom('Oslo', 'Rome', 'Bonn'),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('buy' as const), users }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('unmerge' as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('separate' as const) }) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('go' as const), key: fc.integer({ min: 1, max: 4 }) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 9 }), async (steps) => {
        await test.clear();
        const seen: { at: Date; id: string; was: unknown }[] = [];
        for (const [index, what] of steps.entries()) {
          if (what.kind === 'say') {
            const said = { key: String(what.key), run: `run_${index}`, day: 1 + index };
            await write(rowOf({ user: what.users }, { city: what.city, [`t${what.key}`]: index }, said));
          } else if (what.kind === 'buy') {
            await order(...what.users.map((user) => `user:${user}`));
          } else if (what.kind === 'go') {
            await write(goneRow(String(what.key), 1 + index, { run: `run_${index}` }));
          } else if (what.kind === 'separate') {
            await test.separate();
          } else {
            const [merge] = await test.history.merges.find({}, { sort: { at: -1 }, limit: 1 }).toArray();
            const into = merge && (await finder.byId(merge.into).catch(() => undefined));
            // A person who would have no identity left is not split.
            if (into)
              expect(['found', 'conflict']).toContain(
                await codeOf(unmerger.unmerge(into, { merge: merge._id }, 'key_1')),
              );
          }
          const at = moment();
          for (const { _id } of await test.store.profiles.find({}, { projection: { _id: 1 } }).toArray()) {
            const profile = await finder.byId(_id).catch(() => undefined);
            seen.push({ at, id: _id, was: profile && shapeOf(profile) });
          }
        }
        for (const { at, id, was } of seen) {
          const then = await finder.at(id, at);
          // Who was part of another from the beginning is found there under the id that came with the separation.
          const known = new Set(seen.filter((one) => one.at === at).map((one) => one.id));
          const shape = then && shapeOf(then);
          expect(shape && { ...shape, absorbed: shape.absorbed.filter((one) => known.has(one)) }).toEqual(was);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('are found by the identity that they had, and told when there was nobody', async () => {
    const before = moment();
    await write(rowOf({ email: 'ann@x.com' }, { city: 'Oslo' }, { key: '1' }));
    await write(rowOf({ user: 2 }, { plan: 'pro' }, { key: '2' }));
    const apart = moment();
    await write(rowOf({ email: 'ann@x.com', user: 2 }, { glue: 1 }, { key: '3' }));
    const together = moment();
    await write(rowOf({ email: 'ann@x.com', phone: '4711' }, { city: 'Rome' }, { key: '1', day: 2 }));

    const traitsAt = async (identity: string, at: Date) =>
      foldParts((await finder.byIdentityAt(identity, at)).parts).traits;
    expect(await traitsAt('user:2', apart)).toEqual({ plan: 'pro' });
    expect(await traitsAt('ann@x.com', apart)).toEqual({ city: 'Oslo' });
    expect(await traitsAt('user:2', together)).toEqual({ city: 'Oslo', glue: 1, plan: 'pro' });
    expect(await traitsAt('user:2', moment())).toEqual({ city: 'Rome', glue: 1, plan: 'pro' });
    expect(await codeOf(finder.byIdentityAt('user:2', before))).toBe('profile_not_found');
    expect(await codeOf(finder.byIdentityAt('phone:4711', together))).toBe('profile_not_found');
    const { _id } = await finder.byIdentity('ann@x.com');
    expect(await codeOf(finder.byIdAt(_id, before))).toBe('profile_not_found');
    expect((await finder.byIdAt(_id, together)).updatedAt <= together).toBe(true);
  });

  it('have no identity that came later, though orders came by it since', async () => {
    await write(rowOf({ email: 'ann@x.com' }, { city: 'Oslo' }, { key: '1' }));
    await order('email:ann@x.com');
    const first = moment();
    await write(rowOf({ email: 'ann@x.com', user: 17 }, { city: 'Rome' }, { key: '1', day: 2 }));
    await order('user:17');
    const second = moment();
    await write(goneRow('1', 3));
    await order('email:ann@x.com', 'user:17');
    expect((await finder.byIdentityAt('ann@x.com', first)).ids).toEqual(['email:ann@x.com']);
    expect((await finder.byIdentityAt('ann@x.com', first)).parts).toHaveLength(2);
    expect(await codeOf(finder.byIdentityAt('user:17', first))).toBe('profile_not_found');
    expect((await finder.byIdentityAt('user:17', second)).ids).toEqual(['email:ann@x.com', 'user:17']);
  });

  it('is refused where it is not kept any more, unless nothing has changed since', async () => {
    await write(rowOf({ user: 1 }, { city: 'Oslo' }, { key: '1' }), rowOf({ user: 2 }, {}, { key: '2' }));
    const long = new Date(Date.now() - 500 * 86_400_000);
    await test.store.profiles.updateMany({}, { $set: { createdAt: new Date(0), updatedAt: new Date(0) } });
    await write(rowOf({ user: 1 }, { city: 'Rome' }, { key: '1', day: 2 }));
    expect(await codeOf(finder.byIdentityAt('user:1', long))).toBe('history_expired');
    expect(await codeOf(finder.byIdentityAt('user:2', long))).toBe('found');
  });

  it('is refused where changes were removed for their age, whatever the settings say', async () => {
    const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
    await write(rowOf({ user: 1 }, { city: 'Oslo' }, { key: '1' }));
    await test.store.profiles.updateMany({}, { $set: { createdAt: daysAgo(90) } });
    await write(rowOf({ user: 1 }, { city: 'Rome' }, { key: '1', day: 2 }));
    await test.history.changes.updateMany({}, { $set: { at: daysAgo(40) } });
    const cityAt = async (at: Date) => foldParts((await finder.byIdentityAt('user:1', at)).parts).traits.city;
    expect(await cityAt(daysAgo(60))).toBe('Oslo');
    const ids = (await test.history.changes.find().toArray()).map(({ _id }) => _id);
    expect(await test.history.forgetBefore(daysAgo(50), ids)).toBe(0); // none of them is so old
    expect(await cityAt(daysAgo(45))).toBe('Oslo');
    expect(await codeOf(finder.byIdentityAt('user:1', daysAgo(60)))).toBe('history_expired');
    expect(await test.history.forgetBefore(daysAgo(30), ids)).toBe(1);
    expect(await codeOf(finder.byIdentityAt('user:1', daysAgo(45)))).toBe('history_expired');
    expect(await cityAt(daysAgo(20))).toBe('Rome');
    await test.history.forgetBefore(daysAgo(35), ids); // another sweep, which kept more
    expect(await codeOf(finder.byIdentityAt('user:1', daysAgo(32)))).toBe('history_expired');
  });

  it('is not misled by what a writer noted that died then, and forgotten on demand', async () => {
    const cityAt = async (at: Date) => foldParts((await finder.byIdentityAt('user:1', at)).parts).traits.city;
    await write(rowOf({ user: 1 }, { city: 'Oslo' }, { key: '1' }));
    const first = moment();
    const rome = rowOf({ user: 1 }, { city: 'Rome' }, { key: '1', day: 2 });
    await expect(test.writer(mortal(test.store, () => true)).write([rome])).rejects.toThrow(Death);
    expect(await noted()).toBe(1);
    const second = moment();
    expect(await cityAt(second)).toBe('Oslo');
    await write(rome);
    expect([await cityAt(first), await cityAt(second), await cityAt(moment())]).toEqual(['Oslo', 'Oslo', 'Rome']);
    await test.history.forget([(await finder.byIdentity('user:1'))._id]);
    expect(await noted()).toBe(0);
  });

  it('costs nothing where nothing is new: newcomers, repeats, and orders by what somebody has ordered by', async () => {
    const rows = [rowOf({ user: 1 }, { city: 'Oslo' }, { key: '1' }), rowOf({ user: 2 }, {}, { key: '2' })];
    await write(...rows, rowOf({ user: 1 }, { plan: 'pro' }, { key: '3' }));
    await write(...rows.map(({ part }) => ({ part: { ...part, b: 'run_2' } })));
    expect(await noted()).toBe(0);
    await order('user:1');
    await order('user:1');
    expect(await test.history.changes.countDocuments({ t: { $exists: false } })).toBe(1); // nobody said anything
    await write(
      rowOf({ user: 1 }, { city: 'Rome' }, { key: '1', day: 2 }),
      rowOf({ user: 2 }, { a: 1 }, { key: '2', day: 2 }),
    );
    expect(await noted()).toBe(3);
  });
});
