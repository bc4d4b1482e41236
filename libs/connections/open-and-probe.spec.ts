import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AxiosInstance } from 'axios';
import type { ConnectorContext } from '@millrace/sdk';
import { connectMongo, createLog } from '#platform';
import { dropTestDatabase, gate, testServices } from '#tools/testing';
import type { OpenConnection } from './index.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';
import { builtInConnector, testConnector } from './testing/test-connector.ts';

const secret = 'k3y-that-nobody-may-see';
const masterKey = randomBytes(32).toString('base64');
const log = createLog({ level: 'silent' });

let app: TestApp;
let operator: AxiosInstance;
let id: string;
let server: Server;
let baseUrl: string;
const signal = new AbortController().signal;

beforeAll(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.headers.authorization === `Bearer ${secret}` ? 200 : 401;
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  app = await startTestApp(testConnector, { masterKey });
  app.catalog.register(builtInConnector, 'inside.ts', { internal: true });
  app.connections.addBuiltIn({ id: 'inside', name: 'Inside', connector: 'inside' });
  operator = await app.withRole('operator');
});
beforeEach(async () => {
  id = (await app.connections.create({ connector: 'acme', config: { baseUrl, apiKey: secret, refreshToken: 'first' } }))
    .id;
});
afterAll(async () => {
  await app.close();
  server.close();
  await dropTestDatabase(testServices());
});

const check = async () => (await operator.post<{ ok: boolean; message?: string }>(`/api/connections/${id}/check`)).data;
const behave = (behaviour: string) => app.connections.update(id, { config: { behaviour } });

describe('check', () => {
  it('tells that a connection works, and the connection remembers', async () => {
    await behave('ask');
    expect(await check()).toEqual({ ok: true, at: expect.stringMatching(/^\d{4}-/) });
    expect(await app.connections.get(id)).toMatchObject({ check: { ok: true }, checkedAt: expect.any(String) });
  });

  it('tells why it does not, without the secret', async () => {
    await behave('refuse');
    expect(await check()).toMatchObject({
      ok: false,
      code: 'authentication_failed',
      message: 'The key [redacted] was refused. Enter another.',
    });
    await behave('break');
    const broken = await check();
    expect(broken).toMatchObject({ ok: false, code: 'remote_error' });
    expect(broken.message).not.toContain(secret);
    expect(await app.connections.get(id)).toMatchObject({ check: { ok: false, code: 'remote_error' } });
  });

  it('uses the configured address and credentials', async () => {
    await app.connections.update(id, { config: { behaviour: 'ask', apiKey: 'another-key' } });
    expect(await check()).toMatchObject({ ok: false, code: 'authentication_failed' });
  });

  it.each([
    ['of a configuration that is another by now', { apiKey: 'another-key' }],
    ['that was begun before one that is noted', {}],
  ])('is not noted %s', async (_, change) => {
    const [asked, answered] = [gate(), gate()];
    let requests = 0;
    const slow = createServer((__, response) => {
      if (++requests > 1) return response.end('{}');
      asked.open();
      return void answered.opened.then(() => response.writeHead(401).end());
    }).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const address = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    const config = { behaviour: 'ask', baseUrl: address, apiKey: secret, refreshToken: '' };
    await app.connections.update(id, { config });
    const late = check();
    await asked.opened;
    await app.connections.update(id, { config: change });
    expect(await check()).toMatchObject({ ok: true });
    answered.open();
    expect(await late).toMatchObject({ ok: false, code: 'authentication_failed' });
    expect(await app.connections.get(id)).toMatchObject({ check: { ok: true } });
    slow.close();
  });

  it('works for built-in connections', async () => {
    expect(await app.connections.check('inside')).toMatchObject({ ok: true });
  });

  it('is for operators, and for connections that there are', async () => {
    const viewer = await app.withRole('viewer');
    expect((await viewer.post(`/api/connections/${id}/check`)).data).toMatchObject({ code: 'forbidden' });
    expect((await operator.post('/api/connections/nothing/check')).data).toMatchObject({ code: 'not_found' });
  });
});

describe('what a connection has', () => {
  it('is asked for', async () => {
    expect((await operator.get(`/api/connections/${id}/streams`)).data).toMatchObject({
      next: null,
      data: [
        {
          name: 'contacts',
          title: 'Contacts',
          key: ['id'],
          cursor: 'updatedAt',
          incremental: true,
          endless: false,
          replayable: false,
        },
      ],
    });
    expect((await operator.get(`/api/connections/${id}/objects`)).data).toMatchObject({
      data: [{ name: 'contact', key: ['email'], modes: ['upsert'], idempotency: 'natural', batch: { records: 1000 } }],
    });
    expect((await operator.get('/api/connections/inside/objects')).data).toMatchObject({ data: [] });
  });

  it('is answered with the connector’s error when asking fails', async () => {
    await behave('refuse');
    const { status, data } = await operator.get<unknown>(`/api/connections/${id}/streams`);
    expect(status).toBe(422);
    expect(data).toMatchObject({ code: 'authentication_failed' });
    expect(JSON.stringify(data)).not.toContain(secret);
  });
});

describe('open', () => {
  const open = () => app.connections.open(id, { signal, log });

  it('gives the connector its configuration, secrets included', async () => {
    const opened = await open();
    expect(opened).toMatchObject({ id, revision: 1, connector: { id: 'acme' } });
    expect(opened.ctx.config).toMatchObject({ baseUrl, apiKey: secret, behaviour: 'work' });
    expect((await opened.ctx.http.get('/me')).status).toBe(200);
    await opened.close();
  });

  it('ends everything when it is closed', async () => {
    const opened = await open();
    const socket = opened.ctx.connect({ host: '127.0.0.1', port: Number(new URL(baseUrl).port) });
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await opened.close();
    await closed;
    expect(opened.ctx.signal.aborted).toBe(true);
  });

  it('ends with the signal of its user', async () => {
    const stop = new AbortController();
    const opened = await app.connections.open(id, { signal: stop.signal, log });
    stop.abort(new Error('cancelled'));
    expect(opened.ctx.signal.reason).toEqual(new Error('cancelled'));
    await expect(opened.ctx.http.get('/me')).rejects.toThrow('cancelled');
    await opened.close();
  });

  it('is not possible for what is not there', async () => {
    await expect(app.connections.open('nothing', { signal, log })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('updateSecrets', () => {
  const context = async (): Promise<{ opened: OpenConnection; ctx: ConnectorContext }> => {
    const opened = await app.connections.open(id, { signal, log });
    return { opened, ctx: opened.ctx };
  };

  it('lets one of two win, and the winner go on', async () => {
    const [a, b] = [await context(), await context()];
    const update = ({ ctx }: typeof a, refreshToken: string) => ctx.updateSecrets({ refreshToken });
    const results = await Promise.allSettled([update(a, 'second'), update(b, 'other')]);
    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).toMatchObject([{ reason: { code: 'secret_conflict', retryable: true } }]);
    const winner = results[0]?.status === 'fulfilled' ? a : b;
    await winner.ctx.updateSecrets({ refreshToken: 'third' });
    expect(winner.ctx.config).toMatchObject({ refreshToken: 'third', apiKey: secret });
    expect((await context()).ctx.config).toMatchObject({ refreshToken: 'third', apiKey: secret });
    expect(await app.connections.get(id)).toMatchObject({ revision: 1 });
  });

  it('loses against an operator who enters new ones', async () => {
    const { ctx } = await context();
    await app.connections.update(id, { config: { apiKey: 'entered-anew' } });
    await expect(ctx.updateSecrets({ refreshToken: 'stale' })).rejects.toMatchObject({ code: 'secret_conflict' });
    expect((await context()).ctx.config).toMatchObject({ apiKey: 'entered-anew', refreshToken: 'first' });
  });

  it('takes secret fields and valid values only', async () => {
    const { ctx } = await context();
    await expect(ctx.updateSecrets({ baseUrl: 'https://evil.example' })).rejects.toMatchObject({
      code: 'invalid_config',
    });
    await expect(ctx.updateSecrets({ apiKey: 17 })).rejects.toMatchObject({ code: 'invalid_config' });
  });

  it('hides the new secret as it did the old one', async () => {
    const { ctx, opened } = await context();
    await ctx.updateSecrets({ refreshToken: 'brand-new-token' });
    expect(opened.shownError(new Error('refused brand-new-token')).message).not.toContain('brand-new-token');
  });
});

describe('secrets', () => {
  it('are in no document, no answer and no line of the log', async () => {
    await behave('break');
    await check();
    await operator.get(`/api/connections/${id}/streams`);
    const connection = await connectMongo(testServices().mongodbUri);
    const collections = await connection.listCollections();
    const stored = await Promise.all(collections.map(({ name }) => connection.collection(name).find().toArray()));
    await connection.close();
    expect(JSON.stringify(stored)).toContain(id);
    expect(JSON.stringify(stored)).not.toContain(secret);
    expect(JSON.stringify((await operator.get('/api/connections', { params: { limit: 200 } })).data)).not.toContain(
      secret,
    );
    expect(app.logged()).toContain(id);
    expect(app.logged()).not.toContain(secret);
  });

  it('are sealed anew when the master key changes', async () => {
    const newKey = randomBytes(32).toString('base64');
    const rotated = await startTestApp(testConnector, { masterKey: newKey, oldMasterKeys: [masterKey] });
    const opened = await rotated.connections.open(id, { signal, log });
    expect(opened.ctx.config).toMatchObject({ apiKey: secret });
    await rotated.close();
    const later = await startTestApp(testConnector, { masterKey: newKey });
    expect((await later.connections.open(id, { signal, log })).ctx.config).toMatchObject({ apiKey: secret });
    await later.close();
    await expect(app.connections.open(id, { signal, log })).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
