import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { IsOptional, IsString } from 'class-validator';
import type { Connection } from 'mongoose';
import { defineConnector, Field, oauth2, type AnyConnector } from '@millrace/sdk';
import { connectMongo, createLog } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { OpenConnection } from '../index.ts';
import { client, oauthServer, type OAuthServer } from '../testing/oauth-server.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

class VendorConfig {
  @Field({ title: 'URL', bindsSecrets: true }) @IsString() url!: string;
  @Field({ title: 'Client id' }) @IsString() clientId!: string;
  @Field({ title: 'Client secret', secret: true }) @IsString() clientSecret!: string;
  @Field({ title: 'Refresh token', secret: true }) @IsOptional() @IsString() refreshToken?: string;
}

function vendor(id: string, more: Partial<Parameters<typeof oauth2<VendorConfig>>[0]>): AnyConnector {
  return defineConnector<VendorConfig>({
    id,
    title: id,
    version: '1.0.0',
    config: VendorConfig,
    http: ({ url }) => ({ baseURL: `${url}/api`, retries: 0 }),
    auth: oauth2({
      tokenUrl: ({ url }) => `${url}/token`,
      client: { id: 'clientId', secret: 'clientSecret' },
      ...more,
    }),
    check: ({ http }) => http.get('/me'),
    source: { streams: {} },
  });
}

const itself = vendor('itself', { scopes: ['read', 'write'] });
const forSomebody = vendor('for-somebody', {
  refreshToken: 'refreshToken',
  clientIn: 'body',
  parameters: { audience: 'us' },
});
const masterKey = randomBytes(32).toString('base64');
const log = createLog({ level: 'silent' });

describe('signing in by OAuth 2.0', () => {
  let server: OAuthServer;
  let workers: TestApp[];
  let mongo: Connection;
  const opened: OpenConnection[] = [];

  beforeAll(async () => {
    workers = [await start(), await start()];
    mongo = await connectMongo(testServices().mongodbUri);
  });
  beforeEach(async () => void (server = await oauthServer()));
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    await server.close();
  });
  afterAll(async () => {
    for (const worker of workers) await worker.close();
    await mongo.close();
    await dropTestDatabase(testServices());
  });

  async function start(values: object = { masterKey }): Promise<TestApp> {
    const app = await startTestApp(itself, values);
    app.catalog.register(forSomebody, 'for-somebody.ts');
    return app;
  }

  const configOf = (more: object = {}) => ({
    url: server.url,
    clientId: client.id,
    clientSecret: client.secret,
    ...more,
  });
  const make = async (connector: string, more?: object) =>
    (await worker().connections.create({ connector, config: configOf(more) })).id;
  const worker = (index = 0): TestApp => workers[index] as TestApp;
  const open = async (id: string, app = worker()): Promise<OpenConnection> => {
    const one = await app.connections.open(id, { signal: new AbortController().signal, log });
    opened.push(one);
    return one;
  };
  const call = async (id: string, app?: TestApp) => (await (await open(id, app)).ctx.http.get('/me')).status;
  const tokens = () => mongo.collection<{ _id: string; connection: string; version: number }>('access_tokens');

  it('gets a token for the client itself, and uses it for as long as it is good', async () => {
    const id = await make('itself');
    expect(await Promise.all([call(id), call(id), call(id, worker(1))])).toEqual([200, 200, 200]);
    const written = 'the-client:s3cret+of%2Fthe%2Bclient';
    expect(server.exchanges).toEqual([
      {
        grant_type: 'client_credentials',
        scope: 'read write',
        authorization: `Basic ${Buffer.from(written).toString('base64')}`,
      },
    ]);
    expect(new Set(server.calls)).toEqual(new Set(['Bearer access-token-1-of-this-server']));
  });

  it('renews it before its end', async () => {
    const id = await make('itself');
    const one = await open(id);
    await one.ctx.http.get('/me');
    await tokens().updateOne({ connection: id }, { $set: { renewAt: new Date() } });
    await call(id, worker(1));
    expect(server.exchanges).toHaveLength(2);
    await one.ctx.http.get('/me'); // has one that is good as far as it knows
    expect(server.exchanges).toHaveLength(2);
  });

  it('uses a token that is over at once for what it was asked for', async () => {
    const id = await make('itself');
    server.expiresIn = 0.001;
    expect(await Promise.all([call(id), call(id, worker(1))])).toEqual([200, 200]);
  });

  it('spends no refresh token twice, however many need one, and keeps what it was given in its place', async () => {
    const id = await make('for-somebody', { refreshToken: server.signIn() });
    const all = () => Promise.all(Array.from({ length: 8 }, (_, i) => call(id, worker(i % 2))));
    expect(new Set(await all())).toEqual(new Set([200]));
    server.revoke();
    expect(new Set(await all())).toEqual(new Set([200]));
    expect(server.reused).toEqual([]);
    expect(server.exchanges).toEqual([
      { ...formOf('refresh-token-1-of-this-server') },
      { ...formOf('refresh-token-2-of-this-server') },
    ]);
    const again = { connector: 'for-somebody', config: configOf({ refreshToken: 'refresh-token-1-of-this-server' }) };
    const { view } = await worker().connections.put(id, again);
    expect(view).toMatchObject({ revision: 1 });
    server.revoke();
    expect(await call(id)).toBe(200);
  });

  const formOf = (refresh_token: string) => ({
    grant_type: 'refresh_token',
    refresh_token,
    audience: 'us',
    client_id: client.id,
    client_secret: client.secret,
  });

  it('keeps a new refresh token before anything is done with it', async () => {
    const id = await make('for-somebody', { refreshToken: server.signIn() });
    const seen: (number | undefined)[] = [];
    server.onCall = async () => void seen.push((await tokens().findOne({ connection: id }))?.version);
    await call(id);
    expect(seen).toEqual([1]);
  });

  it('takes over from a process that died while it asked', async () => {
    const id = await make('for-somebody', { refreshToken: server.signIn() });
    await call(id);
    server.revoke();
    await tokens().updateOne({ connection: id }, { $set: { claim: { by: 'gone', until: new Date() } } });
    expect(await call(id)).toBe(200);
    expect(await tokens().findOne({ connection: id })).not.toHaveProperty('claim');
  });

  it('sends a refused request once more, with another token, and no third time', async () => {
    const id = await make('itself');
    const one = await open(id);
    await one.ctx.http.get('/me');
    server.revoke();
    expect((await one.ctx.http.post('/things', { a: 1 })).status).toBe(200);
    expect(server.calls).toHaveLength(3);
    server.onCall = async () => server.revoke();
    const { status } = await one.ctx.http.get('/me', { validateStatus: null });
    expect(status).toBe(401);
    await expect(one.ctx.http.get('/me')).rejects.toMatchObject({ code: 'authentication_failed' });
    expect(server.calls).toHaveLength(7);
  });

  it('says at the connection that the sign-in is over, until it works again', async () => {
    const id = await make('for-somebody', { refreshToken: server.signIn() });
    await call(id);
    server.revoke(true);
    const error: unknown = await call(id).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'authentication_failed', details: { reason: 'invalid_grant' } });
    const { check } = await worker().connections.get(id);
    expect(check).toMatchObject({ ok: false, code: 'authentication_failed' });
    expect(check?.message).toMatch(/\(invalid_grant: \[redacted\] is not good\).*[Ee]nter the new refresh token/);
    await worker().connections.update(id, { config: { refreshToken: server.signIn() } });
    expect(await call(id)).toBe(200);
    expect((await worker().connections.get(id)).check).toBeUndefined();
  });

  it('sends tokens nowhere but to the API, and does not touch what is signed in already', async () => {
    const other = await oauthServer();
    const { ctx } = await open(await make('itself'));
    await ctx.http.get(`${other.url}/api/me`, { validateStatus: null });
    expect(other.calls).toEqual([undefined]);
    await ctx.http.get('/me', { headers: { Authorization: 'Basic own' }, validateStatus: null });
    expect(server.calls).toEqual(['Basic own']);
    expect(server.exchanges).toEqual([]);
    await other.close();
  });

  it.each([
    [{ status: 200, body: '<html>Sign in</html>' }, 'invalid_response'],
    [{ status: 200, body: '[]' }, 'invalid_response'],
    [{ status: 200, body: '{"access_token":"a\\r\\nx-evil: 1"}' }, 'invalid_response'],
    [{ status: 200, body: '{"access_token":"a","token_type":"mac"}' }, 'invalid_response'],
    [{ status: 302, body: '', headers: { location: '/elsewhere' } }, 'invalid_response'],
    [{ status: 401, body: 'no' }, 'authentication_failed'],
    [{ status: 400, body: '{"error":{"$gt":""}}' }, 'authentication_failed'],
    [{ status: 503, body: 'down' }, 'remote_error'],
  ])('makes an error of what is no token: %j', async (answer, code) => {
    const id = await make('itself');
    server.answers.push(answer);
    await expect(call(id)).rejects.toMatchObject({ code });
    expect(server.calls).toEqual([]);
    expect(await call(id)).toBe(200); // nothing of it stays
  });

  it('is patient with an endpoint that gave tokens before, and gives a page of its proxy now', async () => {
    const id = await make('itself');
    const page = { status: 200, body: '<html>We are back soon</html>' };
    server.answers.push(page);
    await expect(call(id)).rejects.toMatchObject({ code: 'invalid_response', retryable: false });
    await call(id);
    server.revoke();
    server.answers.push(page);
    await expect(call(id)).rejects.toMatchObject({ code: 'invalid_response', retryable: true });
    expect(await call(id)).toBe(200);
  });

  it('uses a token whose end is not told until it is refused', async () => {
    const id = await make('itself');
    server.expiresIn = undefined;
    await call(id);
    expect(await call(id, worker(1))).toBe(200);
    expect(server.exchanges).toHaveLength(1);
    server.revoke();
    expect(await Promise.all([call(id), call(id, worker(1))])).toEqual([200, 200]);
    expect(server.exchanges).toHaveLength(2);
  });

  it('waits for nothing when it is ended', async () => {
    const id = await make('itself');
    await call(id);
    server.revoke();
    const until = new Date(Date.now() + 60_000);
    await tokens().updateOne({ connection: id }, { $set: { renewAt: new Date(), claim: { by: 'busy', until } } });
    const stop = new AbortController();
    const one = await worker().connections.open(id, { signal: stop.signal, log });
    opened.push(one);
    const waiting = one.ctx.http.get('/me');
    setImmediate(() => stop.abort(new Error('cancelled')));
    await expect(waiting).rejects.toThrow('cancelled');
  });

  it('shows no token, in no document, line or answer, and forgets them with the connection', async () => {
    const id = await make('for-somebody', { refreshToken: server.signIn() });
    const one = await worker().connections.open(id, { signal: new AbortController().signal, log });
    opened.push(one);
    await one.ctx.http.get('/me');
    expect(one.shownError(new Error(`refused ${server.calls[0]}`)).message).not.toContain('-of-this-server');
    expect(await worker().connections.check(id)).toMatchObject({ ok: true });
    const collections = await mongo.listCollections();
    const stored = await Promise.all(collections.map(({ name }) => mongo.collection(name).find().toArray()));
    expect(JSON.stringify(stored)).toContain(id);
    expect(JSON.stringify(stored)).not.toContain('-of-this-server');
    expect(worker().logged()).not.toContain('-of-this-server');
    await worker().connections.remove(id);
    expect(await tokens().countDocuments({ connection: id })).toBe(0);
  });

  it('goes on with another master key', async () => {
    const id = await make('for-somebody', { refreshToken: server.signIn() });
    await call(id);
    const newKey = randomBytes(32).toString('base64');
    const rotated = await start({ masterKey: newKey, oldMasterKeys: [masterKey] });
    expect(await call(id, rotated)).toBe(200);
    await rotated.close();
    expect(server.exchanges).toHaveLength(1);
  });

  it('asks no token endpoint at an address that is not allowed', async () => {
    const id = await make('itself');
    const guarded = await start({ masterKey, allowPrivateAddresses: false });
    await expect(call(id, guarded)).rejects.toMatchObject({ code: 'address_not_allowed' });
    expect(server.exchanges).toEqual([]);
    await guarded.close();
  });
});
