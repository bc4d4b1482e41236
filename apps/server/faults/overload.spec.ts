import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { freePort } from '#tools/services';
import { Flood, type FloodRequest } from './testing/flood.ts';
import { Installation } from './testing/installation.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** Bytes that a process takes in at a time, of either kind. */
const admitted = 64_000_000;

/** White space at the end of JSON is part of the request, and of no event. */
function padded(value: object, bytes: number): string {
  return JSON.stringify(value).padEnd(bytes);
}

describe('overload: MongoDB stands still while much arrives', () => {
  let mill: Installation;
  let port: number;
  let writeKey: string;

  beforeAll(async () => {
    mill = await Installation.start(1);
    port = await freePort();
    const config = { signingSecrets: [secret] };
    await mill.api.post('/api/connections', { connector: 'standard-webhooks', slug: 'flooded', config });
    const from = { connection: 'flooded', stream: 'events' };
    await mill.api.post('/api/syncs', { name: 'Flooded', from, to: { connection: 'profiles' } });
    ({ writeKey } = await mill.api.post<{ writeKey: string }>('/api/sources', { name: 'Flooded' }));
    await mill.startCollector(port);
  });
  afterEach(() => mill.mongodb.goOn());
  afterAll(() => mill?.stop());

  const deliveryBytes = 1_000_000;
  const delivery = (n: number): FloodRequest => ({
    path: '/hooks/flooded',
    head: () => {
      const [at, id] = [new Date(), `msg_${n}`];
      const data = { user_id: `u${n % 5}`, n };
      const body = padded({ type: 'flooded', timestamp: '2026-03-01T09:00:00Z', data }, deliveryBytes);
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      };
      return { headers, body: Buffer.from(body) };
    },
  });

  const batchBytes = 500_000;
  const batch = (n: number): FloodRequest => ({
    path: '/v1/batch',
    head: () => {
      const event = { type: 'track', event: 'Flooded', messageId: `m${n}`, userId: `u${n % 5}`, properties: { n } };
      const headers = {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      };
      return { headers, body: Buffer.from(padded({ batch: [event] }, batchBytes)) };
    },
  });

  it.each([
    { at: '/hooks/<connection>', make: delivery, bytes: deliveryBytes, kept: 'webhook_deliveries' },
    { at: '/v1', make: batch, bytes: batchBytes, kept: 'inbox' },
  ])(
    '$at answers 429 and when to come again, holds no more than it may, and counts what it took once',
    async ({ make, bytes, kept }) => {
      const before = await mill.db.collection('events').countDocuments();
      const flood = new Flood(port);
      const most = Math.floor(admitted / bytes);
      const all = Array.from({ length: most + 40 }, (_, n) => make(n + 1));
      flood.prepare(all);
      const first = make(0);
      flood.send(first); // what it has to know of who sends is known then
      await mill.until('the first one is taken', async () => flood.taken.has(first) || resendUnless(flood));

      await mill.mongodb.stall();
      for (const one of all) flood.send(one);
      const statuses = new Set<number>();
      for (let round = 0; round < 3; round++) {
        await mill.until('all others are refused', async () => flood.waiting.size <= most);
        for (const { status, retryAfter = '' } of flood.refused.values()) {
          statuses.add(status);
          expect([429, 503, 504]).toContain(status); // 503: the driver has given up waiting; 504: we took too long to send
          if (status !== 504) expect(retryAfter).toMatch(/^[1-9]\d*$/);
        }
        flood.sendAgain();
      }
      expect(statuses).toContain(429);
      await mill.mongodb.goOn();

      await mill.until('all are taken', async () => {
        flood.sendAgain();
        return flood.taken.size === all.length + 1;
      });
      flood.end();
      const sent = all.length + 1;
      const events = mill.db.collection<{ properties: { n: number } }>('events');
      await mill.until('every event has arrived', async () => (await events.countDocuments()) >= before + sent);
      expect(await events.countDocuments()).toBe(before + sent);
      expect(await events.distinct('properties.n')).toHaveLength(Math.max(before, sent));
      expect(await mill.db.collection(kept).countDocuments()).toBe(sent);
    },
  );

  /** The first one may find a process that knows its connection not yet. */
  function resendUnless(flood: Flood): false {
    flood.sendAgain();
    return false;
  }
});
