import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Row } from '@millrace/sdk';
import { Signer } from '#platform';
import { CollectedErasure, identityMark, inboxId, Sources } from '../index.ts';
import { startCollect, type Collect } from '../testing/test-collect.ts';

interface Captured {
  url: string;
  headers: Record<string, string>;
  body: { batch: { messageId: string; type: string }[]; writeKey?: string };
}

const captured = (name: string): Captured[] =>
  JSON.parse(readFileSync(new URL(`../testing/captures/${name}.json`, import.meta.url), 'utf8')) as Captured[];

describe('Segment’s HTTP API', () => {
  let collect: Collect;

  beforeAll(async () => {
    collect = await startCollect({ trackingUrl: 'https://links.example.com/in/' });
  });
  afterEach(() => collect.clear());
  afterAll(() => collect.close());

  const track = (messageId: string, more: object = {}): object => ({
    type: 'track',
    event: 'E',
    userId: 'u1',
    messageId,
    ...more,
  });

  it.each(['segment-node', 'segment-node-retry', 'segment-python', 'rudder-node'])(
    'answers %s as it expects, and has each message once',
    async (name) => {
      const sent: string[] = [];
      for (const { url, headers, body } of captured(name)) {
        if (body.writeKey) body.writeKey = collect.writeKey;
        const text = JSON.stringify(body);
        const isPacked = headers['content-encoding'] === 'gzip';
        const { status, data } = await collect.http.post<unknown>(url, isPacked ? gzipSync(text) : text, {
          headers: {
            'content-type': headers['content-type'],
            ...(isPacked && { 'content-encoding': 'gzip' }),
          },
          transformRequest: (given: unknown) => given,
        });
        expect([status, data]).toEqual([200, { success: true }]);
        sent.push(...body.batch.map(({ messageId }) => messageId));
      }
      const distinct = new Set(sent);
      const { records, rejects } = await collect.read(distinct.size);
      expect(rejects).toEqual([]);
      expect(records.map(({ messageId }) => messageId).sort()).toEqual([...distinct].sort());
    },
  );

  it('understands each kind of message', async () => {
    const [{ body } = { body: {} }] = captured('segment-node');
    await collect.http.post('/v1/batch', body);
    const { records } = await collect.read(5);
    const byType = Object.fromEntries(records.map((record): [string, Row] => [String(record.type), record]));
    expect(byType.identify).toMatchObject({
      key: 'user:u1',
      profile: { identities: { user: ['u1'], email: 'a@x.com' }, traits: { email: 'a@x.com', plan: 'pro' } },
    });
    expect(byType.track).toMatchObject({
      event: { name: 'Order Completed', identities: { user: 'u1' } },
      order: { id: 'o1', total: 12.5, status: 'completed' },
    });
    expect(byType.group).toMatchObject({
      event: { name: 'Group Joined', properties: { name: 'Acme', groupId: 'g1' } },
    });
    expect(byType.alias).toMatchObject({ profile: { identities: { user: ['u1', 'anon1'] } } });
    expect(byType.page).toMatchObject({
      event: { name: 'Page Viewed', properties: { name: 'Home', url: 'http://x' } },
    });
  });

  it('takes null for what is not said', async () => {
    const silent = { userId: 'u1', properties: null, traits: null, context: null };
    const batch = [
      { ...silent, type: 'track', event: 'Order Completed', messageId: '1' },
      { ...silent, type: 'page', messageId: '2' },
      { ...silent, type: 'group', groupId: 'g1', messageId: '3' },
      { ...silent, type: 'identify', messageId: '4' },
    ];
    expect((await collect.http.post<unknown>('/v1/batch', { batch })).data).toEqual({ success: true });
    const { records, rejects } = await collect.read(4);
    expect([records.map(({ messageId }) => messageId), rejects]).toEqual([['1', '2', '3', '4'], []]);
  });

  it.each(['i', 't', 'p', 's', 'g', 'a', 'identify', 'track', 'page', 'screen', 'group', 'alias'])(
    'takes one message at /v1/%s, as text and with the key in the body, as browsers send it',
    async (route) => {
      const fields = { event: 'E', groupId: 'g', previousId: 'p', userId: 'u', anonymousId: 'a', messageId: route };
      const body = JSON.stringify({ ...fields, writeKey: collect.writeKey });
      const headers = { 'content-type': 'text/plain', origin: 'https://shop.example.com' };
      const answer = await collect.anonymous.post<unknown>(`/v1/${route}`, body, { headers });
      expect([answer.status, answer.data]).toEqual([200, { success: true }]);
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      const stored = await collect.store.items.findOne({});
      expect(JSON.parse(stored?.json ?? '')).toMatchObject({ messageId: route, userId: 'u' });
      expect(stored?.json).not.toContain(collect.writeKey);
    },
  );

  it('answers what the browser library asks besides', async () => {
    expect((await collect.anonymous.post('/v1/m', { series: [] })).data).toEqual({ success: true });
    const settings = await collect.anonymous.get<unknown>(`/v1/projects/${collect.writeKey}/settings`);
    expect(settings.data).toMatchObject({
      integrations: {
        'Segment.io': { apiKey: collect.writeKey, apiHost: 'links.example.com/in/v1', protocol: 'https' },
      },
    });
    for (const [asked, allowed] of [
      [{}, expect.stringContaining('content-type')],
      [{ 'access-control-request-headers': 'anonymousid,authorization' }, 'anonymousid,authorization'], // RudderStack's library
    ]) {
      const preflight = await collect.anonymous.options('/v1/t', { headers: asked as Record<string, string> });
      expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([204, allowed]);
    }
  });

  it('keeps the good ones of a batch, and tells place and reason of the others; those are rejects', async () => {
    const huge = track('huge', { properties: { text: 'x'.repeat(40_000) } });
    const nameless = { type: 'track', userId: 'u1', messageId: '2', identities: { odd: { toString: 1 } } };
    const batch = [track('1'), nameless, huge, track('4'), 'nonsense'];
    const { status, data } = await collect.http.post<unknown>('/v1/batch', { batch });
    expect([status, data]).toEqual([
      200,
      {
        success: true,
        rejected: [
          { index: 1, messageId: '2', code: 'invalid_row', message: expect.stringContaining('event') },
          { index: 2, messageId: 'huge', code: 'row_too_large', message: expect.stringContaining('32768') },
          { index: 4, code: 'invalid_row', message: expect.any(String) },
        ],
      },
    ]);
    const { records, rejects } = await collect.read(5);
    expect(records.map(({ messageId }) => messageId)).toEqual(['1', '4']);
    expect(rejects.map(({ code }) => code)).toEqual(['invalid_row', 'row_too_large', 'invalid_row']);
    expect(rejects[0]?.raw).toMatchObject({ messageId: '2' });
    await collect.http.post('/v1/track', track('2', { messageId: '2' })); // right at last
    expect((await collect.read(6)).records.map(({ messageId }) => messageId)).toContain('2');
  });

  it.each<[string, unknown, object, number, string]>([
    ['no key', track('1'), { authorization: '' }, 401, 'unauthenticated'],
    ['a wrong key', track('1'), { authorization: 'Bearer wk_wrong' }, 401, 'unauthenticated'],
    ['what is no JSON', '{"event": ', {}, 400, 'invalid_json'],
    ['a list', [], {}, 400, 'bad_request'],
    ['a message without an event', { userId: 'u' }, {}, 400, 'bad_request'],
    ['half a megabyte', track('1', { properties: { text: 'x'.repeat(600_000) } }), {}, 400, 'payload_too_large'],
    ['what says to be packed', 'x', { 'content-encoding': 'gzip' }, 400, 'bad_request'],
    ['a bomb', gzipSync('x'.repeat(5_000_000)), { 'content-encoding': 'gzip' }, 400, 'payload_too_large'],
  ])('refuses %s as a problem that clients understand', async (_, body, headers, status, code) => {
    const isText = typeof body === 'string' || Buffer.isBuffer(body);
    const authorization = `Bearer ${collect.writeKey}`;
    const answer = await collect.anonymous.post<unknown>('/v1/track', isText ? body : JSON.stringify(body), {
      headers: { 'content-type': 'application/json', authorization, ...headers },
      transformRequest: (given: unknown) => given,
    });
    expect([answer.status, answer.data]).toEqual([
      status,
      expect.objectContaining({ success: false, code, message: expect.any(String), detail: expect.any(String) }),
    ]);
    expect(await collect.store.items.countDocuments({ fault: { $exists: false } })).toBe(0);
  });

  it.each([
    ['/v1/track', { userId: 'u', event: 'E' }],
    ['/v1/batch', { batch: [{ type: 'track', userId: 'u', event: 'E' }] }],
    ['/api/events', { events: [{ type: 'event', userId: 'u', name: 'E' }] }],
  ])('takes what begins with a byte order mark at %s', async (path, body) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${collect.writeKey}` };
    const marked = Buffer.from(`\ufeff${JSON.stringify(body)}`);
    expect((await collect.anonymous.post<unknown>(path, marked, { headers })).status).toBe(200);
    expect((await collect.read(1)).records).toMatchObject([{ event: { name: 'E' } }]);
  });

  it('lets only pages of the named origins send', async () => {
    const sources = collect.app.get(Sources);
    const { id, writeKey } = await sources.create({ name: 'Strict', origins: ['https://Shop.example.com:443'] });
    const send = async (headers: object): Promise<number> =>
      (await collect.anonymous.post('/v1/t', { ...track('1'), writeKey }, { headers })).status;
    expect(await send({ origin: 'https://shop.example.com' })).toBe(200);
    expect(await send({})).toBe(200);
    expect(await send({ origin: 'https://evil.example.com' })).toBe(403);
    await sources.remove(id);
    expect(await send({})).toBe(401);
  });

  it('takes events while somebody announces more than there is room for, and sends nothing', async () => {
    const { port } = new URL(collect.url);
    const silent = Array.from({ length: 130 }, () => connect(Number(port), '127.0.0.1'));
    const head = 'POST /v1/batch HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 512000\r\n\r\n';
    const begun = silent.map((socket) => once(socket, 'data'));
    for (const socket of silent) socket.write(head);
    await Promise.all(begun);
    expect((await collect.http.post<unknown>('/v1/track', track('1'))).status).toBe(200);
    for (const socket of silent) socket.destroy();
  });

  it('reads nothing of whoever has a wrong key', async () => {
    const socket = connect(Number(new URL(collect.url).port), '127.0.0.1');
    socket.write('POST /v1/batch HTTP/1.1\r\nhost: x\r\nauthorization: Bearer wk_wrong\r\ncontent-length: 9\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();
  });

  it('keeps people findable by HMACs, and erases what was collected about them', async () => {
    await collect.http.post('/v1/track', track('other', { userId: 'u8' }));
    await collect.http.post('/v1/identify', { userId: 'u9', messageId: 'i9', traits: { email: 'Eve@x.com' } });
    const stored = await collect.store.items.findOne({ _id: inboxId(collect.source, 'i9') });
    const hashes = ['user:u9', 'email:eve@x.com'].map((identity) => collect.app.get(Signer).hmac('identity', identity));
    expect(stored?.identities).toEqual(hashes.map(identityMark));
    await collect.read(2);
    const erasure = collect.app.get(CollectedErasure);
    expect(await erasure.erase(['user:u9'], hashes)).toEqual({ inbox: 1, collected_people: 1 });
    expect(await collect.store.items.countDocuments()).toBe(1);
  });
});
