import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '@millrace/sdk';
import { fixtureOptions, testConnector, type SampleDelivery } from '@millrace/sdk/testing';
import { CloudeventsConfig } from './config.ts';
import { eventOf } from './event-of.ts';
import { handshake } from './handshake.ts';
import connector from './index.ts';

const options = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  ...options,
  badConfig: false,
  webhook: {
    ...options.webhook,
    sign: (_, config) => ({ authorization: `Bearer ${config.tokens.at(-1)}` }),
    unsigned: true,
  },
  streams: { events: { records: 4 } },
});

function delivery(headers: Record<string, string>, body: string | Buffer): Delivery {
  return { method: 'POST', url: '', headers, body: Buffer.from(body as string), receivedAt: new Date() };
}

describe('CloudEvents', () => {
  const ce = { 'ce-specversion': '1.0', 'ce-type': 't', 'ce-id': '1', 'ce-source': '/s' };

  it('are read from headers: text decoded, data by its content type', () => {
    const [, { headers, body }] = options.webhook?.deliveries as [SampleDelivery, SampleDelivery];
    expect(eventOf(delivery(headers ?? {}, JSON.stringify(body)))).toMatchObject({
      subject: 'Euro € 😀',
      source: '/mycontext/subcontext',
      data: { user_id: 'u-17' },
    });
    expect(eventOf(delivery({ ...ce, 'content-type': 'text/plain' }, 'ä')).data).toBe('ä');
    expect(eventOf(delivery({ ...ce, 'content-type': 'image/png' }, Buffer.from([255, 0])))).toMatchObject({
      data_base64: '/wA=',
    });
    expect(eventOf(delivery({ ...ce, 'ce-subject': '100%' }, ''))).toMatchObject({ subject: '100%' });
    const subjectOf = (subject: string) => eventOf(delivery({ ...ce, 'ce-subject': subject }, '')).subject;
    expect(subjectOf('"Euro%20€ \\"x\\" \\\\ y"')).toBe('Euro € "x" \\ y');
    expect(['"', '"half', 'in "the" middle', '"a" "b"'].map(subjectOf)).toEqual([
      '"',
      '"half',
      'in "the" middle',
      '"a" "b"',
    ]);
  });

  it.each([
    'application/cloudevents+json; charset=utf-8',
    'application/cloudevents+json;charset="UTF-8"',
    'Application/CloudEvents+JSON; charset=utf-8',
  ])('are read whole from a body of %s', (contentType) => {
    const event = { specversion: '1.0', type: 't', id: '1', source: '/s', data: { name: 'Zoë' } };
    const whole = delivery({ 'content-type': contentType }, JSON.stringify(event));
    expect(connector.webhooks?.split?.(whole)).toEqual([whole]);
    expect(eventOf(whole)).toEqual(event);
    const batch = { 'content-type': contentType.replace(/(?=\+json)/i, '-batch') };
    const events = [event, { ...event, id: '2' }];
    const parts = connector.webhooks?.split?.(delivery(batch, JSON.stringify(events))) ?? [];
    expect(parts.map((part) => eventOf(part))).toEqual(events);
  });

  it('have data of text in the character set that it names', () => {
    const inLatin1 = delivery(
      { ...ce, 'content-type': 'text/plain; charset=iso-8859-1' },
      Buffer.from('Zoë', 'latin1'),
    );
    expect(eventOf(inLatin1).data).toBe('Zoë');
    const unknown = delivery({ ...ce, 'content-type': 'text/plain; charset=klingon' }, Buffer.from([255, 0]));
    expect(eventOf(unknown)).toMatchObject({ data_base64: '/wA=' });
  });

  it.each([
    [{ ...ce, 'ce-id': '' }, '{}', 'no "id"'],
    [{ ...ce, 'ce-specversion': '0.3' }, '{}', 'Version 0.3'],
    [{ ...ce, 'content-type': 'application/vnd.x+json' }, '{"a":', 'not JSON'],
    [{ 'content-type': 'application/cloudevents+json' }, '[]', 'not a JSON object'],
  ])('that are none are refused: %j %s', (headers, body, message) => {
    expect(() => eventOf(delivery(headers as Record<string, string>, body))).toThrow(message);
  });

  it('may be announced: who is allowed is told so', () => {
    const config = Object.assign(new CloudeventsConfig(), { tokens: ['x'] });
    const ask = (method: string, headers: Record<string, string>, more: Partial<CloudeventsConfig> = {}) =>
      handshake?.({ method, url: '', headers, receivedAt: new Date() }, Object.assign(config, more));
    const from = { 'webhook-request-origin': 'emitter.example.com', 'webhook-request-rate': '120' };
    expect(ask('OPTIONS', from)?.headers).toEqual({
      allow: 'POST',
      'webhook-allowed-origin': '*',
      'webhook-allowed-rate': '6000',
    });
    expect(ask('OPTIONS', {})).toBeUndefined();
    expect(ask('GET', from)).toBeUndefined();
    expect(ask('OPTIONS', from, { allowedOrigins: ['emitter.example.com'] })?.headers).toMatchObject({
      'webhook-allowed-origin': 'emitter.example.com',
    });
    expect(ask('OPTIONS', from, { allowedOrigins: ['other.example.com'] })?.headers).toEqual({ allow: 'POST' });
  });
});
