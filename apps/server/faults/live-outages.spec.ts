import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { freePort } from '#tools/services';
import { Installation } from './testing/installation.ts';

interface Told {
  type: string;
  id?: string;
  code?: string;
  data?: { change: string }[];
}

describe('who follows over the WebSocket', () => {
  let mill: Installation;
  let collector: string;
  let writeKey: string;
  let socket: WebSocket;
  let messages = 0;
  const received: Told[] = [];

  beforeAll(async () => {
    mill = await Installation.start(1);
    const port = await freePort();
    await mill.startCollector(port);
    collector = `http://127.0.0.1:${port}`;
    ({ writeKey } = await mill.api.post<{ writeKey: string }>('/api/sources', { name: 'Shop' }));
    await mill.api.put('/api/audiences/gold', { condition: { field: 'traits.tier', is: 'equals', value: 'gold' } });
    const { key } = await mill.api.post<{ key: string }>('/api/keys', { name: 'Live', role: 'viewer' });
    socket = new WebSocket(`${mill.url.replace('http', 'ws')}/ws`, { headers: { authorization: `Bearer ${key}` } });
    socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Told));
    await hears('that the key is good', ({ type }) => type === 'ready');
    follow('gold');
    await hears('that it follows', ({ type }) => type === 'subscribed');
  });
  afterAll(async () => {
    socket?.terminate();
    await mill?.stop();
  });

  const follow = (id: string) =>
    socket.send(JSON.stringify({ type: 'subscribe', id, to: 'audience', audience: 'gold' }));
  const hears = (what: string, is: (told: Told) => boolean) => mill.until(what, async () => received.some(is));
  const changes = () =>
    received.flatMap(({ id, data = [] }) => (id === 'gold' ? data.map(({ change }) => change) : []));

  async function identify(tier: string): Promise<void> {
    const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ userId: 'ann', messageId: `is-${++messages}`, traits: { tier } });
    const request = { method: 'POST', headers, body };
    await mill.until('the collector takes it', async () => (await fetch(`${collector}/v1/identify`, request)).ok);
  }

  it('is told everything once, and no stack is logged for those who ask, though MongoDB and Redis die', async () => {
    await identify('gold');
    await hears('of the one who came', () => changes().length === 1);

    await mill.redis.kill();
    await mill.redis.start();
    await identify('silver');
    await hears('of the one who left', () => changes().length === 2);

    await mill.mongodb.kill();
    follow('meanwhile');
    await hears(
      'that it cannot be followed just now',
      ({ id, code }) => id === 'meanwhile' && code === 'service_unavailable',
    );
    await mill.mongodb.start();
    follow('meanwhile');
    await hears('that it can again', ({ id, type }) => id === 'meanwhile' && type === 'subscribed');
    await identify('gold');
    await hears('of the one who came again', () => changes().length === 3);

    expect(changes()).toEqual(['entered', 'left', 'entered']);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    expect((await mill.logged('api')).filter(({ level }) => level === 'error')).toEqual([]);
  });
});
