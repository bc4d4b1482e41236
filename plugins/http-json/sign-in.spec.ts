import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { configSpec, signInLink, streamsOf, type AnyConnector, type Row } from '@millrace/sdk';
import {
  fakeVendor,
  fixtureOptions,
  readAll,
  testConnector,
  testContext,
  type ContractOptions,
  type FakeVendor,
  type VendorAnswer,
  type VendorRequest,
} from '@millrace/sdk/testing';
import { HttpJsonConfig } from './config.ts';
import connector from './index.ts';
import { signIn } from './sign-in.ts';

const secret = 's3cret-of-the-client';
const refreshToken = 'refresh-token-of-somebody';
const perPage = 10;
const people = Array.from({ length: 35 }, (_, index) => ({ id: index + 1 }));

let vendor: FakeVendor;
let good: Set<string>;
let forms: Record<string, string>[];
/** Pages that a token is good for. */
let lives: number;

function answer({ path, query, headers, body }: VendorRequest): VendorAnswer {
  if (path === '/token') {
    const form = body as Record<string, string>;
    forms.push(form);
    if (form.client_secret !== secret) return { status: 401, body: { error: 'invalid_client' } };
    const token = `access-token-${forms.length}-of-the-shop`;
    good.add(token);
    return { body: { access_token: token, token_type: 'Bearer' } }; // how long it is good it does not say
  }
  const token = headers.authorization?.replace('Bearer ', '') ?? '';
  if (!good.has(token)) return { status: 401, body: { message: `${token} is not good` } };
  if (forms.length > 0 && (lives -= 1) === 0) good.clear();
  const page = Number(query.get('page') ?? 1);
  return { body: { echo: token, data: people.slice((page - 1) * perPage, page * perPage) } };
}

beforeAll(async () => {
  vendor = await fakeVendor(answer);
});
beforeEach(() => {
  [good, forms, lives] = [new Set(), [], Infinity];
});
afterAll(() => vendor.close());

const configOf = (more: object = {}) => ({
  baseUrl: `${vendor.url}/v1`,
  auth: 'oauth2',
  tokenUrl: `${vendor.url}/token`,
  clientId: 'the-client',
  clientSecret: secret,
  clientIn: 'body',
  streams: [{ name: 'people', path: '/people', records: 'data', key: ['id'], paging: { kind: 'page', param: 'page' } }],
  ...more,
});

testConnector(
  connector,
  {
    config: () => configOf(),
    badConfig: () => configOf({ clientSecret: 'of-somebody-else' }),
    invalidConfigs: [{ ...{ baseUrl: 'http://x', auth: 'oauth2', streams: [{ name: 'a', path: '/a' }] } }],
  },
  { describe, it },
);

describe('signing in by OAuth 2.0', () => {
  it('asks for the client itself, or for whom the refresh token is, with what the vendor wants besides', async () => {
    await read(testContextOf(configOf({ scopes: ['a', 'b'], tokenParameters: { audience: 'us' } })));
    await read(testContextOf(configOf({ refreshToken })));
    const client = { client_id: 'the-client', client_secret: secret };
    expect(forms).toEqual([
      { grant_type: 'client_credentials', scope: 'a b', audience: 'us', ...client },
      { grant_type: 'refresh_token', refresh_token: refreshToken, ...client },
    ]);
  });

  it('asks for nothing before somebody has signed in, where there is a page to do so', async () => {
    const page = {
      authorizeUrl: `${vendor.url}/authorize?a=b`,
      authorizeParameters: { prompt: 'consent' },
      scopes: ['a'],
    };
    const parsed = configSpec(HttpJsonConfig).parse(configOf(page));
    await expect(read(testContextOf(configOf(page)))).rejects.toMatchObject({ code: 'authentication_failed' });
    expect(forms).toEqual([]);
    const auth = signIn(parsed);
    const attempt = { redirectUri: 'https://millrace.example/oauth/callback', state: 's', verifier: 'v'.repeat(43) };
    const link = new URL((auth && signInLink(auth, parsed, attempt)) ?? '');
    expect(link.origin + link.pathname).toBe(`${vendor.url}/authorize`);
    expect(Object.fromEntries(link.searchParams)).toMatchObject({ a: 'b', prompt: 'consent', scope: 'a', state: 's' });
    await read(testContextOf(configOf({ ...page, refreshToken })));
    expect(forms).toMatchObject([{ grant_type: 'refresh_token' }]);
  });

  it('reads on where a token ends in the middle', async () => {
    lives = 2;
    expect(await read(testContextOf(configOf()))).toEqual(people);
    expect(forms).toHaveLength(2);
  });

  it('records and replays what was asked for tokens, without any', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-fixtures-'));
    await mkdir(join(folder, 'fixtures'));
    const madeUp = configOf({ clientId: 'made-up', clientSecret: 'made-up', refreshToken: 'made-up' });
    await writeFile(join(folder, 'fixtures/config.json'), JSON.stringify(madeUp));
    await writeFile(join(folder, 'real.json'), JSON.stringify(configOf({ refreshToken })));

    Object.assign(process.env, { MILLRACE_RECORD: '1', MILLRACE_CONFIG: join(folder, 'real.json') });
    const recorded = await read(await contextOf(fixtureOptions(connector as AnyConnector, folder)));
    delete process.env.MILLRACE_RECORD;
    delete process.env.MILLRACE_CONFIG;
    const exchanges = forms.length;
    const replayed = await read(await contextOf(fixtureOptions(connector as AnyConnector, folder)));

    expect(replayed).toEqual(recorded);
    expect(forms).toHaveLength(exchanges);
    const stored = await readFile(join(folder, 'fixtures/http.json'), 'utf8');
    expect(stored).toContain('/people');
    for (const hidden of [secret, refreshToken, 'of-the-shop']) expect(stored).not.toContain(hidden);
    await rm(folder, { recursive: true });
  });
});

async function contextOf({ config, context }: ContractOptions) {
  const parsed = configSpec(HttpJsonConfig).parse(config);
  return testContext(parsed, await context?.(parsed));
}

function testContextOf(config: object) {
  const parsed = configSpec(HttpJsonConfig).parse(config);
  return testContext(parsed, { settings: connector.http?.(parsed), auth: signIn(parsed) });
}

async function read(ctx: ReturnType<typeof testContextOf>): Promise<Row[]> {
  const { people: stream } = await streamsOf(connector, ctx);
  if (!stream) throw new Error('there is no stream people');
  return (await readAll(stream, ctx)).flatMap(({ records }) => records);
}
