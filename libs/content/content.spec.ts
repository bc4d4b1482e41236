import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Signer } from '#platform';
import type { AxiosInstance } from 'axios';
import type { Connection } from 'mongoose';
import { MappingTemplates, type Preview } from './index.ts';
import { startContentApp, type ContentApp } from './testing/content-app.ts';

const publicUrl = 'http://mail.example.com/millrace';
let content: ContentApp;
let app: NestExpressApplication;
let http: AxiosInstance;

beforeAll(async () => {
  content = await startContentApp(publicUrl);
  ({ app, http } = content);
  const { load } = content;
  await load('profile', { identities: { email: 'ann@example.com' }, traits: { firstName: 'Ann', city: 'Oslo' } });
  await load('profile', { identities: { email: 'bob@example.com' }, traits: { city: 'Rome' } });
  await load('order', {
    id: 17,
    identities: { email: 'ann@example.com' },
    at: '2024-05-01T10:00:00Z',
    total: 9.8,
    currency: 'EUR',
    lines: [
      { id: 1, name: 'Tea & Co', quantity: 2, price: 2.4 },
      { id: 2, name: 'Cup', quantity: 1, price: 5 },
    ],
  });
});

afterAll(() => content.close());

const lastOrder = {
  name: 'Your last order',
  subject: '{{defaultIfEmpty firstName "Hello"}}, your order',
  preheader: 'From {{city}}',
  source:
    '<html><body class="x"><p>Hi {{firstName}} ,</p>{{#each lastOrder.lines}}<p>{{name}}</p>{{/each}}</body></html>',
};
const parts = { subject: 'S', source: '<p>{{firstName}}</p>' };

async function preview(body: object): Promise<Preview> {
  const { data, status } = await http.post<Preview>('/api/preview', body);
  expect({ status, data }).toMatchObject({ status: 200 });
  return data;
}
const path = (page: string): string => page.slice(publicUrl.length);

describe('templates', () => {
  it('are made by slug, changed, published and listed', async () => {
    const made = await http.put<{ id: string }>('/api/templates/last-order', lastOrder);
    expect(made).toMatchObject({
      status: 201,
      data: { slug: 'last-order', channel: 'email', purpose: 'marketing', revision: 1, published: null },
    });
    expect(made.data).toMatchObject({ tokens: ['city', 'firstName', 'lastOrder.lines', 'name'] });
    expect(await http.put('/api/templates/last-order', lastOrder)).toMatchObject({
      status: 200,
      data: { revision: 1 },
    });

    const url = `/api/templates/${made.data.id}`;
    expect(await http.post(`${url}/publish`)).toMatchObject({
      status: 200,
      data: { version: 1, subject: lastOrder.subject },
    });
    expect(await http.post(`${url}/publish`)).toMatchObject({ data: { version: 1 } });
    expect(await http.put(url, { ...lastOrder, subject: 'New' })).toMatchObject({
      status: 200,
      data: { revision: 2, published: 1 },
    });
    expect(await http.post(`${url}/publish`)).toMatchObject({ data: { version: 2, subject: 'New' } });
    expect(await http.get(`${url}/versions?limit=1`)).toMatchObject({ data: { data: [{ version: 2 }] } });
    expect(await http.get('/api/templates')).toMatchObject({
      data: { data: [{ slug: 'last-order', published: 2 }], next: null },
    });
    expect(await http.post('/api/templates', { ...lastOrder, slug: 'last-order' })).toMatchObject({ status: 409 });
  });

  it('get a slug by PUT to their id, unless it is taken', async () => {
    const { data } = await http.post<{ id: string }>('/api/templates', lastOrder);
    const put = (slug: string) => http.put(`/api/templates/${data.id}`, { ...lastOrder, slug });
    expect(await put('named-later')).toMatchObject({ status: 200, data: { id: data.id, slug: 'named-later' } });
    expect(await put('last-order')).toMatchObject({ status: 409 });
    expect(await http.get('/api/templates/named-later')).toMatchObject({ data: { id: data.id, revision: 2 } });
  });

  it.each([
    [{ source: 'a\n{{#if x}}' }, 422, 'template_invalid', { part: 'source', line: 2, column: 1 }],
    [{ subject: '{{uper x}}' }, 422, 'template_invalid', { part: 'subject', line: 1, column: 1 }],
    [{ source: 'x'.repeat(300_000) }, 413, 'template_too_large', { part: 'source' }],
    [{ source: 5 }, 400, 'bad_request', undefined],
  ])('are refused with the place: %#', async (change, status, code, details) => {
    const { data, status: answered } = await http.post<unknown>('/api/templates', { ...lastOrder, ...change });
    expect(answered).toBe(status);
    expect(data).toMatchObject({ code, ...(details && { details }) });
  });

  it('have helpers with a reference', async () => {
    const { data } = await http.get<{ name: string }[]>('/api/templates/helpers');
    expect(data.map(({ name }) => name)).toEqual(expect.arrayContaining(['if', 'upper', 'dateFormat']));
  });
});

describe('a preview', () => {
  it('shows the address by its kind, and the list of all identities', async () => {
    const subject = '{{profile.identities.email}} {{#each profile.identities}}{{kind}} {{value}};{{/each}}';
    const shown = await preview({ subject, source: 'x', identity: 'ann@example.com' });
    expect(shown.subject).toBe('ann@example.com email ann@example.com;');
    expect(shown.tokens[0]).toMatchObject({ path: 'profile.identities.email', origin: { kind: 'profile' } });
    const odd = { profile: { identities: [null, 'x', { kind: 'length', value: 'y' }] } };
    expect(await preview({ subject, source: 'x', sample: odd })).toMatchObject({ subject: '; ;length y;' });
  });

  it('shows the mail of a person, and where each token came from', async () => {
    const shown = await preview({ template: 'last-order', version: 1, identity: 'email:ann@example.com' });
    expect(shown).toMatchObject({
      subject: 'Ann, your order',
      preheader: 'From Oslo',
      warnings: [
        {
          code: 'would_not_be_sent',
          message: 'Would not be sent: no consent for marketing by email is known, and this purpose needs one.',
        },
      ],
      permission: { allowed: false, reason: 'no_consent' },
    });
    expect(shown.html).toContain('<p>Hi Ann ,</p><p>Tea &amp; Co</p><p>Cup</p>');
    expect(shown.html).toMatch(/<body class="x"><div style="display:none[^>]*>From Oslo/);
    expect(shown.text).toBe('Hi Ann ,\n\nTea & Co\n\nCup\n');
    expect(shown.hash).toMatch(/^[0-9a-f]{64}$/);
    const of = (tokenPath: string): unknown => shown.tokens.find((token) => token.path === tokenPath);
    expect(of('firstName')).toMatchObject({
      value: 'Ann',
      part: 'subject',
      origin: { kind: 'trait', connection: 'con_shop', stream: 'profile', at: '2024-05-02T00:00:00.000Z' },
    });
    expect(of('lastOrder.lines.0.name')).toMatchObject({
      value: 'Tea & Co',
      origin: { kind: 'order', connection: 'con_shop', key: '17' },
    });
    expect(shown.versions).toMatchObject({
      template: { version: 1, revision: null },
      profile: { id: expect.any(String) },
    });
  });

  it('tells what is missing and what showed instead', async () => {
    const shown = await preview({ template: 'last-order', version: 1, identity: 'bob@example.com' });
    expect(shown.subject).toBe('Hello, your order');
    expect(shown.tokens).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'firstName', part: 'subject', missing: true, fallback: 'Hello', origin: null }),
        expect.objectContaining({ path: 'firstName', part: 'source', missing: true, fallback: null }),
      ]),
    );
    expect(shown.warnings.map(({ code }) => code)).toEqual(['would_not_be_sent', 'missing_token', 'blank_greeting']);
  });

  it('takes unsaved templates, made-up people, changes and a moment', async () => {
    const sample = { firstName: 'Eve', lastOrder: { lines: [{ name: 'Mug' }] } };
    const source = '<p>{{firstName}} {{lastOrder.lines.[0].name}} {{dateFormat now "yyyy"}}</p>';
    const made = await preview({ subject: 'S', source, text: 'T {{firstName}}', sample, asOf: '2031-01-01T00:00:00Z' });
    expect(made).toMatchObject({
      html: '<p>Eve Mug 2031</p>',
      text: 'T Eve',
      versions: { template: null, profile: null },
    });
    expect(made.tokens[0]).toMatchObject({ origin: { kind: 'sample' } });

    const changes = { firstName: 'Anna', city: null };
    const changed = await preview({
      subject: '{{city}}',
      source,
      identity: 'ann@example.com',
      changes,
      asOf: '2024-04-01T00:00:00Z',
    });
    expect(changed).toMatchObject({ subject: '', html: '<p>Anna  2024</p>' }); // the order came later
    expect(changed.tokens.find(({ path: tokenPath }) => tokenPath === 'firstName')?.origin).toEqual({ kind: 'change' });
    expect(await preview({ ...parts, sample: 'random' })).toMatchObject({ subject: 'S' });
  });

  it('has the same hash for the same mail, and never a second header line', async () => {
    const body = { ...parts, subject: 'A\n{{firstName}}', sample: { firstName: 'x\r\nBcc: y@example.com' } };
    const [one, two] = [await preview(body), await preview(body)];
    expect(one.subject).toBe('A x Bcc: y@example.com');
    expect(two.hash).toBe(one.hash);
  });

  it.each([
    [{ ...parts, identity: 'nobody@example.com' }, 404, 'profile_not_found'],
    [{ ...parts }, 400, 'bad_request'],
    [{ ...parts, sample: 'random', identity: 'ann@example.com' }, 400, 'bad_request'],
    [{ ...parts, template: 'last-order', sample: 'random' }, 400, 'bad_request'],
    [{ ...parts, sample: 'everybody' }, 400, 'bad_request'],
    [{ ...parts, sample: {}, changes: { 'a.b': 1 } }, 400, 'bad_request'],
    [{ template: 'unknown', sample: 'random' }, 404, 'template_not_found'],
    [{ template: 'last-order', version: 99, sample: 'random' }, 404, 'template_not_found'],
    [{ template: { $ne: '' }, sample: 'random' }, 400, 'bad_request'],
    [{ ...parts, source: '{{> x}}', sample: {} }, 422, 'template_invalid'],
    [{ ...parts, source: '{{numberFormat 1 "roman"}}', sample: {} }, 422, 'template_failed'],
  ])('is refused with advice: %#', async (body, status, code) => {
    expect(await http.post('/api/preview', body)).toMatchObject({ status, data: { code } });
  });

  it('stops a runaway template, and the next one works', async () => {
    const a = Array.from({ length: 300 }, (_, index) => index);
    const source = '{{#each a}}{{#each ../a}}{{#each ../../a}}{{#each ../../../a}}{{/each}}{{/each}}{{/each}}{{/each}}';
    const [hung, fine] = await Promise.all([
      http.post<unknown>('/api/preview', { subject: 'S', source, sample: { a } }),
      http.post<unknown>('/api/preview', { ...parts, sample: {} }),
    ]);
    expect(hung).toMatchObject({ status: 422, data: { code: 'template_timeout' } });
    expect(fine.status).toBe(200);
  });
});

describe('the page of a preview', () => {
  const anybody = { authorization: undefined };

  it('opens without a key, escapes everything, and frames the mail apart', async () => {
    const sample = { firstName: '<script>alert(1)</script>' };
    const shown = await preview({
      subject: '{{firstName}}',
      source: '<p>Hi {{nick}} ,</p><a href="https://x.example">x</a>',
      sample,
    });
    expect(shown.page).toMatch(/^http:\/\/mail\.example\.com\/millrace\/previews\/[\w.-]+$/);
    const { data, headers, status } = await http.get<string>(path(shown.page), { headers: anybody });
    expect(status).toBe(200);
    expect(data).not.toContain('<script>');
    expect(data).toContain('&lt;script&gt;');
    expect(data).toMatch(/<iframe\s+sandbox=""/);
    expect(data).toContain('without a name');
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'no-store',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`default-src 'none'; style-src 'sha256-`);
    expect(policy).toContain(`frame-src ${shown.page}/mail;`);

    const mail = await http.get<string>(`${path(shown.page)}/mail`, { headers: anybody });
    expect(String(mail.headers['content-security-policy'])).toMatch(/^sandbox; default-src 'none'/);
    expect(mail.data).toContain('<base target="_blank">');
  });

  it('is gone after its time, and tells so to people', async () => {
    const old = app.get(Signer).sign('prv_old', -1);
    const expired = await http.get<string>(`/previews/${old}`, { headers: anybody });
    expect(expired.status).toBe(410);
    expect(expired.headers['content-type']).toContain('text/html');
    expect(expired.data).toContain('has expired');
    expect((await http.get(`/previews/${old}x`, { headers: anybody })).status).toBe(404);
    const framedBy = async (path: string): Promise<string | undefined> => {
      const { headers } = await http.get(path, { headers: anybody });
      return /frame-ancestors '(\w+)'/.exec(String(headers['content-security-policy']))?.[1];
    };
    expect(await framedBy(`/previews/${old}`)).toBe('none');
    expect(await framedBy(`/previews/${old}/mail`)).toBe('self'); // so that it is told in the frame, too
  });

  it('is kept for its time only, without the person in its address', async () => {
    const shown = await preview({ ...parts, identity: 'ann@example.com' });
    const token = Buffer.from(shown.page.split('/').pop()?.split('.')[0] ?? '', 'base64url').toString();
    expect(token).not.toMatch(/ann/i);
    const previews = app.get<Connection>(getConnectionToken()).collection('previews');
    const indexes = await previews.indexes();
    expect(indexes).toEqual(
      expect.arrayContaining([expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 })]),
    );
  });
});

describe('MappingTemplates', () => {
  it('renders each template for its rows, without escaping', async () => {
    const texts = await app.get(MappingTemplates).render([
      { template: '{{upper a}}', rows: [{ a: 'x' }, { a: '<y>' }] },
      { template: '{{b.c}}!', rows: [{ b: { c: 1 } }] },
    ]);
    expect(texts).toEqual([['X', '<Y>'], ['1!']]);
  });
});
