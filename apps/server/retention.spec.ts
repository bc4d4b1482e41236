import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer({ processes: ['api'] })));
afterAll(() => server?.close());

const path = '/api/privacy/retention/event';

async function keyOf(role: string): Promise<object> {
  const { data } = await server.http.post<{ key: string }>('/api/keys', { name: role, role });
  return { headers: { authorization: `Bearer ${data.key}` } };
}

it('says how long data is kept; the same again changes nothing, and nobody is written over', async () => {
  const put = (days: number, { query = '', ...headers }: Record<string, string> = {}) =>
    server.http.put<object>(path + query, { days, enabled: false }, { headers });
  const get = async () => (await server.http.get<object>(path)).data;
  const unsaid = await get();
  expect(unsaid).toMatchObject({ kind: 'event', enabled: false, revision: 0 });
  expect(unsaid).not.toHaveProperty('days');
  expect(await put(30, { query: '?rehearse=true' })).toMatchObject({ status: 204 });
  expect(await put(30, { query: '?rehearse=true', 'if-match': '"1"' })).toMatchObject({ status: 409 });
  expect(await get()).toEqual(unsaid);

  expect(await put(30, { 'if-none-match': '*' })).toMatchObject({ status: 201, data: { days: 30, revision: 1 } });
  const said = await get();
  expect(await put(30)).toMatchObject({ status: 200, data: said });
  expect(await put(40, { 'if-none-match': '*' })).toMatchObject({ status: 409, data: { code: 'conflict' } });
  expect(await put(40, { 'if-match': '"1"' })).toMatchObject({ status: 200, data: { days: 40, revision: 2 } });
  expect(await put(50, { 'if-match': '"1"' })).toMatchObject({ status: 409 });
  const { data } = await server.http.get<{ data: object[] }>('/api/privacy/retention');
  expect(data.data).toContainEqual(await get());

  expect(await server.http.delete(`${path}?rehearse=true`)).toMatchObject({ status: 204 });
  expect(await get()).toMatchObject({ days: 40 });
  expect(await server.http.delete(path)).toMatchObject({ status: 204 });
  expect(await get()).toEqual(unsaid);
  expect(await server.http.delete(`${path}?rehearse=true`)).toMatchObject({ status: 404 });
});

it('tells operators how long data is kept, and lets only admins say it', async () => {
  const [operator, marketer] = [await keyOf('operator'), await keyOf('marketer')];
  expect(await server.http.get('/api/privacy/retention', operator)).toMatchObject({ status: 200 });
  expect(await server.http.get(path, operator)).toMatchObject({ status: 200 });
  expect(await server.http.get(path, marketer)).toMatchObject({ status: 403 });
  expect(await server.http.put(path, { days: 30, enabled: true }, operator)).toMatchObject({ status: 403 });
  expect(await server.http.delete(path, operator)).toMatchObject({ status: 403 });
  expect(await server.http.post(`${path}/count`, { days: 30 }, operator)).toMatchObject({ status: 403 });
});
