import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import type { RequestView } from '#privacy';
import { startReceiver, testServices, type Receiver } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const ann = { userId: 'cust-ann-4711', email: 'ann.secret@example.com', name: 'Annabella' };
const bob = { userId: 'cust-bob-1', email: 'bob@example.com', name: 'Bob' };
const hour = 3_600_000;

describe('somebody who is erased while everything goes on', () => {
  let server: TestServer;
  let crm: Receiver;
  let database: mongo.MongoClient;
  let headers: { authorization: string };
  let isDown = false;
  let sent = 0;

  beforeAll(async () => {
    server = await startTestServer();
    crm = await startReceiver();
    crm.answer = () => ({ status: isDown ? 503 : 200, body: '' });
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
    const { data } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop' });
    headers = { authorization: `Basic ${Buffer.from(`${data.writeKey}:`).toString('base64')}` };
  });
  afterAll(async () => {
    await database.close();
    await server.close();
    crm.close();
  });

  const put = async (path: string, body: object): Promise<void> => {
    const { status, data } = await server.http.put<unknown>(path, body);
    expect([path, [200, 201].includes(status), data]).toEqual([path, true, data]);
  };
  const run = async (sync: string): Promise<Record<string, number>> => {
    const { data } = await server.http.post<{ id: string }>(`/api/syncs/${sync}/runs`, { full: true });
    for (;;) {
      const { data: current } = await server.http.get<{ state: string; endedAt?: string; ledger: never }>(
        `/api/runs/${data.id}`,
      );
      if (current.endedAt) {
        expect([sync, current.state]).toEqual([sync, 'succeeded']);
        return current.ledger;
      }
      await delay(50);
    }
  };
  /** All that a site says of somebody, then what Bob does: once that is there, all has been read. */
  const collect = async (): Promise<void> => {
    const say = ({ userId, email, name }: typeof ann): object[] => {
      const properties = { order_id: `o-${userId}`, total: 12, products: [{ name: `${name}’s mug`, price: 12 }] };
      return [
        { type: 'identify', userId, traits: { email, name } },
        { type: 'track', userId, event: 'Seen', properties: { by: name } },
        { type: 'track', userId, event: 'Order Completed', properties },
        { type: 'alias', userId, previousId: `anonymous-${userId}` },
      ];
    };
    const batch = [...say(ann), ...say(bob), { type: 'track', userId: bob.userId, event: `Sent ${++sent}` }];
    expect((await server.http.post('/v1/batch', { batch }, { headers })).status).toBe(200);
    const last = { name: `Sent ${sent}` };
    while ((await database.db().collection('events').countDocuments(last)) === 0) await delay(50);
  };
  /** The collections in which something of her is found. */
  const found = async (): Promise<string[]> => {
    const hits = new Set<string>();
    for (const { name } of await database.db().listCollections().toArray())
      for await (const document of database.db().collection(name).find())
        if (/ann[.-](secret|4711)|annabella/i.test(JSON.stringify(document))) hits.add(name);
    return [...hits].sort();
  };

  it('is found nowhere once her destinations are told, whatever arrives meanwhile and later', async () => {
    await writeFile(
      join(server.folder, 'people.csv'),
      `id,email,name\n${ann.userId},${ann.email},${ann.name}\n${bob.userId},${bob.email},${bob.name}\n`,
    );
    await put('/api/connections/people', { connector: 'file', config: { path: 'people.csv', key: ['id'] } });
    await put('/api/connections/crm', { connector: 'webhook', config: { url: crm.url, key: ['email'] } });
    const profiles = { connection: 'profiles', object: 'profile' };
    await put('/api/syncs/people', {
      ...{ name: 'People', from: { connection: 'people', stream: 'rows' }, to: profiles },
      mapping: { 'identities.email': 'email', 'identities.user': 'id', 'traits.name': 'name' },
    });
    await put('/api/syncs/to-crm', {
      ...{ name: 'To the CRM', from: { connection: 'profiles', stream: 'profile' } },
      ...{ to: { connection: 'crm', object: 'rows' }, mapping: { email: 'identities.email' } },
    });
    await run('people');
    await collect();
    await run('to-crm');
    expect(await found()).toEqual(
      expect.arrayContaining(['collected_people', 'events', 'identities', 'inbox', 'known_rows', 'orders', 'profiles']),
    );

    isDown = true;
    const asked = { kind: 'erase', identity: `email:${ann.email}` };
    const { data: request } = await server.http.post<RequestView>('/api/privacy/requests', asked);
    const now = async (): Promise<RequestView> =>
      (await server.http.get<RequestView>(`/api/privacy/requests/${request.id}`)).data;
    const requests = database.db().collection('privacy_requests');
    const pass = { notBefore: new Date(), 'steps.$[].doneAt': new Date(Date.now() - hour) };
    while (!(await now()).reason?.includes('destination cannot be told')) {
      await collect();
      await requests.updateMany({}, { $set: pass });
      await delay(100);
    }
    // A week on, the destination is still down, and she is only where it says whom it has to delete.
    await collect();
    expect(await run('people')).toMatchObject({ read: 2, rejected: 1 });
    await requests.updateMany({}, { $set: pass });
    expect(await found()).toEqual(['destination_deletions']);

    isDown = false;
    await requests.updateMany({}, { $set: pass });
    while ((await now()).state !== 'done') await delay(50);
    expect(await now()).toMatchObject({ destinations: [{ syncName: 'To the CRM', deleted: 1, byHand: 0 }] });
    await collect();
    expect(await found()).toEqual([]);
    const { status } = await server.http.post('/api/profiles/lookup', { identity: bob.email });
    expect(status).toBe(200);
  });
});
