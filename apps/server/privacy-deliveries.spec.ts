import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { mongo } from 'mongoose';
import { Webhook } from 'standardwebhooks';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

interface ExportedDelivery {
  connection: string;
  deliveryId: string;
  delivered: { data: { note: string } };
}

describe('a person whom webhooks tell of', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    const { http } = server;
    await http.post('/api/connections', {
      connector: 'standard-webhooks',
      slug: 'shop',
      config: { signingSecrets: [secret] },
    });
    const made = await http.put('/api/syncs/shop-events', {
      name: 'Shop',
      from: { connection: 'shop', stream: 'events' },
      to: { connection: 'profiles' },
    });
    expect(made.status).toBe(201);
  });
  afterAll(() => server.close());

  async function deliver(id: string, data: object): Promise<void> {
    const [at, body] = [new Date(), JSON.stringify({ type: 'note', timestamp: '2026-03-01T09:00:00Z', data })];
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
    const { status } = await axios.post(`${server.url}/hooks/shop`, body, { headers, proxy: false });
    expect(status).toBe(200);
  }

  async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
    for (;;) {
      const found = await look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function eventsOf(identity: string): Promise<number> {
    const { status, data } = await server.http.post<{ id: string }>('/api/profiles/lookup', { identity });
    if (status !== 200) return 0;
    const path = `/api/profiles/${data.id}/timeline?kinds=event`;
    return (await server.http.get<{ data: object[] }>(path)).data.data.length;
  }

  it('has an export with those that hold an address of the person, and those of which only the record is known; nobody else’s', async () => {
    await deliver('msg_both', { email: 'ann@x.com', user_id: '17', note: 'by-address' });
    await until(async () => (await eventsOf('email:ann@x.com')) === 1);
    await deliver('msg_record', { user_id: '17', note: 'by-record' });
    await deliver('msg_markup', { user_id: '17', note: '<b>by-markup</b>' });
    await deliver('msg_other', { email: 'bob@x.com', user_id: '18', note: 'of-another' });
    await until(async () => (await eventsOf('email:ann@x.com')) === 3);
    await until(async () => (await eventsOf('email:bob@x.com')) === 1);

    const asked = await server.http.post<{ id: string }>('/api/privacy/requests', {
      kind: 'export',
      identity: 'email:ann@x.com',
    });
    const path = `/api/privacy/requests/${asked.data.id}`;
    const { counts } = await until(async () => {
      const { data } = await server.http.get<{ state: string; counts: Record<string, number> }>(path);
      return data.state === 'done' && data;
    });
    expect(counts).toMatchObject({ 'webhook deliveries': 3, events: 3 });

    const { data: json } = await server.http.get<Record<string, ExportedDelivery[]>>(`${path}/export.json`);
    const deliveries = json['webhook deliveries'] ?? [];
    expect(deliveries.map(({ deliveryId, delivered }) => [deliveryId, delivered.data.note]).sort()).toEqual([
      ['msg_both', 'by-address'],
      ['msg_markup', '<b>by-markup</b>'],
      ['msg_record', 'by-record'],
    ]);
    expect(JSON.stringify(json)).not.toContain('of-another');
    expect(JSON.stringify(deliveries)).not.toContain('webhook-signature');

    const { data: html } = await server.http.get<string>(`${path}/export.html`);
    expect(html).toContain('<h2>webhook deliveries</h2>');
    expect(html).toContain('by-record');
    expect(html).not.toContain('<b>by-markup');
    expect(html).not.toContain('of-another');
  });

  it('is in no delivery any more once erased, nor in those that come later', async () => {
    const database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    const kept = () => database.db().collection('webhook_deliveries').distinct('deliveryId');
    const erasure = { kind: 'erase', identity: 'email:ann@x.com' };
    const { data: request } = await server.http.post<{ id: string }>('/api/privacy/requests', erasure);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await until(async () => {
      const passed = { notBefore: new Date(), 'steps.$[].doneAt': anHourAgo };
      await database.db().collection('privacy_requests').updateMany({ open: true }, { $set: passed });
      const { data } = await server.http.get<{ state: string }>(`/api/privacy/requests/${request.id}`);
      return data.state === 'done';
    });
    expect(await kept()).toEqual(['msg_other']);
    await deliver('msg_again', { email: 'Ann@x.com', user_id: '17', note: 'again' });
    await deliver('msg_another', { email: 'bob@x.com', user_id: '18', note: 'of-another' });
    await until(async () => (await eventsOf('email:bob@x.com')) === 2);
    expect(await kept()).toEqual(['msg_another', 'msg_other']);
    await database.close();
  });
});
