import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { List, Named } from '../testing/answers.ts';
import { startTestQuality, type TestQuality } from '../testing/test-quality.ts';

let test: TestQuality;

beforeAll(async () => {
  test = await startTestQuality();
});
afterAll(() => test.close());

describe('the access review', () => {
  it('tells who can do what, and which keys to look at', async () => {
    const admin = await test.as('admin');
    expect((await test.operator.get('/api/access-review')).status).toBe(403);
    const began = new Date().toISOString();
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { data: key } = await admin.post<Named>('/api/keys', { name: 'short', role: 'viewer', expiresAt });
    const { data } = await admin.get<{
      data: Named[];
      roles: { role: string; keys: number; routes: object[] }[];
      page: string;
    }>('/api/access-review');
    expect(data.data.find(({ id }) => id === key.id)).toMatchObject({ expiresAt, concerns: [] });
    expect(data.data.find(({ name }) => name === 'admin')).toMatchObject({ concerns: ['neverExpires', 'admin'] });
    expect(data.roles.map(({ role, keys }) => `${role} ${keys}`)).toEqual([
      'viewer 1',
      'marketer 1',
      'operator 1',
      'admin 1',
    ]);
    expect(data.roles[3]?.routes).toContainEqual({ method: 'GET', path: '/api/access-review' });
    expect(data.roles[2]?.routes).toContainEqual({ method: 'PUT', path: '/api/traits/:name' });
    const anHourAgo = { $set: { expiresAt: new Date(Date.now() - 3_600_000) } };
    await test.connection.collection('keys').updateOne({ _id: key.id as never }, anHourAgo);
    const expired = await test.browser.get('/api/me', { headers: { authorization: `Bearer ${String(key.key)}` } });
    expect(expired).toMatchObject({ status: 401, data: { code: 'unauthenticated' } });
    const again = (await admin.get<List>('/api/access-review')).data.data;
    expect(again.find(({ id }) => id === key.id)).toMatchObject({ concerns: ['expired'] });
    const past = { name: 'late', role: 'viewer', expiresAt: '2020-01-01T00:00:00Z' };
    expect((await admin.post('/api/keys', past)).status).toBe(400);
    const page = await test.browser.get<string>(data.page.slice('http://quality.example'.length));
    expect(page.data).toContain('never expires');
    const log = await admin.get<List>(`/api/audit?resource=keys&since=${began}`);
    expect(log.data.data).toMatchObject([
      { path: '/api/keys', status: 400 },
      { path: '/api/keys', status: 201 },
    ]);
    expect((await admin.get<List>('/api/audit?resource=keys&until=2020-01-01T00:00:00Z')).data.data).toEqual([]);
    expect((await test.operator.get('/api/migrations')).data).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({ number: 1, state: 'waiting' }),
        expect.objectContaining({ number: 2 }),
      ]),
    });
    expect((await test.marketer.get('/api/schemas/order')).data).toMatchObject({
      $id: 'urn:millrace:schema:order:1',
      required: ['id'],
    });
    expect((await test.marketer.get('/api/schemas/nothing')).status).toBe(404);
  });
});
