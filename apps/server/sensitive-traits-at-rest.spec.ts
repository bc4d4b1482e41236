import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { testServices } from '#tools/testing';
import { testTriggers, type TestTriggers } from './testing/test-triggers.ts';

const secret = 'SSN-123-45-6789';
type Firing = { attempts: number };

describe('values of sensitive traits', () => {
  let test: TestTriggers;
  let client: mongo.MongoClient;

  beforeAll(async () => {
    test = await testTriggers();
    client = new mongo.MongoClient(testServices().mongodbUri);
  });
  afterEach(() => {
    test.receiver.answer = () => ({ status: 200, body: 'ok' });
  });
  afterAll(async () => {
    await client.close();
    await test.close();
  });

  const stored = async (collection: string): Promise<string> =>
    JSON.stringify(await client.db().collection(collection).find().toArray());
  const becomes = async (
    collection: string,
    accept: (text: string) => boolean,
    meanwhile: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> => {
    for (let n = 0; n < 400 && !accept(await stored(collection)); n++) {
      await meanwhile();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const identify = async (userId: string, traits: object): Promise<void> => {
    await test.send('identify', { userId, traits });
    await test.idOf(`user:${userId}`);
  };
  /** As if the time had passed after which every process knows of a changed setting. */
  const followNow = () =>
    client
      .db()
      .collection('trait_sealings')
      .updateMany({}, { $set: { notBefore: new Date(0) } });

  it('are sealed in what was collected before they were sensitive, and opened when they are no more', async () => {
    await identify('u1', { ssn: secret, plan: 'pro' });
    await identify('u2', { plan: 'free' });
    expect(await stored('collected_people')).toContain(secret);
    await test.server.http.put('/api/traits/ssn', { sensitive: true });
    await followNow();
    await becomes('collected_people', (text) => !text.includes(secret));
    expect(await stored('collected_people')).toContain('free');

    await test.send('identify', { userId: 'u1', traits: { plan: 'max' } });
    await becomes('profiles', (text) => text.includes('max'));
    expect(await stored('collected_people')).not.toContain(secret);
    const lookup = await test.server.http.post('/api/profiles/lookup', { identity: 'user:u1' });
    expect(lookup.data).toMatchObject({ traits: { ssn: secret, plan: 'max' } });

    await test.server.http.delete('/api/traits/ssn');
    await followNow();
    await becomes('collected_people', (text) => text.includes(secret));
  });

  it('are sealed in what a firing hands over until the other side has taken it, which gets them as they are', async () => {
    const { http } = test.server;
    const account = 'NO93 8601 1117 947';
    await http.put('/api/traits/iban', { sensitive: true });
    await identify('u9', { iban: account });
    expect(await stored('collected_people')).not.toContain(account);
    await http.put('/api/connections/crm', {
      connector: 'webhook',
      config: { url: `${test.receiver.url}/crm`, key: ['user'] },
    });
    test.receiver.answer = () => ({ status: 500, body: 'no' });
    const mapping = { user: 'identities.user', iban: 'traits.iban' };
    await test.put('hand', { on: { event: 'Came' }, do: { handOver: { connection: 'crm', object: 'rows', mapping } } });
    await test.send('track', { userId: 'u9', event: 'Came' });
    await test.firings('hand', (found) => found.some((one) => (one as unknown as Firing).attempts > 1));
    expect(await stored('trigger_firings')).not.toContain(account);
    test.receiver.answer = () => ({ status: 200, body: 'ok' });
    expect(await test.settled('hand', 1)).toMatchObject([{ state: 'sent' }]);
    expect(test.receiver.received.at(-1)?.body).toContain(account);
  });

  it('are sealed in what was collected under another name, which a mapping renames, and once one does', async () => {
    const { http } = test.server;
    const [mobile, pin, plain] = ['+1 555 010 0199', 'PIN-4711', 'Oslo'];
    const mapped = async (profile: object): Promise<void> => {
      const sync = { name: 'Collected', from: { connection: 'collect', stream: 'events' } };
      const outputs = { profile: { identities: 'profile.identities', ...profile } };
      const to = { connection: 'profiles' };
      expect(await http.put('/api/syncs/collected-events', { ...sync, to, outputs })).toMatchObject({ status: 200 });
    };
    await mapped({ 'traits.mobile': 'profile.traits.cell | trim' });
    await http.put('/api/traits/mobile', { sensitive: true });
    await identify('u5', { cell: mobile });
    await identify('u6', { code: pin });
    await identify('u7', { cell_country: plain });
    await becomes('collected_people', (text) => !text.includes(mobile), followNow);
    expect(await stored('collected_people')).not.toContain(mobile);
    expect(await stored('collected_people')).toContain(pin);

    await mapped({ 'traits.mobile': { template: '{{message.traits.code}}' } });
    await becomes('collected_people', (text) => !text.includes(pin), followNow);
    expect(await stored('collected_people')).not.toContain(pin);
    expect(await stored('collected_people')).toContain(plain);

    await mapped({ 'traits.mobile': 'profile.traits' });
    await becomes('collected_people', (text) => !text.includes(plain), followNow);
    expect(await stored('collected_people')).not.toContain(plain);
  });
});
