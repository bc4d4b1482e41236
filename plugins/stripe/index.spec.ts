import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileMapping, MillraceError, type Delivery, type Row } from '@millrace/sdk';
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
import { StripeConfig, usualEvents } from './config.ts';
import connector from './index.ts';
import { orderOf } from './order.ts';
import { registration } from './registration.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

function sign({ body, receivedAt }: Delivery, config: StripeConfig): Record<string, string> {
  const secret = config.signingSecrets?.at(-1) ?? '';
  const t = Math.floor(receivedAt.getTime() / 1_000);
  return { 'Stripe-Signature': `t=${t},v1=${createHmac('sha256', secret).update(`${t}.`).update(body).digest('hex')}` };
}

const options = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  ...options,
  badConfig: false,
  webhook: { ...options.webhook, sign },
  streams: { customers: { records: 1 }, orders: { records: 2 }, events: { records: 4 } },
});

describe('what Stripe delivers', () => {
  const parsed = (options.webhook?.deliveries as SampleDelivery[]).map(({ body }) => {
    const delivery = {
      method: 'POST',
      url: '',
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
      receivedAt: new Date(),
    };
    return webhooks.parse(delivery, new StripeConfig());
  });
  const mapped = (stream: string, object: string): Row[] =>
    parsed.flat().flatMap(({ stream: own, record, deleted }) => {
      const mapping = streams[stream]?.outputs?.[object] ?? {};
      return own === stream && !deleted ? [compileMapping(mapping).map(record as Row)] : [];
    });

  it('means people, orders and events', () => {
    expect(mapped('customers', 'profile')).toEqual([
      {
        identities: { $source: 'cus_NffrFeUfNV2Hib', email: 'jenny.rosen@example.com', phone: null },
        traits: { name: 'Jenny Rosen', city: 'Berlin', country: 'DE', language: 'de' },
      },
    ]);
    expect(mapped('orders', 'order')).toMatchObject([
      {
        id: 'in_1MtHbELkdIwHu7ixl4OzzPMv',
        at: '2023-04-04T21:41:07.000Z',
        total: 20,
        currency: 'USD',
        status: 'paid',
        lines: [{ id: 'il_1', product: 'prod_tea', quantity: 2, price: 10 }],
      },
      { total: 2198, currency: 'JPY', status: 'paid', identities: { email: 'guest@example.com' } },
    ]);
    expect(mapped('events', 'event')[1]).toMatchObject({
      id: 'evt_1NG8Du2eZvKYlo2CUI79vXWz',
      name: 'invoice.paid',
      at: '2023-06-06T22:19:31.000Z',
      identities: { $source: 'cus_NffrFeUfNV2Hib', email: 'jenny.rosen@example.com' },
      properties: { amount: 20, currency: 'USD', status: 'paid' },
    });
    expect(parsed[3]?.find(({ stream }) => stream === 'customers')).toMatchObject({ deleted: true });
  });

  it('hears of payments that come days after the Checkout', () => {
    const session = { id: 'cs_1', object: 'checkout.session', mode: 'payment', currency: 'eur', amount_total: 1990 };
    const statuses = [
      ['checkout.session.completed', 'unpaid'],
      ['checkout.session.async_payment_succeeded', 'paid'],
      ['checkout.session.async_payment_failed', 'unpaid'],
    ] as const;
    expect(statuses.map(([type, payment_status]) => orderOf(type, { ...session, payment_status }))).toMatchObject([
      { id: 'cs_1', total: 19.9, status: 'unpaid' },
      { id: 'cs_1', total: 19.9, status: 'paid' },
      { id: 'cs_1', total: 19.9, status: 'failed' },
    ]);
    expect(usualEvents).toEqual(expect.arrayContaining(statuses.map(([type]) => type)));
  });
});

describe('registering at Stripe', () => {
  interface Endpoint {
    id: string;
    url: string;
    status: string;
    enabled_events: string[];
  }
  let vendor: FakeVendor;
  let endpoints: Endpoint[] = Array.from({ length: 3 }, (_, i) => ({
    id: `we_${i}`,
    url: `https://other.example/${i}`,
    status: 'enabled',
    enabled_events: ['*'],
  }));
  const url = 'https://millrace.example.com/hooks/con_1';

  function answer({ method, path, query, headers, body }: VendorRequest): VendorAnswer {
    if (headers.authorization !== 'Bearer rk_1')
      return { status: 401, body: { error: { message: 'Invalid API Key' } } };
    const id = path.split('/')[3];
    if (method === 'GET') {
      // Two a page, so that the second page has to be asked for.
      const start = endpoints.findIndex((one) => one.id === query.get('starting_after')) + 1;
      const data = endpoints.slice(start, start + 2);
      return { body: { data, has_more: start + 2 < endpoints.length } };
    }
    if (method === 'DELETE') endpoints = endpoints.filter((one) => one.id !== id);
    const fields = body as Record<string, string>;
    if (method === 'POST' && id === undefined) {
      const made = {
        id: `we_new${endpoints.length}`,
        url: fields.url ?? '',
        status: 'enabled',
        enabled_events: ['customer.created'],
      };
      endpoints.push(made);
      return { body: { ...made, secret: `whsec_of_${made.id}` } };
    }
    if (method === 'POST' && fields.disabled === 'false')
      endpoints = endpoints.map((one) => (one.id === id ? { ...one, status: 'enabled' } : one));
    return { body: {} };
  }

  beforeAll(async () => {
    vendor = await fakeVendor(answer);
  });
  afterAll(() => vendor.close());

  function context(values: Partial<StripeConfig> = {}, more: object = {}) {
    const config = Object.assign(new StripeConfig(), { apiKey: 'rk_1', apiUrl: vendor.url, ...values });
    return testContext(config, { settings: { ...connector.http?.(config), retries: 0 }, ...more });
  }

  it('stores the secret that Stripe tells once; again it changes what is there; then it is gone', async () => {
    const ctx = context();
    await registration.register(ctx, url);
    expect(ctx.secretUpdates).toEqual([{ signingSecrets: ['whsec_of_we_new3'] }]);
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'registered', topics: ['customer.created'] });
    endpoints = endpoints.map((one) => ({ ...one, status: 'disabled' }));
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'disabled' });
    await registration.register(context({ signingSecrets: ['whsec_of_we_new3'] }), url);
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'registered' });
    await registration.register(ctx, url); // its secret was lost: another endpoint, another secret
    expect(ctx.secretUpdates).toHaveLength(2);
    expect(endpoints.filter((one) => one.url === url)).toHaveLength(1);
    await registration.unregister(ctx, url);
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'missing' });
  });

  it('leaves no endpoint behind whose secret could not be stored', async () => {
    const conflict = new MillraceError('secret_conflict', 'Somebody was faster.');
    const ctx = context({}, { updateSecrets: () => Promise.reject(conflict) });
    await expect(registration.register(ctx, url)).rejects.toBe(conflict);
    expect(endpoints.filter((one) => one.url === url)).toEqual([]);
    await expect(registration.register(context({ apiKey: undefined }), url)).rejects.toMatchObject({
      code: 'invalid_config',
    });
    await expect(registration.status(context({ apiKey: 'rk_2' }), url)).rejects.toMatchObject({
      code: 'authentication_failed',
    });
  });
});
