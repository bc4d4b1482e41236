import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import type { List, Named } from '../testing/answers.ts';
import { loadFaultyStore } from '../testing/faulty-store.ts';
import { startTestQuality, type TestQuality } from '../testing/test-quality.ts';

let test: TestQuality;

beforeAll(async () => {
  test = await startTestQuality();
  await loadFaultyStore(test);
});
afterAll(() => test.close());

describe('the data map', () => {
  beforeAll(async () => {
    await test.operator.put('/api/traits/city', { owner: 'crm-team', freshness: '90d', title: 'City' });
    const template = {
      name: 'Hello',
      subject: 'Hi {{firstName}} of {{profile.traits.city}}',
      source: '{{#each orders}}{{total}} {{../nickname}}{{/each}}',
    };
    expect((await test.operator.put('/api/templates/hello', template)).status).toBe(201);
    const minors = { field: 'traits.age', is: 'lessThan', value: 18 };
    expect((await test.operator.put('/api/audiences/minors', { name: 'Minors', condition: minors })).status).toBe(201);
    expect(await test.operator.get('/api/data-map')).toMatchObject({ data: { scan: null, data: [] } });
    expect((await test.marketer.post('/api/data-map/refresh')).status).toBe(403);
    const asked = await Promise.all([
      test.operator.post<Named>('/api/data-map/refresh'),
      test.operator.post<Named>('/api/data-map/refresh'),
    ]);
    expect(asked[0].data.id).toBe(asked[1].data.id); // one look at a time
    await test.scanner.carryOn();
  });

  it('tells of every trait what feeds it, what uses it, and how sources differ', async () => {
    const { data } = await test.marketer.get<Named>('/api/data-map/traits/city');
    expect(data).toMatchObject({
      name: 'city',
      title: 'City',
      owner: 'crm-team',
      profiles: 2,
      fill: 0.5,
      types: { text: 2 },
      lastAt: '2024-06-01T00:00:00.000Z',
      outdated: 2,
      sources: [
        { connection: 'con_shop', stream: 'profile', values: 2, wins: 1 },
        { connection: 'con_crm', stream: 'contacts', values: 1, wins: 1 },
      ],
      overlaps: [{ both: 1, differ: 1 }],
      usedBy: [{ kind: 'template', id: 'hello', name: 'Hello' }],
      problems: ['outdated', 'disagreement'],
    });
    expect(await test.marketer.get('/api/data-map/traits/nobody')).toMatchObject({
      status: 404,
      data: { code: 'not_found' },
    });
  });

  it('finds gaps and orphans, in pages', async () => {
    const names = async (query: string): Promise<unknown[]> =>
      (await test.marketer.get<List>(`/api/data-map?${query}`)).data.data.map(({ name }) => name);
    expect(await names('problem=gap')).toEqual(['nickname']);
    expect(await names('problem=orphan')).toEqual([
      'birthDate',
      'country',
      'email',
      'lastName',
      'name',
      'postcode',
      'signedUpAt',
      'ssn',
    ]);
    const { data } = await test.marketer.get<List>('/api/data-map?limit=2');
    expect(data).toMatchObject({ scan: { looked: 4, total: 4, partial: false }, running: null });
    expect(data.data).toMatchObject([
      { name: 'age', types: { text: 1 } },
      { name: 'birthDate', types: { time: 2 } },
    ]);
    expect(await names(`limit=1&after=${data.next}`)).toEqual(['city']);
    expect((await test.marketer.get('/api/data-map?problem=other')).status).toBe(400);
  });
});

it('knows what syncs bring out of the profile store', async () => {
  const sync = {
    ...{ _id: 'syn_out', slug: 'out', name: 'Out', labels: [], paused: false, createdAt: new Date() },
    ...{ from: { connection: 'profiles', stream: 'profile' }, to: { connection: 'con_crm', object: 'rows' } },
    outputs: { rows: { country: 'traits.country | upper', note: { template: 'From {{traits.postcode}}' } } },
    filter: { field: 'traits.lastName', is: 'exists' },
  };
  await test.connection.collection<{ _id: string }>('syncs').insertOne(sync);
  await test.operator.post('/api/data-map/refresh');
  await test.scanner.carryOn();
  const used = async (name: string) => (await test.operator.get<object>(`/api/data-map/traits/${name}`)).data;
  for (const name of ['country', 'postcode', 'lastName'])
    expect(await used(name)).toMatchObject({ usedBy: [{ kind: 'sync', id: 'out' }], problems: [] });
});

describe('a store with more traits than a data map can hold', () => {
  it('is told of as to what is used, whatever comes before', async () => {
    const junk = Array.from({ length: 3 }, (_, person) => ({
      identities: { user: `junk-${person}` },
      traits: Object.fromEntries(Array.from({ length: 400 }, (__, n) => [`junk${person}x${n}`, n])),
    }));
    const last = { identities: { user: 'last' }, traits: { zodiac: 'Leo' } };
    await test.load('profile', [...junk, last], { stream: 'junk' });
    await test.operator.put('/api/templates/stars', { name: 'Stars', subject: '{{zodiac}}', source: 'x' });
    await test.operator.post('/api/data-map/refresh');
    await test.scanner.carryOn();
    expect((await test.operator.get<Named>('/api/data-map/traits/zodiac')).data).toMatchObject({
      ...{ profiles: 1, types: { text: 1 }, problems: [] },
    });
  });

  it('says that there are more, and how one of them is counted', async () => {
    const scanned = async (): Promise<unknown> => (await test.operator.get<List>('/api/data-map')).data;
    expect(await scanned()).toMatchObject({ scan: { partial: true } });
    const beyond = '/api/data-map/traits/junk2x399';
    expect(await test.operator.get(beyond)).toMatchObject({
      ...{ status: 404, data: { detail: expect.stringContaining('PUT /api/traits/{name}') } },
    });
    await test.operator.put('/api/traits/junk2x399', { owner: 'crm-team' });
    await test.operator.post('/api/data-map/refresh');
    await test.scanner.carryOn();
    expect((await test.operator.get(beyond)).data).toMatchObject({ profiles: 1 });
  });
});

describe('previews', () => {
  const request = { identity: 'ann@x.com', subject: 'Hi', source: '<p>{{ssn}} {{city}}</p>' };

  it('mask sensitive traits unless the role may see them, and warn of outdated ones', async () => {
    await test.operator.put('/api/traits/ssn', { sensitive: true });
    const masked = (await test.marketer.post<Named>('/api/preview', request)).data;
    expect(masked).toMatchObject({ masked: true, html: '<p>••••• Bergen</p>' });
    expect(JSON.stringify(masked)).not.toMatch(/\b8701\b/);
    expect(masked.warnings).toMatchObject([{ code: 'outdated_trait' }]);
    await test.sealer.carryOn('ssn');
    expect((await test.marketer.post<Named>('/api/preview', request)).data).toMatchObject({ html: masked.html });
    const clear = (await test.operator.post<Named>('/api/preview', request)).data;
    expect(clear).toMatchObject({ masked: false, html: '<p>8701 Bergen</p>' });
    const lookup = async (http: AxiosInstance): Promise<unknown> =>
      (await http.post<{ traits: Named }>('/api/profiles/lookup', { identity: 'ann@x.com' })).data.traits.ssn;
    expect([await lookup(test.marketer), await lookup(test.operator)]).toEqual(['•••••', '8701']);
    expect((await test.marketer.put('/api/traits/ssn', { sensitive: false })).status).toBe(403);
    expect((await test.operator.get('/api/traits/ssn')).data).toMatchObject({
      sealing: { state: 'done', rewritten: 1 },
    });
  });

  it('show what a slow write stored sealed, or in the clear, after the setting had changed', async () => {
    const profiles = test.connection.collection<{ _id: string; parts: object[] }>('profiles');
    const ann = async () => (await profiles.findOne({ ids: 'email:ann@x.com' })) ?? { _id: '', parts: [] };
    const ssn = async (): Promise<unknown> =>
      (await test.operator.post<{ traits: Named }>('/api/profiles/lookup', { identity: 'ann@x.com' })).data.traits.ssn;
    const { _id, parts: sealed } = await ann();
    const change = async (sensitive: boolean): Promise<object[]> => {
      await test.operator.put('/api/traits/ssn', { sensitive });
      await test.sealer.carryOn('ssn');
      return (await ann()).parts;
    };
    const overtakenBy = async (parts: object[]): Promise<object[]> => {
      await profiles.updateOne({ _id }, { $set: { parts } });
      await test.operator.post('/api/data-map/refresh');
      await test.scanner.carryOn();
      await test.sealer.carryOn('ssn');
      return (await ann()).parts;
    };
    const clear = await change(false);
    expect(clear).not.toEqual(sealed);
    expect(await overtakenBy(sealed)).toEqual(clear);
    expect(await ssn()).toBe('8701');
    expect(await change(true)).toEqual(sealed);
    expect(await overtakenBy(clear)).toEqual(sealed);
  });
});
