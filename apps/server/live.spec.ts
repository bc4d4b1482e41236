import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { WebSocket } from 'ws';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Message {
  type: string;
  id?: string;
  [field: string]: unknown;
}

/** A client that keeps what it is told. */
class Client {
  readonly received: Message[] = [];
  readonly closed: Promise<number>;

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.received.push(JSON.parse(data.toString()) as Message));
    socket.on('error', () => undefined); // the close tells
    this.closed = new Promise((resolve) => socket.once('close', resolve));
  }

  static async open(url: string, options: { headers?: Record<string, string> } = {}): Promise<Client> {
    const client = new Client(new WebSocket(`${url.replace('http', 'ws')}/ws`, options));
    await once(client.socket, 'open');
    return client;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  async until(matches: (message: Message) => boolean): Promise<Message> {
    for (;;) {
      const found = this.received.find(matches);
      if (found) return found;
      await once(this.socket, 'message');
    }
  }
}

const track = (messageId: string, userId = 'u1') => ({ type: 'track', event: 'Clicked', messageId, userId });

describe('the WebSocket', () => {
  let server: TestServer;
  let second: TestServer;
  let writeKey: string;
  const clients: Client[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    second = await startTestServer({ processes: ['api', 'collector'] });
    ({ writeKey } = (await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop' })).data);
  });
  afterEach(() => clients.splice(0).forEach(({ socket }) => socket.terminate()));
  afterAll(async () => {
    await second.close();
    await server.close();
  });

  async function connect(key: string, { url } = server): Promise<Client> {
    const client = await Client.open(url);
    clients.push(client);
    client.send({ type: 'auth', key });
    await client.until(({ type }) => type === 'ready');
    return client;
  }

  async function identify(userId: string, traits: object): Promise<void> {
    const auth = { username: writeKey, password: '' };
    const message = { userId, traits };
    expect(
      (await server.http.post('/v1/identify', message, { auth, headers: { authorization: undefined } })).status,
    ).toBe(200);
  }

  async function profileOf(identity: string): Promise<string> {
    for (;;) {
      const { status, data } = await server.http.post<{ id: string }>('/api/profiles/lookup', { identity });
      if (status === 200) return data.id;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('acknowledges events by id once they are durable, and tells which are bad', async () => {
    const client = await connect(writeKey);
    client.send({ type: 'push', id: 'a', batch: [track('m1'), { type: 'nonsense' }, track('m2')] });
    expect(await client.until(({ id }) => id === 'a')).toMatchObject({
      type: 'ack',
      rejected: [{ index: 1, message: expect.any(String) }],
    });
    client.send({ type: 'push', id: 'b', batch: [track('m1')] });
    expect(await client.until(({ id }) => id === 'b')).toEqual({ type: 'ack', id: 'b' });
    const page = await profileOf('user:u1');
    for (;;) {
      const { data } = await server.http.get<{ data: object[] }>(`/api/profiles/${page}/timeline?kinds=event`);
      if (data.data.length < 2) continue;
      expect(data.data).toHaveLength(2);
      break;
    }
  });

  it('says busy to who pushes more than it waits for, and takes all of it in the end', async () => {
    const client = await connect(writeKey);
    const ids = Array.from({ length: 300 }, (_, n) => `p${n}`);
    const push = (id: string) => client.send({ type: 'push', id, batch: [track(id, 'u2')] });
    ids.forEach(push);
    const open = new Set(ids);
    let busy = 0;
    for (let seen = 0; open.size > 0;) {
      if (client.received.length === seen) await once(client.socket, 'message');
      for (const { type, id = '' } of client.received.slice(seen)) {
        if (type === 'ack') open.delete(id);
        if (type === 'busy') push(id);
        if (type === 'busy') busy++;
      }
      seen = client.received.length;
    }
    expect(busy).toBeGreaterThan(0);
  });

  it('tells of a person and of an audience as they change, in whatever process the client is', async () => {
    const condition = { field: 'traits.city', is: 'equals', value: 'Oslo' };
    await server.http.put('/api/audiences/oslo', { condition });
    await identify('u3', { city: 'Bergen' });
    const profile = await profileOf('user:u3');
    const client = await connect(second.adminKey, second);
    client.send({ type: 'subscribe', id: 'p', to: 'profile', identity: 'user:u3' });
    client.send({ type: 'subscribe', id: 'o', to: 'audience', audience: 'oslo' });
    const { position } = await client.until(({ type, id }) => type === 'subscribed' && id === 'o');
    await client.until(({ type, data }) => type === 'profile' && (data as { id: string }).id === profile);
    await identify('u3', { city: 'Oslo' });
    await client.until(
      ({ type, data }) => type === 'profile' && (data as { traits: { city?: string } }).traits.city === 'Oslo',
    );
    const told = await client.until(({ type }) => type === 'changes');
    expect(told).toMatchObject({ id: 'o', data: [{ profile, change: 'entered' }] });
    client.socket.close();

    const later = await connect(server.adminKey);
    later.send({ type: 'subscribe', id: 'again', to: 'audience', audience: 'oslo', after: position });
    expect(await later.until(({ type }) => type === 'changes')).toMatchObject({ data: told.data });
    later.send({ type: 'subscribe', id: 'none', to: 'audience', audience: 'oslo', after: told.position });
    await later.until(({ id }) => id === 'none');
  });

  it('tells of an audience though a former version recorded changes by a clock ahead of the database', async () => {
    const condition = { field: 'traits.city', is: 'equals', value: 'Moss' };
    await server.http.put('/api/audiences/moss', { condition });
    const database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    const recordedAt = new Date(Date.now() + 3_600_000);
    const former = { profile: 'p_9', audiences: ['moss'], v: 1, at: new Date(), recordedAt };
    await database
      .db()
      .collection<{ _id: string }>('audience_changes')
      .insertOne({ _id: 'p_9|1', ...former });
    await database.close();
    const client = await connect(second.adminKey, second);
    client.send({ type: 'subscribe', id: 'm', to: 'audience', audience: 'moss' });
    await client.until(({ type, id }) => type === 'subscribed' && id === 'm');
    await identify('u4', { city: 'Moss' });
    const told = await client.until(({ type }) => type === 'changes');
    expect(told).toMatchObject({ data: [{ profile: await profileOf('user:u4'), change: 'entered' }] });
  });

  it('follows a run to its end', async () => {
    const to = { connection: 'landing', object: 'row' };
    const from = { connection: 'profiles', stream: 'profile' };
    await server.http.put('/api/syncs/land', { name: 'Land', from, to });
    const { data: run } = await server.http.post<{ id: string }>('/api/syncs/land/runs');
    const client = await connect(second.adminKey, second);
    client.send({ type: 'subscribe', id: 'r', to: 'run', run: run.id });
    await client.until(({ type, id }) => type === 'ended' && id === 'r');
    const last = client.received.filter(({ type }) => type === 'run').at(-1);
    expect(last).toMatchObject({ data: { id: run.id, endedAt: expect.any(String) } });
  });

  it('masks sensitive traits for roles that may not see them, and closes when the key is revoked', async () => {
    await server.http.put('/api/traits/salary', { sensitive: true });
    await identify('u4', { salary: 'lots' });
    await profileOf('user:u4');
    const { data: key } = await server.http.post<{ id: string; key: string }>('/api/keys', {
      name: 'v',
      role: 'viewer',
    });
    const client = await connect(key.key);
    client.send({ type: 'subscribe', id: 'p', to: 'profile', identity: 'user:u4' });
    const { data } = await client.until(({ type }) => type === 'profile');
    expect(JSON.stringify(data)).not.toContain('lots');
    await server.http.delete(`/api/keys/${key.id}`);
    expect(await client.closed).toBe(4401);
  });

  it('lets nobody in without a key, nor a page of another origin, nor a key in the address', async () => {
    const wrong = await Client.open(server.url);
    wrong.send({ type: 'auth', key: 'mk_wrong' });
    expect(await wrong.closed).toBe(4401);
    const early = await Client.open(server.url);
    early.send({ type: 'subscribe', id: 'x', to: 'run', run: 'run_1' });
    expect(await early.until(({ id }) => id === 'x')).toMatchObject({ type: 'error', code: 'unauthenticated' });
    const inAddress = new Client(new WebSocket(`${server.url.replace('http', 'ws')}/ws?key=${server.adminKey}`));
    await once(inAddress.socket, 'open');
    inAddress.send({ type: 'unsubscribe', id: 'y' });
    expect(await inAddress.until(({ id }) => id === 'y')).toMatchObject({ code: 'unauthenticated' });
    const headers = { authorization: `Bearer ${server.adminKey}`, origin: 'https://evil.example.com' };
    expect(await (await Client.open(server.url, { headers })).closed).toBe(4403);
    clients.push(early, inAddress);
    const elsewhere = new Client(new WebSocket(`${server.url.replace('http', 'ws')}/elsewhere`));
    expect(await elsewhere.closed).toBe(1006);
  });

  it('keeps keys apart, refuses garbage without harm, and cuts off what is too large', async () => {
    const pusher = await connect(writeKey);
    const reader = await connect(server.adminKey);
    pusher.send({ type: 'subscribe', id: '1', to: 'profile', identity: 'user:u1' });
    reader.send({ type: 'push', id: '2', batch: [track('m9')] });
    expect(await pusher.until(({ id }) => id === '1')).toMatchObject({ type: 'error', code: 'forbidden' });
    expect(await reader.until(({ id }) => id === '2')).toMatchObject({ type: 'error', code: 'forbidden' });
    reader.socket.send('{');
    await reader.until(({ code }) => code === 'invalid_json');
    for (const [n, garbage] of [
      [],
      { type: 'push' },
      { type: { $gt: '' } },
      { type: 'subscribe', to: '__proto__' },
    ].entries()) {
      reader.send(garbage);
      await reader.until(() => reader.received.filter(({ code }) => code === 'bad_request').length > n);
    }
    reader.send({ type: 'subscribe', id: 'p', to: 'profile', identity: 'user:u1' });
    await reader.until(({ type }) => type === 'profile');
    pusher.send({ type: 'push', id: 'big', batch: [{ ...track('m8'), properties: { text: 'x'.repeat(600_000) } }] });
    expect(await pusher.closed).toBe(1009);
  });
});
