import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import type { AxiosInstance } from 'axios';
import { Profiles } from '#profiles';
import { Composer, type Outcome, type Preview, type Recipient } from './index.ts';
import { startContentApp, type ContentApp } from './testing/content-app.ts';

const templateHmacSecret = 'shared with the shop';
let content: ContentApp;
let http: AxiosInstance;
let shop: Receiver;

beforeAll(async () => {
  content = await startContentApp('http://mail.example.com', { templateHmacSecret });
  ({ http } = content);
  shop = await startReceiver();
  const people = [
    { firstName: 'Ann', city: 'Köln & Bonn', language: 'fr' },
    { firstName: 'Bob', city: '..' },
    { firstName: 'Cid' },
  ];
  for (const [index, traits] of people.entries()) {
    await content.load('profile', { identities: { email: `p${index}@example.com` }, traits });
  }
});

afterAll(async () => {
  shop.close();
  await content.close();
});

async function put(path: string, body: object): Promise<void> {
  const { data, status } = await http.put<object>(path, body);
  expect({ data, ok: status < 300 }).toMatchObject({ ok: true });
}

async function preview(body: object): Promise<Preview> {
  const { data, status } = await http.post<Preview>('/api/preview', { subject: 'S', ...body });
  expect({ status, data }).toMatchObject({ status: 200 });
  return data;
}

const identity = (index: number): { identity: string } => ({ identity: `p${index}@example.com` });

describe('the default language', () => {
  const source = '{{t "hi"}} {{t "bye"}} {{numberFormat 1.5}}';

  it('is English until it is set, and then what mails are written in when nobody says', async () => {
    await put('/api/strings/en', { texts: { hi: 'Hi', bye: 'Bye' } });
    await put('/api/strings/de', { texts: { hi: 'Hallo', bye: 'Tschüss' } });
    await put('/api/strings/fr', { texts: { hi: 'Salut' } });
    const told = { locale: 'en', localeFrom: 'default', versions: { defaultLocale: 'en' } };
    expect(await preview({ source, ...identity(1) })).toMatchObject({ html: 'Hi Bye 1.5', ...told });
    expect(await http.get('/api/content-settings')).toMatchObject({ data: { defaultLocale: 'en', revision: 0 } });

    await put('/api/content-settings', { defaultLocale: 'de_at', revision: 0 });
    expect(await http.get('/api/content-settings')).toMatchObject({ data: { defaultLocale: 'de-AT', revision: 1 } });
    expect(await preview({ source, ...identity(1) })).toMatchObject({
      html: 'Hallo Tschüss 1,5',
      locale: 'de-AT',
      localeFrom: 'default',
    });
    expect(await preview({ source, ...identity(0) })).toMatchObject({
      html: 'Salut Tschüss 1,5',
      locale: 'fr',
      localeFrom: 'person',
    });
    expect(await preview({ source, ...identity(0), locale: 'en' })).toMatchObject({
      html: 'Hi Bye 1.5',
      localeFrom: 'request',
    });
  });

  it('is set once for the same, by one at a time, and only to a language', async () => {
    await put('/api/content-settings', { defaultLocale: 'de-AT' });
    expect(await http.get('/api/content-settings')).toMatchObject({ data: { revision: 1 } });
    const stale = await http.put('/api/content-settings', { defaultLocale: 'fr', revision: 0 });
    expect(stale).toMatchObject({ status: 409, data: { code: 'conflict' } });
    expect(await http.put('/api/content-settings', { defaultLocale: 'no locale!' })).toMatchObject({ status: 400 });
  });
});

describe('the secret that templates sign with', () => {
  it('is in no mail, but what it signed is', async () => {
    const { html } = await preview({
      source: '{{hmacSHA256 firstName 7}} {{@hmacSecret}}{{toJson @root}}',
      ...identity(1),
    });
    expect(html).toContain(createHmac('sha256', templateHmacSecret).update('Bob7').digest('hex'));
    expect(html).not.toContain(templateHmacSecret);
  });
});

describe('feeds about a person', () => {
  const source = '{{feeds.offers.title}} {{feeds.news.title}}';
  const paths = () => shop.received.map(({ path }) => path);

  beforeAll(async () => {
    shop.answer = ({ path }) => ({ status: 200, body: JSON.stringify({ title: decodeURIComponent(path) }) });
    const url = `${new URL(shop.url).origin}/in/{{city}}?who={{identities.email}}`;
    await put('/api/feeds/offers', { name: 'Offers', url, fallback: { title: 'For all' }, timeoutMs: 10_000 });
    await put('/api/feeds/news', { name: 'News', url: `${new URL(shop.url).origin}/news`, timeoutMs: 10_000 });
  });

  it('are asked with what is known of them, once a URL, beside those for everybody', async () => {
    const shown = await preview({ source, ...identity(0), locale: 'en' });
    expect(shown.text).toBe('/in/Köln & Bonn?who=p0@example.com /news\n');
    expect(shown.versions.feeds).toEqual([
      expect.objectContaining({ slug: 'news', state: 'fresh' }),
      expect.objectContaining({ slug: 'offers', state: 'fresh', personal: true }),
    ]);
    expect(shown.tokens[0]?.origin).toMatchObject({ kind: 'feed', key: 'offers' });
    await preview({ source, ...identity(0) });
    expect(paths().filter((path) => path.startsWith('/in/'))).toEqual([
      '/in/K%C3%B6ln%20%26%20Bonn?who=p0%40example.com',
    ]);
    const other = await preview({ source, ...identity(0), changes: { city: 'Oslo' } });
    expect(other.text).toContain('/in/Oslo?');
  });

  it.each([
    [1, 'would change the path'],
    [2, 'the person has no "city"'],
  ])('show their fallback where the URL cannot be made: p%d', async (index, why) => {
    const before = paths().length;
    const shown = await preview({ source, ...identity(index) });
    expect(shown.text).toBe('For all /news\n');
    expect(shown.warnings).toContainEqual(
      expect.objectContaining({ code: 'feed_failed', message: expect.stringContaining(why) }),
    );
    expect(paths()).toHaveLength(before);
  });

  it('do not learn what a mask hides', async () => {
    await put('/api/traits/city', { sensitive: true });
    const key = await http.post<{ key: string }>('/api/keys', { name: 'm', role: 'marketer' });
    const headers = { authorization: `Bearer ${key.data.key}` };
    const body = { subject: 'S', source, ...identity(0) };
    const { data } = await http.post<Preview>('/api/preview', body, { headers });
    expect(data).toMatchObject({ masked: true, text: 'For all /news\n' });
    await http.delete('/api/traits/city');
  });

  it('are left alone after failures in a row, and a batch waits for no more than it must', async () => {
    let atOnce = 0;
    let most = 0;
    shop.answer = () => {
      most = Math.max(most, ++atOnce);
      setImmediate(() => atOnce--);
      return { status: 500 };
    };
    const person = await content.app.get(Profiles).person('p0@example.com');
    const of = (index: number): Recipient => ({
      person: { ...person, profile: { ...person.profile, traits: { ...person.profile.traits, city: `c${index}` } } },
    });
    const before = paths().length;
    const mails: Outcome[] = [];
    const template = { subject: 'S', source: '{{feeds.offers.title}}' };
    const all = content.app.get(Composer).composeAll(
      template,
      Array.from({ length: 300 }, (_, index) => of(index)),
      { clock: new Date() },
    );
    for await (const outcome of all) mails.push(outcome);
    expect(mails.map((outcome) => ('mail' in outcome ? outcome.mail.text : ''))).toEqual(Array(300).fill('For all\n'));
    expect(paths().length - before).toBeLessThan(150);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('cannot be asked without a person, nor from a host that a person chooses', async () => {
    expect(await http.post('/api/feeds/offers/fetch')).toMatchObject({ status: 400, data: { code: 'bad_request' } });
    const chosen = await http.put('/api/feeds/bad', { name: 'Bad', url: 'https://{{host}}/' });
    expect(chosen).toMatchObject({ status: 400 });
  });
});

describe('a preview', () => {
  it('shows an edge case: whoever misses the most', async () => {
    const shown = await preview({ source: '{{firstName}} {{city}}', sample: 'edge' });
    expect(shown).toMatchObject({ html: 'Cid ', versions: { profile: { id: expect.any(String) } } });
  });

  it('shows what the mail would say if something had just happened', async () => {
    const event = { name: 'Cart Abandoned', properties: { total: 12 } };
    const source = '{{#each events}}{{name}} {{properties.total}};{{/each}}';
    const shown = await preview({ source, ...identity(0), event });
    expect(shown.html).toBe('Cart Abandoned 12;');
    expect(shown.tokens).toContainEqual(
      expect.objectContaining({ path: 'events.0.properties.total', origin: { kind: 'change' } }),
    );
    expect((await preview({ source, ...identity(0) })).html).toBe('');
    expect(await http.post('/api/preview', { subject: 'S', source, ...identity(0), event: {} })).toMatchObject({
      status: 400,
    });
  });
});
