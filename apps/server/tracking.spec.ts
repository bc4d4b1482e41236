import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mongo } from 'mongoose';
import type { EventView, ProfileView } from '#profiles';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Made {
  tracked: boolean;
  pixel: string | null;
  links: { url: string; label?: string; href: string }[];
}

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
/** However slow the machine is, a link is visited in the moment in which it was made. Only the clock stands still. */
function stopClock(): void {
  const running = ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask', 'hrtime', 'performance'];
  const ended = ['clearTimeout', 'clearInterval', 'clearImmediate'];
  jest.useFakeTimers({ doNotFake: [...running, ...ended] as never[] });
}

const sale = { url: 'https://shop.example.com/sale?a=1#b', label: 'Sale' };

describe('tracked mails, the whole way', () => {
  let server: TestServer;
  let database: mongo.MongoClient;

  beforeAll(async () => {
    server = await startTestServer();
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    const { data } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop' });
    for (const [userId, email] of [
      ['u1', 'ann@example.com'],
      ['u2', 'bob@example.com'],
    ])
      await server.http.post(
        '/v1/identify',
        { userId, traits: { email }, writeKey: data.writeKey },
        { headers: { authorization: '' } },
      );
    await person('email:ann@example.com');
    await person('email:bob@example.com');
    expect((await server.http.put('/api/tracking-settings', { hosts: ['shop.example.com'] })).status).toBe(200);
  });

  beforeEach(() => inbox().deleteMany({ source: 'mails' }));
  afterEach(() => void jest.useRealTimers());

  afterAll(async () => {
    await database?.close();
    await server?.close();
  });

  const inbox = () => database.db().collection<{ _id: string; json: string; identities: string[] }>('inbox');
  const kept = async () =>
    (await inbox().find({ source: 'mails' }).toArray()).map(
      ({ json }) => JSON.parse(json) as { event: string; properties: object },
    );

  async function person(identity: string): Promise<ProfileView> {
    for (;;) {
      const { status, data } = await server.http.post<ProfileView>('/api/profiles/lookup', { identity });
      if (status === 200) return data;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function make(who: string, message: string, more: object = {}): Promise<Made> {
    const { status, data } = await server.http.post<Made>('/api/tracking-links', {
      person: who,
      message,
      links: [sale],
      ...more,
    });
    expect([status, data]).toEqual([200, expect.anything()]);
    return data;
  }

  const visit = (url: string, method = 'GET', headers: object = {}) =>
    server.http.request<Buffer>({
      url,
      method,
      maxRedirects: 0,
      responseType: 'arraybuffer',
      headers: { authorization: '', 'user-agent': chrome, ...headers },
    });

  it('shows a picture, and the open is in the person’s timeline', async () => {
    stopClock();
    const { pixel } = await make('email:ann@example.com', 'm-1', { template: 'news', campaign: 'spring' });
    expect(pixel).not.toMatch(/ann|example|p_0/);
    const { status, headers, data } = await visit(pixel ?? '');
    expect([status, headers['content-type'], data.subarray(0, 6).toString('latin1')]).toEqual([
      200,
      'image/gif',
      'GIF89a',
    ]);
    jest.useRealTimers();
    expect(headers['cache-control']).toContain('no-store');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(headers['set-cookie']).toBeUndefined();
    const stored = await inbox().findOne({ source: 'mails' });
    expect(stored?.identities).toHaveLength(1);
    expect(stored?.json).not.toMatch(/127\.0\.0\.1|Chrome|ann@/);
    const { id } = await person('user:u1');
    for (;;) {
      const { data: page } = await server.http.get<{ data: { event?: EventView }[] }>(`/api/profiles/${id}/timeline`);
      const event = page.data.find((entry) => entry.event)?.event;
      if (!event) continue;
      expect(event).toMatchObject({
        name: 'Email Opened',
        properties: {
          email_id: 'm-1',
          template: 'news',
          campaign_id: 'spring',
          machine: true,
          machine_reason: 'too_soon',
        },
      });
      break;
    }
  });

  it.each([
    '/p.gif',
    '/p.gif?t=',
    '/p.gif?t=garbage',
    '/p.gif?t=a&t=b',
    '/p.gif?t[x]=1',
    `/p.gif?t=${'x'.repeat(5_000)}`,
  ])('answers %p with a picture, and keeps nothing', async (path) => {
    const { status, headers } = await visit(path);
    expect([status, headers['content-type']]).toEqual([200, 'image/gif']);
    expect(await kept()).toEqual([]);
  });

  it('leads on, tells of the click, and knows who only looks', async () => {
    stopClock();
    const { links } = await make('email:ann@example.com', 'm-2');
    const href = links[0]?.href ?? '';
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await visit(href, method);
      expect([status, headers.location, headers['referrer-policy']]).toEqual([302, sale.url, 'no-referrer']);
    }
    await visit(href, 'GET', { 'user-agent': 'Barracuda Sentinel' });
    expect((await kept()).map(({ event, properties }) => ({ event, ...properties }))).toEqual(
      ['too_soon', 'head_request', 'security_scanner'].map((machine_reason) => ({
        event: 'Email Link Clicked',
        email_id: 'm-2',
        link_url: sale.url,
        link_label: 'Sale',
        machine: true,
        machine_reason,
      })),
    );
  });

  it('is no open redirect: not for others’ tokens, nor for hosts that are not, or not any more, declared', async () => {
    const made = await make('email:ann@example.com', 'm-3');
    const href = made.links[0]?.href ?? '';
    const token = href.slice(href.lastIndexOf('/') + 1);
    for (const wrong of [
      'https://evil.com',
      encodeURIComponent('https://evil.com'),
      `${token}x`,
      made.pixel?.split('t=')[1],
    ]) {
      const { status, headers, data } = await visit(`/c/${wrong}`, 'GET', { 'accept-language': 'de' });
      expect([status, headers.location]).toEqual([404, undefined]);
      if (wrong !== 'https://evil.com') expect(data.toString('utf8')).toContain('Dieser Link führt nirgendwohin');
    }
    const elsewhere = { links: [{ url: 'https://evil.com/' }], person: 'email:ann@example.com', message: 'm' };
    expect((await server.http.post('/api/tracking-links', elsewhere)).status).toBe(400);
    await server.http.put('/api/tracking-settings', { hosts: ['*.example.org'] });
    expect((await visit(href)).status).toBe(404);
    await server.http.put('/api/tracking-settings', { hosts: ['shop.example.com'] });
    expect((await visit(href)).status).toBe(302);
    expect(await kept()).toHaveLength(1);
  });

  it('keeps IP address and user agent only where that was asked for', async () => {
    await server.http.put('/api/tracking-settings', { hosts: ['shop.example.com'], keepVisitors: true });
    const { pixel } = await make('email:ann@example.com', 'm-4');
    await visit(pixel ?? '');
    expect(await kept()).toEqual([
      expect.objectContaining({ context: { ip: expect.stringContaining('127.0.0.1'), userAgent: chrome } }),
    ]);
    await server.http.put('/api/tracking-settings', { hosts: ['shop.example.com'] });
  });

  it('makes a composed mail a tracked one', async () => {
    const html = `<body><p><a href="${sale.url}">Sale</a> <a href="https://other.example.com/">Other</a></p></body>`;
    const { data } = await server.http.post<{ tracked: boolean; html: string; links: number }>(
      '/api/tracking-links/html',
      {
        person: 'email:ann@example.com',
        message: 'm-5',
        html,
      },
    );
    expect(data).toMatchObject({ tracked: true, links: 1 });
    const [, href = ''] = /<a href="([^"]+)">Sale/.exec(data.html) ?? [];
    expect((await visit(href)).headers.location).toBe(sale.url);
    expect(data.html).toContain('<a href="https://other.example.com/">Other</a></p><img src="');
  });

  it('keeps nothing of those who refuse it, makes no pixel for them, and leads them on all the same', async () => {
    const { id } = await person('email:bob@example.com');
    const before = await make('email:bob@example.com', 'm-6');
    const denial = { channel: 'email', purpose: 'tracking', state: 'denied', source: 'test', evidence: { call: 1 } };
    expect((await server.http.post(`/api/profiles/${id}/consents`, denial)).status).toBeLessThan(300);
    await visit(before.pixel ?? '');
    expect((await visit(before.links[0]?.href ?? '')).headers.location).toBe(sale.url);
    expect(await kept()).toEqual([]);
    expect(await make(id, 'm-6')).toEqual({ tracked: false, pixel: null, links: [{ ...sale, href: sale.url }] });
  });

  it('is made by marketers, and set by operators', async () => {
    const keyOf = async (role: string) =>
      (await server.http.post<{ key: string }>('/api/keys', { name: role, role })).data.key;
    const headers = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
    const [viewer, marketer] = [await keyOf('viewer'), await keyOf('marketer')];
    const body = { person: 'email:ann@example.com', message: 'm-7' };
    expect((await server.http.post('/api/tracking-links', body, headers(viewer))).status).toBe(403);
    expect((await server.http.post('/api/tracking-links', body, headers(marketer))).status).toBe(200);
    expect((await server.http.put('/api/tracking-settings', { hosts: [] }, headers(marketer))).status).toBe(403);
    for (const hosts of [['*.com'], ['https://shop.example.com'], 'shop.example.com', [7]])
      expect((await server.http.put('/api/tracking-settings', { hosts })).status).toBe(400);
  });
});
