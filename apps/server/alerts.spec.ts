import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Notice {
  type: string;
  data: { title: string; connection?: { name: string }; syncs: { slug: string; code?: string }[] };
}

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;

describe('alerts, the whole way', () => {
  let server: TestServer;
  let source: Server;
  let receiver: Server;
  let isLocked = false;
  const notices: Notice[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    source = await listening((_, response) => {
      response.writeHead(isLocked ? 401 : 200, { 'content-type': 'application/json' });
      response.end(isLocked ? '{}' : JSON.stringify([{ id: 1, email: 'ann@example.com' }]));
    });
    receiver = await listening((request, response) => {
      void text(request).then((body) => {
        notices.push(new Webhook(secret).verify(body, request.headers as Record<string, string>) as Notice);
        response.writeHead(204).end();
      });
    });
  }, 60_000);

  afterAll(async () => {
    await server.close();
    source.close();
    receiver.close();
  });

  const put = async (path: string, body: object): Promise<void> => {
    const { status, data } = await server.http.put<unknown>(path, body);
    expect([path, [200, 201].includes(status), data]).toEqual([path, true, data]);
  };
  const run = async (sync: string): Promise<void> => {
    expect((await server.http.post(`/api/syncs/${sync}/runs`)).status).toBe(202);
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
    await put('/api/alerts/rules/all', { on: { failed: true }, to: ['hook'], wait: '10s' });

    isLocked = true;
    await run('people');
    await run('members');
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
  }, 90_000);
});

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
