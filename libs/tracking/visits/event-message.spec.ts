import { describe, expect, it } from '@jest/globals';
import { eventMessage, type SeenVisit } from './event-message.ts';
import { identityForEvents } from './identity-for-events.ts';

const receivedAt = new Date('2026-03-01T09:00:10.000Z');
const mail = { person: 'p_1', message: 'm-1', template: 'news', campaign: 'spring' };
const visit = (more: Partial<SeenVisit> = {}): SeenVisit => ({
  token: { mail, madeAt: 0 },
  judgement: { machine: false },
  identity: { kind: 'user', value: 'u1' },
  receivedAt,
  ...more,
});
const idOf = (more: Partial<SeenVisit> = {}) => eventMessage(visit(more)).messageId;

describe('eventMessage', () => {
  it('tells an open, without who or what asked', () => {
    expect(eventMessage(visit({ judgement: { machine: false, proxy: 'gmail' } }))).toEqual({
      type: 'track',
      event: 'Email Opened',
      messageId: expect.stringMatching(/^[0-9a-f]{40}$/),
      identities: { user: 'u1' },
      timestamp: receivedAt.toISOString(),
      receivedAt: receivedAt.toISOString(),
      properties: { email_id: 'm-1', template: 'news', campaign_id: 'spring', machine: false, proxy: 'gmail' },
    });
  });

  it('tells a click with its link, by which sign it is a machine’s, and the visitor where that is wanted', () => {
    const link = { url: 'https://shop.example.com/', label: 'Shop' };
    const visitor = { method: 'GET', ip: '192.0.2.1', headers: { 'user-agent': 'curl/8' } };
    const judgement = { machine: true, reason: 'bot' as const };
    expect(eventMessage(visit({ token: { mail, link, madeAt: 0 }, judgement, visitor }))).toMatchObject({
      event: 'Email Link Clicked',
      properties: { link_url: link.url, link_label: 'Shop', machine: true, machine_reason: 'bot' },
      context: { ip: '192.0.2.1', userAgent: 'curl/8' },
    });
  });

  it('is one event a minute, mail, link and sort of visitor', () => {
    const first = idOf();
    expect(idOf({ receivedAt: new Date('2026-03-01T09:00:59.999Z'), token: { mail, madeAt: 5 } })).toBe(first);
    const others = [
      idOf({ receivedAt: new Date('2026-03-01T09:01:00.000Z') }),
      idOf({ judgement: { machine: true, reason: 'bot' } }),
      idOf({ token: { mail: { ...mail, message: 'm-2' }, madeAt: 0 } }),
      idOf({ token: { mail: { ...mail, person: 'p_2' }, madeAt: 0 } }),
      idOf({ token: { mail, link: { url: 'https://shop.example.com/' }, madeAt: 0 } }),
      idOf({ token: { mail, link: { url: 'https://shop.example.com/b' }, madeAt: 0 } }),
    ];
    expect(new Set([first, ...others]).size).toBe(7);
  });
});

describe('identityForEvents', () => {
  const identity = (key: string) => ({ kind: key.slice(0, key.indexOf(':')), value: key.slice(key.indexOf(':') + 1) });

  it.each([
    [['email:a@x.com', 'user:7', 'customer_id:1'], 'user:7'],
    [['email:a@x.com', 'customer_id:1', 'anonymous:z'], 'anonymous:z'],
    [['email:a@x.com', 'phone:+44', 'customer_id:1'], 'customer_id:1'],
    [['con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC:17', 'email:a@x.com'], 'email:a@x.com'],
    [['con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC:17'], undefined],
  ])('of %j is %s', (keys, expected) => {
    expect(identityForEvents(keys.map(identity))).toEqual(expected && identity(expected));
  });
});
