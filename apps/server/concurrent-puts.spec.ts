import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const webhook = (url: string) => ({ type: 'webhook', config: { url: `https://${url}.example.com/` } });
const auditRule = { of: 'profile', fault: 'missing', when: { field: 'traits.tier', is: 'missing' } };
const condition = (value: string) => ({ field: 'traits.tier', is: 'equals', value });

/** What two configurations say of the same resource, in the order in which one needs the other. */
const resources: [path: string, field: string, ...Record<string, unknown>[]][] = [
  ['/api/sources/shop', 'name', { name: 'A' }, { name: 'B' }],
  [
    '/api/event-schemas/Ordered',
    'onViolation',
    ...['warn', 'reject'].map((onViolation) => ({ schema: {}, onViolation })),
  ],
  ['/api/computed-traits/spent', 'name', ...['A', 'B'].map((name) => ({ name, from: 'orders', calculate: 'count' }))],
  ['/api/audiences/gold', 'condition', { condition: condition('a') }, { condition: condition('b') }],
  ['/api/audiences/gold', 'name', ...['A', 'B'].map((name) => ({ name, condition: condition('a') }))],
  ['/api/purposes/digest', 'basis', ...['consent', 'optOut'].map((basis) => ({ title: 'Digest', basis }))],
  ['/api/content-settings', 'defaultLocale', { defaultLocale: 'de' }, { defaultLocale: 'pt' }],
  ['/api/tracking-settings', 'days', { days: 30 }, { days: 60 }],
  ['/api/privacy/retention/event', 'days', ...[30, 60].map((days) => ({ days, enabled: false }))],
  ['/api/source-priorities', 'priorities', ...[1, 2].map((priority) => ({ priorities: { con_1: priority } }))],
  ['/api/audit-rules/mine', 'title', ...['A', 'B'].map((title) => ({ ...auditRule, title }))],
  ['/api/audit-rules/order-total', 'tolerance', { tolerance: 0.1 }, { tolerance: 0.2 }],
  ['/api/strings/de', 'texts', { texts: { hi: 'A' } }, { texts: { hi: 'B' } }],
  ['/api/feeds/news', 'name', ...['A', 'B'].map((name) => ({ name, url: 'https://news.example.com/' }))],
  ['/api/blocks/foot', 'source', ...['A', 'B'].map((source) => ({ name: 'Foot', source }))],
  ['/api/templates/hi', 'subject', ...['A', 'B'].map((subject) => ({ name: 'Hi', subject, source: 'x' }))],
  [
    '/api/connections/people',
    'name',
    ...['A', 'B'].map((name) => ({ name, connector: 'file', config: { path: 'p.csv' } })),
  ],
  [
    '/api/syncs/people',
    'name',
    ...['A', 'B'].map((name) => ({
      name,
      from: { connection: 'people', stream: 'rows' },
      to: { connection: 'landing', object: 'row' },
    })),
  ],
  ['/api/alerts/channels/on-call', 'config', webhook('a'), webhook('b')],
  ['/api/alerts/rules/all', 'name', ...['A', 'B'].map((name) => ({ name, on: { failed: true }, to: ['on-call'] }))],
  [
    '/api/triggers/gold',
    'name',
    ...['A', 'B'].map((name) => ({ name, on: { entersAudience: 'gold' }, do: { sync: 'people' } })),
  ],
];

/** What may be put of a resource, which says something in one place. */
const bodies: [path: string, body: (said: string) => object][] = [
  ['/api/connections/people', (name) => ({ connector: 'file', name, config: { path: 'p.csv', delimiter: ',' } })],
  [
    '/api/syncs/people',
    (name) => ({
      name,
      from: { connection: 'people', stream: 'rows' },
      to: { connection: 'landing', object: 'row' },
    }),
  ],
  ['/api/templates/hi', (name) => ({ name, subject: 'Hi', source: 'y' })],
  ['/api/audiences/gold', (name) => ({ name, condition: condition('c') })],
  ['/api/strings/de', (text) => ({ texts: { hi: text } })],
  ['/api/feeds/news', (name) => ({ name, url: 'https://news.example.com/' })],
  ['/api/blocks/foot', (name) => ({ name, source: 'z' })],
  ['/api/triggers/gold', (name) => ({ name, on: { entersAudience: 'gold' }, do: { sync: 'people' } })],
  ['/api/computed-traits/spent', (name) => ({ name, from: 'orders', calculate: 'count' })],
  ['/api/alerts/channels/on-call', (name) => ({ name, ...webhook('c') })],
  ['/api/alerts/rules/all', (name) => ({ name, on: { failed: true }, to: ['on-call'] })],
  ['/api/purposes/digest', (title) => ({ title, basis: 'consent' })],
  ['/api/audit-rules/mine', (title) => ({ ...auditRule, title })],
];

describe('PUTs of one slug at the same time', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ processes: ['api'] });
    await writeFile(join(server.folder, 'p.csv'), 'id,email\n1,ann@example.com\n');
  });
  afterAll(() => server?.close());

  it.each(resources)('all succeed, and one of them came last: %s %s', async (path, field, ...bodies) => {
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all(
        [...bodies, ...bodies, ...bodies].map((body) => server.http.put<unknown>(path, body)),
      );
      expect(answers.map(({ status, data }) => (status < 300 ? 'done' : data))).toEqual(answers.map(() => 'done'));
      const { data } = await server.http.get<Record<string, unknown>>(path);
      expect(bodies.map((body) => body[field])).toContainEqual(data[field]);
    }
  });

  it.each(['/api/blocks/foot', '/api/templates/hi'])('all publish the same version of %s', async (path) => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => server.http.post<{ version: number }>(`${path}/publish`)),
    );
    expect(answers.map(({ data }) => data)).toEqual(
      answers.map(() => expect.objectContaining({ version: 1 }) as unknown),
    );
  });

  it.each(bodies)('change nothing where they were made from another revision: %s', async (path, body) => {
    const before = (await server.http.get<{ revision: number; edition?: number }>(path)).data;
    const { revision, edition: madeFrom = revision } = before;
    const put = (said: string, revision: number, at = path) =>
      server.http.put<{ code: string }>(at, body(said), { headers: { 'if-match': `"${revision}"` } });
    const stale = await put('C', madeFrom + 1);
    expect([stale.status, stale.data.code]).toEqual([409, 'conflict']);
    expect((await server.http.get<unknown>(path)).data).toEqual(before);
    const answers = await Promise.all(['D', 'E', 'F', 'G'].map((said) => put(said, madeFrom)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await put('H', 1, `${path}-gone`)).status).toBe(404); // it was removed meanwhile: it is not made anew
  });

  it.each(bodies)('make what is not there, once, where they are made from nothing: %s', async (path, body) => {
    const at = path === '/api/strings/de' ? '/api/strings/pt' : `${path}-new`;
    const put = (said: string) =>
      server.http.put<{ code: string }>(at, body(said), { headers: { 'if-none-match': '*' } });
    const answers = await Promise.all(['D', 'E', 'F', 'G'].map((said) => put(said)));
    expect(answers.map(({ status, data }) => (status < 300 ? 'made' : data.code)).sort()).toEqual([
      ...['conflict', 'conflict', 'conflict', 'made'],
    ]);
    expect((await put('H')).status).toBe(409);
  });
});
