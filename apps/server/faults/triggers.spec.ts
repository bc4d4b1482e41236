import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import { freePort } from '#tools/services';
import { chance } from './testing/chance.ts';
import { CountingClient } from './testing/counting-client.ts';
import { Installation } from './testing/installation.ts';

const luck = chance();

interface Fired {
  data: { firing: string; cause: { properties: { n: number } } };
}

describe(`triggers (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let receiver: Receiver;
  let client: CountingClient;

  beforeAll(async () => {
    [mill, receiver] = await Promise.all([Installation.start(2), startReceiver()]);
    const port = await freePort();
    const { writeKey } = await mill.api.post<{ writeKey: string }>('/api/sources', { name: 'Counted' });
    const on = { event: 'Counted' };
    const limits = { perPerson: 10_000, perHour: 1_000_000 };
    await mill.api.put('/api/triggers/counted', { on, limits, do: { webhook: { url: receiver.url } } });
    client = new CountingClient(`http://127.0.0.1:${port}`, writeKey);
    await mill.startCollector(port);
  });
  afterAll(async () => {
    receiver?.close();
    await mill?.stop();
  });

  it('fire for every event at least once, under one id, though workers are killed while they write and call', async () => {
    // Workers look at triggers every two seconds: the first event that fires tells that they know this one.
    await mill.until('the trigger is known', async () => {
      await client.send(1);
      return receiver.received.length > 0;
    });
    const before = client.acknowledged.size;
    for (let kill = 0; kill < 5; kill++) {
      const enough = receiver.received.length + luck.int(1, 80);
      await client.send(5); // a hundred events
      await mill.until('calls come', async () => receiver.received.length >= enough);
      await mill.workers.replace(luck.pick(mill.workers.alive));
    }

    const firings = mill.db.collection<{ _id: string; state: string }>('trigger_firings');
    const sent = client.acknowledged.size;
    const wanted = Array.from({ length: sent - before }, (_, i) => before + i);
    // What an event sets off may be noted later than the event.
    await mill.until('every event was called for and every firing is settled', async () => {
      const called = firedFor(receiver);
      return wanted.every((n) => called.has(n)) && (await firings.countDocuments({ state: 'pending' })) === 0;
    });
    const byEvent = firedFor(receiver);
    for (const { body, headers } of receiver.received)
      expect(headers['webhook-id']).toBe((JSON.parse(body) as Fired).data.firing);
    expect([...byEvent.values()].filter((ids) => ids.size !== 1)).toEqual([]);
    expect(await firings.countDocuments({ state: 'sent' })).toBe(byEvent.size);
  }, 900_000);
});

/** The ids of what was called, by the number of the event. */
function firedFor({ received }: Receiver): Map<number, Set<string>> {
  const byEvent = new Map<number, Set<string>>();
  for (const { body } of received) {
    const { firing, cause } = (JSON.parse(body) as Fired).data;
    byEvent.set(cause.properties.n, (byEvent.get(cause.properties.n) ?? new Set()).add(firing));
  }
  return byEvent;
}
