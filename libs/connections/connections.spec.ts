import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { mongo } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { ConnectionView } from './index.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { builtInConnector, testConnector } from './testing/test-connector.ts';

const secret = 'k3y-that-nobody-may-see';
const config = { baseUrl: 'https://acme.example', apiKey: secret };
const path = '/api/connections';

let app: TestApp;
let operator: AxiosInstance;

beforeAll(async () => {
  app = await startTestApp(testConnector);
  app.catalog.register(builtInConnector, 'inside.ts', { internal: true });
  app.connections.addBuiltIn({ id: 'inside', name: 'Inside', connector: 'inside' });
  operator = await app.withRole('operator');
});
afterAll(async () => {
  await app.close();
  await dropTestDatabase(testServices());
});

async function create(body: object = {}): Promise<ConnectionView> {
  const { status, data } = await operator.post<ConnectionView>(path, { connector: 'acme', config, ...body });
  expect(status).toBe(201);
  return data;
}

describe('making a connection', () => {
  it('answers with what was made, secrets hidden', async () => {
    const made = await create({ name: 'Acme EU', slug: 'acme-eu', labels: ['eu', 'crm', 'eu'] });
    expect(made).toMatchObject({
      id: expect.stringMatching(/^con_/),
      slug: 'acme-eu',
      name: 'Acme EU',
      connector: 'acme',
      config: { baseUrl: 'https://acme.example', apiKey: null },
      secretsSet: ['apiKey'],
      labels: ['crm', 'eu'],
      revision: 1,
      enabled: true,
      builtIn: false,
    });
    for (const ref of [made.id, 'acme-eu']) expect((await operator.get(`${path}/${ref}`)).data).toEqual(made);
  });

  it('takes the name of the connector where none is given', async () => {
    expect(await create()).toMatchObject({ name: 'Acme CRM' });
  });

  it.each([
    ['connector_not_found', { connector: 'nothing' }],
    ['invalid_config', { config: { baseUrl: 'https://acme.example' } }],
    ['invalid_config', { config: { ...config, strange: true } }],
    ['invalid_config', { config: { ...config, behaviour: { $ne: 'work' } } }],
    ['bad_request', { connector: { $ne: '' } }],
    ['bad_request', { slug: 'Not A Slug' }],
    ['bad_request', { config: 'text' }],
    ['bad_request', { labels: ['a b'] }],
    ['bad_request', { strange: 1 }],
    ['bad_request', { connector: 'inside' }],
    ['conflict', { slug: 'inside' }],
  ])('is refused with %s: %j', async (code, body) => {
    const { data, headers } = await operator.post<unknown>(path, { connector: 'acme', config, ...body });
    expect(headers['content-type']).toContain('application/problem+json');
    expect(data).toMatchObject({ code });
    expect(JSON.stringify(data)).not.toContain(secret);
  });

  it('names each fault of a configuration', async () => {
    const { data } = await operator.post<unknown>(path, { connector: 'acme', config: {} });
    expect(data).toMatchObject({
      status: 400,
      details: { faults: expect.arrayContaining([expect.objectContaining({ path: 'apiKey' })]) },
    });
  });

  it('is done once for an Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'make-acme-once' };
    const [first, second] = [
      await operator.post<ConnectionView>(path, { connector: 'acme', config }, { headers }),
      await operator.post<ConnectionView>(path, { connector: 'acme', config }, { headers }),
    ];
    expect(second.data.id).toBe(first.data.id);
  });

  it('needs the role operator; viewers may look', async () => {
    const viewer = await app.withRole('viewer');
    expect((await viewer.post(path, { connector: 'acme', config })).data).toMatchObject({ code: 'forbidden' });
    expect((await viewer.get(path)).status).toBe(200);
  });
});

describe('PUT by slug', () => {
  it('makes a connection once, and changes nothing when it says the same', async () => {
    const body = { connector: 'acme', name: 'By slug', config };
    const first = await operator.put<ConnectionView>(`${path}/by-slug`, body);
    const second = await operator.put<ConnectionView>(`${path}/by-slug`, body);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.data).toEqual(first.data);
    const third = await operator.put<ConnectionView>(`${path}/by-slug`, {
      ...body,
      config: { ...first.data.config, behaviour: 'break' },
    });
    expect(third.data).toMatchObject({
      id: first.data.id,
      revision: 2,
      config: { behaviour: 'break', apiKey: null },
      secretsSet: ['apiKey'],
    });
  });

  it('can be rehearsed: tells by the revision whether anything would change, a secret too, and stores nothing', async () => {
    const body = { connector: 'acme', name: 'Rehearsed', config };
    const rehearse = (put: object) => operator.put<ConnectionView>(`${path}/rehearsed?rehearse=true`, put);
    expect((await rehearse(body)).data).toMatchObject({ slug: 'rehearsed', revision: 1 });
    expect(await operator.get(`${path}/rehearsed`)).toMatchObject({ status: 404 });
    const { data } = await operator.put<ConnectionView>(`${path}/rehearsed`, body);
    expect((await rehearse(body)).data).toEqual(data);
    expect((await rehearse({ ...body, config: { ...config, apiKey: 'another' } })).data.revision).toBe(2);
    expect((await rehearse({ ...body, config: { ...config, behaviour: 'no such' } })).data).toMatchObject({
      code: 'invalid_config',
    });
    expect((await operator.get<unknown>(`${path}/rehearsed`)).data).toEqual(data);
  });

  it('makes one connection, however many ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => operator.put<ConnectionView>(`${path}/at-once`, { connector: 'acme', config })),
    );
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('refuses ids that do not exist, other connectors and built-in connections', async () => {
    await operator.put(`${path}/taken`, { connector: 'acme', config });
    const put = async (ref: string, body: object) => (await operator.put<unknown>(`${path}/${ref}`, body)).data;
    expect(await put('con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC', { connector: 'acme', config })).toMatchObject({
      code: 'not_found',
    });
    expect(await put('taken', { connector: 'other', config })).toMatchObject({ code: 'conflict' });
    expect(await put('inside', { connector: 'acme', config })).toMatchObject({ code: 'conflict' });
    expect(await put('No%20Slug', { connector: 'acme', config })).toMatchObject({ code: 'bad_request' });
  });
});

describe('changing a connection', () => {
  it('merges the configuration, keeps the secrets and counts the revision', async () => {
    const { id } = await create();
    const { data } = await operator.patch<unknown>(`${path}/${id}`, { config: { behaviour: 'refuse', apiKey: null } });
    expect(data).toMatchObject({
      revision: 2,
      config: { ...config, apiKey: null, behaviour: 'refuse' },
      secretsSet: ['apiKey'],
    });
    const renamed = await operator.patch<unknown>(`${path}/${id}`, { name: 'Renamed', labels: ['x'] });
    expect(renamed.data).toMatchObject({ revision: 2, name: 'Renamed', labels: ['x'] });
  });

  it('counts every change, and refuses one that was made from another edition: a name is not written over either', async () => {
    const { id, edition } = await create({ name: 'Ours', labels: ['a'] });
    expect(edition).toBe(1);
    const put = (name: string, madeFrom: number) =>
      operator.put<ConnectionView>(
        `${path}/${id}`,
        { connector: 'acme', name, config, labels: ['a'] },
        {
          headers: { 'if-match': `"${madeFrom}"` },
        },
      );
    const renamed = await operator.patch<ConnectionView>(`${path}/${id}`, { name: 'Theirs' });
    expect(renamed.data).toMatchObject({ edition: 2, revision: 1 });
    expect((await put('Mine', 1)).data).toMatchObject({ status: 409, code: 'conflict', details: { edition: 2 } });
    expect((await operator.patch<unknown>(`${path}/${id}`, { labels: ['a'] })).data).toMatchObject({ edition: 2 });
    expect((await put('Mine', 2)).data).toMatchObject({ name: 'Mine', edition: 3, revision: 1 });
    const both = await Promise.all([put('One', 3), put('Another', 3)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await operator.get<unknown>(`${path}/${id}`)).data).toMatchObject({ edition: 4 });
  });

  it('counts on from the revision where an older version stored none', async () => {
    const { id } = await create({ name: 'Old' });
    await operator.patch(`${path}/${id}`, { config: { behaviour: 'refuse' } });
    const database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    const stored = database.db().collection<{ _id: string }>('connections');
    await stored.updateOne({ _id: id }, { $unset: { edition: 1 } });
    await database.close();
    expect((await operator.get<unknown>(`${path}/${id}`)).data).toMatchObject({ edition: 2, revision: 2 });
    const renamed = await operator.patch<unknown>(`${path}/${id}`, { name: 'Renamed' });
    expect(renamed.data).toMatchObject({ edition: 3, revision: 2 });
  });

  it('gives a slug to one that has none, unless it is taken', async () => {
    const { id } = await create();
    await create({ slug: 'first-come' });
    expect((await operator.patch(`${path}/${id}`, { slug: 'late-slug' })).data).toMatchObject({ id, revision: 1 });
    expect((await operator.get(`${path}/late-slug`)).data).toMatchObject({ id, slug: 'late-slug' });
    for (const slug of ['first-come', 'inside'])
      expect((await operator.patch(`${path}/${id}`, { slug })).data).toMatchObject({ code: 'conflict' });
  });

  it('asks for the secrets again when they would go elsewhere', async () => {
    const { id } = await create();
    const elsewhere = { baseUrl: 'https://evil.example' };
    const { status, data } = await operator.patch<unknown>(`${path}/${id}`, { config: elsewhere });
    expect(status).toBe(400);
    expect(data).toMatchObject({ code: 'secrets_required', details: { changed: ['baseUrl'], secrets: ['apiKey'] } });
    expect((await operator.patch(`${path}/${id}`, { config: { ...elsewhere, apiKey: 'new' } })).data).toMatchObject({
      revision: 2,
    });
  });

  it('asks whether a changed address is another place, and heeds what is said', async () => {
    const { id } = await create();
    const change = async (body: object) => (await operator.patch<unknown>(`${path}/${id}`, body)).data;
    const to = (host: string) => ({ config: { baseUrl: `https://${host}.example`, apiKey: 'new' } });
    const changed = (field: string) => ({
      code: 'moved_unsaid',
      message: expect.stringContaining(`${field} was changed.`) as unknown,
    });
    const unsaid = changed('baseUrl');
    expect(await change(to('a'))).toMatchObject({ revision: 2, place: 1, notices: [unsaid] });
    expect(await change({ ...to('b'), moved: false })).toEqual(expect.not.objectContaining({ notices: [unsaid] }));
    expect(await change({ ...to('c'), moved: true })).toMatchObject({ revision: 4, place: 2 });
    expect(await change({ moved: true })).toMatchObject({ revision: 5, place: 3 }); // nobody but the operator knows it
    expect(await change({ config: { behaviour: 'break' } })).toEqual(
      expect.not.objectContaining({ notices: [unsaid] }),
    );
    const { data } = await operator.put<unknown>(`${path}/${id}?rehearse=true`, { connector: 'acme', ...to('d') });
    expect(data).toMatchObject({ place: 3, notices: [unsaid] });
    const another = await change({ config: { workspace: 'eu' } }); // says nothing about where secrets go
    expect(another).toMatchObject({ place: 3, notices: [changed('workspace')] });
    expect(await change({ config: { workspace: 'us' }, moved: false })).not.toHaveProperty('notices');
    expect(await change({ config: { tls: 'off', apiKey: 'new' } })).not.toHaveProperty('notices');
  });

  it('loses no change of two that are made at once', async () => {
    const { id } = await create();
    await Promise.all([
      operator.patch(`${path}/${id}`, { config: { behaviour: 'break' } }),
      operator.patch(`${path}/${id}`, { config: { refreshToken: 'r3fresh' } }),
    ]);
    const { data } = await operator.get<unknown>(`${path}/${id}`);
    expect(data).toMatchObject({ revision: 3, config: { behaviour: 'break' }, secretsSet: ['apiKey', 'refreshToken'] });
  });
});

describe('removing a connection', () => {
  it('is refused while it is used', async () => {
    const { id } = await create({ slug: 'used' });
    let user: string | undefined = 'The sync "nightly" uses the connection. Remove the sync first.';
    app.connections.onRemove(async (removed) => (removed === id ? user : undefined));
    expect((await operator.delete(`${path}/used`)).data).toMatchObject({
      status: 409,
      code: 'connection_in_use',
      detail: user,
    });
    user = undefined;
    expect((await operator.delete(`${path}/used`)).status).toBe(204);
    expect((await operator.get(`${path}/used`)).data).toMatchObject({ status: 404, code: 'not_found' });
    expect((await operator.delete(`${path}/used`)).data).toMatchObject({ code: 'not_found' });
  });

  it('cannot be done to a built-in one', async () => {
    expect((await operator.delete(`${path}/inside`)).data).toMatchObject({ code: 'conflict' });
    expect((await operator.patch(`${path}/inside`, { name: 'x' })).data).toMatchObject({ code: 'conflict' });
  });
});

describe('the list', () => {
  it('begins with built-in connections and goes on page by page', async () => {
    const made = await Promise.all([1, 2, 3].map(() => create({ labels: ['paged'] })));
    const ids: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const { data } = await operator.get<{ data: ConnectionView[]; next: string | null }>(path, {
        params: { limit: 2, after },
      });
      ids.push(...data.data.map(({ id }) => id));
      after = data.next;
    }
    expect(ids[0]).toBe('inside');
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(made.map(({ id }) => id)));
    const labelled = await operator.get<{ data: ConnectionView[] }>(path, {
      params: { label: 'paged', connector: 'acme' },
    });
    expect(labelled.data.data).toHaveLength(3);
  });

  it('takes no query operators and no foreign cursors', async () => {
    for (const query of ['connector[$ne]=x', 'label[$gt]=', 'after=nonsense!', 'limit=0']) {
      expect((await operator.get(`${path}?${query}`)).data).toMatchObject({ code: 'bad_request' });
    }
  });
});

it('tells a disabled connector by its reason, and opens nothing of it', async () => {
  const { id } = await create();
  await app.catalog.setEnabled('acme', false, 'throttled');
  try {
    expect((await operator.get(`${path}/${id}`)).data).toMatchObject({ enabled: false, reason: 'throttled' });
    expect(await app.connections.summary(id)).toMatchObject({
      id,
      title: 'Acme CRM',
      enabled: false,
      reason: 'throttled',
    });
    expect((await operator.post(`${path}/${id}/check`)).data).toMatchObject({
      status: 409,
      code: 'connector_disabled',
    });
    expect((await operator.post(path, { connector: 'acme', config })).data).toMatchObject({
      code: 'connector_disabled',
    });
  } finally {
    await app.catalog.setEnabled('acme', true);
  }
});
