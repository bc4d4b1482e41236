import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { Webhook } from 'standardwebhooks';
import type { RequestView } from '#privacy';
import { startReceiver, testServices, type Receiver } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Notice {
  type: string;
  data: { kind: string; title: string; requestCount?: number; requests?: { id: string; message: string }[] };
}

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;
const hours = 3_600_000;

describe('requests of people that come near their deadline', () => {
  let server: TestServer;
  let crm: Receiver;
  let onCall: Receiver;
  let database: mongo.MongoClient;
  let isDown = false;

  beforeAll(async () => {
    server = await startTestServer();
    crm = await startReceiver();
    crm.answer = () => ({ status: isDown ? 503 : 200, body: '' });
    onCall = await startReceiver();
    database = await new mongo.MongoClient(testServices().mongodbUri).connect();
  });
  afterAll(async () => {
    await database.close();
    await server.close();
    crm.close();
    onCall.close();
  });

  const put = async (path: string, body: object): Promise<void> => {
    const { status, data } = await server.http.put<unknown>(path, body);
    expect([path, [200, 201].includes(status), data]).toEqual([path, true, data]);
  };
  const run = async (sync: string): Promise<void> => {
    const { data } = await server.http.post<{ id: string }>(`/api/syncs/${sync}/runs`);
    for (;;) {
      const { data: current } = await server.http.get<{ state: string; endedAt?: string }>(`/api/runs/${data.id}`);
      if (current.endedAt) return expect([sync, current.state]).toEqual([sync, 'succeeded']);
      await delay(50);
    }
  };
  const change = async (collection: string, fields: object): Promise<void> => {
    await database.db().collection(collection).updateMany({}, { $set: fields });
  };
  /** All that the request waits for but its destination. */
  const passWaits = (): Promise<void> =>
    change('privacy_requests', { notBefore: new Date(), 'steps.$[].doneAt': new Date(Date.now() - hours) });
  const told = (): Notice[] =>
    onCall.received.map(
      ({ body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>) as Notice,
    );
  const notice = async (number: number): Promise<Notice> => {
    for (;;) {
      const found = told()[number - 1];
      if (found) return found;
      await delay(50);
    }
  };

  it('are told of while a destination is down, again when they are late, and when all are done', async () => {
    await writeFile(join(server.folder, 'people.csv'), 'id,email\n1,ann.secret@example.com\n');
    await put('/api/connections/people', { connector: 'file', config: { path: 'people.csv', key: ['id'] } });
    await put('/api/connections/crm', { connector: 'webhook', config: { url: crm.url, key: ['email'] } });
    const profiles = { connection: 'profiles', object: 'profile' };
    await put('/api/syncs/people', {
      ...{ name: 'People', from: { connection: 'people', stream: 'rows' }, to: profiles },
      mapping: { 'identities.email': 'email' },
    });
    await put('/api/syncs/to-crm', {
      name: 'To the CRM',
      from: { connection: 'profiles', stream: 'profile' },
      to: { connection: 'crm', object: 'rows' },
      mapping: { email: 'identities.email' },
    });
    await run('people');
    await run('to-crm');
    await put('/api/alerts/channels/hook', { type: 'webhook', config: { url: onCall.url, secret } });
    await put('/api/alerts/rules/privacy', { on: { privacyDue: true }, to: ['hook'], wait: '0s' });

    isDown = true;
    const asked = { kind: 'erase', identity: 'email:ann.secret@example.com', reference: 'TICKET-204' };
    const { data: request } = await server.http.post<RequestView>('/api/privacy/requests', asked);
    const now = async (): Promise<RequestView> =>
      (await server.http.get<RequestView>(`/api/privacy/requests/${request.id}`)).data;
    while (!(await now()).reason?.includes('destination cannot be told')) {
      await passWaits();
      await delay(100);
    }

    await change('privacy_requests', { dueAt: new Date(Date.now() + 48 * hours) });
    const opened = await notice(1);
    expect(opened).toMatchObject({ type: 'alert.opened', data: { kind: 'privacyDue', requestCount: 1 } });
    expect(opened.data.requests).toMatchObject([{ id: 'near', count: 1 }]);
    expect(opened.data.requests?.[0]?.message).toContain(`${request.id} (erase, TICKET-204)`);

    await change('privacy_requests', { dueAt: new Date(Date.now() - 1_000) });
    await change('alerts', { 'told.at': new Date(Date.now() - hours) });
    expect(await notice(2)).toMatchObject({ type: 'alert.updated', data: { requests: [{ id: 'late', count: 1 }] } });
    expect(await now()).toMatchObject({ overdue: true });

    isDown = false;
    await change('privacy_requests', { notBefore: new Date() });
    expect((await notice(3)).type).toBe('alert.recovered');
    expect(await now()).toMatchObject({ state: 'done', destinations: [{ deleted: 1, byHand: 0 }] });
    expect((await server.http.get('/api/alerts?state=open')).data).toEqual({ data: [], next: null });
    expect(JSON.stringify(told())).not.toContain('ann.secret');
  });
});
