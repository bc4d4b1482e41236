import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxiosInstance } from 'axios';
import { startTestQuality, type TestQuality } from './testing/test-quality.ts';

let test: TestQuality;
let operator: AxiosInstance;
let marketer: AxiosInstance;

interface Named {
  name?: string;
  rule?: string;
  [field: string]: unknown;
}
interface List {
  data: Named[];
  next: string | null;
}

beforeAll(async () => {
  test = await startTestQuality();
  operator = await test.as('operator');
  marketer = await test.as('marketer');
  const crm = { connection: 'con_crm', stream: 'contacts' };
  await test.load('profile', [
    {
      identities: { email: 'ann@x.com' },
      traits: { firstName: 'Ann', city: 'Oslo', ssn: '8701', birthDate: '2001-02-30' },
    },
    { identities: { email: 'bob@x.com' }, traits: { firstName: 'Bob', city: 'Rome', age: '31', country: 'XX' } },
    {
      identities: { user: 3 },
      traits: { name: 'Cy Doe', postcode: 'N1 1AA', birthDate: '2020-01-01', signedUpAt: '2019-01-01' },
    },
  ]);
  await test.load(
    'profile',
    [
      { identities: { email: 'ann@x.com' }, traits: { city: 'Bergen', email: 'ann at x.com' } },
      { identities: { email: 'cy@x.com' }, traits: { firstName: 'CY', lastName: 'Doe', postcode: 'n11aa' } },
    ],
    { ...crm, at: '2024-06-01T00:00:00.000Z' },
  );
  await test.load('order', [
    {
      id: 1,
      identities: { email: 'ann@x.com' },
      at: '2024-05-01',
      total: 10,
      currency: 'EUR',
      lines: [{ id: 1, price: 5, quantity: 2 }],
    },
    {
      id: 2,
      identities: { email: 'ann@x.com' },
      total: 9,
      currency: 'USD',
      lines: [{ id: 1, price: 5 }],
      properties: { shipping: 3 },
    },
    { id: 3, identities: { email: 'bob@x.com' }, at: '2024-05-01', currency: 'EURO' },
  ]);
  await test.load('consent', [
    { identity: 'email:ann@x.com', channel: 'email', state: true, at: '2024-05-01', evidence: 'form 7' },
    { identity: 'email:bob@x.com', channel: 'email', state: true },
  ]);
});
afterAll(() => test.close());

describe('the data map', () => {
  beforeAll(async () => {
    await operator.put('/api/traits/city', { owner: 'crm-team', freshness: '90d', title: 'City' });
    const template = {
      name: 'Hello',
      subject: 'Hi {{firstName}} of {{profile.traits.city}}',
      source: '{{#each orders}}{{total}} {{../nickname}}{{/each}}',
    };
    expect((await operator.put('/api/templates/hello', template)).status).toBe(201);
    const minors = { field: 'traits.age', is: 'lessThan', value: 18 };
    expect((await operator.put('/api/audiences/minors', { name: 'Minors', condition: minors })).status).toBe(201);
    expect(await operator.get('/api/data-map')).toMatchObject({ data: { scan: null, data: [] } });
    expect((await marketer.post('/api/data-map/refresh')).status).toBe(403);
    const asked = await Promise.all([
      operator.post<Named>('/api/data-map/refresh'),
      operator.post<Named>('/api/data-map/refresh'),
    ]);
    expect(asked[0].data.id).toBe(asked[1].data.id); // one look at a time
    await test.scanner.carryOn();
  });

  it('tells of every trait what feeds it, what uses it, and how sources differ', async () => {
    const { data } = await marketer.get<Named>('/api/data-map/traits/city');
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
    expect(await marketer.get('/api/data-map/traits/nobody')).toMatchObject({
      status: 404,
      data: { code: 'not_found' },
    });
  });

  it('finds gaps and orphans, in pages', async () => {
    const names = async (query: string): Promise<unknown[]> =>
      (await marketer.get<List>(`/api/data-map?${query}`)).data.data.map(({ name }) => name);
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
    const { data } = await marketer.get<List>('/api/data-map?limit=2');
    expect(data).toMatchObject({ scan: { looked: 4, total: 4 }, running: null });
    expect(data.data).toMatchObject([
      { name: 'age', types: { text: 1 } },
      { name: 'birthDate', types: { time: 2 } },
    ]);
    expect(await names(`limit=1&after=${data.next}`)).toEqual(['city']);
    expect((await marketer.get('/api/data-map?problem=other')).status).toBe(400);
  });
});

describe('previews', () => {
  const request = { identity: 'ann@x.com', subject: 'Hi', source: '<p>{{ssn}} {{city}}</p>' };

  it('mask sensitive traits unless the role may see them, and warn of outdated ones', async () => {
    await operator.put('/api/traits/ssn', { sensitive: true });
    const masked = (await marketer.post<Named>('/api/preview', request)).data;
    expect(masked).toMatchObject({ masked: true, html: '<p>••••• Bergen</p>' });
    expect(JSON.stringify(masked)).not.toContain('8701');
    expect(masked.warnings).toMatchObject([{ code: 'outdated_trait' }]);
    await test.sealer.carryOn('ssn');
    expect((await marketer.post<Named>('/api/preview', request)).data).toMatchObject({ html: masked.html });
    const clear = (await operator.post<Named>('/api/preview', request)).data;
    expect(clear).toMatchObject({ masked: false, html: '<p>8701 Bergen</p>' });
    const lookup = async (http: AxiosInstance): Promise<unknown> =>
      (await http.post<{ traits: Named }>('/api/profiles/lookup', { identity: 'ann@x.com' })).data.traits.ssn;
    expect([await lookup(marketer), await lookup(operator)]).toEqual(['•••••', '8701']);
    expect((await marketer.put('/api/traits/ssn', { sensitive: false })).status).toBe(403);
    expect((await operator.get('/api/traits/ssn')).data).toMatchObject({ sealing: { state: 'done', rewritten: 1 } });
  });
});

describe('audits', () => {
  const found = async (id: unknown): Promise<Map<unknown, Named>> => {
    const { data } = await marketer.get<{ findings: Named[] }>(`/api/audits/${String(id)}`);
    return new Map(data.findings.map((finding) => [finding.rule, finding]));
  };
  const audited = async (): Promise<unknown> => {
    const { data } = await operator.post<Named>('/api/audits');
    await test.auditor.carryOn();
    return data.id;
  };
  let first: unknown;

  it('find what is wrong with the store, and where it came from', async () => {
    first = await audited();
    const { data } = await marketer.get<Named>(`/api/audits/${String(first)}`);
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
    expect(findings.get('same-name-and-postcode')?.samples).toHaveLength(1);
    expect(JSON.stringify([...findings])).not.toMatch(/x\.com|Oslo|8701/);
    expect(await test.connection.collection('audit_keys').countDocuments()).toBe(0);
  });

  it('follow rules that are data: switched off, tolerant, one’s own; and tell the trend', async () => {
    expect((await operator.patch('/api/audit-rules/order-total', { enabled: false })).data).toMatchObject({
      enabled: false,
    });
    await operator.patch('/api/audit-rules/email-malformed', { tolerance: 0.5 });
    await operator.patch('/api/audit-rules/date-malformed', { connections: ['con_crm'] });
    const own = {
      title: 'People of no city',
      of: 'profile',
      fault: 'missing',
      when: { field: 'traits.city', is: 'missing' },
    };
    expect((await operator.put('/api/audit-rules/no-city', own)).status).toBe(201);
    expect((await operator.put('/api/audit-rules/no-city', own)).status).toBe(200);
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

  it.each([
    ['order-total', { title: 'x', of: 'order', fault: 'missing', stale: true }, 409],
    ['mine', { title: 'x', of: 'order', fault: 'missing' }, 400],
    ['mine', { title: 'x', of: 'order', fault: 'missing', stale: true }, 400],
    ['mine', { title: 'x', of: 'profile', fault: 'missing', when: { field: '$where', is: 'like' } }, 400],
    [
      'mine',
      { title: 'x', of: 'profile', fault: 'missing', when: { field: 'a', is: 'missing' }, sameAs: ['name'] },
      400,
    ],
    ['Mine!', { title: 'x', of: 'profile', fault: 'missing', when: { field: 'a', is: 'missing' } }, 400],
  ])('refuse the rule %s: %j', async (slug, rule, status) => {
    expect((await operator.put(`/api/audit-rules/${slug}`, rule)).status).toBe(status);
  });

  it('go on where a process died, and can be called off', async () => {
    const before = await found(await audited());
    const { data } = await operator.post<Named>('/api/audits');
    await test.auditor.carryOn({ signal: afterChecks(4) }); // all before consents are through
    expect((await marketer.get(`/api/audits/${String(data.id)}`)).data).toMatchObject({
      state: 'running',
      phase: 'consent',
    });
    await test.auditor.carryOn();
    const after = await found(data.id);
    for (const [rule, { faults, looked }] of before) expect(after.get(rule)).toMatchObject({ faults, looked });
    const { data: off } = await operator.post<Named>('/api/audits');
    expect((await operator.post(`/api/audits/${String(off.id)}/cancel`)).data).toMatchObject({ state: 'cancelled' });
    expect((await operator.post(`/api/audits/${String(off.id)}/cancel`)).status).toBe(409);
    await test.auditor.carryOn();
    expect((await marketer.get(`/api/audits/${String(off.id)}`)).data).toMatchObject({
      state: 'cancelled',
      looked: { profile: 0 },
    });
    expect((await marketer.get<List>('/api/audits?limit=1')).data.data).toMatchObject([{ id: off.id }]);
  });

  it('have a page that runs no script, behind a link that expires', async () => {
    const { data } = await marketer.get<{ page: string }>(`/api/audits/${String(first)}`);
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
    expect((await marketer.get('/api/audits/schedule')).data).toMatchObject({
      cron: '0 4 1 1,4,7,10 *',
      paused: false,
    });
    const wanted = { cron: '0 6 * * 1', timeZone: 'Europe/Berlin' };
    expect((await operator.put('/api/audits/schedule', wanted)).data).toMatchObject(wanted);
    expect((await operator.put('/api/audits/schedule', { cron: 'soon' })).data).toMatchObject({
      code: 'invalid_schedule',
    });
  });
});

describe('the access review', () => {
  it('tells who can do what, and which keys to look at', async () => {
    const admin = await test.as('admin');
    expect((await operator.get('/api/access-review')).status).toBe(403);
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
    const log = await admin.get<List>(`/api/audit?resource=keys&since=${new Date(Date.now() - 60_000).toISOString()}`);
    expect(log.data.data).toMatchObject([
      { path: '/api/keys', status: 400 },
      { path: '/api/keys', status: 201 },
    ]);
    expect((await admin.get<List>('/api/audit?resource=keys&until=2020-01-01T00:00:00Z')).data.data).toEqual([]);
    expect((await operator.get('/api/migrations')).data).toMatchObject({
      data: [{ number: 1, state: 'waiting' }, { number: 2 }],
    });
    expect((await marketer.get('/api/schemas/order')).data).toMatchObject({
      $id: 'urn:millrace:schema:order:1',
      required: ['id'],
    });
    expect((await marketer.get('/api/schemas/nothing')).status).toBe(404);
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
    const { data: begun } = await operator.post<Named>('/api/audits');
    await test.auditor.carryOn();
    const { data } = await marketer.get<Named & { findings: Named[] }>(`/api/audits/${String(begun.id)}`);
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
