import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '@millrace/sdk';
import { foldParts } from '../folding/index.ts';
import { defaultIdentityPolicy } from '../identity/index.ts';
import type { StoredProfile } from '../store/index.ts';
import { Death, mortal } from '../testing/mortal-store.ts';
import { rowOf } from '../testing/rows.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import type { PartRow, ProfileWriter } from '../writer/index.ts';
import { Unmerger } from './index.ts';

const anyone = { email: 'ann@x.com' };
const worker = { email: 'ann@work.com' };

describe('merging', () => {
  let test: TestStore;
  let writer: ProfileWriter;
  let unmerger: Unmerger;

  beforeAll(async () => {
    test = await testStore();
    writer = test.writer();
    unmerger = new Unmerger(test.store, test.history, test.settings);
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  const write = async (...rows: PartRow[]): Promise<Outcome[]> =>
    (await writer.write(rows)).map(({ outcome }) => outcome);
  const alive = (): Promise<StoredProfile[]> =>
    test.store.profiles
      .find({ mergedInto: { $exists: false }, 'ids.0': { $exists: true } }, { sort: { _id: 1 } })
      .toArray();
  const people = async () => (await alive()).map(({ ids, parts }) => ({ ids, traits: foldParts(parts).traits }));
  const merges = () => test.history.merges.find({}, { sort: { _id: 1 } }).toArray();
  const policy = async (more: Partial<typeof defaultIdentityPolicy>): Promise<void> => {
    await test.settings.identityPolicy.set({ ...defaultIdentityPolicy, ...more }, 'key_1');
    test.settings.forget();
  };
  const profileOf = async (id: string): Promise<StoredProfile> =>
    (await test.store.profiles.findOne({ _id: id })) as StoredProfile;

  /** Identities and profiles name each other, and no part is there twice. */
  async function expectConsistent(): Promise<void> {
    const profiles = await alive();
    const owners = (await test.store.identities.find().toArray()).map(({ _id, p }) => [_id, p]);
    const claimed = profiles.flatMap(({ _id, ids }) => ids.map((id) => [id, _id]));
    expect(claimed.sort()).toEqual(owners.sort());
    const keys = profiles.flatMap(({ parts }) => parts.map(({ k }) => k));
    expect(new Set(keys).size).toBe(keys.length);
  }

  const glue = (more: object = {}): PartRow =>
    rowOf(
      { email: ['ann@work.com', 'ann@x.com'] },
      { glue: true },
      { key: 'glue', stream: 'cards', run: 'run_9', ...more },
    );

  async function mergeTwo(): Promise<{ kept: StoredProfile; restored: StoredProfile }> {
    await write(rowOf({ ...anyone, user: 1 }, { city: 'Oslo' }, { key: '1' }));
    await write(rowOf({ ...worker, user: 2 }, { company: 'X' }, { key: '2' }));
    const [kept, restored] = (await alive()) as [StoredProfile, StoredProfile];
    expect(await write(glue())).toEqual([{ status: 'ok', effects: { updated: 1, merged: 1 } }]);
    return { kept, restored };
  }

  it('remembers who became one with whom, and why', async () => {
    const { kept, restored } = await mergeTwo();
    expect(await merges()).toMatchObject([
      {
        into: kept._id,
        absorbed: restored._id,
        reason: { parts: ['con_1/cards/glue'], identities: ['email:ann@work.com', 'email:ann@x.com'], run: 'run_9' },
        parts: ['con_1/people/2'],
        ids: ['email:ann@work.com', 'user:2'],
        kept: ['con_1/people/1'],
      },
    ]);
  });

  describe('limits', () => {
    it('refuse the row that would give one person too many identities of a kind, and no other', async () => {
      await policy({ kinds: [{ kind: 'email', priority: 0, limit: 3 }] });
      const rows = Array.from({ length: 8 }, (_, i) =>
        rowOf({ email: `u${i}@x.com`, user: 'shared' }, { n: i }, { key: String(i) }),
      );
      const outcomes = await write(...rows, rowOf({ email: 'bob@x.com' }, {}, { key: 'bob' }));
      expect(outcomes.map((one) => (one.status === 'rejected' ? one.code : one.status))).toEqual([
        ...['ok', 'ok', 'ok'],
        ...Array.from({ length: 5 }, () => 'identity_limit_reached'),
        'ok',
      ]);
      expect((await people()).map(({ ids }) => ids.length)).toEqual([1, 4]);
      await expectConsistent();
      expect(await write(rowOf({ email: 'u0@x.com', user: 'shared' }, { n: 99 }, { key: '0', day: 2 }))).toMatchObject([
        { status: 'ok' },
      ]);
      await policy({ kinds: [{ kind: 'email', priority: 0, limit: 1 }] });
      expect(await write(rowOf({ email: 'u0@x.com', user: 'shared' }, { n: 100 }, { key: '0', day: 3 }))).toMatchObject(
        [
          { status: 'ok' }, // who had more before keeps them
        ],
      );
      expect(await write(rowOf({ email: ['a@x.com', 'b@x.com'] }, {}, { key: 'new' }))).toMatchObject([
        { status: 'rejected', code: 'identity_limit_reached' },
      ]);
    });

    it('refuse the row that would join too many people at once', async () => {
      await policy({ mergeLimit: 2 });
      const users = [1, 2, 3, 4];
      await write(...users.map((user) => rowOf({ user }, {}, { key: String(user) })));
      expect(await write(rowOf({ user: users }, {}, { key: 'all' }))).toMatchObject([
        { status: 'rejected', code: 'merge_limit_reached' },
      ]);
      expect(await people()).toHaveLength(4);
      expect(await write(rowOf({ user: [1, 2, 3] }, {}, { key: 'some' }))).toEqual([
        { status: 'ok', effects: { updated: 1, merged: 2 } },
      ]);
      await expectConsistent();
    });
  });

  describe('unmerging', () => {
    it('gives parts and identities back, and keeps the two apart whatever is repeated', async () => {
      const { kept, restored } = await mergeTwo();
      await write(
        rowOf({ user: 2, phone: '4711' }, { since: 'theirs' }, { key: '3' }),
        rowOf({ phone: '4711' }, { chained: true }, { key: '4' }),
        rowOf({ user: 1 }, { since: 'ours' }, { key: '5', day: 2 }),
      );
      const [merge] = await merges();
      const done = await unmerger.unmerge(await profileOf(kept._id), { merge: merge?._id }, 'key_1');
      expect(done).toEqual({ merge: merge?._id, kept: kept._id, restored: restored._id });
      const expected = [
        { ids: ['email:ann@x.com', 'user:1'], traits: { city: 'Oslo', glue: true, since: 'ours' } },
        {
          ids: ['email:ann@work.com', 'phone:4711', 'user:2'],
          traits: { company: 'X', since: 'theirs', chained: true },
        },
      ];
      expect(await people()).toEqual(expected);
      expect((await alive()).map(({ _id, createdAt }) => ({ _id, createdAt }))).toEqual([
        { _id: kept._id, createdAt: kept.createdAt },
        { _id: restored._id, createdAt: restored.createdAt },
      ]);
      await expectConsistent();

      expect(await write(glue())).toEqual([{ status: 'ok', effects: { updated: 1 } }]); // the same run, replayed
      expect(await write(glue({ run: 'run_99' }))).toEqual([{ status: 'unchanged' }]);
      expect(await write(glue({ run: 'run_99', day: 3 }), rowOf({ user: 2 }, { more: 1 }, { key: '6' }))).toMatchObject(
        [{ status: 'unchanged' }, { status: 'ok' }],
      );
      expect(await write(rowOf({ user: [1, 2] }, { other: true }, { key: '7' }))).toEqual([
        { status: 'ok', effects: { updated: 1 } },
      ]);
      expect((await people()).map(({ ids }) => ids)).toEqual(expected.map(({ ids }) => ids));
      expect((await writer.peek([glue({ day: 4 })]))[0]?.outcome).toEqual({ status: 'unchanged' });
      expect(await merges()).toHaveLength(1);
      await expectConsistent();
    });

    it('is done once, however often and by however many it is asked for', async () => {
      const { kept, restored } = await mergeTwo();
      const profile = await profileOf(kept._id);
      const asked = await Promise.all(
        Array.from({ length: 4 }, () => unmerger.unmerge(profile, { absorbed: restored._id }, 'key_1')),
      );
      expect(new Set(asked.map((one) => JSON.stringify(one))).size).toBe(1);
      await unmerger.unmerge(await profileOf(restored._id), { absorbed: restored._id }, 'key_2');
      expect(await merges()).toMatchObject([{ undoneBy: 'key_1' }]);
      expect(await people()).toHaveLength(2);
      await expectConsistent();
    });

    it('keeps them apart after either was merged with others', async () => {
      const { kept, restored } = await mergeTwo();
      await unmerger.unmerge(await profileOf(kept._id), { absorbed: restored._id }, 'key_1');
      await write(rowOf({ user: 3 }, {}, { key: '3' }));
      await write(rowOf({ user: [1, 3] }, {}, { key: '13' }));
      expect(await write(rowOf({ user: [2, 3] }, {}, { key: '23' }))).toEqual([
        { status: 'ok', effects: { updated: 1 } },
      ]);
      expect(
        await write(rowOf({ user: [3, 4] }, {}, { key: 'a' }), rowOf({ user: [2, 4] }, {}, { key: 'b' })),
      ).toMatchObject([{ status: 'ok' }, { status: 'ok' }]);
      expect((await people()).map(({ ids }) => ids)).toEqual([
        ['email:ann@x.com', 'user:1', 'user:3', 'user:4'],
        ['email:ann@work.com', 'user:2'],
      ]);
      await expectConsistent();
    });

    it('undoes one of several merges, with whom was merged before', async () => {
      await write(...[1, 2, 3].map((user) => rowOf({ user }, { [`t${user}`]: user }, { key: String(user) })));
      const [one, two, three] = (await alive()) as [StoredProfile, StoredProfile, StoredProfile];
      await write(rowOf({ user: [2, 3] }, {}, { key: '23' }));
      await write(rowOf({ user: [1, 2] }, {}, { key: '12' }));
      await unmerger.unmerge(await profileOf(one._id), { absorbed: two._id }, 'key_1');
      expect(await alive()).toMatchObject([
        { _id: one._id, ids: ['user:1'] },
        { _id: two._id, ids: ['user:2', 'user:3'], absorbed: [three._id] },
      ]);
      expect((await alive())[0]?.absorbed).toBeUndefined();
      await expectConsistent();
    });

    it('says what it cannot do', async () => {
      const { kept, restored } = await mergeTwo();
      await expect(unmerger.unmerge(kept, { absorbed: kept._id }, 'key_1')).rejects.toMatchObject({
        code: 'merge_not_found',
      });
      const gone = (key: string): PartRow => {
        const { part } = rowOf({ user: 2 }, {}, { key, day: 9 });
        return { part: { ...part, i: [], t: {}, h: '~', n: 0, d: true } };
      };
      await write(gone('2'));
      await expect(
        unmerger.unmerge(await profileOf(kept._id), { absorbed: restored._id }, 'key_1'),
      ).rejects.toMatchObject({ code: 'conflict' });
      expect(await people()).toHaveLength(1);
    });

    it('is safe while writers work on the same people, and die', async () => {
      for (let round = 0; round < 4; round++) {
        await test.clear();
        const { kept, restored } = await mergeTwo();
        const profile = await profileOf(kept._id);
        const rows = (n: number): PartRow[] => [
          glue({ run: `run_${n}`, day: n }),
          rowOf({ user: 2 }, { n }, { key: `late-${n % 3}`, day: n }),
          rowOf({ user: 1, phone: `100${n}` }, { n }, { key: `own-${n % 3}`, day: n }),
        ];
        const untilDone = async (n: number): Promise<void> => {
          for (;;) {
            try {
              const mine = test.writer(mortal(test.store, () => Math.random() < 0.03));
              if ((await mine.write(rows(n))).every(({ outcome }) => outcome.status !== 'retry')) return;
            } catch (error) {
              if (!(error instanceof Death)) throw error;
            }
          }
        };
        const unmerging = async (): Promise<void> => {
          for (;;) {
            const done = await unmerger
              .unmerge(profile, { absorbed: restored._id }, 'key_1')
              .catch((error: unknown) => error);
            if (!(done instanceof Error)) return;
            expect(done).toMatchObject({ code: 'conflict', retryable: true });
          }
        };
        await Promise.all([...[2, 3, 4, 5].map(untilDone), unmerging()]);
        await Promise.all([6, 7].map(untilDone));
        const [first, second] = await alive();
        expect([first?._id, second?._id, (await alive()).length]).toEqual([kept._id, restored._id, 2]);
        expect(second?.ids).toEqual(['email:ann@work.com', 'user:2']);
        expect(first?.ids).toEqual(expect.arrayContaining(['email:ann@x.com', 'user:1']));
        // What a dead writer claimed and nobody says any more may still lead here.
        const owners = await test.store.ownersOf([...(first?.ids ?? []), ...(second?.ids ?? [])]);
        for (const profile of [first, second])
          for (const id of profile?.ids ?? []) expect(owners.get(id)).toBe(profile?._id);
      }
    });
  });
});
