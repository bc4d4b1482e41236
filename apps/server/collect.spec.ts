import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import type { ProfileView } from '#profiles';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface TimelineView {
  data: { kind: string; name?: string; at: string }[];
}

describe('collecting, the whole way', () => {
  let server: TestServer;
  let writeKey: string;

  beforeAll(async () => {
    server = await startTestServer();
    const { status, data } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop, web' });
    expect(status).toBe(201);
    ({ writeKey } = data);
  }, 60_000);

  afterAll(() => server.close());

  /** The person once `holds` does. */
  async function person(identity: string, holds: (found: ProfileView) => boolean): Promise<ProfileView> {
    for (;;) {
      const { status, data } = await server.http.post<ProfileView>('/api/profiles/lookup', { identity });
      if (status === 200 && holds(data)) return data;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('takes what Segment’s client for Node sends', async () => {
    const client = new Analytics({ writeKey, host: server.url, maxRetries: 0 });
    const failures: unknown[] = [];
    client.on('error', (error) => failures.push(error));
    client.identify({ userId: 'u1', traits: { email: 'Ann@x.com', plan: 'pro', 'utm.source': 'mail' } });
    client.identify({ userId: 'u1', traits: { plan: 'team' } });
    client.track({ anonymousId: 'a1', event: 'Product Viewed', properties: { sku: 'S-1' } });
    client.alias({ userId: 'u1', previousId: 'a1' });
    client.track({
      userId: 'u1',
      event: 'Order Completed',
      properties: {
        order_id: 'o1',
        revenue: 12.5,
        currency: 'EUR',
        products: [{ sku: 'S-1', quantity: 2, price: 6.25 }],
      },
    });
    await client.closeAndFlush();
    expect(failures).toEqual([]);
    const found = await person('user:u1', ({ identities, traits }) => traits.plan === 'team' && identities.length > 2);
    expect(found.traits).toMatchObject({ email: 'Ann@x.com', plan: 'team', utm_source: 'mail' });
    console.error(JSON.stringify(found));
    const { data } = await server.http.get<TimelineView>(`/api/profiles/${found.id}/timeline`);
    console.error(JSON.stringify(data));
  });

  it('takes what RudderStack’s client for Node sends', async () => {
    const client = new RudderAnalytics(writeKey, { dataPlaneUrl: server.url, gzip: true });
    client.identify({ userId: 'u2', traits: { email: 'bob@x.com' } });
    client.track({ userId: 'u2', event: 'Signed Up' });
    await client.flush();
    const found = await person('email:bob@x.com', () => true);
    console.error(JSON.stringify(found));
  });
});
