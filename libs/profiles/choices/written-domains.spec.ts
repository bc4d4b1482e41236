import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Tombstones, TombstonesModule } from '#tombstones';
import { PeopleFinder } from '../erasure/index.ts';
import { Profiles } from '../people/index.ts';
import { Permissions } from '../permissions/index.ts';
import { readDomains, RefoldWorker } from '../refolding/index.ts';
import { testProfiles, type TestProfiles } from '../testing/test-profiles.ts';
import { Choices } from './index.ts';

const readable = 'email:ann@müller.de';
const encoded = 'email:ann@xn--mller-kva.de';
const news = { channel: 'email', purpose: 'news' };

/** A domain is written with its letters, or as it stands in DNS: it is one, now and in what was stored when these were two. */
describe('people whose domain is written in two ways', () => {
  let test: TestProfiles;

  beforeAll(async () => {
    test = await testProfiles(TombstonesModule);
  });
  beforeEach(() => test.clear());
  afterAll(() => test.close());

  const tell = (key: string, email: string) => test.push('profile', [{ identities: { email } }], { key });
  const idOf = async (identity: string): Promise<string> => (await test.module.get(Profiles).lookup(identity)).id;
  const may = async (identity: string) => {
    const { id, identities } = await test.module.get(Profiles).lookup(identity);
    const somebody = { id, identities: identities.map(({ key }) => key) };
    return test.module.get(Permissions).mayContact(somebody, 'email', 'news');
  };
  const deny = () => test.push('consent', [{ identity: 'ann@xn--mller-kva.de', ...news, state: 'denied' }]);

  /** As it was stored before. */
  async function storeFormerPerson(): Promise<void> {
    await tell('old', 'ann@müller.de');
    const owner = await test.connection.collection<{ _id: string }>('identities').findOneAndDelete({ _id: readable });
    await test.connection.collection<{ _id: string }>('identities').insertOne({ ...owner, _id: encoded });
    const ids = { ids: [encoded], 'parts.0.i': [encoded] };
    await test.connection.collection('profiles').updateOne({}, { $set: ids });
  }
  async function storeFormerRefusal(): Promise<void> {
    await deny();
    const consents = test.connection.collection<{ _id: string; identity: string }>('consents');
    const stored = await consents.findOneAndDelete({ identity: readable });
    if (!stored) throw new Error('no choice was kept');
    await consents.insertOne({ ...stored, _id: `${encoded}|email|news`, identity: encoded });
  }

  it('are one person, who is shown as people write the address', async () => {
    await tell('a', 'Ann@Müller.de');
    await tell('b', 'ann@XN--MLLER-KVA.de');
    expect(await idOf('ann@xn--mller-kva.de')).toBe(await idOf('ann@müller.de'));
    const { identities } = await test.module.get(Profiles).lookup('ann@xn--mller-kva.de');
    expect(identities.map(({ key }) => key)).toEqual([readable]);
  });

  it('are found as they were stored before, and refuse there, too', async () => {
    await storeFormerPerson();
    expect(await idOf('ann@müller.de')).toBe(await idOf('ann@xn--mller-kva.de'));
    const { identities } = await test.module.get(PeopleFinder).find('ann@müller.de');
    expect([...identities].sort()).toEqual([readable, encoded].sort());
    await deny();
    expect(await may('ann@müller.de')).toMatchObject({ allowed: false, reason: 'denied' });
  });

  it('stay refused to whom they had refused before, at once and in what is shown', async () => {
    await storeFormerRefusal();
    await tell('new', 'ann@müller.de');
    expect(await may('ann@müller.de')).toMatchObject({ allowed: false, reason: 'denied' });
    await readDomains.step(test.connection);
    await test.module.get(RefoldWorker).work();
    const { consents } = await test.module.get(Choices).ofPerson(await idOf('ann@müller.de'));
    expect(consents).toMatchObject([{ identity: readable, state: 'denied' }]);
  });

  it('stay erased, whichever they were erased under', async () => {
    const tombstones = test.module.get(Tombstones);
    const optOuts = [{ ...news, at: 1 }];
    await tombstones.bury('prq_1', { identities: [{ identity: encoded, optOuts }], records: [] }, new Date());
    expect(await tell('new', 'ann@müller.de')).toMatchObject([{ code: 'person_erased' }]);
    expect(await deny()).toMatchObject([{ code: 'person_erased' }]);
    await tombstones.lift('prq_1', new Date());
    expect(await tell('new', 'ann@müller.de')).toMatchObject([{ status: 'ok' }]);
    expect(await may('ann@müller.de')).toMatchObject({ reason: 'denied', source: 'before the erasure' });
  });
});
