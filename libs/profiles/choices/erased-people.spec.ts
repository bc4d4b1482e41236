import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Tombstones, TombstonesModule } from '#tombstones';
import { consentChoiceModel, consentModel, type ConsentState } from '../consents/index.ts';
import { PeopleEraser, PeopleFinder } from '../erasure/index.ts';
import { defaultIdentityPolicy } from '../identity/index.ts';
import { Permissions } from '../permissions/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { Choices } from './index.ts';

const identity = 'email:ann@x.com';

describe('somebody who was erased', () => {
  let test: TestProfiles;
  let tombstones: Tombstones;

  beforeAll(async () => {
    test = await testProfiles(TombstonesModule);
    tombstones = test.module.get(Tombstones);
    const optOuts = [{ channel: 'email', purpose: 'news', at: 1 }];
    await tombstones.bury('prq_1', { identities: [{ identity, optOuts }], records: [] }, new Date());
  });
  afterAll(() => test.close());

  const choose = (purpose: string, state: ConsentState, at?: string) =>
    test.module.get(Choices).recordFor(identity, { channel: 'email', purpose, state, at }, { stream: 'preferences' });
  const may = (purpose: string) =>
    test.module.get(Permissions).mayContact({ id: 'p_1', identities: [identity] }, 'email', purpose);

  it('refuses by the link of an old mail, which holds when they come back, and keeps nothing else', async () => {
    for (const [purpose, state] of [
      ['offers', 'denied'],
      ['offers', 'denied'],
      ['events', 'granted'],
    ] as const)
      await expect(choose(purpose, state)).rejects.toMatchObject({ code: 'person_erased' });
    const kept = await tombstones.optOutsOf([identity]);
    expect(kept.get(identity)?.map(({ purpose }) => purpose)).toEqual(['news', 'offers']);
    for (const name of [consentModel, consentChoiceModel])
      expect(await test.connection.model(name).countDocuments()).toBe(0);

    await tombstones.lift('prq_1', new Date());
    expect(await may('offers')).toMatchObject({ allowed: false, reason: 'denied', source: 'before the erasure' });
    expect(await may('events')).toMatchObject({ reason: 'no_consent' });
    await choose('offers', 'granted', new Date(Date.now() + 1_000).toISOString());
    expect(await may('offers')).toMatchObject({ allowed: true });
  });

  it('has refused for a number with and without its country code, whatever the policy tells of it later', async () => {
    const settings = test.module.get(ProfileSettings);
    const region = async (of: string | null): Promise<void> => {
      await settings.identityPolicy.set(
        { ...defaultIdentityPolicy, phone: { region: of, uncertain: 'keep' } },
        'key_1',
      );
      settings.forget();
    };
    const refuse = async (phone: string): Promise<void> => {
      await test.push('consent', [{ identities: { phone }, channel: 'sms', purpose: 'news', state: 'denied' }]);
      const { identities } = await test.module.get(PeopleFinder).find(`phone:${phone}`);
      const optOuts = await test.module.get(PeopleEraser).optOutsOf(identities, (await settings.rules()).identities);
      const buried = identities.map((one) => ({ identity: one, optOuts: optOuts.get(one) ?? [] }));
      await tombstones.bury('prq_2', { identities: buried, records: [] }, new Date());
      await test.connection.model(consentModel).deleteMany({});
      await tombstones.lift('prq_2', new Date());
    };
    const reasonFor = async (number: string): Promise<string> => {
      const person = { id: 'p_2', identities: [`phone:${number}`] };
      return (await test.module.get(Permissions).mayContact(person, 'sms', 'news')).reason;
    };
    await refuse('020 7946 0018');
    await region('GB');
    expect(await reasonFor('+442079460018')).toBe('denied');
    await refuse('+44 20 7946 0777');
    await region(null);
    expect(await reasonFor('02079460777')).toBe('denied');
    expect(await reasonFor('02079460778')).toBe('no_consent');
  });
});
