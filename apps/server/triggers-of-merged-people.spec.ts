import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

type Firing = Record<'profile' | 'state' | 'reason', string>;

/** Somebody who was two people when a trigger was set off is one person when it fires. */
let server: TestServer;
let receiver: Receiver;
let authorization: string;
beforeAll(async () => {
  server = await startTestServer();
  receiver = await startReceiver();
  receiver.answer = () => ({ status: 200, body: 'ok' });
  const { data } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop' });
  authorization = `Basic ${Buffer.from(`${data.writeKey}:`).toString('base64')}`;
}, 60_000);
afterAll(async () => {
  receiver.close();
  await server.close();
});

async function send(type: 'track' | 'identify', message: object): Promise<void> {
  const body = { timestamp: new Date().toISOString(), ...message };
  expect((await server.http.post(`/v1/${type}`, body, { headers: { authorization } })).status).toBe(200);
}
const added = (who: object, n: number) => send('track', { ...who, event: 'Added', properties: { n } });

async function trigger(slug: string, more: object): Promise<void> {
  const body = { on: { event: 'Added' }, do: { webhook: { url: `${receiver.url}/${slug}` } }, ...more };
  expect((await server.http.put(`/api/triggers/${slug}`, body)).status).toBe(201);
}

async function settled(slug: string, count: number): Promise<Firing[]> {
  for (;;) {
    const { data } = await server.http.get<{ data: Firing[] }>(`/api/triggers/${slug}/firings`);
    const open = data.data.some(({ state }) => ['pending', 'waiting'].includes(state));
    if (data.data.length >= count && !open) return data.data;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function idOf(identity: string): Promise<string | undefined> {
  const { data } = await server.http.post<{ id?: string }>('/api/profiles/lookup', { identity });
  return data.id;
}

/** Two profiles, the known one being the older, become one. */
async function merge(user: string, anonymous: string): Promise<void> {
  await send('identify', { userId: user, anonymousId: anonymous });
  while ((await idOf(`user:${user}`)) !== (await idOf(`anonymous:${anonymous}`)))
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function known(user: string): Promise<void> {
  await send('identify', { userId: user, traits: { plan: 'free' } });
  while ((await idOf(`user:${user}`)) === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
}

it('is reminded of one cart, the last', async () => {
  await trigger('carts', { wait: '4s' });
  await known('u1');
  await added({ anonymousId: 'a1' }, 1);
  await added({ userId: 'u1' }, 2);
  await merge('u1', 'a1');
  const firings = await settled('carts', 2);
  expect(new Set(firings.map(({ profile }) => profile)).size).toBe(2);
  expect(firings.map(({ state }) => state).sort()).toEqual(['sent', 'skipped']);
  const calls = receiver.received.filter(({ path }) => path.endsWith('/carts'));
  expect(calls.map(({ body }) => (JSON.parse(body) as { data: { cause: object } }).data.cause)).toEqual([
    expect.objectContaining({ properties: { n: 2 } }),
  ]);
  await server.http.delete('/api/triggers/carts');
}, 30_000);

it.each([
  ['coolDown', { coolDown: '1d' }, 'skipped'],
  ['limit', { limits: { perPerson: 1 } }, 'held'],
])(
  'is reached again no sooner by a %s',
  async (slug, more, state) => {
    await trigger(slug.toLowerCase(), more);
    await known(`u-${slug}`);
    await added({ anonymousId: `a-${slug}` }, 1);
    await settled(slug.toLowerCase(), 1);
    await merge(`u-${slug}`, `a-${slug}`);
    await added({ userId: `u-${slug}` }, 2);
    const firings = await settled(slug.toLowerCase(), 2);
    expect(new Set(firings.map(({ profile }) => profile)).size).toBe(2);
    expect(firings.map((firing) => firing.state)).toEqual([state, 'sent']);
    await server.http.delete(`/api/triggers/${slug.toLowerCase()}`);
  },
  30_000,
);
