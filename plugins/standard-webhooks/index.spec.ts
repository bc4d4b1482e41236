import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { Delivery } from '@millrace/sdk';
import { fixtureOptions, testConnector } from '@millrace/sdk/testing';
import type { StandardWebhooksConfig } from './config.ts';
import connector from './index.ts';
import { webhooks } from './webhooks.ts';

/** As the reference library signs. */
function sign({ headers, body, receivedAt }: Delivery, config: StandardWebhooksConfig): Record<string, string> {
  const [secret = ''] = config.signingSecrets;
  const prefix = headers['svix-id'] === undefined ? 'webhook' : 'svix';
  return {
    [`${prefix}-timestamp`]: String(Math.floor(receivedAt.getTime() / 1_000)),
    [`${prefix}-signature`]: new Webhook(secret).sign(headers[`${prefix}-id`] ?? '', receivedAt, body.toString()),
  };
}

const options = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  ...options,
  badConfig: false,
  webhook: { ...options.webhook, sign },
  streams: { events: { records: 4 } },
});

describe('the time of an event', () => {
  const timesOf = (told: object): unknown[] => {
    const receivedAt = new Date('2026-01-02T03:04:05Z');
    const body = Buffer.from(JSON.stringify({ type: 'user.updated', data: {}, ...told }));
    const headers = { 'svix-id': 'msg_1' };
    const records = webhooks.parse({ method: 'POST', url: '', headers, body, receivedAt }, { signingSecrets: [] });
    return records.flatMap(({ at, record }) => [at, (record as { timestamp: string }).timestamp]);
  };

  it.each([
    ['text', { timestamp: '2022-11-03T20:26:11Z', created_at: 1 }, '2022-11-03T20:26:11Z'],
    ['milliseconds (Clerk)', { timestamp: 1654012591835 }, '2022-05-31T15:56:31.835Z'],
    ['seconds (OpenAI)', { created_at: 1719168000 }, '2024-06-23T18:40:00.000Z'],
    ['created_at as text (Resend)', { created_at: '2024-02-22T23:41:12.126Z' }, '2024-02-22T23:41:12.126Z'],
  ])('may be %s', (_, told, at) => {
    expect(timesOf(told)).toEqual([at, at]);
  });

  it.each([[{}], [{ timestamp: 7 }], [{ timestamp: 9e15 }], [{ timestamp: {} }]])('is its arrival’s in %j', (told) => {
    expect(timesOf(told)).toEqual([undefined, '2026-01-02T03:04:05.000Z']);
  });
});
