import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Delivery, Verify } from '../index.ts';
import {
  bearerToken,
  githubSignature,
  hubspotSignature,
  messageId,
  sendgridSignature,
  shopifySignature,
  standardWebhooks,
  stripeSignature,
} from './index.ts';

type Secrets = string | string[] | undefined;
type Given = Partial<Omit<Delivery, 'body' | 'receivedAt'>> & { body?: string; at?: number };

const secret = (secrets: Secrets): Secrets => secrets;

/** `fine`, or why it is refused. */
function outcome(verify: Verify<Secrets>, secrets: Secrets, { body = '', at = Date.now(), ...more }: Given): string {
  const delivery = { method: 'POST', url: 'https://x.example/hooks/a', headers: {}, ...more };
  try {
    void verify({ ...delivery, body: Buffer.from(body), receivedAt: new Date(at) }, secrets);
    return 'fine';
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    expect(code).toBe('invalid_signature');
    return message;
  }
}

describe('what vendors have published', () => {
  it.each([
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/index.test.ts
    {
      vendor: 'Standard Webhooks',
      verify: standardWebhooks(secret),
      secrets: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      body: '{"test": 2432232314}',
      at: 1614265330_000,
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
    },
    // ../shared/data/captures/standardwebhooks.json, made by the npm package
    {
      vendor: 'Standard Webhooks, captured',
      verify: standardWebhooks(secret),
      secrets: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3',
      body: '{"a":1}',
      at: 1795467911_000,
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': '1795467911',
        'webhook-signature': 'v1,t17J/DhYcAgkQ974hwB8ZuPhyCy32OP7E4QmssPQfZg=',
      },
    },
    // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
    {
      vendor: 'GitHub',
      verify: githubSignature(secret),
      secrets: "It's a Secret to Everybody",
      body: 'Hello, World!',
      headers: {
        'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
    },
    // https://github.com/HubSpot/hubspot-api-python/blob/master/tests/spec/utils/test_signature.py
    {
      vendor: 'HubSpot',
      verify: hubspotSignature(secret),
      secrets: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
      body: "{'example_field':'example_value'}",
      url: 'https://www.example.com/webhook_uri',
      at: 15_000_000,
      headers: {
        'x-hubspot-request-timestamp': '15000000',
        'x-hubspot-signature-v3': 'HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=',
      },
    },
    // https://github.com/sendgrid/sendgrid-python/blob/main/test/unit/test_eventwebhook.py
    {
      vendor: 'SendGrid',
      verify: sendgridSignature(secret),
      secrets:
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==',
      body: '[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]\r\n',
      at: 1600112502_000,
      headers: {
        'x-twilio-email-event-webhook-signature':
          'MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=',
        'x-twilio-email-event-webhook-timestamp': '1600112502',
      },
    },
  ])('$vendor', ({ verify, secrets, ...delivery }) => {
    expect(outcome(verify, secrets, delivery)).toBe('fine');
    expect(outcome(verify, secrets, { ...delivery, body: `${delivery.body} ` })).toMatch('does not fit the body');
    expect(outcome(verify, secrets, { ...delivery, headers: {} })).toMatch('is missing');
    expect(outcome(verify, [], delivery)).toMatch('no signing secret yet');
    if (delivery.at === undefined) return;
    expect(outcome(verify, secrets, { ...delivery, at: delivery.at + 26 * 3_600_000 })).toMatch('s old');
    expect(outcome(verify, secrets, { ...delivery, at: delivery.at - 301_000 })).toMatch('ahead of time');
    expect(outcome(verify, secrets, { ...delivery, at: delivery.at + 299_000 })).toBe('fine');
  });
});

describe('while secrets are rotated', () => {
  const [old, fresh] = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'];
  const body = '{"a":1}';

  it('takes any of several signatures under any of several secrets', () => {
    const at = new Date();
    const signatures = [old, fresh].map((one) => new Webhook(one).sign('msg_1', at, body));
    const headers = (signature: string) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signature,
    });
    const verify = standardWebhooks(secret);
    const both = headers(['v1a,AAAA', 'v2,xyz', ...signatures].join(' '));
    for (const secrets of [old, fresh, [fresh, old], ['whsec_bnVsbG51bGxudWxsbnVsbG51bGxudWxs', old]])
      expect(outcome(verify, secrets, { body, headers: both })).toBe('fine');
    expect(outcome(verify, fresh, { body, headers: headers(signatures[0] ?? '') })).toMatch('does not fit');
    expect(outcome(verify, fresh, { body, headers: headers('v1') })).toMatch('does not fit');
  });

  it('takes the headers of Svix for those of the standard, and never some of both', () => {
    const at = new Date();
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    const signature = new Webhook(old).sign('msg_1', at, body);
    const svix = { 'svix-id': 'msg_1', 'svix-timestamp': timestamp, 'svix-signature': signature };
    const verify = standardWebhooks(secret);
    expect(outcome(verify, old, { body, headers: svix })).toBe('fine');
    const beside = { ...svix, 'webhook-id': 'msg_2' };
    expect(outcome(verify, old, { body, headers: beside })).toBe('fine');
    expect(messageId({ headers: beside })).toBe('msg_1');
    const { 'svix-id': _, ...without } = beside;
    expect(outcome(verify, old, { body, headers: without })).toMatch('webhook-timestamp is missing');
  });

  it('takes public keys beside secrets, and never one for the other', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = sign(null, Buffer.from(`msg_1.${timestamp}.${body}`), privateKey).toString('base64');
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': `v1a,${signature}` };
    const verify = standardWebhooks(secret);
    expect(outcome(verify, [old, key], { body, headers })).toBe('fine');
    expect(outcome(verify, [old, key], { body: '{"a":2}', headers })).toMatch('does not fit');
    // Whoever knows the public key must not be able to use it as a shared secret.
    const forged = createHmac('sha256', Buffer.from(key.slice(5), 'base64')).update(`msg_1.${timestamp}.${body}`);
    const asHmac = { ...headers, 'webhook-signature': `v1,${forged.digest('base64')}` };
    expect(outcome(verify, key, { body, headers: asHmac })).toMatch('does not fit');
  });

  it('takes any v1 of Stripe’s header, and no other scheme', () => {
    const timestamp = Math.floor(Date.now() / 1_000);
    const hex = (one: string) => createHmac('sha256', one).update(`${timestamp}.${body}`).digest('hex');
    const header = (rest: string) => ({ body, headers: { 'stripe-signature': `t=${timestamp},${rest}` } });
    const verify = stripeSignature(secret);
    expect(outcome(verify, 'whsec_new', header(`v1=${hex('whsec_old')},v1=${hex('whsec_new')}`))).toBe('fine');
    expect(outcome(verify, ['whsec_new', 'whsec_old'], header(`v1=${hex('whsec_old')}`))).toBe('fine');
    expect(outcome(verify, 'whsec_new', header(`v0=${hex('whsec_new')}`))).toMatch('does not fit');
    const untimed = { body, headers: { 'stripe-signature': `v1=${hex('whsec_new')}` } };
    expect(outcome(verify, 'whsec_new', untimed)).toMatch('not a number');
  });
});

describe('HubSpot’s address', () => {
  it('is signed with the listed characters plain, and the others as they were sent', () => {
    const at = Date.now();
    const signed = `POSThttps://x.example/hooks/a?to=a@b.c,(d);e/f&q=%20%C3%A9{}${at}`;
    const headers = {
      'x-hubspot-request-timestamp': String(at),
      'x-hubspot-signature-v3': createHmac('sha256', 's').update(signed).digest('base64'),
    };
    const url = 'https://x.example/hooks/a?to=a%40b.c%2C%28d%29%3be%2Ff&q=%20%C3%A9';
    expect(outcome(hubspotSignature(secret), 's', { body: '{}', url, headers })).toBe('fine');
  });
});

describe('Shopify and tokens', () => {
  it('compares the HMAC of the body, or the token', () => {
    const signature = createHmac('sha256', 'hush').update('{"id":1}').digest('base64');
    const delivery = { body: '{"id":1}', headers: { 'x-shopify-hmac-sha256': signature } };
    expect(outcome(shopifySignature(secret), ['new', 'hush'], delivery)).toBe('fine');
    expect(outcome(shopifySignature(secret), 'new', delivery)).toMatch('does not fit');
    const withToken = (authorization: string) => ({ headers: { authorization } });
    expect(outcome(bearerToken(secret), ['a', 'b'], withToken('Bearer b'))).toBe('fine');
    expect(outcome(bearerToken(secret), ['a', 'b'], withToken('Bearer c'))).toMatch('token is wrong');
    expect(outcome(bearerToken(secret), ['a', 'b'], withToken('Basic b'))).toMatch('token is wrong');
  });
});
