import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Public, RequireRole } from './index.ts';
import { startTestApp, type TestApp } from './testing/test-app.ts';

@Controller('things')
class ThingsController {
  @Get('open')
  @Public()
  open() {
    return { open: true };
  }

  @Get('unmarked')
  unmarked() {
    return {};
  }

  @Get('marketing')
  @RequireRole('marketer')
  marketing() {
    return { fine: true };
  }

  @Post('make')
  @RequireRole('operator')
  make(@Body() body: { fail?: boolean }) {
    if (body.fail) throw new MillraceError('conflict', 'It is there already.');
    return { made: true };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp([ThingsModule]);
});
afterAll(async () => {
  await app.close();
  await dropTestDatabase(testServices());
});

describe('the guard', () => {
  it('asks for a key', async () => {
    const { status, data, headers } = await app.as(undefined).get<unknown>('/things/marketing');
    expect(status).toBe(401);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(headers['www-authenticate']).toContain('Bearer');
    expect(data).toMatchObject({ code: 'unauthenticated', detail: expect.stringContaining('Authorization: Bearer') });
  });

  it('refuses keys that are not ours, wrong ones and ones of another scheme', async () => {
    const { key } = await app.keys.create({ name: 'right', role: 'admin' });
    const wrong = key.slice(0, -2) + (key.endsWith('AA') ? 'BB' : 'AA');
    for (const text of ['nonsense', wrong, `${key} extra`, 'mr_nobody_' + 'A'.repeat(43)]) {
      expect((await app.as(text).get('/api/me')).data).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
  });

  it('names the role that a key lacks', async () => {
    const viewer = await app.withRole('viewer');
    const { data } = await viewer.get<unknown>('/things/marketing');
    expect(data).toMatchObject({ status: 403, code: 'forbidden', details: { needed: 'marketer', held: 'viewer' } });
    expect(data).toMatchObject({ detail: expect.stringContaining('needs the role marketer') });
  });

  it('lets the role and the ones above it pass', async () => {
    for (const role of ['marketer', 'operator', 'admin'] as const) {
      expect((await (await app.withRole(role)).get('/things/marketing')).data).toEqual({ fine: true });
    }
  });

  it('asks for admin where a route says nothing', async () => {
    expect((await (await app.withRole('operator')).get('/things/unmarked')).status).toBe(403);
    expect((await (await app.withRole('admin')).get('/things/unmarked')).status).toBe(200);
  });

  it('leaves public routes open', async () => {
    expect((await app.as(undefined).get('/things/open')).data).toEqual({ open: true });
  });

  it('takes the admin key of the settings', async () => {
    const withKey = await startTestApp([], { adminKey: 'an admin key of the settings' });
    try {
      const { data } = await withKey.as('an admin key of the settings').get<unknown>('/api/me');
      expect(data).toEqual({ id: 'key_settings', name: 'MILLRACE_ADMIN_KEY', role: 'admin' });
      expect(await withKey.keys.ensureAdmin()).toBeUndefined();
    } finally {
      await withKey.close();
    }
  });
});

describe('keys', () => {
  it('are made once, shown once and listed without their secret', async () => {
    const admin = await app.withRole('admin');
    const made = await admin.post<{ id: string; key: string }>('/api/keys', { name: 'import', role: 'operator' });
    expect(made.status).toBe(201);
    expect(await app.as(made.data.key).get('/api/me')).toMatchObject({
      data: { id: made.data.id, name: 'import', role: 'operator' },
    });
    const listed = JSON.stringify((await admin.get('/api/keys', { params: { limit: 200 } })).data);
    expect(listed).toContain(made.data.id);
    expect(listed).not.toContain(made.data.key.slice(-20)); // the random part may have any letter of base64url, "_" too
    expect(listed).not.toContain('hash');
  });

  it('are listed page by page', async () => {
    const admin = await app.withRole('admin');
    const all = (await admin.get<{ data: { id: string }[] }>('/api/keys', { params: { limit: 200 } })).data.data;
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const { data } = await admin.get<{ data: { id: string }[]; next: string | null }>('/api/keys', {
        params: { limit: 2, after },
      });
      seen.push(...data.data.map(({ id }) => id));
      after = data.next;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect((await admin.get('/api/keys', { params: { after: 'eyJhIjoxfQ' } })).data).toMatchObject({
      code: 'bad_request',
    });
  });

  it('stop working here as soon as they are revoked', async () => {
    const admin = await app.withRole('admin');
    const { id, key } = await app.keys.create({ name: 'short-lived', role: 'viewer' });
    expect((await app.as(key).get('/api/me')).status).toBe(200);
    expect((await admin.delete(`/api/keys/${id}`)).status).toBe(204);
    expect((await app.as(key).get('/api/me')).data).toMatchObject({ code: 'unauthenticated' });
    expect((await admin.delete(`/api/keys/${id}`)).data).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('need a name and a role that exists, and a time that is one', async () => {
    const badTime = { name: 'x', role: 'viewer', expiresAt: '2099-W10' };
    const admin = await app.withRole('admin');
    for (const body of [{}, { name: 'x', role: 'king' }, { name: { $gt: '' }, role: 'viewer' }, badTime]) {
      expect((await admin.post('/api/keys', body)).data).toMatchObject({ status: 400, code: 'bad_request' });
    }
  });

  it('are not for operators', async () => {
    const operator = await app.withRole('operator');
    expect((await operator.post('/api/keys', { name: 'x', role: 'admin' })).data).toMatchObject({ code: 'forbidden' });
  });

  it('note when they were last used', async () => {
    const admin = await app.withRole('admin');
    const { data } = await admin.get<{ id: string }>('/api/me');
    const lastUse = async () => {
      const { data: list } = await admin.get<{ data: { id: string; lastUsedAt?: string }[] }>('/api/keys?limit=200');
      return list.data.find((key) => key.id === data.id)?.lastUsedAt;
    };
    let at: string | undefined;
    while (at === undefined) at = await lastUse(); // nobody waits for it to be noted
    expect(at).toMatch(/^\d{4}-/);
  });
});

describe('the first admin key', () => {
  it('is made once, however many processes start at once, and never again', async () => {
    const apps = await Promise.all([startTestApp([]), startTestApp([])]);
    try {
      const made = await Promise.all(apps.flatMap(({ keys }) => [keys.ensureAdmin(), keys.ensureAdmin()]));
      const [key, ...others] = made.filter((text) => text !== undefined);
      expect(others).toEqual([]);
      expect((await apps[1]?.as(key).get('/api/me'))?.data).toMatchObject({ role: 'admin' });
      expect(await apps[0]?.keys.ensureAdmin()).toBeUndefined();
    } finally {
      await Promise.all(apps.map((one) => one.close()));
    }
  });
});

describe('the audit log', () => {
  interface Entry {
    method: string;
    path: string;
    status: number;
    code?: string;
  }
  const entriesOf = async (id: string) => {
    const admin = await app.withRole('admin');
    const { data } = await admin.get<{ data: Entry[]; next: string | null }>('/api/audit', { params: { key: id } });
    return data.data.map(({ method, path, status, code }) => [method, path, status, code]);
  };

  it('holds changes, failed and refused ones included, newest first; reading leaves no trace', async () => {
    const { id, key } = await app.keys.create({ name: 'busy', role: 'operator' });
    const client = app.as(key);
    await client.get('/things/marketing');
    await client.post('/things/make?secret=s3cret', { password: 's3cret' });
    await client.post('/things/make', { fail: true });
    await client.post('/api/keys', { name: 'x', role: 'admin' });
    expect(await entriesOf(id)).toEqual([
      ['POST', '/api/keys', 403, 'forbidden'],
      ['POST', '/things/make', 409, 'conflict'],
      ['POST', '/things/make', 201, undefined],
    ]);
    const all = JSON.stringify((await (await app.withRole('admin')).get('/api/audit', { params: { key: id } })).data);
    expect(all).not.toContain('s3cret');
  });

  it('finds what was done to a resource, in whatever letters its path was written', async () => {
    const admin = await app.withRole('admin');
    const { data: me } = await admin.get<{ id: string }>('/api/me');
    await admin.post('/API/Keys', { name: 'x', role: 'viewer' });
    const { data } = await admin.get<{ data: Entry[] }>('/api/audit', { params: { key: me.id, resource: 'keys' } });
    expect(data.data).toMatchObject([{ method: 'POST', path: '/API/Keys', status: 201 }]);
  });

  it('is for admins, and takes no query operators', async () => {
    expect((await (await app.withRole('operator')).get('/api/audit')).data).toMatchObject({ code: 'forbidden' });
    const { data } = await (await app.withRole('admin')).get<unknown>('/api/audit?key[$ne]=x');
    expect(data).toMatchObject({ status: 400, code: 'bad_request' });
    const late = await (await app.withRole('admin')).get<unknown>('/api/audit?until=2099-W10');
    expect(late.data).toMatchObject({ status: 400, detail: expect.stringContaining('2025-03-01T09:00:00Z') });
  });
});
