import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import type { EventView, OrderView, ProfileView } from '#profiles';
import { pythonPackages, runPython } from '#tools/python';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Entry {
  event?: EventView;
  order?: OrderView;
}

const pythonClient = `
import sys
import segment.analytics as analytics
analytics.write_key, analytics.host, analytics.gzip = sys.argv[1], sys.argv[2], True
analytics.on_error = lambda error, items: print(repr(error))
analytics.identify('u3', {'email': 'cleo@x.com', 'plan': 'pro'})
analytics.track('u3', 'Signed Up', {'from': 'mail'})
analytics.group('u3', 'g1', {'name': 'Acme'})
analytics.shutdown()
`;

describe('collecting, the whole way', () => {
  let server: TestServer;
  let writeKey: string;

  beforeAll(async () => {
    server = await startTestServer();
    const { status, data } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop, web' });
    expect(status).toBe(201);
    ({ writeKey } = data);
  });

  afterAll(() => server.close());

  /** The person once `holds` does. */
  async function person(identity: string, holds: (found: ProfileView) => boolean = () => true): Promise<ProfileView> {
    for (;;) {
      const { status, data } = await server.http.post<ProfileView>('/api/profiles/lookup', { identity });
      if (status === 200 && holds(data)) return data;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A person's events and orders, once there are so many. */
  async function timeline({ id }: ProfileView, count: number): Promise<Entry[]> {
    for (;;) {
      const { data } = await server.http.get<{ data: Entry[] }>(`/api/profiles/${id}/timeline`);
      const entries = data.data.filter(({ event, order }) => event ?? order);
      if (entries.length >= count) return entries;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('takes what Segment’s client for Node sends: traits add up, identities join, an order has its lines', async () => {
    const client = new Analytics({ writeKey, host: server.url, maxRetries: 0, httpRequestTimeout: 240_000 });
    const failures: unknown[] = [];
    client.on('error', (error) => failures.push(error));
    client.track({ anonymousId: 'a1', event: 'Product Viewed', properties: { sku: 'S-1' } });
    client.identify({ userId: 'u1', traits: { email: 'Ann@x.com', plan: 'pro', 'utm.source': 'mail' } });
    client.identify({ userId: 'u1', traits: { plan: 'team' } });
    client.alias({ userId: 'u1', previousId: 'a1' });
    const products = [{ sku: 'S-1', quantity: 2, price: 6.25 }];
    const properties = { order_id: 'o1', revenue: 12.5, currency: 'EUR', products };
    client.track({ userId: 'u1', event: 'Order Completed', properties });
    await client.closeAndFlush();
    expect(failures).toEqual([]);
    const found = await person('user:u1', ({ traits, identities }) => traits.plan === 'team' && identities.length > 3);
    expect(found.traits).toEqual({ email: 'Ann@x.com', plan: 'team', utm_source: 'mail' });
    expect(found.identities.map(({ key }) => key)).toEqual(['anonymous:a1', 'email:ann@x.com', 'user:a1', 'user:u1']);
    const entries = await timeline(found, 3);
    // Both may be of the same millisecond.
    expect(entries.flatMap(({ event }) => event?.name ?? []).sort()).toEqual(['Order Completed', 'Product Viewed']);
    expect(entries.find(({ order }) => order)?.order).toMatchObject({
      id: 'o1',
      total: 12.5,
      currency: 'EUR',
      status: 'completed',
      lines: [{ product: 'S-1', quantity: 2, price: 6.25 }],
    });
  });

  it('takes what RudderStack’s client for Node sends', async () => {
    const client = new RudderAnalytics(writeKey, { dataPlaneUrl: server.url, gzip: true });
    client.identify({ userId: 'u2', traits: { email: 'bob@x.com' } });
    client.track({ userId: 'u2', event: 'Signed Up' });
    await client.flush();
    const [entry] = await timeline(await person('email:bob@x.com'), 1);
    expect(entry?.event?.name).toBe('Signed Up');
  });

  it('takes what Segment’s client for Python sends', async () => {
    const packages = await pythonPackages('segment-analytics-python==2.4.0');
    expect(await runPython(packages, pythonClient, writeKey, server.url)).toBe('');
    const found = await person('email:cleo@x.com');
    expect(found.traits).toMatchObject({ plan: 'pro' });
    const entries = await timeline(found, 2);
    expect(Object.fromEntries(entries.map(({ event }) => [event?.name, event?.properties]))).toEqual({
      'Signed Up': { from: 'mail' },
      'Group Joined': { name: 'Acme', groupId: 'g1' },
    });
  });

  it('leaves the sync alone that an operator has, and removes keys', async () => {
    await server.http.patch('/api/syncs/collected-events', { name: 'Mine' });
    const { data: made } = await server.http.post<{ id: string; writeKey: string }>('/api/sources', { name: 'App' });
    expect((await server.http.get('/api/syncs/collected-events')).data).toMatchObject({ name: 'Mine', read: 'stream' });
    const more = await server.http.post<{ id: string }>(`/api/sources/${made.id}/write-keys`);
    const { data: source } = await server.http.get<{ writeKeys: { id: string }[] }>(`/api/sources/${made.id}`);
    expect(source.writeKeys.map(({ id }) => id)).toContain(more.data.id);
    expect(JSON.stringify(source)).not.toContain(made.writeKey);
    const [first] = source.writeKeys;
    expect((await server.http.delete(`/api/sources/${made.id}/write-keys/${first?.id}`)).status).toBe(204);
    const message = { userId: 'u', event: 'E', writeKey: made.writeKey };
    expect((await server.http.post('/v1/t', message, { headers: { authorization: '' } })).status).toBe(401);
    expect((await server.http.delete(`/api/sources/${made.id}`)).status).toBe(204);
    expect((await server.http.get(`/api/sources/${made.id}`)).status).toBe(404);
    expect((await server.http.get<{ data: unknown[] }>('/api/sources')).data.data).toHaveLength(1);
  });

  it('is for operators; a write key can only collect', async () => {
    const { data: viewer } = await server.http.post<{ key: string }>('/api/keys', { name: 'v', role: 'viewer' });
    for (const [key, status] of [
      [viewer.key, 403],
      [writeKey, 401],
    ]) {
      const headers = { authorization: `Bearer ${key}` };
      expect((await server.http.get('/api/sources', { headers })).status).toBe(status);
    }
  });
});
