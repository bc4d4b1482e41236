import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { wholeStream, streamsOf, type ConnectorContext, type Page, type ReadContext } from '@millrace/sdk';
import { Audiences, AudienceTrial } from '../audiences/index.ts';
import { Profiles } from '../index.ts';
import { ProfileStore } from '../store/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { mask, SensitiveTraits, TraitSealer, TraitSettings } from './index.ts';

const secret = '870101-1234';

describe('sensitive traits', () => {
  let test: TestProfiles;
  let profiles: Profiles;
  let settings: TraitSettings;
  let sealer: TraitSealer;

  beforeAll(async () => {
    test = await testProfiles();
    profiles = test.module.get(Profiles);
    settings = test.module.get(TraitSettings);
    sealer = test.module.get(TraitSealer);
  });
  beforeEach(async () => {
    await test.clear();
    test.module.get(SensitiveTraits).forget();
  });
  afterAll(() => test.close());

  const ann = { identities: { email: 'ann@x.com' }, traits: { ssn: secret, city: 'Oslo' } };
  const sensitive = { sensitive: true };
  const readCondition = (condition: object) => test.module.get(Audiences).readCondition(condition);
  const stored = async (): Promise<string> =>
    JSON.stringify(await test.module.get(ProfileStore).profiles.find().toArray());
  const ssnOf = async (sight: 'masked' | 'unmasked'): Promise<unknown> =>
    (await profiles.lookup('ann@x.com', undefined, sight)).traits.ssn;

  it('are stored sealed, masked unless asked for, and a repeat of the same changes nothing', async () => {
    await settings.put('ssn', sensitive);
    expect(await test.push('profile', [ann])).toMatchObject([{ status: 'ok' }]);
    expect(await stored()).not.toContain(secret);
    expect(await ssnOf('masked')).toBe(mask);
    expect(await profiles.lookup('ann@x.com')).toMatchObject({ masked: ['ssn'], traits: { city: 'Oslo' } });
    expect(await ssnOf('unmasked')).toBe(secret);
    const before = await stored();
    expect(await test.push('profile', [ann], { run: 'run_2' })).toMatchObject([{ status: 'unchanged' }]);
    expect(await stored()).toBe(before);
    const changed = { ...ann, traits: { ...ann.traits, ssn: '1' } };
    expect(await test.push('profile', [changed], { run: 'run_3' })).toMatchObject([{ effects: { updated: 1 } }]);
    expect(await ssnOf('unmasked')).toBe('1');
  });

  it('are sealed whichever way a source and an operator write the letters of their name', async () => {
    await settings.put('pre\u0301nom', sensitive);
    const rows = ['pre\u0301nom', 'pr\u00e9nom'].map((name, id) => ({
      identities: { user: id },
      traits: { [name]: secret },
    }));
    await test.push('profile', rows);
    expect(await stored()).not.toContain(secret);
    expect((await profiles.lookup('user:0')).masked).toEqual(['pr\u00e9nom']);
    expect((await settings.get('pre\u0301nom')).setting._id).toBe('pr\u00e9nom');
  });

  it('count for audiences as they were told', async () => {
    await settings.put('ssn', sensitive);
    const condition = { field: 'traits.ssn', is: 'equals', value: secret };
    await test.module.get(Audiences).put('born-in-1987', { condition });
    await test.push('profile', [ann, { identities: { email: 'bob@x.com' }, traits: { ssn: '2' } }]);
    const members = await test.module.get(ProfileStore).profiles.find({ aud: 'born-in-1987' }).toArray();
    expect(members.map(({ ids }) => ids)).toEqual([['email:ann@x.com']]);
    const trial = await test.module.get(AudienceTrial).count(await readCondition(condition), new Date());
    expect(trial).toMatchObject({ count: 1, exact: true, people: 2 });
  });

  it('leave for destinations as they are', async () => {
    await settings.put('ssn', sensitive);
    await test.push('profile', [ann]);
    const ctx = { signal: new AbortController().signal } as ConnectorContext;
    const { profile } = await streamsOf(test.connector, ctx);
    const read = { ...ctx, slice: wholeStream, until: new Date(Date.now() + 60_000).toISOString() } as ReadContext;
    const pages: Page[] = [];
    for await (const page of profile?.read?.(read) ?? []) pages.push(page);
    expect(pages[0]?.records).toMatchObject([{ traits: { ssn: secret } }]);
  });

  it('name nobody in searches', async () => {
    await settings.put('name', sensitive);
    await test.push('profile', [{ ...ann, traits: { name: 'Ann Secret' } }]);
    expect((await profiles.list({ q: 'ann s', limit: 5 })).data).toEqual([]);
    expect(await stored()).not.toMatch(/secret/i);
  });

  it('are sealed where they were stored before, whoever dies, and opened again', async () => {
    const people = Array.from({ length: 450 }, (_, n) => ({
      identities: { email: `p${n}@x.com` },
      traits: { ssn: secret, name: `Person ${n}` },
    }));
    await test.push('profile', people);
    await settings.put('ssn', sensitive);
    expect((await settings.get('ssn')).sealing).toMatchObject({ seal: true, looked: 0 });
    await expect(sealer.carryOn('ssn', { signal: afterChecks(1) })).resolves.toBe('stopped');
    expect((await settings.get('ssn')).sealing).toMatchObject({ looked: 200, rewritten: 200 });
    expect(await stored()).toContain(secret);
    await expect(sealer.carryOn('ssn')).resolves.toBe('ended');
    expect(await stored()).not.toContain(secret);
    expect((await settings.get('ssn')).sealing).toMatchObject({ looked: 450, rewritten: 450 });
    expect(await test.push('profile', people, { run: 'run_2' })).toEqual(people.map(() => ({ status: 'unchanged' })));
    expect((await profiles.list({ q: 'person 44', limit: 50 })).data).toHaveLength(11);

    await settings.remove('ssn');
    expect((await profiles.lookup('p7@x.com')).traits.ssn).toBe(secret);
    await sealer.carryOn('ssn');
    expect((await stored()).split(secret)).toHaveLength(451);
    expect(await test.push('profile', people, { run: 'run_3' })).toEqual(people.map(() => ({ status: 'unchanged' })));
  });

  it('are sealed, and opened again, although the process died that was told so', async () => {
    await test.push('profile', [ann]);
    await settings.put('ssn', sensitive);
    await test.connection.collection('trait_sealings').deleteMany({}); // it had not come to that
    await sealer.carryOnDue();
    expect((await settings.get('ssn')).sealing).toMatchObject({ seal: true, looked: 0 });
    await sealer.carryOn('ssn');
    expect(await stored()).not.toContain(secret);

    await test.connection.collection('trait_settings').deleteMany({});
    await sealer.carryOnDue();
    await sealer.carryOn('ssn');
    expect(await stored()).toContain(secret);
    const done = await sealer.find(['ssn']);
    await sealer.carryOnDue();
    expect(await sealer.find(['ssn'])).toEqual(done);
  });

  it('are not told by sources as what looks sealed', async () => {
    await settings.put('ssn', sensitive);
    await test.push('profile', [ann], { key: 'ann' });
    const ours = /sealed:v1\.(\w+)\./.exec(await stored())?.[1] ?? '';
    const looksSealed = ['01234567', ours].map((key) => `sealed:v1.${key}.${'A'.repeat(60)}`);
    const told = looksSealed.map((ssn, n) => ({ identities: { email: `mallory${n}@x.com` }, traits: { ssn } }));
    const people = [...told, { ...ann, identities: { email: 'bob@x.com' } }];
    const refused = { status: 'rejected', code: 'invalid_trait' };
    expect(await test.push('profile', people)).toMatchObject([refused, refused, { status: 'ok' }]);
  });

  it('that a lost master key sealed keep no others from being sealed or opened, and wait for the key', async () => {
    await settings.put('ssn', sensitive);
    const bob = { identities: { email: 'bob@x.com' }, traits: { ssn: '2' } };
    await test.push('profile', [ann, bob]);
    const people = test.module.get(ProfileStore).profiles;
    const [found] = await people.find({ ids: 'email:ann@x.com' }).toArray();
    const lost = JSON.stringify(found?.parts).replace(/sealed:v1\.\w+/, 'sealed:v1.01234567');
    const parts = JSON.parse(lost) as NonNullable<typeof found>['parts'];
    await people.updateOne({ _id: found?._id }, { $set: { parts } });
    const expectHeld = async (): Promise<void> => {
      await expect(sealer.carryOn('ssn')).resolves.toBe('ended');
      expect((await people.findOne({ ids: 'email:ann@x.com' }))?.parts).toEqual(parts);
    };
    await settings.remove('ssn');
    await expectHeld();
    expect(await stored()).toContain('"ssn":"2"');
    await settings.put('ssn', sensitive);
    await expectHeld();
    expect(await stored()).not.toContain('"ssn":"2"');
    expect((await profiles.lookup('bob@x.com', undefined, 'unmasked')).traits.ssn).toBe('2');
    await expect(ssnOf('unmasked')).rejects.toMatchObject({ code: 'service_unavailable' });
    expect(await ssnOf('masked')).toBe(mask);
  });

  it('are sealed and masked in what people were, too', async () => {
    await test.push('profile', [ann]);
    await test.push('profile', [{ ...ann, traits: { ssn: '1', city: 'Oslo' } }], {
      run: 'run_2',
      at: '2024-06-01T00:00:00.000Z',
    });
    await test.push('profile', [{ ...ann, traits: { city: 'Oslo' } }], {
      run: 'run_3',
      at: '2024-07-01T00:00:00.000Z',
    });
    await settings.put('ssn', sensitive);
    const history = async (): Promise<string> =>
      JSON.stringify(await test.connection.collection('part_history').find().toArray());
    expect(await history()).toContain(secret);
    await sealer.carryOn('ssn');
    expect(await history()).not.toContain(secret);
    const { id } = await profiles.lookup('ann@x.com');
    const told = async (sight: 'masked' | 'unmasked'): Promise<unknown[]> =>
      (await profiles.timeline(id, { limit: 10, kinds: ['change'] }, sight)).data.flatMap((entry) =>
        entry.kind === 'change' ? (entry.change.traits.ssn ?? []) : [],
      );
    expect((await told('unmasked')).slice(0, 2)).toEqual([
      { before: '1', after: null },
      { before: secret, after: '1' },
    ]);
    expect((await told('masked')).slice(0, 2)).toEqual([
      { before: mask, after: null },
      { before: mask, after: mask },
    ]);
  });

  it('refuses names that no trait can have; the same setting again changes nothing', async () => {
    await expect(settings.put('a.b', sensitive)).rejects.toMatchObject({ code: 'invalid_trait' });
    await expect(settings.put('__proto__', sensitive)).rejects.toMatchObject({ code: 'invalid_trait' });
    const { state } = await settings.put('age', { sensitive: false, owner: 'crm', freshness: '90d' });
    const again = await settings.put('age', { sensitive: false, owner: 'crm', freshness: '90d' });
    expect(again).toEqual({ state, created: false });
    expect(await settings.freshness()).toEqual(new Map([['age', '90d']]));
    await expect(settings.get('city')).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** A signal that is raised after it was looked at so often. */
function afterChecks(count: number): AbortSignal {
  let looks = 0;
  return Object.defineProperty(new AbortController().signal, 'aborted', { get: () => looks++ >= count });
}
