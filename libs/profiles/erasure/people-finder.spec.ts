import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { defaultIdentityPolicy, type EmailPolicy } from '../identity/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { Chores } from '../upkeep/index.ts';
import { PeopleEraser, PeopleFinder } from './index.ts';

describe('finding a person again, once rows about them are refused', () => {
  let test: TestProfiles;
  let finder: PeopleFinder;

  beforeAll(async () => {
    test = await testProfiles();
    finder = test.module.get(PeopleFinder);
  });
  beforeEach(async () => {
    await test.clear();
    test.module.get(ProfileSettings).forget();
  });
  afterAll(() => test.close());

  const tell = async (key: string, identities: Row, day = 1): Promise<void> => {
    const at = `2024-05-0${day}T00:00:00.000Z`;
    const outcomes = await test.push('profile', [{ identities, traits: { day } }], { key, at });
    expect(outcomes).toMatchObject([{ status: 'ok' }]);
  };
  const idOf = async (identity: string): Promise<string> => (await finder.find(identity)).profiles[0] ?? '';
  const policy = async (email: EmailPolicy): Promise<void> => {
    const settings = test.module.get(ProfileSettings);
    await settings.identityPolicy.set({ ...defaultIdentityPolicy, email }, 'key_1');
    settings.forget();
  };
  const later = () => new Date(Date.now() + 60_000);
  const record = (key: string): string => `con_shop/profile/${key}`;

  it('finds whom others have joined to them', async () => {
    await tell('b', { user: 2 });
    const other = await idOf('user:2');
    await tell('a', { user: 1 });
    const subject = await finder.find('user:1');
    await tell('c', { user: [1, 2], phone: '+4740612345' });
    const again = await finder.findAgain(subject, later());
    expect(new Set(again.profiles)).toEqual(new Set([...subject.profiles, other]));
    expect(again.identities).toEqual(['phone:+4740612345', 'user:1', 'user:2']);
    expect(new Set(again.records)).toEqual(new Set(['a', 'b', 'c'].map(record)));
    expect(await finder.findAgain(again, later())).toEqual(again);
  });

  it('finds whom others have told apart from them', async () => {
    await tell('a', { user: 1, email: 'ann@x.com' });
    await tell('b', { user: 2, email: 'ann@x.com' });
    const subject = await finder.find('user:1');
    await tell('b', { user: 2 }, 2);
    await test.module.get(Chores).settle();
    const [one, other] = await Promise.all([idOf('user:1'), idOf('user:2')]);
    expect(one).not.toBe(other);
    const again = await finder.findAgain(subject, later());
    expect(new Set(again.profiles)).toEqual(new Set([one, other]));
    expect(new Set(again.records)).toEqual(new Set(['a', 'b'].map(record)));
  });

  it('finds what their records named them by before, unless somebody else has it now', async () => {
    await tell('a', { user: 1, email: ['old@x.com', 'given@x.com'] });
    await tell('a', { user: 1, email: 'new@x.com' }, 2);
    await tell('z', { user: 9, email: 'given@x.com' });
    const subject = await finder.find('user:1');
    expect(subject.identities).toEqual(['email:new@x.com', 'user:1']);
    const again = await finder.findAgain(subject, later());
    expect(again).toMatchObject({
      profiles: subject.profiles,
      identities: ['email:new@x.com', 'email:old@x.com', 'user:1'],
      records: [record('a')],
    });
  });

  it('leaves to others what their records named them by while they were one', async () => {
    await tell('a', { user: 1, email: 'ann@x.com' });
    await tell('b', { user: 2, email: 'ann@x.com' });
    await tell('b', { user: 3 }, 2);
    await test.module.get(Chores).settle();
    const again = await finder.findAgain(await finder.find('user:1'), later());
    expect(again.identities).toEqual(['email:ann@x.com', 'user:1']);
  });

  it('leaves alone who had taken over one of their identities before', async () => {
    await tell('a', { user: 1, email: 'ann@x.com' });
    const subject = await finder.find('user:1');
    await tell('a', { user: 1 }, 2);
    await tell('z', { user: 9, email: 'ann@x.com' });
    expect(await idOf('email:ann@x.com')).toBe(await idOf('user:9'));
    const again = await finder.findAgain(subject, later());
    expect(again).toMatchObject({ profiles: subject.profiles, identities: ['email:ann@x.com', 'user:1'] });
    expect(again.records).toEqual([record('a')]);
  });

  it('finds what is told of them under the identities that the policy makes of theirs now', async () => {
    await tell('a', { user: 1, email: 'a.nn@gmail.com' });
    await policy({ dots: 'dropGmail', tags: 'dropGmail' });
    await tell('b', { user: 2, email: 'an.n+news@gmail.com' });
    const subject = await finder.find('user:1');
    expect(subject).toMatchObject({
      identities: ['email:a.nn@gmail.com', 'email:ann@gmail.com', 'user:1', 'user:2'],
      records: [record('a'), record('b')],
    });
    expect(subject.profiles).toHaveLength(2);
    expect(await finder.findAgain(subject, later())).toEqual(subject);
  });

  it('finds whom the policy makes the same now, though their rows were not read anew', async () => {
    await tell('a', { user: 1, email: 'ann@gmail.com' });
    await tell('b', { user: 2, email: 'a.nn+news@googlemail.com' });
    await tell('c', { user: 3, email: 'anna@gmail.com' });
    await tell('d', { user: 4, email: 'a.nn@example.com' });
    await policy({ dots: 'dropGmail', tags: 'dropGmail' });
    const subject = await finder.find('an.n@gmail.com');
    expect(subject).toMatchObject({
      identities: ['a.nn+news@googlemail.com', 'an.n@gmail.com', 'ann@gmail.com']
        .map((one) => `email:${one}`)
        .concat(['user:1', 'user:2']),
      records: [record('a'), record('b')],
    });
    expect(await finder.findAgain(subject, later())).toEqual(subject);
    await policy({ dots: 'keep', tags: 'keep' });
    expect(await finder.find('ann@gmail.com')).toMatchObject({ identities: ['email:ann@gmail.com', 'user:1'] });
  });

  it('finds consents that were given under another spelling by somebody without a profile', async () => {
    await test.push('consent', [{ identity: 'email:x+1@a-b.com', channel: 'email', purpose: 'news', state: 'denied' }]);
    await policy({ dots: 'keep', tags: 'drop' });
    expect(await finder.find('x@a-b.com')).toMatchObject({
      profiles: [],
      identities: ['email:x+1@a-b.com', 'email:x@a-b.com'],
    });
    expect(await finder.find('x@aXb.com')).toMatchObject({ identities: ['email:x@axb.com'] });
  });

  it('finds who has one of their identities since, though nobody had it', async () => {
    const subject = await finder.find('email:ann@x.com');
    expect(subject.profiles).toEqual([]);
    const refusedSince = new Date();
    await tell('late', { user: 3, email: 'ann@x.com' });
    expect(await finder.findAgain(subject, refusedSince)).toEqual({
      profiles: [await idOf('user:3')],
      identities: ['email:ann@x.com', 'user:3'],
      records: [record('late')],
    });
  });

  it('finds whose a profile is, not who has got an identity of theirs', async () => {
    await tell('a', { user: 1, email: 'desk@x.com' });
    const id = await idOf('user:1');
    await tell('a', { user: 1 }, 2);
    await tell('b', { user: 2, email: 'desk@x.com' });
    const asked = ['email:desk@x.com', 'user:1'];
    const theirs = { profiles: [id], identities: ['user:1'], records: [record('a')] };
    expect(await finder.findOf(id, asked)).toEqual(theirs);
    expect((await finder.find('email:desk@x.com')).profiles).not.toContain(id);
    await test.module.get(PeopleEraser).erase(theirs, new Date());
    expect(await finder.findOf(id, asked)).toEqual({ ...theirs, records: [] });
  });
});
