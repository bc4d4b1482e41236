import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { Webhook } from 'standardwebhooks';
import type { ProfileView } from '#profiles';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const fresh = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

interface DeliveryView {
  id: string;
  deliveryId: string;
  notUnderstood?: { code: string };
  replayOf?: string;
}

interface HookView {
  url: string;
  state: string;
  lastDelivery: { id: string } | null;
  refused: { count: number; lastMessage: string } | null;
  registration: object;
}

const hook = '/api/connections/clerk/hook';

describe('webhooks, the whole way', () => {
  let server: TestServer;
  let id: string;
  // What is sent is sent as it is.
  const sender = axios.create({
    validateStatus: () => true,
    proxy: false,
    transformRequest: [(data: unknown) => data],
  });

  beforeAll(async () => {
    server = await startTestServer();
    const config = { signingSecrets: [secret] };
    const made = await server.http.post<{ id: string }>('/api/connections', {
      connector: 'standard-webhooks',
      slug: 'clerk',
      config,
    });
    expect(made.status).toBe(201);
    ({ id } = made.data);
  });
  afterAll(() => server.close());

  /** Signs and delivers as a sender does; gives the answer's status. */
  async function deliver(messageId: string, body: string, { at = new Date(), by = secret, to = 'clerk' } = {}) {
    const headers = {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(by).sign(messageId, at, body),
    };
    return (await sender.post<{ code?: string }>(`${server.url}/hooks/${to}`, body, { headers })).status;
  }

  const event = (type: string, data: object, timestamp = '2026-03-01T09:00:00Z'): string =>
    JSON.stringify({ type, timestamp, data });

  async function until<T>(what: () => Promise<T | undefined | false>): Promise<T> {
    for (;;) {
      const found = await what();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function person(identity: string): Promise<ProfileView | undefined> {
    const { status, data } = await server.http.post<ProfileView>('/api/profiles/lookup', { identity });
    return status === 200 ? data : undefined;
  }

  const eventsOf = async ({ id: profile }: ProfileView): Promise<{ name: string; properties: object }[]> => {
    const { data } = await server.http.get<{ data: { event?: { name: string; properties: object } }[] }>(
      `/api/profiles/${profile}/timeline`,
    );
    return data.data.flatMap(({ event: found }) => found ?? []);
  };

  const list = async (query = ''): Promise<DeliveryView[]> =>
    (await server.http.get<{ data: DeliveryView[] }>(`${hook}/deliveries${query}`)).data.data;

  it('keeps what is signed before anybody reads it, once; by id and by slug', async () => {
    expect(await deliver('msg_1', event('user.created', { email: 'ann@x.com', plan: 'pro' }))).toBe(200);
    expect(await deliver('msg_1', event('user.created', { email: 'ann@x.com', plan: 'pro' }))).toBe(200);
    expect(await deliver('msg_2', event('user.left', { email: 'ann@x.com' }), { to: id })).toBe(200);
    const found = await list();
    expect(found.map(({ deliveryId }) => deliveryId)).toEqual(['msg_2', 'msg_1']);
    const { data: view } = await server.http.get<HookView>(hook);
    expect(view).toMatchObject({
      url: `${server.url}/hooks/${id}`,
      state: 'receiving',
      lastDelivery: { id: found[0]?.id },
      registration: { supported: false, state: 'none' },
    });
    const { data: whole } = await server.http.get<{ body: string; headers: object }>(
      `${hook}/deliveries/${found[1]?.id}`,
    );
    expect(JSON.parse(whole.body)).toMatchObject({ type: 'user.created' });
    expect(whole.headers).toMatchObject({ 'webhook-id': 'msg_1' });
  });

  it('reaches the profile store by an ordinary sync, what came before it included', async () => {
    const { status } = await server.http.post('/api/syncs', {
      slug: 'clerk-events',
      name: 'Clerk',
      from: { connection: 'clerk', stream: 'events' },
      to: { connection: 'profiles' },
    });
    expect(status).toBe(201);
    const ann = await until(() => person('email:ann@x.com'));
    const events = await until(async () => {
      const found = await eventsOf(ann);
      return found.length === 2 && found;
    });
    expect(events.map(({ name }) => name).sort()).toEqual(['user.created', 'user.left']);
    expect(await deliver('msg_3', event('user.created', { email: 'bob@x.com' }))).toBe(200);
    await until(() => person('email:bob@x.com'));
    const lag = await until(async () => {
      const { data } = await server.http.get<{ lag?: { records: number } }>('/api/syncs/clerk-events');
      return data.lag?.records === 0 && data.lag;
    });
    expect(lag).toMatchObject({ records: 0, seconds: 0 });
  });

  it('refuses what is not signed, altered, old or of the future; counts it, and keeps none of it', async () => {
    const body = event('user.created', { email: 'eve@x.com' });
    const before = (await list('?limit=200')).length;
    expect(await deliver('msg_evil', body, { by: fresh })).toBe(401);
    expect(await deliver('msg_evil', body, { at: new Date(Date.now() - 360_000) })).toBe(401);
    expect(await deliver('msg_evil', body, { at: new Date(Date.now() + 360_000) })).toBe(401);
    const unsigned = await sender.post<object>(`${server.url}/hooks/clerk`, body);
    expect([unsigned.status, unsigned.data]).toEqual([401, expect.objectContaining({ code: 'invalid_signature' })]);
    expect(await list('?limit=200')).toHaveLength(before);
    const refused = await until(async () => {
      const { data } = await server.http.get<HookView>(hook);
      return data.refused?.count === 4 && data.refused;
    });
    expect(refused.lastMessage).toMatch('webhook-id is missing');
  });

  it('tells nothing of what is no webhook, takes nothing too large, and answers other methods', async () => {
    for (const ref of ['nobody', 'profiles', 'con_01J9Z3K7M2Q4R8T6V0X5Y1W3B7', '..%2fapi', ''])
      expect(await sender.post(`${server.url}/hooks/${ref}`, '{}')).toMatchObject({
        status: 404,
        data: { detail: 'There is no webhook at this address.' },
      });
    const large = await sender.post(`${server.url}/hooks/clerk`, 'x'.repeat(4_000_001));
    expect(large.status).toBe(413);
    const chunked = await fetch(`${server.url}/hooks/clerk`, {
      method: 'POST',
      body: new Blob(['x'.repeat(5_000_000)]).stream(),
      duplex: 'half',
    }).then(
      ({ status }) => status,
      () => 413, // the connection may end before all was sent
    );
    expect(chunked).toBe(413);
    expect((await sender.get(`${server.url}/hooks/clerk`)).status).toBe(405);
    const packed = await sender.post(`${server.url}/hooks/clerk`, 'x', { headers: { 'content-encoding': 'gzip' } });
    expect(packed.status).toBe(400);
  });

  it('takes deliveries while somebody announces more than there is room for, and sends nothing', async () => {
    const { port } = new URL(server.url);
    const silent = Array.from({ length: 17 }, () => connect(Number(port), '127.0.0.1'));
    const head = 'POST /hooks/clerk HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4000000\r\n\r\n';
    const begun = silent.map((socket) => once(socket, 'data'));
    for (const socket of silent) socket.write(head);
    await Promise.all(begun);
    expect(await deliver('msg_1', event('user.created', { email: 'ann@x.com', plan: 'pro' }))).toBe(200);
    for (const socket of silent) socket.destroy();
  });

  it('keeps what cannot be understood, as a reject with its original', async () => {
    expect(await deliver('msg_broken', '{"type":')).toBe(200);
    const [broken] = await list('?deliveryId=msg_broken');
    expect(broken?.notUnderstood).toMatchObject({ code: 'malformed_row' });
    const reject = await until(async () => {
      const { data } = await server.http.get<{ data: { raw: string; position: string }[] }>(
        '/api/rejects?sync=clerk-events',
      );
      return data.data.find(({ position }) => position === `delivery/${broken?.id}`);
    });
    expect(JSON.parse(reject.raw)).toBe('{"type":');
  });

  it('takes a new secret before long, and the old one beside it while both are set', async () => {
    await server.http.patch('/api/connections/clerk', { config: { signingSecrets: [fresh, secret] } });
    const body = event('user.created', { email: 'cleo@x.com' });
    await until(async () => (await deliver('msg_4', body, { by: fresh })) === 200); // what is known may be a second old
    expect(await deliver('msg_5', event('user.created', { email: 'cleo@x.com' }))).toBe(200);
  });

  it('replays one delivery, and those of a window, through the mapping of now', async () => {
    const found = await list('?deliveryId=msg_1');
    const outputs = { profile: { 'identities.email': 'data.email', 'traits.plan': 'data.plan' } };
    const runs = async () =>
      (await server.http.get<{ data: { id: string }[] }>('/api/runs?sync=clerk-events')).data.data;
    const [former] = await runs();
    expect((await server.http.patch('/api/syncs/clerk-events', { outputs })).status).toBe(200);
    await until(async () => (await runs())[0]?.id !== former?.id); // the new mapping is that of the next run
    const replayed = await server.http.post<DeliveryView>(`${hook}/deliveries/${found[0]?.id}/replay`);
    expect([replayed.status, replayed.data.replayOf]).toEqual([202, found[0]?.id]);
    await until(async () => (await person('email:ann@x.com'))?.traits.plan === 'pro');
    const window = { from: '2020-01-01T00:00:00Z', to: new Date(Date.now() + 1_000).toISOString() };
    const all = await server.http.post<object>(`${hook}/deliveries/replay`, window);
    expect([all.status, all.data]).toEqual([202, { replayed: 6, next: null }]); // a replay is not replayed with the rest
    expect((await list('?limit=200')).filter(({ replayOf }) => replayOf)).toHaveLength(7);
    const { data: first } = await server.http.get<{ data: object[]; next: string }>(`${hook}/deliveries?limit=9`);
    expect(first.data).toHaveLength(9);
    expect(await list(`?limit=9&after=${first.next}`)).toHaveLength(4);
    expect((await server.http.post(`${hook}/deliveries/nothing/replay`)).status).toBe(404);
  });

  it('answers 503 while the connector is disabled, so that senders send again, and takes it afterwards', async () => {
    await server.http.patch('/api/connectors/standard-webhooks', { enabled: false });
    const { data: view } = await server.http.get<HookView>(hook);
    expect(view.state).toBe('disabled');
    await until(async () => (await deliver('msg_6', event('user.created', { email: 'dan@x.com' }))) === 503);
    await server.http.patch('/api/connectors/standard-webhooks', { enabled: true });
    await until(async () => (await deliver('msg_6', event('user.created', { email: 'dan@x.com' }))) === 200);
    expect(await list('?deliveryId=msg_6')).toHaveLength(1);
  });

  it('forgets the deliveries of somebody who is erased', async () => {
    const { status } = await server.http.post('/api/privacy/requests', {
      kind: 'erase',
      identity: 'email:ann@x.com',
    });
    expect(status).toBe(202);
    await until(async () => {
      const bodies = (await list('?limit=200')).map(({ id: one }) =>
        server.http.get<{ body: string }>(`${hook}/deliveries/${one}`),
      );
      return !(await Promise.all(bodies)).some(({ data }) => data.body?.includes('ann@x.com'));
    });
    expect(await list('?deliveryId=msg_3')).toHaveLength(1);
  });

  it('is for operators, and counted', async () => {
    const { data: viewer } = await server.http.post<{ key: string }>('/api/keys', { name: 'v', role: 'viewer' });
    const headers = { authorization: `Bearer ${viewer.key}` };
    expect((await server.http.get(hook, { headers })).status).toBe(403);
    expect((await server.http.get(`${hook}/deliveries`, { headers })).status).toBe(403);
    const { data: metrics } = await server.http.get<string>('/metrics');
    expect(metrics).toMatch(/millrace_webhook_requests_total\{connector="standard-webhooks",outcome="kept"\} \d+/);
    expect(metrics).toMatch(/outcome="unknown"\} 5/);
  });
});
