import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PeopleFinder } from '../erasure/index.ts';
import { defaultIdentityPolicy, type IdentityPolicy } from '../identity/index.ts';
import { Permissions } from '../permissions/index.ts';
import { Profiles } from '../people/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { Choices } from './index.ts';

/** Whoever chooses or asks for their data writes an address as they do, not as the policy has it. */
describe('people named otherwise than the identity policy has it', () => {
  let test: TestProfiles;

  beforeAll(async () => {
    test = await testProfiles();
  });
  afterAll(() => test.close());

  // Revisions are told apart by their numbers, so nothing is cleared between.
  async function policy(more: Partial<IdentityPolicy>): Promise<void> {
    const settings = test.module.get(ProfileSettings);
    await settings.identityPolicy.set({ ...defaultIdentityPolicy, ...more }, 'key_1');
    settings.forget();
  }
  const find = (identity: string) => test.module.get(PeopleFinder).find(identity);

  it('refuse for the person, by a link and by the API', async () => {
    await policy({ email: { dots: 'dropGmail', tags: 'drop' } });
    await test.push('profile', [{ identities: { email: 'a.nn@gmail.com' } }]);
    const { id, identities } = await test.module.get(Profiles).lookup('a.nn+x@gmail.com');
    const keys = identities.map(({ key }) => key);
    expect(keys).toEqual(['email:ann@gmail.com']);
    const choices = test.module.get(Choices);
    const choice = { channel: 'email', purpose: 'marketing' };
    const may = () => test.module.get(Permissions).mayContact({ id, identities: keys }, 'email', 'marketing');
    await choices.record(id, { ...choice, state: 'granted', identity: 'email:A.nn@gmail.com' }, 'key_1');
    expect(await may()).toMatchObject({ allowed: true });
    await choices.recordFor('email:a.nn@gmail.com', { ...choice, state: 'denied' }, { stream: 'preferences' });
    expect(await may()).toMatchObject({ allowed: false, reason: 'denied' });
  });

  it('are found for a request in every way in which rows may name them, though nobody knows them yet', async () => {
    await policy({ phone: { region: 'GB', uncertain: 'refuse' } });
    const written = ['00442079460018', '02079460018', '2079460018', '442079460018'].map((digits) => `phone:${digits}`);
    expect((await find('phone:020 7946 0018')).identities).toEqual(['phone:+442079460018', ...written]);
  });

  it('are found by a number that was stored before the policy told its country', async () => {
    await policy({});
    await test.push('profile', [{ identities: { phone: '020 7946 0555' } }], { key: 'without' });
    await policy({ phone: { region: 'GB', uncertain: 'keep' } });
    expect((await find('phone:+44 20 7946 0555')).profiles).toHaveLength(1);
    expect((await find('phone:+49 2079 460555')).profiles).toHaveLength(0);
  });

  it('are found by a number that the policy has come to refuse', async () => {
    await policy({});
    await test.push('profile', [{ identities: { phone: '12345' } }], { key: 'other' });
    await policy({ phone: { region: null, uncertain: 'refuse' } });
    expect((await find('phone:12345')).profiles).toHaveLength(1);
  });
});
