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
import { HubspotConfig } from './config.ts';
import connector from './index.ts';
import { registration } from './registration.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

function sign({ method, url, body, receivedAt }: Delivery, config: HubspotConfig): Record<string, string> {
  const timestamp = String(receivedAt.getTime());
  const [secret = ''] = config.clientSecrets;
  const address = url.replace('%40', '@').replace('%2C', ',');
  const signature = createHmac('sha256', secret).update(`${method}${address}`).update(body).update(timestamp);
  return { 'X-HubSpot-Request-Timestamp': timestamp, 'X-HubSpot-Signature-v3': signature.digest('base64') };
}

const options = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  ...options,
  badConfig: false,
  webhook: { ...options.webhook, sign },
  streams: { contactProperties: { records: 3 }, events: { records: 9 } },
});

describe('what HubSpot delivers', () => {
  const parts = (options.webhook?.deliveries as SampleDelivery[])
    .map(({ body }) => ({
      method: 'POST',
      url: '',
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
      receivedAt: new Date(),
    }))
    .flatMap((delivery) => webhooks.split?.(delivery) ?? []);
  const config = Object.assign(new HubspotConfig(), { clientSecrets: ['s'] });

  it('means traits and events of people', () => {
    const mapping = compileMapping(streams.contactProperties?.outputs?.profile ?? {});
    const found = parts
      .flatMap((part) => webhooks.parse(part, config))
      .filter(({ stream }) => stream === 'contactProperties');
    expect(found.map(({ record }) => mapping.map(record as Row))).toEqual([
      { identities: { $source: '1246965' }, traits: { lifecyclestage: 'subscriber' } },
      { identities: { $source: '1246965', email: 'testing@hubspot.com' }, traits: { email: 'Testing@hubspot.com' } },
      { identities: { $source: '1246979', email: 'generic@hubspot.com' }, traits: { email: 'generic@hubspot.com' } },
    ]);
    expect(found[0]?.at).toBe('2016-05-02T19:11:47.945Z');
  });

  it('is of the object that it tells of, whether its kind names the type or stands beside it', () => {
    const events = parts
      .flatMap((part) => webhooks.parse(part, config))
      .filter(({ stream }) => stream === 'events')
      .map(({ record }) => record as Row)
      .slice(-5);
    expect(events.map(({ kind, objectId, contact }) => [kind, objectId, contact])).toEqual([
      ['contact.propertyChange', 1246979, '1246979'],
      ['deal.creation', 78, undefined],
      ['contact.associationChange', 1246979, '1246979'],
      ['contact.associationChange', 1246979, '1246979'],
      ['object.creation', 79, undefined],
    ]);
  });

  it('is recognised when it comes again, whatever the number of the attempt', () => {
    const [part] = parts;
    const again = {
      ...part,
      body: Buffer.from(part?.body.toString().replace('"attemptNumber":0', '"attemptNumber":3') ?? ''),
    };
    expect(webhooks.id?.(again as Delivery)).toBe(webhooks.id?.(part as Delivery));
  });
});

describe('registering at HubSpot', () => {
  let vendor: FakeVendor;
  let settings: { targetUrl: string } | undefined;
  let subscriptions = [{ id: '1', eventType: 'contact.creation', active: false }];
  const url = 'https://millrace.example.com/hooks/con_1';

  function answer({ method, path, query, body }: VendorRequest): VendorAnswer {
    if (query.get('hapikey') !== 'dev-1')
      return { status: 401, body: { message: 'Authentication credentials not found.' } };
    const [, what, id] = /^\/webhooks\/v3\/17\/(\w+)(?:\/(\d+))?$/.exec(path) ?? [];
    if (what === 'settings') {
      if (method === 'PUT') settings = body as { targetUrl: string };
      if (method === 'DELETE') settings = undefined;
      return settings || method === 'DELETE' ? { body: settings } : { status: 404, body: { message: 'none' } };
    }
    if (method === 'POST')
      subscriptions.push({ ...(body as (typeof subscriptions)[0]), id: String(subscriptions.length + 1) });
    if (method === 'PATCH')
      subscriptions = subscriptions.map((one) => (one.id === id ? { ...one, ...(body as object) } : one));
    return { body: { results: subscriptions } };
  }

  beforeAll(async () => {
    vendor = await fakeVendor(answer);
  });
  afterAll(() => vendor.close());

  function context(values: Partial<HubspotConfig> = {}) {
    const config = Object.assign(new HubspotConfig(), {
      clientSecrets: ['12345678'],
      appId: '17',
      developerKey: 'dev-1',
      apiUrl: vendor.url,
      subscriptions: ['contact.creation', 'contact.propertyChange:email'],
      ...values,
    });
    return testContext(config, { settings: { ...connector.http?.(config), retries: 0 } });
  }

  it('sets the address and the subscriptions; again it changes nothing; then it is gone', async () => {
    const ctx = context();
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'missing' });
    await registration.register(ctx, url);
    await registration.register(ctx, url);
    expect(await registration.status(ctx, url)).toEqual({
      state: 'registered',
      topics: ['contact.creation', 'contact.propertyChange:email'],
    });
    await registration.unregister(ctx, 'https://elsewhere.example');
    expect(settings).toMatchObject({ targetUrl: url });
    await registration.unregister(ctx, url);
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'missing' });
  });

  it('says what is missing, and what HubSpot says', async () => {
    await expect(registration.register(context({ appId: undefined }), url)).rejects.toMatchObject({
      code: 'invalid_config',
    });
    await expect(registration.status(context({ developerKey: 'x' }), url)).rejects.toMatchObject({
      code: 'authentication_failed',
    });
  });
});
