import { generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compileMapping, type Delivery, type Row } from '@millrace/sdk';
import { fixtureOptions, testConnector, type SampleDelivery } from '@millrace/sdk/testing';
import connector from './index.ts';
import { streams } from './streams.ts';
import { webhooks } from './webhooks.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const keys = { verificationKeys: [publicKey.export({ format: 'der', type: 'spki' }).toString('base64')] };

function sign({ body, receivedAt }: Delivery): Record<string, string> {
  const timestamp = String(Math.floor(receivedAt.getTime() / 1_000));
  const signature = signBytes('sha256', Buffer.concat([Buffer.from(timestamp), body]), privateKey).toString('base64');
  return {
    'X-Twilio-Email-Event-Webhook-Signature': signature,
    'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
  };
}

const { webhook } = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  config: keys,
  badConfig: false,
  webhook: { ...webhook, sign },
  streams: { events: { records: 9 } },
});

describe('what SendGrid delivers', () => {
  const records = (webhook?.deliveries as SampleDelivery[])
    .map(({ body }) => ({
      method: 'POST',
      url: '',
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
      receivedAt: new Date(),
    }))
    .flatMap((delivery) => webhooks.split?.(delivery) ?? [])
    .flatMap((delivery) => webhooks.parse(delivery, { ...keys, groupPurposes: { '10': 'newsletter' } }));
  const mapped = (object: string): Row[] => {
    const mapping = compileMapping(streams.events?.outputs?.[object] ?? {});
    return records.map(({ record }) => mapping.map(record as Row)).filter((row) => Object.keys(row).length > 0);
  };

  it('means events of people', () => {
    expect(mapped('event').map(({ name }) => name)).toEqual([
      'Email Delivered',
      'Email Opened',
      'Email Link Clicked',
      'Email Bounced',
      'Email Bounced',
      'Email Marked as Spam',
      'Unsubscribed',
      'Left Unsubscribe Group',
      'Joined Unsubscribe Group',
    ]);
    expect(mapped('event')[2]).toEqual({
      id: 'Y2xpY2stMA',
      name: 'Email Link Clicked',
      at: '2017-12-15T00:59:31.000Z',
      identities: { email: 'example@test.com' },
      properties: {
        message: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
        url: 'https://www.sendgrid.com/',
        category: '"cat facts"',
      },
    });
  });

  it('means consents where somebody must not, or may again, be written to', () => {
    const told = mapped('consent').map(({ identities, purpose, state, at }) => [
      (identities as { email: string }).email,
      purpose,
      state,
      at,
    ]);
    expect(told).toEqual([
      ['bounced@test.com', 'all', 'denied', '2017-12-15T00:59:32.000Z'],
      ['complains@test.com', 'all', 'denied', '2017-12-15T00:59:34.000Z'],
      ['leaves@test.com', 'marketing', 'denied', '2017-12-15T00:59:35.000Z'],
      ['leaves@test.com', 'newsletter', 'denied', '2017-12-15T00:59:36.000Z'],
      ['back@test.com', 'marketing', 'granted', '2017-12-15T00:59:37.000Z'],
    ]);
  });
});
