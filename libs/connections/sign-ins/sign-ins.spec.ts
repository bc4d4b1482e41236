import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { IsOptional, IsString } from 'class-validator';
import type { AxiosInstance, AxiosResponse } from 'axios';
import type { Connection } from 'mongoose';
import { defineConnector, Field, oauth2 } from '@millrace/sdk';
import { connectMongo, createLog } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { ConnectionView } from '../connection-view.ts';
import { client, oauthServer, type OAuthServer } from '../testing/oauth-server.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import type { SignInLink } from './sign-ins.ts';

class VendorConfig {
  @Field({ title: 'URL', bindsSecrets: true }) @IsString() url!: string;
  @Field({ title: 'Client id' }) @IsString() clientId!: string;
  @Field({ title: 'Client secret', secret: true }) @IsString() clientSecret!: string;
  @Field({ title: 'Refresh token', secret: true }) @IsOptional() @IsString() refreshToken?: string;
  @Field({ title: 'Page' }) @IsOptional() @IsString() page?: string;
}

const vendor = defineConnector<VendorConfig>({
  id: 'vendor',
  title: 'Vendor',
  version: '1.0.0',
  config: VendorConfig,
  http: ({ url }) => ({ baseURL: `${url}/api`, retries: 0 }),
  auth: oauth2({
    tokenUrl: ({ url }) => `${url}/token`,
    authorizeUrl: ({ url, page }) => page ?? `${url}/authorize?prompt=consent`,
    authorizeParameters: { access_type: 'offline' },
    client: { id: 'clientId', secret: 'clientSecret' },
    refreshToken: 'refreshToken',
    scopes: ['read', 'write'],
  }),
  check: ({ http }) => http.get('/me'),
  source: { streams: {} },
});

const log = createLog({ level: 'silent' });

describe('signing in at a page of the vendor', () => {
  let app: TestApp;
  let server: OAuthServer;
  let operator: AxiosInstance;
  let mongo: Connection;

  beforeAll(async () => {
    app = await startTestApp(vendor, { publicUrl: 'https://millrace.example/base/' });
    operator = await app.withRole('operator');
    mongo = await connectMongo(testServices().mongodbUri);
  });
  beforeEach(async () => void (server = await oauthServer()));
  afterEach(() => server.close());
  afterAll(async () => {
    await app.close();
    await mongo.close();
    await dropTestDatabase(testServices());
  });

  const make = async (more: object = {}) => {
    const config = { url: server.url, clientId: client.id, clientSecret: client.secret, ...more };
    return (await app.connections.create({ name: 'The <b>shop', connector: 'vendor', config })).id;
  };
  const linkTo = async (id: string) => (await operator.post<SignInLink>(`/api/connections/${id}/sign-in`)).data;
  /** Follows the vendor's page back to here. */
  const comeBack = async (url: string): Promise<AxiosResponse<string>> => {
    const { headers } = await operator.get<string>(url, { maxRedirects: 0 });
    const back = new URL(String(headers.location));
    return operator.get<string>(`/oauth/callback${back.search}`, { headers: { authorization: undefined } });
  };
  const signIn = async (id: string) => comeBack((await linkTo(id)).url);
  const call = async (id: string) => {
    const one = await app.connections.open(id, { signal: new AbortController().signal, log });
    try {
      return (await one.ctx.http.get('/me')).status;
    } finally {
      await one.close();
    }
  };
  const viewOf = async (id: string) => (await operator.get<ConnectionView>(`/api/connections/${id}`)).data;

  it('leads there and back, and the connection works from then on', async () => {
    const id = await make();
    await expect(call(id)).rejects.toMatchObject({ code: 'authentication_failed' });
    expect((await viewOf(id)).check?.message).toMatch(
      /nobody has signed in yet.*POST \/api\/connections\/<id>\/sign-in/,
    );
    const { status, data, headers } = await signIn(id);
    expect([status, data]).toEqual([200, expect.stringContaining('&quot;The &lt;b&gt;shop&quot; works.')]);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['cache-control']).toBe('no-store');
    expect(server.visits).toEqual([
      {
        prompt: 'consent',
        access_type: 'offline',
        response_type: 'code',
        client_id: client.id,
        redirect_uri: 'https://millrace.example/base/oauth/callback',
        scope: 'read write',
        state: expect.stringMatching(/^[\w-]{43}$/),
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
        code_challenge_method: 'S256',
      },
    ]);
    expect(await call(id)).toBe(200);
    expect(await viewOf(id)).toMatchObject({ revision: 1, check: { ok: true }, signedIn: { by: 'operator' } });
    server.revoke();
    expect(await call(id)).toBe(200);
    expect(server.exchanges.map(({ grant_type }) => grant_type)).toEqual(['authorization_code', 'refresh_token']);
  });

  it('takes the place of a sign-in that is over, and of an entered refresh token', async () => {
    const id = await make({ refreshToken: server.signIn() });
    expect(await call(id)).toBe(200);
    server.revoke(true);
    await expect(call(id)).rejects.toMatchObject({
      message: expect.stringContaining('POST /api/connections/<id>/sign-in'),
    });
    await signIn(id);
    server.revoke();
    expect(await Promise.all([call(id), call(id)])).toEqual([200, 200]);
    expect(server.reused).toEqual([]);
  });

  it('is enough where the vendor gives no refresh token, until the other side takes it back', async () => {
    server.withoutRefresh = true;
    const id = await make();
    await signIn(id);
    expect(await call(id)).toBe(200);
    server.revoke();
    await expect(call(id)).rejects.toMatchObject({ code: 'authentication_failed' });
    expect((await viewOf(id)).check).toMatchObject({ ok: false, code: 'authentication_failed' });
    await signIn(id);
    expect(await call(id)).toBe(200);
  });

  it('says what the vendor said where it was refused', async () => {
    const id = await make();
    server.refuses = true;
    const { status, data } = await signIn(id);
    expect(status).toBe(422);
    expect(data).toContain('(access_denied: not now &lt;b&gt;)');
    server.refuses = false;
    server.answers.push({
      status: 400,
      body: '{"error":"invalid_grant","error_description":"bad s3cret of/the+client"}',
    });
    const exchanged = await signIn(id);
    expect(exchanged.status).toBe(422);
    expect(exchanged.data).toContain('(invalid_grant: bad [redacted])');
    expect((await viewOf(id)).signedIn).toBeUndefined();
  });

  it('is one warning without a stack in the log where the vendor answers badly', async () => {
    server.answers.push({ status: 200, body: 'Welcome!', headers: { 'content-type': 'text/html' } });
    const before = app.logged().length;
    expect(await signIn(await make())).toMatchObject({ status: 502 });
    const lines = app.logged().slice(before).trim().split('\n');
    const told = lines.filter((line) => line.includes('A sign-in failed'));
    expect(told.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 'warn', error: expect.any(String) }),
    ]);
  });

  it('is good once, for ten minutes, and not for what was not begun here', async () => {
    const id = await make();
    const { url, expiresAt } = await linkTo(id);
    expect(Date.parse(String(expiresAt))).toBeLessThanOrEqual(Date.now() + 600_000);
    const { headers } = await operator.get<string>(url, { maxRedirects: 0 });
    const back = `/oauth/callback${new URL(String(headers.location)).search}`;
    expect((await operator.get<string>(back)).status).toBe(200);
    const again = await operator.get<string>(back);
    expect([again.status, again.data]).toEqual([410, expect.stringContaining('This sign-in is over')]);

    const late = await linkTo(id);
    await mongo.collection('sign_ins').updateMany({ connection: id }, { $set: { expiresAt: new Date() } });
    expect((await comeBack(late.url)).status).toBe(410);
    for (const query of ['', '?state=x&code=y', '?state[$gt]=&code=y', '?state=a&state=b', '?code=%00'])
      expect((await operator.get<string>(`/oauth/callback${query}`)).status).toBe(410);
    expect(server.exchanges).toHaveLength(1);
  });

  it.each(['?state=STATE', '?state=STATE&code=', '?state=STATE&code[a]=b', `?state=STATE&code=${'x'.repeat(5000)}`])(
    'takes no code for granted: %.30s',
    async (query) => {
      const { url } = await linkTo(await make());
      const state = new URL(url).searchParams.get('state') ?? '';
      const { status, data } = await operator.get<string>(`/oauth/callback${query.replace('STATE', state)}`);
      expect([status, data]).toEqual([422, expect.stringContaining('Nobody is signed in')]);
      expect(server.exchanges).toEqual([]);
    },
  );

  it('is for operators, for connections that have such a page, and for pages of the web', async () => {
    const id = await make();
    const path = `/api/connections/${id}/sign-in`;
    for (const role of ['viewer', 'marketer'] as const)
      expect((await (await app.withRole(role)).post(path)).status).toBe(403);
    expect((await operator.post('/api/connections/con_01JD3V7Q2M8Z5T9W4R6X1Y0KBC/sign-in')).status).toBe(404);
    const script = await make({ page: 'javascript:alert(1)' });
    const { status, data } = await operator.post<{ code: string }>(`/api/connections/${script}/sign-in`);
    expect([status, data.code]).toEqual([400, 'invalid_config']);
  });

  it('keeps neither state nor verifier nor token in clear, and tells who signed in', async () => {
    const id = await make();
    const { url } = await linkTo(id);
    const state = new URL(url).searchParams.get('state') ?? '';
    const stored = async () => {
      const collections = await mongo.listCollections();
      return JSON.stringify(await Promise.all(collections.map(({ name }) => mongo.collection(name).find().toArray())));
    };
    expect(await stored()).not.toContain(state);
    await comeBack(url);
    expect(await stored()).not.toContain('-of-this-server');
    const verifier = server.exchanges[0]?.code_verifier ?? '';
    for (const secret of [state, verifier, '-of-this-server']) expect(app.logged()).not.toContain(secret);
    const audit = await mongo.collection('audit_log').findOne({ path: `/api/connections/${id}`, method: 'SIGNED_IN' });
    expect(audit).toMatchObject({ key: { name: 'operator', role: 'operator' } });
  });
});
