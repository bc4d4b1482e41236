import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delivery } from '@millrace/sdk';
import {
  fakeVendor,
  fixtureOptions,
  testConnector,
  testContext,
  type FakeVendor,
  type VendorAnswer,
  type VendorRequest,
} from '@millrace/sdk/testing';
import { GithubConfig } from './config.ts';
import connector from './index.ts';
import { registration } from './registration.ts';

function sign({ body }: Delivery, config: GithubConfig): Record<string, string> {
  const secret = config.signingSecrets?.at(-1) ?? '';
  return { 'X-Hub-Signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
}

const options = fixtureOptions(connector, import.meta.dirname);
testConnector(connector, {
  ...options,
  badConfig: false,
  webhook: { ...options.webhook, sign, timeless: true },
  streams: { events: { records: 2 } },
});

describe('registering at GitHub', () => {
  interface Hook {
    id: number;
    active: boolean;
    events: string[];
    config: { url: string; secret?: string };
  }
  let vendor: FakeVendor;
  let hooks: Hook[] = [{ id: 1, active: true, events: ['push'], config: { url: 'https://other.example' } }];

  function answer({ method, path, headers, body }: VendorRequest): VendorAnswer {
    if (headers.authorization !== 'Bearer ghp_1') return { status: 401, body: { message: 'Bad credentials' } };
    const [, id] = /^\/repos\/o\/r\/hooks(?:\/(\d+))?$/.exec(path) ?? [path];
    if (method === 'GET') return { body: hooks };
    if (method === 'DELETE') hooks = hooks.filter((one) => one.id !== Number(id));
    if (method === 'POST') hooks.push({ ...(body as Hook), id: hooks.length + 1 });
    if (method === 'PATCH') hooks = hooks.map((one) => (one.id === Number(id) ? { ...one, ...(body as Hook) } : one));
    return { status: method === 'DELETE' ? 204 : 200, body: method === 'DELETE' ? undefined : {} };
  }

  beforeAll(async () => {
    vendor = await fakeVendor(answer);
  });
  afterAll(() => vendor.close());

  function context(values: Partial<GithubConfig> = {}) {
    const config = Object.assign(new GithubConfig(), { token: 'ghp_1', scope: 'o/r', apiUrl: vendor.url, ...values });
    return testContext(config, { settings: { ...connector.http?.(config), retries: 0 } });
  }

  const url = 'https://millrace.example.com/hooks/con_1';

  it('makes a secret, stores it, and tells GitHub; again it changes what is there; then it is gone', async () => {
    const ctx = context();
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'missing' });
    await registration.register(ctx, url);
    const [{ signingSecrets } = {}] = ctx.secretUpdates as { signingSecrets?: string[] }[];
    expect(hooks[1]).toMatchObject({
      events: ['*'],
      config: { url, secret: signingSecrets?.[0], content_type: 'json' },
    });
    expect(await registration.status(ctx, url)).toEqual({ state: 'registered', topics: ['*'] });
    const changed = context({ signingSecrets, events: ['issues'] });
    await registration.register(changed, url);
    expect([hooks.length, changed.secretUpdates]).toEqual([2, []]);
    expect(hooks[1]?.events).toEqual(['issues']);
    hooks = hooks.map((one) => ({ ...one, active: false }));
    expect(await registration.status(ctx, url)).toMatchObject({ state: 'disabled' });
    await registration.unregister(ctx, url);
    await registration.unregister(ctx, url);
    expect(hooks.map(({ id }) => id)).toEqual([1]);
  });

  it('says what is missing, and what GitHub says', async () => {
    await expect(
      registration.register(context({ scope: undefined, signingSecrets: ['12345678'] }), url),
    ).rejects.toMatchObject({
      code: 'invalid_config',
    });
    await expect(registration.status(context({ token: 'wrong' }), url)).rejects.toMatchObject({
      code: 'authentication_failed',
    });
  });
});
