import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getConnectionToken } from '@nestjs/mongoose';
import { startReceiver, type Receiver } from '#tools/testing';
import type { AxiosInstance, AxiosResponse } from 'axios';
import type { Connection } from 'mongoose';
import { Profiles } from '#profiles';
import { Composer, type Outcome, type Preview, type Recipient } from './index.ts';
import type { PreviewDifferences } from './preview/index.ts';
import { startContentApp, type ContentApp } from './testing/content-app.ts';

let content: ContentApp;
let http: AxiosInstance;
let feed: Receiver;

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com');
  ({ http } = content);
  feed = await startReceiver();
  const people = [
    { firstName: 'Ann', tier: 'gold', locale: 'pt-BR' },
    { firstName: 'Bob', tier: 'none', language: 'de' },
    { tier: 'gold' },
  ];
  for (const [index, traits] of people.entries()) {
    await content.load('profile', { identities: { email: `p${index}@example.com` }, traits });
  }
  await content.load('order', {
    id: 1,
    identities: { email: 'p0@example.com' },
    at: '2024-05-01T10:00:00Z',
    total: 120,
    lines: [],
  });
});

afterAll(async () => {
  feed.close();
  await content.close();
});

async function put(path: string, body: object): Promise<AxiosResponse> {
  const answer = await http.put<object>(path, body);
  expect({ data: answer.data, ok: answer.status < 300 }).toMatchObject({ ok: true });
  return answer;
}
async function preview(body: object): Promise<Preview> {
  const { data, status } = await http.post<Preview>('/api/preview', body);
  expect({ status, data }).toMatchObject({ status: 200 });
  return data;
}
const asOf = '2024-06-01T00:00:00.000Z';
const identity = 'p0@example.com';
const gold = { field: 'traits.tier', is: 'equals', value: 'gold' };

describe('blocks', () => {
  it('are made, checked, used and published', async () => {
    const footer = {
      name: 'Footer',
      source: '<p>{{text}} · {{firstName}}</p>',
      params: [{ name: 'text', default: 'Bye' }],
    };
    expect(await put('/api/blocks/footer', footer)).toMatchObject({
      status: 201,
      data: { slug: 'footer', revision: 1, published: null, tokens: ['firstName'] },
    });
    expect(await put('/api/blocks/footer', footer)).toMatchObject({ status: 200, data: { revision: 1 } });
    await put('/api/blocks/page', { name: 'Page', source: '<main>{{> @partial-block}}{{> footer}}</main>' });
    const template = { name: 'T', subject: 'S', source: '{{#> page}}<h1>{{firstName}}</h1>{{/page}}' };
    expect(await put('/api/templates/paged', template)).toMatchObject({
      data: { blocks: ['page'], tokens: ['firstName'] },
    });
    const shown = await preview({ template: 'paged', identity });
    expect(shown.html).toBe('<main><h1>Ann</h1><p>Bye · Ann</p></main>');
    expect(shown.tokens).toContainEqual(
      expect.objectContaining({ path: 'firstName', block: 'footer', line: 1, column: 17 }),
    );
    expect(shown.tokens).toContainEqual(
      expect.objectContaining({ path: 'blocks.footer.text', origin: { kind: 'block', key: 'footer' } }),
    );

    expect(await http.post('/api/templates/paged/publish')).toMatchObject({
      status: 422,
      data: { code: 'template_invalid' },
    });
    await http.post('/api/blocks/footer/publish');
    expect(await http.post('/api/blocks/page/publish')).toMatchObject({ status: 200, data: { version: 1 } });
    expect(await http.post('/api/templates/paged/publish')).toMatchObject({
      status: 200,
      data: { version: 1, blocks: ['page'] },
    });
    await put('/api/blocks/footer', { ...footer, source: 'changed' });
    expect((await preview({ template: 'paged', version: 1, identity })).html).toContain('Bye');
    expect((await preview({ template: 'paged', identity })).html).toContain('changed');
    await http.post('/api/blocks/footer/publish');
    const after = await preview({ template: 'paged', version: 1, identity });
    expect(after.html).toContain('changed');
    expect(after.versions.blocks).toMatchObject([
      { slug: 'page', version: 1 },
      { slug: 'footer', version: 2 },
    ]);
    expect(await http.get('/api/blocks/footer/versions?limit=1')).toMatchObject({
      data: { data: [{ version: 2 }], next: expect.any(String) },
    });
    expect(await http.get('/api/blocks')).toMatchObject({
      data: { data: [{ slug: 'footer' }, { slug: 'page' }], next: null },
    });
  });

  it.each([
    ['/api/blocks/loop', { source: '{{> loop}}' }, 422, /contains itself: loop → loop/],
    ['/api/blocks/footer', { source: '{{> page}}' }, 422, /contains itself: footer → page → footer/],
    ['/api/blocks/x', { source: 'a\n{{> foter}}' }, 422, /line 2.*no block "foter"|no block "foter"/],
    ['/api/blocks/x', { source: '{{> footer txt="a"}}' }, 422, /no parameter "txt". Did you mean "text"/],
    ['/api/blocks/x', { source: '{{#if a}}' }, 422, /never closed/],
    [
      '/api/blocks/x',
      { source: '', variants: [{ name: 'a', when: { field: 'x', is: 'like' }, source: '' }] },
      400,
      /no operator "like"/,
    ],
    ['/api/blocks/x', { source: '', variants: [{ name: 'a', when: gold, source: '{{uper x}}' }] }, 422, /no helper/],
    ['/api/blocks/x', { source: '', params: [{ name: 'a', default: { b: 1 } }] }, 400, /default/],
    ['/api/blocks/X!', { source: '' }, 400, /lower case/],
    ['/api/templates/x', { subject: 'S', source: '{{> page}} {{> footer txt=1}}' }, 422, /no parameter "txt"/],
    [
      '/api/templates/x',
      { subject: '{{> nothing}}', source: '' },
      422,
      /no block "nothing"\. There are footer, page\.$/,
    ],
    ['/api/templates/x', { subject: 'S', source: 'no mjml', format: 'mjml' }, 422, /MJML cannot be compiled/],
  ])('are refused with advice: %s %j', async (path, body, status, message) => {
    const { data, status: answered } = await http.put<{ detail: string }>(path, { name: 'N', ...body });
    expect({ answered, detail: data.detail }).toEqual({
      answered: status,
      detail: expect.stringMatching(message),
    });
  });

  it('show each person the variant of the greatest priority', async () => {
    const spent = { field: 'orders[*].total', is: 'exists' };
    await put('/api/blocks/offer', {
      name: 'Offer',
      source: 'for all',
      variants: [
        { name: 'gold', when: gold, source: 'gold' },
        {
          name: 'big',
          when: { all: [gold, { field: 'lastOrder.total', is: 'atLeast', value: 100 }, spent] },
          source: 'big {{firstName}}',
          priority: 5,
        },
      ],
    });
    const of = async (index: number) => {
      const shown = await preview({ subject: 'S', source: '{{> offer}}', identity: `p${index}@example.com`, asOf });
      return [shown.html, shown.blocks];
    };
    const name = { slug: 'offer', name: 'Offer' };
    expect(await of(0)).toEqual([
      'big Ann',
      [{ ...name, variant: 'big', because: expect.stringContaining('lastOrder.total is at least 100') }],
    ]);
    expect(await of(1)).toEqual(['for all', [{ ...name, variant: null, because: null }]]);
    expect(await of(2)).toEqual(['gold', [{ ...name, variant: 'gold', because: 'traits.tier is "gold"' }]]);
  });
});

describe('strings', () => {
  it('follow the person, with what stands in for them', async () => {
    expect(await put('/api/strings/pt', { texts: { 'a.hi': 'Olá {name}' } })).toMatchObject({
      status: 201,
      data: { locale: 'pt', count: 1 },
    });
    await put('/api/strings/en', { texts: { 'a.hi': 'Hi {name}', bye: 'Bye' } });
    const source = '{{t "a.hi" name=(defaultIfEmpty firstName "x")}}, {{t "bye"}} {{t "nothing"}} {{numberFormat 1.5}}';
    const ann = await preview({ subject: 'S', source, identity });
    expect(ann).toMatchObject({
      html: 'Olá Ann, Bye nothing 1,5',
      locale: 'pt-BR',
      headers: { 'Content-Language': 'pt-BR' },
    });
    expect(ann.warnings).toContainEqual(
      expect.objectContaining({ code: 'missing_string', part: 'source', line: 1, column: 63 }),
    );
    expect((await preview({ subject: 'S', source, identity: 'p2@example.com' })).html).toBe('Hi x, Bye nothing 1.5');
    expect(await http.get('/api/strings')).toMatchObject({
      data: { data: [{ locale: 'en' }, { locale: 'pt' }], next: null },
    });
    expect(await http.put('/api/strings/English!', { texts: {} })).toMatchObject({ status: 400 });
    expect(await http.put('/api/strings/de', { texts: { $a: 'x' } })).toMatchObject({ status: 400 });
  });
});

describe('feeds', () => {
  const source = '{{#each feeds.news.items}}{{title}};{{/each}}';
  const show = () => preview({ subject: 'S', source, identity });

  it('are asked once, then show the last good answer, and keep their headers', async () => {
    feed.answer = () => ({ status: 200, body: '{"items":[{"title":"A"}]}' });
    const news = { name: 'News', url: feed.url, headers: { Authorization: 'Bearer s3cret' }, timeoutMs: 10_000 };
    const made = await put('/api/feeds/news', news);
    expect(made).toMatchObject({ status: 201, data: { headersSet: ['Authorization'], ttlSeconds: 300 } });
    expect(JSON.stringify(made.data)).not.toContain('s3cret');
    const shown = await show();
    expect(shown).toMatchObject({ html: 'A;', versions: { feeds: [{ slug: 'news', state: 'fresh' }] } });
    expect(shown.tokens[0]).toMatchObject({
      path: 'feeds.news.items',
      origin: { kind: 'feed', key: 'news', at: expect.any(String) },
    });
    await show();
    expect(feed.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer s3cret']);
    const feeds = content.app.get<Connection>(getConnectionToken()).collection('feeds');
    expect(JSON.stringify(await feeds.findOne({}))).not.toContain('s3cret');

    await content.app
      .get<Connection>(getConnectionToken())
      .collection('feed_contents')
      .updateMany({}, { $set: { at: new Date(0) } });
    feed.answer = () => ({ status: 500 });
    const old = await show();
    expect(old).toMatchObject({ html: 'A;', versions: { feeds: [{ state: 'last good' }] } });
    expect(old.warnings).toContainEqual(
      expect.objectContaining({ code: 'feed_failed', message: expect.stringContaining('1970') }),
    );
    expect(await http.post('/api/feeds/news/fetch')).toMatchObject({ status: 502, data: { code: 'remote_error' } });
    expect(await http.put('/api/feeds/news', { name: 'News', url: 'https://elsewhere.example/' })).toMatchObject({
      status: 400,
      data: { code: 'secrets_required' },
    });
  });

  it('give way to the data of made-up people', async () => {
    const sample = { feeds: { news: { items: [{ title: 'Made up' }] } } };
    const shown = await preview({ subject: 'S', source, sample });
    expect(shown.html).toBe('Made up;');
    expect(shown.tokens[0]?.origin).toEqual({ kind: 'sample' });
  });

  it.each<[string, object, object | undefined]>([
    ['not JSON', { status: 200, body: '<html>' }, undefined],
    ['too large', { status: 200, body: `"${'x'.repeat(1_100_000)}"` }, { items: [{ title: 'F' }] }],
    ['an error', { status: 404 }, { items: [{ title: 'F' }] }],
  ])('that have never answered show their fallback: %s', async (slug, answer, fallback) => {
    feed.answer = () => answer as { status: number };
    await put(`/api/feeds/news`, {
      name: slug,
      url: `${feed.url}?${slug.replaceAll(' ', '-')}`,
      headers: {},
      ...(fallback && { fallback }),
    });
    const shown = await show();
    expect(shown.html).toBe(fallback ? 'F;' : '');
    expect(shown.warnings).toContainEqual(expect.objectContaining({ code: 'feed_failed' }));
  });
});

describe('comparing previews', () => {
  it('names the inputs that changed, and the text', async () => {
    const body = { subject: 'S', source: '<p>Hi {{firstName}}</p><p>{{> offer}}</p>', identity, asOf };
    const compare = async (a: Preview, b: Preview) =>
      (await http.post<PreviewDifferences>('/api/previews/compare', { a: a.id, b: b.id })).data;
    const first = await preview(body);
    expect(await compare(first, await preview(body))).toEqual({ same: true, changed: [], differences: {} });
    const other = await preview({
      ...body,
      subject: 'T',
      changes: { firstName: 'Eve' },
      locale: 'de',
      asOf: '2024-06-02T00:00:00.000Z',
    });
    const changed = await compare(first, other);
    expect(changed).toMatchObject({ same: false, changed: ['template', 'profile', 'clock', 'locale'] });
    expect(changed.differences.text?.slice(0, 2)).toEqual([
      { in: 'a', text: 'Hi Ann\n' },
      { in: 'b', text: 'Hi Eve\n' },
    ]);
    await put('/api/blocks/offer', { name: 'Offer', source: 'now for all' });
    expect(await compare(first, await preview(body))).toMatchObject({
      changed: ['block:offer'],
      differences: { html: expect.any(Array) },
    });
    expect(await http.post('/api/previews/compare', { a: first.id, b: `prv_${'0'.repeat(26)}` })).toMatchObject({
      status: 404,
    });
  });
});

describe('composing', () => {
  const clock = new Date(asOf);
  const template = {
    subject: 'Hi {{firstName}}',
    source: '<style>.a{color:red}</style><p class="a">{{#if (gt lastOrder.total 100)}}VIP{{/if}}{{tier}}</p>',
    fromName: '{{defaultIfEmpty agent "Shop"}}',
    replyTo: '{{tier}}@example.com',
  };
  const everybody = async (): Promise<Recipient[]> => {
    const profiles = content.app.get(Profiles);
    return Promise.all([0, 1, 2].map(async (index) => ({ person: await profiles.person(`p${index}@example.com`) })));
  };
  async function all(given: object, recipients: Iterable<Recipient>, options = {}): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const composer = content.app.get(Composer);
    for await (const one of composer.composeAll({ ...template, ...given }, recipients, { clock, ...options }))
      outcomes.push(one);
    return outcomes;
  }

  it('makes for many what a preview makes for one', async () => {
    const outcomes = await all({}, await everybody());
    const previews = await Promise.all(
      [0, 1, 2].map((index) => preview({ ...template, identity: `p${index}@example.com`, asOf })),
    );
    expect(outcomes.map((outcome) => 'mail' in outcome && outcome.mail.hash)).toEqual(previews.map(({ hash }) => hash));
    expect(previews[0]).toMatchObject({
      fromName: 'Shop',
      headers: { 'Reply-To': 'gold@example.com', Subject: 'Hi Ann' },
      html: expect.stringContaining('<p class="a" style="color: red;">VIPgold</p>'),
      notSent: null,
    });
    expect(previews[1]?.notSent).toMatchObject({
      reason: 'gt compares a value that is missing',
      part: 'source',
      line: 1,
    });
  });

  it('goes on behind people for whom it fails, in order', async () => {
    const [ann] = await everybody();
    if (!ann) throw new Error('Nobody is there');
    const names = Array.from({ length: 120 }, (_, index) => ({
      ...ann,
      data: { n: index, l: index === 60 ? Array.from({ length: 700 }, () => 1) : [] },
    }));
    const loops = '{{#each l}}{{#each @root.l}}{{#each @root.l}}{{/each}}{{/each}}{{/each}}';
    const outcomes = await all(
      { subject: '{{n}}{{#eq n 70}}{{numberFormat 1 "roman"}}{{/eq}}', source: loops },
      names,
      { plainText: false },
    );
    const told = outcomes.map((outcome) => ('mail' in outcome ? outcome.mail.subject : outcome.error));
    expect(told[60]).toMatchObject({ code: 'template_timeout' });
    expect(told[70]).toMatchObject({ code: 'template_failed' });
    expect(told.filter((one) => typeof one === 'string')).toEqual(
      names.map((_, index) => String(index)).filter((one) => one !== '60' && one !== '70'),
    );
  });
});
