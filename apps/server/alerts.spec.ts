import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { endAlertWaits } from './testing/waits.ts';

interface Notice {
  type: string;
  data: {
    title: string;
    kind: string;
    connection?: { name: string };
    syncs: { slug: string; code?: string }[];
    triggers?: { slug: string; code?: string; message: string }[];
  };
}

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;

describe('alerts, the whole way', () => {
  let server: TestServer;
  let source: Server;
  let receiver: Server;
  let crm: Server;
  let isLocked = false;
  const notices: Notice[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    source = await listening((_, response) => {
      response.writeHead(isLocked ? 401 : 200, { 'content-type': 'application/json' });
      response.end(isLocked ? '{}' : JSON.stringify([{ id: 1, email: 'ann@example.com' }]));
    });
    crm = await listening((_, response) => void response.writeHead(isLocked ? 422 : 200).end());
    receiver = await listening((request, response) => {
      void text(request).then((body) => {
        notices.push(new Webhook(secret).verify(body, request.headers as Record<string, string>) as Notice);
        response.writeHead(204).end();
      });
    });
  });

  afterAll(async () => {
    await server.close();
    source.close();
    crm.close();
    receiver.close();
  });

  const put = async (path: string, body: object): Promise<void> => {
    const { status, data } = await server.http.put<unknown>(path, body);
    expect([path, [200, 201].includes(status), data]).toEqual([path, true, data]);
  };
  const run = async (sync: string): Promise<void> => {
    expect((await server.http.post(`/api/syncs/${sync}/runs`)).status).toBe(202);
  };

  /** As soon as an alert is about so many syncs. */
  const opened = async (count: number): Promise<void> => {
    for (;;) {
      const { data } = await server.http.get<{ data: { syncs: unknown[] }[] }>('/api/alerts?state=open');
      if (data.data[0]?.syncs.length === count) return;
      await delay(50);
    }
  };

  it('tells once that a source shut out two syncs, and once that both are well again', async () => {
    await put('/api/connections/crm', {
      connector: 'http-json',
      name: 'CRM',
      config: { baseUrl: urlOf(source), streams: [{ name: 'people', path: '/people', key: ['id'] }] },
    });
    const mapping = { 'identities.email': 'email' };
    for (const slug of ['people', 'members']) {
      const from = { connection: 'crm', stream: 'people' };
      await put(`/api/syncs/${slug}`, { name: slug, from, to: { connection: 'profiles', object: 'profile' }, mapping });
    }
    await put('/api/alerts/channels/hook', { type: 'webhook', config: { url: urlOf(receiver), secret } });
    await put('/api/alerts/rules/all', { on: { failed: true }, to: ['hook'], wait: '1h' });

    isLocked = true;
    await run('people');
    await run('members');
    await opened(2);
    await endAlertWaits();
    await until(() => notices.length > 0);
    expect(notices).toMatchObject([{ type: 'alert.opened', data: { connection: { name: 'CRM' } } }]);
    expect(notices[0]?.data.syncs.map(({ slug, code }) => [slug, code]).sort()).toEqual([
      ['members', 'authentication_failed'],
      ['people', 'authentication_failed'],
    ]);

    isLocked = false;
    await run('people');
    await run('members');
    await until(() => notices.length > 1);
    expect(notices.slice(1)).toMatchObject([
      { type: 'alert.recovered', data: { title: expect.stringContaining('2 syncs') } },
    ]);
    expect((await server.http.get('/api/alerts?state=open')).data).toEqual({ data: [], next: null });
  });

  it('goes on watching a sync that is called otherwise', async () => {
    await put('/api/alerts/rules/one', { on: { failed: true }, syncs: ['members', 'people'], to: ['hook'] });
    for (const slug of ['staff', 'members']) {
      const { data } = await server.http.get<{ id: string }>(`/api/syncs/${slug === 'staff' ? 'members' : 'staff'}`);
      expect((await server.http.patch(`/api/syncs/${data.id}`, { slug })).status).toBe(200);
      expect((await server.http.get('/api/alerts/rules/one')).data).toMatchObject({ syncs: [slug, 'people'] });
    }
    await server.http.delete('/api/alerts/rules/one');
  });

  it('tells of triggers whose firings fail or are held by a limit, and that they are well again', async () => {
    notices.length = 0;
    const { data: source } = await server.http.post<{ writeKey: string }>('/api/sources', { name: 'Shop' });
    const authorization = `Basic ${Buffer.from(`${source.writeKey}:`).toString('base64')}`;
    const track = async (event: string): Promise<void> => {
      const message = { userId: 'u1', event, timestamp: new Date().toISOString() };
      expect((await server.http.post('/v1/track', message, { headers: { authorization } })).status).toBe(200);
    };
    const firings = async (slug: string, states: string[]): Promise<void> => {
      for (;;) {
        const { data } = await server.http.get<{ data: { state: string }[] }>(`/api/triggers/${slug}/firings`);
        if (JSON.stringify(data.data.map(({ state }) => state).sort()) === JSON.stringify(states)) return;
        await delay(50);
      }
    };
    await put('/api/connections/out', { connector: 'webhook', config: { url: urlOf(crm) } });
    const handOver = { connection: 'out', object: 'rows', mapping: { id: 'id' } };
    await put('/api/triggers/greeter', { on: { event: 'Signed Up' }, do: { handOver } });
    await put('/api/triggers/loop', { on: { event: 'Ping' }, limits: { perPerson: 1 }, do: { handOver } });
    await put('/api/alerts/rules/triggers', {
      ...{ on: { triggerFailing: true, triggerHeld: true }, triggers: ['greeter', 'loop'], to: ['hook'], wait: '0s' },
    });

    await track('Ping');
    await firings('loop', ['sent']);
    await track('Ping');
    await firings('loop', ['held', 'sent']);
    isLocked = true;
    await track('Signed Up');
    await firings('greeter', ['failed']);
    await until(() => notices.length > 1);
    expect(toldOf(notices)).toEqual([
      ['alert.opened', 'triggerFailing', 'greeter'],
      ['alert.opened', 'triggerHeld', 'loop'],
    ]);

    isLocked = false;
    await server.http.post('/api/triggers/greeter/retry', { state: 'failed' });
    await put('/api/triggers/loop', { on: { event: 'Ping' }, limits: { perPerson: 9 }, do: { handOver } });
    await server.http.post('/api/triggers/loop/retry', { state: 'held' });
    await until(() => notices.length > 3);
    expect(toldOf(notices.slice(2))).toEqual([
      ['alert.recovered', 'triggerFailing', 'greeter'],
      ['alert.recovered', 'triggerHeld', 'loop'],
    ]);
  });
});

function toldOf(notices: Notice[]): unknown[][] {
  return notices.map(({ type, data }) => [type, data.kind, data.triggers?.[0]?.slug]).sort();
}

async function listening(handler: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(handler as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(100);
}
