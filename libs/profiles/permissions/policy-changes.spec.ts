import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { defaultIdentityPolicy, type IdentityPolicy } from '../identity/index.ts';
import { Restrictions } from '../restrictions/index.ts';
import { ProfileSettings } from '../settings/index.ts';
import { testPeople, type TestPeople } from '../testing/test-people.ts';
import { Permissions } from './index.ts';

const asWritten: Partial<IdentityPolicy> = {};
const withoutDots: Partial<IdentityPolicy> = { email: { dots: 'dropGmail', tags: 'keep' } };
const withoutTags: Partial<IdentityPolicy> = { email: { dots: 'keep', tags: 'drop' } };
const british: Partial<IdentityPolicy> = { phone: { region: 'GB', uncertain: 'keep' } };
const german: Partial<IdentityPolicy> = { phone: { region: 'DE', uncertain: 'keep' } };

let test: TestPeople;
beforeAll(async () => {
  test = await testPeople();
});
afterAll(() => test.close());

/** As long ago as a test needs it: whoever goes by a policy may do so for some seconds after the next one is set. */
async function policy(more: Partial<IdentityPolicy>, at?: Date): Promise<void> {
  const settings = test.get(ProfileSettings);
  await settings.identityPolicy.set({ ...defaultIdentityPolicy, ...more }, 'key_1');
  const newest = { sort: { revision: -1 } } as const;
  if (at) await test.connection.collection('profile_settings').findOneAndUpdate({}, { $set: { at } }, newest);
  settings.forget();
}

let records = 0;
async function person(identities: Row): Promise<{ id: string; identities: string[] }> {
  const key = `r${(records += 1)}`;
  const [outcome] = await test.push('profile', [{ key, identities }]);
  expect(outcome?.status).toBe('ok');
  const found = await test.store.profiles.findOne({ 'parts.k': `con_shop/profile/${key}` });
  if (!found) throw new Error('nobody was stored');
  return { id: found._id, identities: found.ids };
}

async function says(state: 'granted' | 'denied', identities: Row, at = new Date()): Promise<void> {
  const channel = 'phone' in identities ? 'sms' : 'email';
  const row = { key: `c${(records += 1)}`, identities, channel, state, at: at.toISOString() };
  expect(await test.push('consent', [row])).toMatchObject([{ status: 'ok' }]);
}

async function reasonFor(identities: Row): Promise<string> {
  const channel = 'phone' in identities ? 'sms' : 'email';
  const somebody = await person(identities);
  const permissions = test.get(Permissions);
  const { reason } = await permissions.mayContact(somebody, channel, 'marketing');
  const { permissions: all } = await permissions.allOf(somebody);
  expect(all.find((one) => one.channel === channel && one.purpose === 'marketing')?.reason ?? 'no_consent').toBe(
    reason,
  );
  expect((await permissions.mayContactAll([somebody], channel, 'marketing')).get(somebody.id)?.reason).toBe(reason);
  return reason;
}

async function isRestricted(identities: Row): Promise<boolean> {
  const somebody = await person(identities);
  const people = await test.get(Restrictions).people([{ _id: somebody.id, ids: somebody.identities }]);
  expect((await test.get(Permissions).allowedOfAll([somebody])).size).toBe(people.size > 0 ? 0 : 1);
  return people.size > 0;
}

describe('a refusal, right after the policy has changed', () => {
  it('holds for whom the new one makes the same, and for nobody before', async () => {
    await policy(asWritten);
    await says('denied', { email: 'a.nn@gmail.com' });
    expect(await reasonFor({ email: 'an.n@gmail.com' })).toBe('no_consent');
    await policy(withoutDots);
    expect(await reasonFor({ email: 'ann@googlemail.com' })).toBe('denied');
    expect(await reasonFor({ email: 'anna@gmail.com' })).toBe('no_consent');
  });

  it('holds, too, where a process goes by the former one for a moment more', async () => {
    await policy(asWritten);
    await says('denied', { email: 'jo.e@gmail.com' });
    const settings = test.get(ProfileSettings);
    await settings.rules(); // remembered
    await settings.identityPolicy.set({ ...defaultIdentityPolicy, ...withoutDots }, 'key_1');
    const joe = { id: 'p_joe', identities: ['email:joe@gmail.com'] };
    expect(await test.get(Permissions).mayContact(joe, 'email', 'marketing')).toMatchObject({ reason: 'denied' });
  });

  it('holds for whom the former one made the same', async () => {
    await policy(withoutTags);
    await says('denied', { email: 'bob+news@x.com' });
    await policy(asWritten);
    expect(await reasonFor({ email: 'bob+shop@x.com' })).toBe('denied');
    expect(await reasonFor({ email: 'bob@x.com' })).toBe('denied');
    expect(await reasonFor({ email: 'bobby@x.com' })).toBe('no_consent');
  });

  it('holds where the policy was another one for only a while between', async () => {
    await policy(asWritten);
    await says('denied', { email: 'cat+1@x.com' });
    await policy(withoutTags);
    await policy(asWritten);
    expect(await reasonFor({ email: 'cat@x.com' })).toBe('denied');
  });

  it("yields to a newer choice of the same person, and a grant is nobody else's", async () => {
    await policy(asWritten);
    await says('denied', { email: 'd.an@gmail.com' }, new Date(Date.now() - 60_000));
    await says('granted', { email: 'e.va@gmail.com' });
    await policy(withoutDots);
    await says('granted', { email: 'da.n@gmail.com' });
    expect(await reasonFor({ email: 'd.a.n@gmail.com' })).toBe('granted');
    expect(await reasonFor({ email: 'eva@gmail.com' })).toBe('no_consent');
  });

  it('is nothing to whom only an older policy made the same', async () => {
    await policy(withoutTags);
    await policy(asWritten, new Date(Date.now() - 3_600_000));
    await says('denied', { email: 'team+eve@x.com' });
    expect(await reasonFor({ email: 'team+fay@x.com' })).toBe('no_consent');
  });

  it('holds for a number with and without its country code', async () => {
    await policy(asWritten);
    await says('denied', { phone: '020 7946 0018' });
    expect(await reasonFor({ phone: '+44 20 7946 0018' })).toBe('no_consent');
    await policy(british);
    expect(await reasonFor({ phone: '+44 20 7946 0018' })).toBe('denied');
    await says('denied', { phone: '020 7946 0321' });
    await policy(german);
    expect(await reasonFor({ phone: '020 7946 0321' })).toBe('denied');
    await policy(asWritten);
    expect(await reasonFor({ phone: '020 7946 0321' })).toBe('denied');
    expect(await reasonFor({ phone: '020 7946 9321' })).toBe('no_consent');
  });
});

describe('a restriction, right after the policy has changed', () => {
  const restrict = (...identities: string[]) => test.get(Restrictions).restrict('prq_1', identities, new Date());

  it('holds for whom the new or the former policy makes the same', async () => {
    await policy(asWritten);
    await restrict('email:g.us@gmail.com', 'phone:02079460018');
    await policy({ ...withoutDots, ...british });
    expect(await isRestricted({ email: 'gu.s@gmail.com' })).toBe(true);
    expect(await isRestricted({ phone: '+44 20 7946 0018' })).toBe(true);
    expect(await isRestricted({ phone: '+49 2079 460018' })).toBe(false);
    await restrict('email:hal@gmail.com', 'phone:+442079460777');
    await policy(asWritten);
    expect(await isRestricted({ email: 'h.al@gmail.com' })).toBe(true);
    expect(await isRestricted({ phone: '020 7946 0777' })).toBe(true);
  });

  it('ends for all of them when it is lifted', async () => {
    await policy(withoutTags);
    await restrict('email:ida@x.com');
    await policy(asWritten);
    expect(await isRestricted({ email: 'ida+1@x.com' })).toBe(true);
    await test.get(Restrictions).lift('prq_1', new Date());
    expect(await isRestricted({ email: 'ida+1@x.com' })).toBe(false);
  });
});
