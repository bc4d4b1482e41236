import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outcome, PushRow } from '@millrace/sdk';
import { foldParts, maxParts, partPrefix, readPart, type Traits } from '../folding/index.ts';
import { defaultIdentityRules } from '../identity/index.ts';
import type { ProfileStore, StoredProfile } from '../store/index.ts';
import { testStore, type TestStore } from '../testing/test-store.ts';
import type { PartRow, ProfileWriter } from './index.ts';

type Record = Pick<PushRow, 'key'> & Partial<PushRow> & { connection?: string; run?: string; undated?: boolean };

const day = (n: number): string => `2024-05-${String(n).padStart(2, '0')}T00:00:00.000Z`;

function row({ connection = 'con_1', run = 'run_1', undated, ...more }: Record): PartRow {
  const source = { connection, prefix: partPrefix({ connection, stream: 'people' }), run, rules: defaultIdentityRules };
  return { part: readPart({ op: 'upsert', at: day(1), seq: 0, record: {}, ...more }, source), undated };
}

const person = (key: string, email: string, traits: object = {}, more: Partial<Record> = {}): PartRow =>
  row({ key, record: { identities: { email }, traits }, ...more });

describe('ProfileWriter', () => {
  let test: TestStore;
  let store: ProfileStore;
  let writer: ProfileWriter;

  beforeAll(async () => {
    test = await testStore();
    store = test.store;
    writer = test.writer();
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  const write = async (...rows: PartRow[]): Promise<Outcome[]> =>
    (await writer.write(rows)).map(({ outcome }) => outcome);
  /** As the engine does it: rows that lost every race are tried again. */
  const writeAll = async (rows: PartRow[]): Promise<Outcome[]> => {
    const outcomes = await write(...rows);
    const open = rows.filter((_, i) => outcomes[i]?.status === 'retry');
    if (open.length === 0) return outcomes;
    return [...outcomes.filter(({ status }) => status !== 'retry'), ...(await writeAll(open))];
  };
  const alive = async (): Promise<(StoredProfile & { traits: Traits })[]> =>
    (await store.profiles.find({ mergedInto: { $exists: false } }, { sort: { _id: 1 } }).toArray()).map((profile) => ({
      ...profile,
      traits: foldParts(profile.parts).traits,
    }));

  /** What must hold whatever happened: identities and profiles name each other, and nothing is there twice. */
  async function expectConsistent(): Promise<void> {
    const people = await alive();
    const owners = new Map((await store.identities.find().toArray()).map(({ _id, p }) => [_id, p]));
    const claimed = people.flatMap(({ _id, ids }) => ids.map((id): [string, string] => [id, _id]));
    expect(new Map(claimed)).toEqual(owners);
    expect(claimed.length).toBe(owners.size);
    const parts = people.flatMap(({ parts: own }) => own.map(({ k }) => k));
    expect(new Set(parts).size).toBe(parts.length);
  }

  it('creates, updates, and tells what changed nothing', async () => {
    expect(await write(person('1', 'Ann@x.com', { city: 'Oslo' }), person('2', 'bob@x.com'))).toEqual([
      { status: 'ok', effects: { created: 1 } },
      { status: 'ok', effects: { created: 1 } },
    ]);
    const before = await alive();
    const [second] = [{ run: 'run_2' }];
    expect(await write(person('1', 'ann@x.com', { city: 'Oslo' }, second))).toEqual([{ status: 'unchanged' }]);
    expect(await alive()).toEqual(before);
    expect(await write(person('1', 'ann@x.com', { city: 'Bergen' }, { ...second, at: day(2) }))).toEqual([
      { status: 'ok', effects: { updated: 1 } },
    ]);
    expect(await write(person('1', 'ann@x.com', { city: 'Oslo' }, { ...second, at: day(1) }))).toEqual([
      { status: 'superseded' },
    ]);
    expect((await alive())[0]).toMatchObject({ traits: { city: 'Bergen' }, ids: ['email:ann@x.com'], v: 2 });
    await expectConsistent();
  });

  it('counts a page that the same run wrote before a crash as written again', async () => {
    const page = [person('1', 'ann@x.com', { city: 'Oslo' }), person('2', 'bob@x.com')];
    const first = await write(...page);
    expect(await write(...page)).toEqual(first);
  });

  it('finishes what a writer left that died between identities and profiles', async () => {
    await store.identities.insertOne({ _id: 'email:ann@x.com', p: 'p_00000000000000000000000001' });
    expect(await write(person('1', 'ann@x.com'))).toEqual([{ status: 'ok', effects: { created: 1 } }]);
    expect((await alive()).map(({ _id }) => _id)).toEqual(['p_00000000000000000000000001']);
    await expectConsistent();
  });

  it('lets only the time of a dated row move on, and nothing of an undated one', async () => {
    await write(person('1', 'ann@x.com', { city: 'Oslo' }));
    const undated = person('1', 'ann@x.com', { city: 'Oslo' }, { at: day(3), run: 'run_2', undated: true });
    expect(await write(undated)).toEqual([{ status: 'unchanged' }]);
    expect((await alive())[0]?.parts[0]?.a).toBe(Date.parse(day(1)));
    expect(await write(person('1', 'ann@x.com', { city: 'Oslo' }, { at: day(3), run: 'run_2' }))).toEqual([
      { status: 'unchanged' },
    ]);
    expect(await write(person('1', 'ann@x.com', { city: 'Late' }, { at: day(2), run: 'run_3' }))).toEqual([
      { status: 'superseded' },
    ]);
    const [ann] = await alive();
    expect(ann?.traits).toEqual({ city: 'Oslo' });
    expect(ann?.updatedAt).toEqual(ann?.createdAt);
  });

  it('believes the later read where the times are equal: cursors are coarse, and mappings change', async () => {
    const said = (city: string, run: string): PartRow => person('1', 'ann@x.com', { city }, { run, seq: 3 });
    await write(person('1', 'ann@x.com', { city: 'Oslo' }, { run: 'run_1', seq: 50 }));
    expect(await write(said('Bergen', 'run_2'))).toEqual([{ status: 'ok', effects: { updated: 1 } }]);
    expect(await write(said('Aalesund', 'run_3'))).toEqual([{ status: 'ok', effects: { updated: 1 } }]);
    expect(await write(said('Zwolle', 'run_2'))).toEqual([{ status: 'superseded' }]);
    const before = await alive();
    expect(await write(said('Aalesund', 'run_4'))).toEqual([{ status: 'unchanged' }]);
    expect(await alive()).toEqual(before);
  });

  it('joins rows of one page that are about one person, directly or through others', async () => {
    const joining = row({ key: '3', record: { identities: { email: 'ann@x.com', user: 7 }, traits: { plan: 'pro' } } });
    const outcomes = await write(
      person('1', 'ann@x.com', { city: 'Oslo' }),
      row({ key: '2', record: { identities: { user: 7 } } }),
      joining,
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
    const people = await alive();
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ traits: { city: 'Oslo', plan: 'pro' }, ids: ['email:ann@x.com', 'user:7'] });
    await expectConsistent();
  });

  it('merges profiles that a row joins: the older one survives, the others point to it', async () => {
    await write(person('1', 'ann@x.com', { city: 'Oslo' }));
    await write(person('2', 'ann@work.com', { company: 'X' }));
    const [old, young] = await alive();
    const joining = row({ key: '3', record: { identities: { email: ['ann@x.com', 'ann@work.com'] } } });
    expect(await write(joining)).toEqual([{ status: 'ok', effects: { updated: 1, merged: 1 } }]);
    expect(await alive()).toMatchObject([
      { _id: old?._id, absorbed: [young?._id], traits: { city: 'Oslo', company: 'X' } },
    ]);
    expect(await store.profiles.findOne({ _id: young?._id })).toMatchObject({
      mergedInto: old?._id,
      parts: [],
      ids: [],
    });
    expect(await write(joining)).toMatchObject([{ status: 'ok' }]); // a replay
    expect(await alive()).toHaveLength(1);
    await expectConsistent();
  });

  it('gives up an identity that was corrected', async () => {
    await write(person('1', 'anne@x.com', { city: 'Oslo' }));
    expect(await write(person('1', 'ann@x.com', { city: 'Oslo' }, { at: day(2) }))).toEqual([
      { status: 'ok', effects: { updated: 1 } },
    ]);
    expect(await alive()).toMatchObject([{ ids: ['email:ann@x.com'] }]);
    expect(await store.identities.find().toArray()).toHaveLength(1);
    await expectConsistent();
  });

  it('deletes by the record alone, and keeps late versions away', async () => {
    await write(
      person('1', 'ann@x.com', { city: 'Oslo' }),
      row({ key: '2', record: { identities: { email: 'ann@x.com', user: 1 } } }),
    );
    const gone = row({ key: '1', op: 'delete', at: day(3) });
    expect(await write(gone)).toEqual([{ status: 'ok', effects: { deleted: 1 } }]);
    expect(await write(gone)).toMatchObject([{ status: 'ok' }]);
    expect(await write(row({ key: '1', op: 'delete', at: day(3), run: 'run_2' }))).toEqual([{ status: 'unchanged' }]);
    expect(await write(person('1', 'ann@x.com', { city: 'Late' }, { at: day(2) }))).toEqual([{ status: 'superseded' }]);
    expect(await alive()).toMatchObject([{ traits: {}, ids: ['email:ann@x.com', 'user:1'] }]);
    await expectConsistent();
  });

  it('keeps the deletion of a record that comes late, however often it is told', async () => {
    const gone = (seq: number, run?: string) => row({ key: '1', op: 'delete', at: day(3), seq, run });
    expect(await write(gone(0), gone(1))).toEqual([{ status: 'ok', effects: { deleted: 1 } }, { status: 'unchanged' }]);
    expect(await write(gone(1))).toEqual([{ status: 'ok', effects: { deleted: 1 } }]); // the same run, after a crash
    expect(await write(gone(0, 'run_2'))).toEqual([{ status: 'unchanged' }]);
    expect(await write(person('1', 'ann@x.com', { city: 'Late' }, { at: day(2) }))).toEqual([{ status: 'superseded' }]);
    expect(await alive()).toMatchObject([{ traits: {}, ids: [] }]);
    await write(person('1', 'ann@x.com', { city: 'Back' }, { at: day(4) }));
    expect(await alive()).toMatchObject([{ traits: { city: 'Back' }, ids: ['email:ann@x.com'] }]);
    await expectConsistent();
  });

  it('rejects only the rows that do not fit into one profile', async () => {
    const many = Array.from({ length: maxParts + 6 }, (_, i) => person(String(i), 'shared@x.com'));
    const outcomes = await write(...many, person('other', 'bob@x.com'));
    expect(outcomes.filter(({ status }) => status === 'ok')).toHaveLength(maxParts + 1);
    expect(
      outcomes.filter((outcome) => outcome.status === 'rejected' && outcome.code === 'profile_too_large'),
    ).toHaveLength(6);
    expect(outcomes.at(-1)?.status).toBe('ok');
    expect(await write(person('0', 'shared@x.com', { city: 'Oslo' }, { at: day(2) }))).toMatchObject([
      { status: 'ok' },
    ]);
    await expectConsistent();
  });

  it('leads several writers over the same rows, in different orders, to the same end', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => {
      const identities = { email: `u${i % 40}@x.com`, ...(i % 3 === 0 && { user: i % 20 }) };
      const traits = { [`t${i % 4}`]: `v${i}` };
      return row({ key: String(i % 90), at: day(1 + (i % 5)), seq: i, record: { identities, traits } });
    });
    const shapeOf = async (): Promise<unknown[]> =>
      (await alive())
        .map(({ parts, traits, ids }) => JSON.stringify({ parts, traits, ids }, (_, value: unknown) => value))
        .sort();

    await write(...rows);
    await test.separate();
    const expected = await shapeOf();
    await expectConsistent();
    await test.clear();

    const orders = [rows, [...rows].reverse(), rows.map((_, i) => rows[(i * 37) % rows.length] as PartRow)];
    const results = await Promise.all(
      orders.map(async (order) => {
        const outcomes: Outcome[] = [];
        for (let start = 0; start < order.length; start += 30)
          outcomes.push(...(await writeAll(order.slice(start, start + 30))));
        return outcomes;
      }),
    );
    expect(results.flat().filter(({ status }) => status === 'rejected')).toEqual([]);
    await test.separate();
    expect(await shapeOf()).toEqual(expected);
    await expectConsistent();
  });
});
