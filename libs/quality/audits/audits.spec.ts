import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { List, Named } from '../testing/answers.ts';
import { loadFaultyStore } from '../testing/faulty-store.ts';
import { startTestQuality, type TestQuality } from '../testing/test-quality.ts';

let test: TestQuality;

beforeAll(async () => {
  test = await startTestQuality();
  await loadFaultyStore(test);
  await test.operator.put('/api/traits/city', { freshness: '90d' });
});
afterAll(() => test.close());

describe('audits', () => {
  const found = async (id: unknown): Promise<Map<unknown, Named>> => {
    const { data } = await test.marketer.get<{ findings: Named[] }>(`/api/audits/${String(id)}`);
    return new Map(data.findings.map((finding) => [finding.rule, finding]));
  };
  const audited = async (): Promise<unknown> => {
    const { data } = await test.operator.post<Named>('/api/audits');
    await test.auditor.carryOn();
    return data.id;
  };
  let first: unknown;

  it('find what is wrong with the store, and where it came from', async () => {
    first = await audited();
    const { data } = await test.marketer.get<Named>(`/api/audits/${String(first)}`);
    expect(data).toMatchObject({ state: 'done', looked: { profile: 4, order: 3, consent: 2 } });
    const findings = await found(first);
    const faults = Object.fromEntries(
      [...findings].flatMap(([rule, { faults: n }]) => (n ? [[rule, n]] : [])) as [string, number][],
    );
    expect(faults).toEqual({
      'born-after-sign-up': 1,
      'consent-without-evidence': 1,
      'consent-without-time': 1,
      'country-malformed': 1,
      'currency-changes': 2,
      'currency-malformed': 1,
      'date-malformed': 1,
      'email-malformed': 1,
      'number-as-text': 1,
      'order-total': 1,
      'order-without-time': 1,
      'profile-unreachable': 1,
      'same-name-and-postcode': 2,
      'trait-outdated': 2,
    });
    expect(findings.get('email-malformed')).toMatchObject({
      looked: 4,
      passed: false,
      sources: [{ connection: 'con_crm', stream: 'contacts', faults: 1 }],
      samples: [{ id: expect.stringMatching(/^p_/), fields: ['traits.email'] }],
    });
    const hashes = ['marketing', 'all'].map((purpose) =>
      createHash('sha256').update(`email:bob@x.com|email|${purpose}`).digest('base64url').slice(0, 12),
    );
    const samples = JSON.stringify(findings.get('consent-without-time')?.samples);
    expect(hashes.filter((hash) => samples.includes(hash))).toEqual([]);
    expect(findings.get('same-name-and-postcode')?.samples).toHaveLength(1);
    expect(JSON.stringify([...findings])).not.toMatch(/x\.com|Oslo|8701/);
    expect(await test.connection.collection('audit_keys').countDocuments()).toBe(0);
  });

  it('follow rules that are data: switched off, tolerant, one’s own; and tell the trend', async () => {
    expect((await test.operator.patch('/api/audit-rules/order-total', { enabled: false })).data).toMatchObject({
      enabled: false,
    });
    await test.operator.patch('/api/audit-rules/email-malformed', { tolerance: 0.5 });
    await test.operator.patch('/api/audit-rules/date-malformed', { connections: ['con_crm'] });
    const own = {
      title: 'People of no city',
      of: 'profile',
      fault: 'missing',
      when: { field: 'traits.city', is: 'missing' },
    };
    expect((await test.operator.put('/api/audit-rules/no-city', own)).status).toBe(201);
    expect((await test.operator.put('/api/audit-rules/no-city', own)).status).toBe(200);
    await test.load(
      'profile',
      [{ identities: { email: 'dan@x.com' }, traits: { email: 'dan@', name: 'Dan', city: 'Rio' } }],
      {
        connection: 'con_crm',
        stream: 'dans',
      },
    );
    const findings = await found(await audited());
    expect(findings.get('order-total')).toBeUndefined();
    expect(findings.get('email-malformed')).toMatchObject({
      faults: 2,
      passed: true,
      before: { faults: 1, looked: 4 },
    });
    expect(findings.get('date-malformed')).toMatchObject({ faults: 0 });
    expect(findings.get('no-city')).toMatchObject({ faults: 2, passed: false });
    expect(findings.get('no-city')).not.toHaveProperty('before');
  });

  it('limit rules to connections by id or slug, and take neither null nor what there is not', async () => {
    const now = new Date();
    await test.connection.collection<{ _id: string }>('connections').insertOne({
      ...{ _id: 'con_mail', slug: 'mail', name: 'Mail', connector: 'mail', connectorVersion: '1.0.0' },
      ...{ config: {}, secretsSet: [], labels: [], revision: 1, createdAt: now, updatedAt: now },
    });
    const change = (body: object) => test.operator.patch<object>('/api/audit-rules/email-malformed', body);
    expect((await change({ connections: ['nobody'] })).status).toBe(404);
    expect((await change({ enabled: null })).status).toBe(400);
    expect((await change({ connections: ['mail', 'con_gone'] })).data).toMatchObject({
      ...{ enabled: true, connections: ['con_mail', 'con_gone'] },
    });
  });

  it('have rules that a put makes exactly what is given, the built-in ones too, and not over what others have changed', async () => {
    const path = '/api/audit-rules/currency-malformed';
    const put = (body: object, { query = '', ...headers }: Record<string, string> = {}) =>
      test.operator.put<Named>(path + query, body, { headers });
    const { data: usual } = await test.marketer.get<Named>(path);
    expect(usual).toMatchObject({ builtIn: true, revision: 0, severity: 'warning' });
    expect(await put({})).toMatchObject({ status: 200, data: usual });
    expect((await put({ enabled: false }, { query: '?rehearse=true', 'if-match': '"1"' })).status).toBe(409);
    expect((await put({ connections: ['yet-to-come'] }, { query: '?rehearse=true' })).status).toBe(204);
    expect((await test.marketer.get(path)).data).toEqual(usual);

    const off = { enabled: false, severity: 'info' };
    expect(await put(off, { 'if-none-match': '*' })).toMatchObject({ status: 201, data: { ...off, revision: 1 } });
    expect(await put(off)).toMatchObject({ status: 200, data: { ...off, revision: 1, limits: off } });
    expect((await put({}, { 'if-none-match': '*' })).status).toBe(409);
    await test.operator.patch(path, { tolerance: 0.5 });
    expect((await put({}, { 'if-match': '"1"' })).status).toBe(409);
    expect(await put({ tolerance: 0.1 }, { 'if-match': '"2"' })).toMatchObject({
      status: 200,
      data: { ...usual, tolerance: 0.1, revision: 3, limits: { tolerance: 0.1 } },
    });
    expect((await test.operator.delete(`${path}?rehearse=true`)).status).toBe(204);
    expect((await test.marketer.get(path)).data).toMatchObject({ revision: 3 });
    expect((await test.operator.delete(path)).status).toBe(204);
    expect((await test.marketer.get(path)).data).toEqual(usual);
  });

  it('have rules that were stored before their changes were counted', async () => {
    await test.connection.collection<{ _id: string }>('audit_rules').insertOne({
      ...{ _id: 'number-as-text', limits: { enabled: false }, updatedAt: new Date() },
    });
    const path = '/api/audit-rules/number-as-text';
    expect((await test.marketer.get(path)).data).toMatchObject({ enabled: false, revision: 1 });
    const put = await test.operator.put(path, { tolerance: 1 }, { headers: { 'if-match': '"1"' } });
    expect(put).toMatchObject({ status: 200, data: { enabled: true, tolerance: 1, revision: 2 } });
    await test.operator.delete(path);
  });

  it.each([
    ['order-total', { title: 'x', of: 'order', fault: 'missing', stale: true }, 409],
    ['mine', { title: 'x', of: 'order', fault: 'missing' }, 400],
    ['mine', { title: null, of: 'order', fault: 'missing', when: { field: 'a', is: 'missing' } }, 400],
    ['mine', { enabled: false }, 400],
    ['mine', { title: 'x', of: 'order', fault: 'missing', stale: true }, 400],
    ['mine', { title: 'x', of: 'profile', fault: 'missing', when: { field: '$where', is: 'like' } }, 400],
    [
      'mine',
      { title: 'x', of: 'profile', fault: 'missing', when: { field: 'a', is: 'missing' }, sameAs: ['name'] },
      400,
    ],
    ['Mine!', { title: 'x', of: 'profile', fault: 'missing', when: { field: 'a', is: 'missing' } }, 400],
  ])('refuse the rule %s: %j', async (slug, rule, status) => {
    expect((await test.operator.put(`/api/audit-rules/${slug}`, rule)).status).toBe(status);
  });

  it('go on where a process died, and can be called off', async () => {
    const before = await found(await audited());
    const { data } = await test.operator.post<Named>('/api/audits');
    await test.auditor.carryOn({ signal: afterChecks(4) }); // all before consents are through
    expect((await test.marketer.get(`/api/audits/${String(data.id)}`)).data).toMatchObject({
      state: 'running',
      phase: 'consent',
    });
    await test.auditor.carryOn();
    const after = await found(data.id);
    for (const [rule, { faults, looked }] of before) expect(after.get(rule)).toMatchObject({ faults, looked });
    const { data: off } = await test.operator.post<Named>('/api/audits');
    expect((await test.operator.post(`/api/audits/${String(off.id)}/cancel`)).data).toMatchObject({
      state: 'cancelled',
    });
    expect((await test.operator.post(`/api/audits/${String(off.id)}/cancel`)).status).toBe(409);
    await test.auditor.carryOn();
    expect((await test.marketer.get(`/api/audits/${String(off.id)}`)).data).toMatchObject({
      state: 'cancelled',
      looked: { profile: 0 },
    });
    expect((await test.marketer.get<List>('/api/audits?limit=1')).data.data).toMatchObject([{ id: off.id }]);
  });

  it('have a page that runs no script, behind a link that expires', async () => {
    const { data } = await test.marketer.get<{ page: string }>(`/api/audits/${String(first)}`);
    const path = data.page.slice('http://quality.example'.length);
    const page = await test.browser.get<string>(path);
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
    expect(page.data).toContain('E-mail addresses that are none');
    expect(page.data).not.toMatch(/<script|style="|x\.com/);
    expect((await test.browser.get(`${path}x`)).status).toBe(404);
  });

  it('are scheduled quarterly unless somebody says otherwise', async () => {
    expect((await test.marketer.get('/api/audits/schedule')).data).toMatchObject({
      cron: '0 4 1 1,4,7,10 *',
      paused: false,
    });
    const wanted = { cron: '0 6 * * 1', timeZone: 'Europe/Berlin' };
    expect((await test.operator.put('/api/audits/schedule', wanted)).data).toMatchObject(wanted);
    expect((await test.operator.put('/api/audits/schedule', { cron: 'soon' })).data).toMatchObject({
      code: 'invalid_schedule',
    });
  });
});

describe('audits of events and products', () => {
  it('find orphans, what is missing, and what cannot be', async () => {
    const identities = { email: 'ann@x.com' };
    const mugs = [5, -1].map((price, index) => ({ id: `P-${index + 1}`, name: 'Mug', price }));
    await test.load('product', [...mugs, { id: 'P-3' }]);
    const lines = (...products: string[]) => products.map((product, id) => ({ id, product, quantity: 1 }));
    const orders = [
      { id: 91, identities, at: '2024-05-02', lines: lines('P-1') },
      { id: 92, identities, at: '2024-05-03', lines: lines('P-1', 'GONE') },
    ];
    await test.load('order', orders, { stream: 'more-orders' });
    await test.load('event', [
      { id: 'e1', identities, name: 'Product Viewed', at: '2024-05-02T00:00:00Z', properties: { product_id: 'P-1' } },
      { id: 'e2', identities, name: 'Product Viewed', at: '2024-05-02T00:00:00Z', properties: { product_id: 'P-1' } },
      { id: 'e3', identities, name: 'Cart', at: '2024-05-04T00:00:00Z', properties: { products: [{ sku: 'LOST' }] } },
      { id: 'e4', identities, name: 'Visit', at: '2024-05-05T00:00:00Z' },
    ]);
    const stored = test.connection.collection('events');
    await stored.updateOne({ name: 'Visit' }, { $set: { p: 'p_nobody', at: new Date(Date.now() + 9e8) } });
    const { data: begun } = await test.operator.post<Named>('/api/audits');
    await test.auditor.carryOn();
    const { data } = await test.marketer.get<Named & { findings: Named[] }>(`/api/audits/${String(begun.id)}`);
    const wanted = new Set(['order', 'event', 'product']);
    const faults = data.findings.flatMap(({ rule, of, faults: n }) =>
      wanted.has(String(of)) && /unknown|nobody|future|twice|product/.test(String(rule)) ? [[rule, n]] : [],
    );
    expect(data.looked).toMatchObject({ event: 4, product: 3 });
    expect(Object.fromEntries(faults)).toEqual({
      'order-of-unknown-product': 1,
      'event-of-unknown-product': 1,
      'event-of-nobody': 1,
      'event-in-the-future': 1,
      'event-told-twice': 2,
      'product-without-name': 1,
      'product-without-price': 1,
      'product-price-negative': 1,
      'product-outdated': 0,
      'same-product': 2,
    });
  });
});

/** A signal that is raised after it was looked at so often. */
function afterChecks(count: number): AbortSignal {
  let looks = 0;
  return Object.defineProperty(new AbortController().signal, 'aborted', { get: () => looks++ >= count });
}
