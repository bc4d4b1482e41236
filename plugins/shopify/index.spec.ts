import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileMapping, type Delivery, type Row } from '@millrace/sdk';
import {
  fakeVendor,
  fixtureOptions,
  testConnector,
  testContext,
  type FakeVendor,
  type SampleDelivery,
  type VendorAnswer,
  type VendorRequest,
} from '@millrace/sdk/testing';
import { ShopifyConfig } from './config.ts';
import connector from './index.ts';
import { recordsOf } from './records.ts';
import { registration } from './registration.ts';
import { signIn } from './sign-in.ts';
import { streams } from './streams.ts';

function sign({ body }: Delivery, config: ShopifyConfig): Record<string, string> {
  const secret = config.clientSecrets.at(-1) ?? '';
  return { 'X-Shopify-Hmac-SHA256': createHmac('sha256', secret).update(body).digest('base64') };
}

const options = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  ...options,
  badConfig: false,
  webhook: { ...options.webhook, sign, timeless: true },
  streams: { customers: { records: 2 } },
});

describe('what Shopify delivers', () => {
  const records = (options.webhook?.deliveries as SampleDelivery[]).flatMap(({ headers, body }) =>
    recordsOf(headers?.['X-Shopify-Topic'] ?? '', body as Row),
  );
  const mapped = (stream: string, object: string): Row[] => {
    const mapping = compileMapping(streams[stream]?.outputs?.[object] ?? {});
    return records
      .filter((one) => one.stream === stream && !one.deleted)
      .map(({ record }) => mapping.map(record as Row))
      .filter((row) => Object.keys(row).length > 0);
  };

  it('means people and their choices', () => {
    expect(mapped('customers', 'profile')).toEqual([
      {
        identities: { $source: '7064055069', email: 'bob@biller.com', phone: null },
        traits: {
          firstName: 'Bob',
          lastName: 'Biller',
          city: 'Ottawa',
          country: 'CA',
          tags: ['vip', 'tea'],
          ordersCount: 2,
          totalSpent: 25.9,
        },
      },
    ]);
    expect(mapped('customers', 'consent')).toMatchObject([
      { identities: { email: 'Bob@Biller.com' }, channel: 'email', state: 'granted', at: '2022-01-01T00:00:00.000Z' },
      { identities: { email: 'bob@biller.com' }, channel: 'email', state: 'denied', at: '2022-01-02T13:00:00.000Z' },
    ]);
    expect(records.at(-1)).toMatchObject({ stream: 'customers', deleted: true });
    const other = { id: 1, email: 'a@x.com', email_marketing_consent: { state: 'pending' } };
    expect(recordsOf('customers/create', other)[0]?.record).toMatchObject({ consent: undefined });
    expect(recordsOf('products/create', { id: 1 })).toEqual([]);
  });

  it.each(['merge', 'data_request', 'redact', 'purchasing_summary'])('says nothing of a customer by %s', (change) => {
    expect(recordsOf(`customers/${change}`, { status: 'completed' })).toEqual([]);
  });

  it('starts and completes a checkout once, and updates it as often as it changes', () => {
    const [first, second] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:05Z'];
    const event = compileMapping(streams.checkouts?.outputs?.event ?? {});
    const told = [
      ['create', { updated_at: first }],
      ['update', { updated_at: first }],
      ['update', { updated_at: second }],
      ['update', { updated_at: second, completed_at: second }],
      ['update', { updated_at: '2026-01-02T00:00:00Z', completed_at: second }],
    ] as const;
    const events = told
      .flatMap(([change, payload]) => recordsOf(`checkouts/${change}`, { token: 't', ...payload }))
      .map(({ record }) => event.map(record as Row));
    expect(events.map(({ id, name, at }) => [id, name, at])).toEqual([
      ['t/started', 'Checkout Started', '2026-01-01T00:00:00.000Z'],
      [`t/updated/${first}`, 'Checkout Updated', '2026-01-01T00:00:00.000Z'],
      [`t/updated/${second}`, 'Checkout Updated', '2026-01-01T00:00:05.000Z'],
      ['t/completed', 'Checkout Completed', '2026-01-01T00:00:05.000Z'],
      ['t/completed', 'Checkout Completed', '2026-01-01T00:00:05.000Z'],
    ]);
  });

  it('means orders and checkouts', () => {
    expect(mapped('orders', 'order')).toEqual([
      {
        id: 8209829119,
        identities: { $source: 1153106273, email: 'jon@example.com' },
        at: '2022-01-01T00:00:00.000Z',
        total: 388,
        currency: 'USD',
        status: 'voided',
        lines: [{ id: 8665503117, product: 7880321196, name: 'Example T-Shirt', quantity: 1, price: 19.99 }],
        properties: { number: '#9999' },
      },
    ]);
    expect(mapped('checkouts', 'event')).toMatchObject([
      {
        id: '123123123/started',
        at: '2022-01-01T00:05:00.000Z',
        name: 'Checkout Started',
        identities: { $source: 6038519707, email: 'example@email.com' },
        properties: { total: 398, products: [{ product: 632910392, quantity: 1 }] },
      },
    ]);
  });
});

describe('registering at Shopify', () => {
  let vendor: FakeVendor;
  let subscriptions = [
    { id: 'gid://1', topic: 'ORDERS_CREATE', uri: 'https://other.example' },
    { id: 'gid://2', topic: 'ORDERS_CREATE', uri: 'pubsub://project:topic' },
  ];
  const url = 'https://millrace.example.com/hooks/con_1';
  let throttled = 0;

  function answer({ path, headers, body }: VendorRequest): VendorAnswer {
    if (path === '/admin/oauth/access_token') {
      const { client_id, client_secret, grant_type } = body as Record<string, string>;
      const known = client_id === 'the-app' && client_secret === '12345678' && grant_type === 'client_credentials';
      if (!known) return { status: 400, body: { error: 'application_cannot_be_found' } };
      return { body: { access_token: 'shpat_1', scope: 'read_customers', expires_in: 86399 } };
    }
    if (headers['x-shopify-access-token'] !== 'shpat_1')
      return { status: 401, body: { errors: '[API] Invalid API key' } };
    if (path !== '/admin/api/2026-07/graphql.json') return { status: 404 };
    if (throttled-- > 0) {
      const cost = { requestedQueryCost: 12, throttleStatus: { currentlyAvailable: 10, restoreRate: 50 } };
      return { body: { errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }], extensions: { cost } } };
    }
    const { query, variables } = body as { query: string; variables: Record<string, string> };
    if (query.includes('Delete')) subscriptions = subscriptions.filter(({ id }) => id !== variables.id);
    if (query.includes('Create')) {
      if (variables.topic === 'NO_SUCHTOPIC')
        return { body: { errors: [{ message: 'Variable $topic was provided invalid value' }] } };
      if (subscriptions.some(({ topic, uri }) => topic === variables.topic && uri === variables.url))
        return {
          body: { data: { changed: { userErrors: [{ message: 'Address for this topic has already been taken' }] } } },
        };
      const id = `gid://${subscriptions.length + 10}`;
      subscriptions.push({ id, topic: variables.topic ?? '', uri: variables.url ?? '' });
    }
    if (query.startsWith('mutation')) return { body: { data: { changed: { userErrors: [] } } } };
    // Two a page, so that the second page has to be asked for.
    const start = Number(variables.after ?? 0);
    const pageInfo = { hasNextPage: start + 2 < subscriptions.length, endCursor: String(start + 2) };
    return { body: { data: { webhookSubscriptions: { nodes: subscriptions.slice(start, start + 2), pageInfo } } } };
  }

  beforeAll(async () => {
    vendor = await fakeVendor(answer);
  });
  afterAll(() => vendor.close());

  function context(values: Partial<ShopifyConfig> = {}) {
    const config = Object.assign(new ShopifyConfig(), {
      clientSecrets: ['12345678'],
      accessToken: 'shpat_1',
      shopUrl: vendor.url,
      topics: ['orders/create', 'customers/update'],
      ...values,
    });
    return testContext(config, { settings: connector.http?.(config), auth: signIn(config) });
  }

  it('subscribes to each topic once, drops what is not wanted any more, and unsubscribes', async () => {
    const ctx = context();
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'missing' });
    await registration.register(ctx, url);
    await registration.register(ctx, url);
    expect(await registration.status(ctx, url)).toEqual({
      state: 'registered',
      topics: ['ORDERS_CREATE', 'CUSTOMERS_UPDATE'],
    });
    await registration.register(context({ topics: ['orders/create', 'orders/updated'] }), url);
    expect(await registration.status(ctx, url)).toMatchObject({
      topics: ['ORDERS_CREATE', 'ORDERS_UPDATED'],
      message: 'Not subscribed: CUSTOMERS_UPDATE. Register it again.',
    });
    await registration.unregister(ctx, url);
    expect(subscriptions.map(({ id }) => id)).toEqual(['gid://1', 'gid://2']);
  });

  it('waits where Shopify is asked for too much at a time', async () => {
    throttled = 2;
    expect(await registration.status(context(), url)).toMatchObject({ state: 'missing' });
    expect(throttled).toBeLessThan(0);
  });

  it('asks for access tokens with the id and the newest secret of an app', async () => {
    const app = { accessToken: undefined, clientId: 'the-app', clientSecrets: ['12345678', 'the-former'] };
    await expect(connector.check(context(app))).resolves.toBeUndefined();
    await expect(connector.check(context({ ...app, clientId: 'another' }))).rejects.toMatchObject({
      code: 'authentication_failed',
    });
  });

  it('says what is missing, and what Shopify says', async () => {
    await expect(registration.register(context({ shopUrl: undefined }), url)).rejects.toMatchObject({
      code: 'invalid_config',
    });
    await expect(registration.register(context({ topics: ['no/suchtopic'] }), url)).rejects.toMatchObject({
      code: 'remote_rejected',
      message: expect.stringContaining('Variable $topic') as unknown,
    });
    await expect(registration.status(context({ accessToken: 'x' }), url)).rejects.toMatchObject({
      code: 'authentication_failed',
    });
  });
});
