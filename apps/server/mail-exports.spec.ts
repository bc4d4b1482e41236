import { gunzipSync } from 'node:zlib';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios, { type AxiosResponse } from 'axios';
import { startReceiver, type Receiver } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';

interface Line {
  profile?: string;
  to: string;
  subject: string;
  html: string;
  hash: string;
  headers: Record<string, string>;
  summary?: { exported: number; leftOut: Record<string, number> };
}

interface Run {
  state: string;
  ledger: Record<string, number>;
  error?: { code: string };
  endedAt?: string;
}

const people =
  'id,email,first_name,news\n1,ann@example.com,Ann,granted\n2,bob@example.com,Bob,denied\n3,cy@example.com,,granted\n4,dee@example.com,Dee,granted\n5,,Eve,granted\n';
const source =
  '{{#if firstName}}<p>Hi {{firstName}}</p>{{else}}{{sendSkip cause="no name"}}{{/if}}<a href="{{unsubscribeUrl}}">Leave</a>';

describe('exporting mails', () => {
  let server: TestServer;
  let receiver: Receiver;
  const post = <T = object>(path: string, body: object): Promise<AxiosResponse<T>> => server.http.post<T>(path, body);
  const put = async (path: string, body: object): Promise<void> => {
    const { status, data } = await server.http.put<object>(path, body);
    expect(status < 300 ? '' : `${path}: ${JSON.stringify(data)}`).toBe('');
  };

  beforeAll(async () => {
    server = await startTestServer();
    receiver = await startReceiver();
    await writeFile(join(server.folder, 'people.csv'), people);
    await put('/api/connections/people', {
      name: 'People',
      connector: 'file',
      config: { path: 'people.csv', key: ['id'] },
    });
    await put('/api/connections/sender', {
      name: 'Sender',
      connector: 'webhook',
      config: { url: receiver.url, key: ['profile'] },
    });
    const from = { connection: 'people', stream: 'rows' };
    const names = { 'identities.email': 'email', 'identities.user': 'id' };
    await put('/api/syncs/people', {
      name: 'People',
      from,
      to: { connection: 'profiles', object: 'profile' },
      mapping: { ...names, 'traits.firstName': 'first_name' },
    });
    await put('/api/syncs/consents', {
      name: 'Consents',
      from,
      to: { connection: 'profiles', object: 'consent' },
      mapping: { ...names, channel: { value: 'email' }, purpose: { value: 'marketing' }, state: 'news' },
    });
    for (const slug of ['people', 'consents']) expect(await run(slug)).toMatchObject({ state: 'succeeded' });
    await put('/api/templates/news', { name: 'News', subject: 'Hi {{defaultIfEmpty firstName "you"}}', source });
  });
  afterAll(async () => {
    receiver.close();
    await server.close();
  });

  async function run(slug: string): Promise<Run> {
    const { data } = await post<{ id: string }>(`/api/syncs/${slug}/runs`, {});
    for (;;) {
      const { data: now } = await server.http.get<Run>(`/api/runs/${data.id}`);
      if (now.endedAt) return now;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function preflight(): Promise<void> {
    const { data, status } = await post('/api/preflights', { template: 'news', version: 1 });
    expect({ status, data }).toMatchObject({ status: expect.any(Number) });
    for (;;) {
      const { data: gate } = await server.http.get<{ state: string }>('/api/templates/news/gate?version=1');
      if (gate.state === 'passed') return;
      expect(gate.state).toBe('missing');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const linesOf = (text: string): Line[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  async function exported(body: object = {}): Promise<Line[]> {
    const { data, status } = await server.http.post<string>(
      '/api/exports',
      { template: 'news', ...body },
      { responseType: 'text' },
    );
    expect({ status, data }).toMatchObject({ status: 200 });
    return linesOf(data);
  }

  it('asks for a published version, and for a preflight of it that has passed', async () => {
    expect(await post('/api/exports', { template: 'news' })).toMatchObject({ status: 400 });
    expect((await post('/api/templates/news/publish', {})).status).toBe(200);
    expect(await post('/api/exports', { template: 'news' })).toMatchObject({
      status: 409,
      data: { code: 'preflight_required' },
    });
    await put('/api/connections/mails', { name: 'News mails', connector: 'mails', config: { template: 'news' } });
    await put('/api/syncs/mails', {
      name: 'Mails',
      from: { connection: 'mails', stream: 'mail' },
      to: { connection: 'sender', object: 'rows' },
      mapping: { profile: 'profile', to: 'to', subject: 'subject', hash: 'hash' },
    });
    expect(await run('mails')).toMatchObject({ state: 'failed', error: { code: 'preflight_required' } });
    expect(receiver.received).toEqual([]);
  });

  it('keeps the template while a connection exports its mails', async () => {
    const { data, status } = await server.http.delete<object>('/api/templates/news');
    expect({ status, data }).toMatchObject({
      status: 409,
      data: { code: 'in_use', details: { users: [{ kind: 'connection', id: 'mails', name: 'News mails' }] } },
    });
  });

  it('lets an admin pass without, with a reason that is on record', async () => {
    const { data } = await post<{ key: string }>('/api/keys', { name: 'Otto', role: 'operator' });
    const operator = axios.create({ baseURL: server.url, validateStatus: null, proxy: false });
    const headers = { authorization: `Bearer ${data.key}` };
    const override = { reason: 'Reviewed by hand' };
    expect(await operator.post('/api/exports', { template: 'news', override }, { headers })).toMatchObject({
      status: 403,
    });
    expect((await exported({ override })).at(-1)?.summary?.exported).toBe(2);
    expect((await server.http.get('/api/audit?limit=20')).data).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({ method: 'GATE OVERRIDDEN', path: expect.stringContaining('(Reviewed by hand)') }),
      ]),
    });
  });

  it('gives each allowed person’s mail, and counts the others by reason', async () => {
    await preflight();
    const lines = await exported();
    expect(
      lines
        .map(({ to, subject }) => [to, subject])
        .slice(0, 2)
        .sort(),
    ).toEqual([
      ['ann@example.com', 'Hi Ann'],
      ['dee@example.com', 'Hi Dee'],
    ]);
    expect(lines.at(-1)).toEqual({ summary: { exported: 2, leftOut: { denied: 1, skipped: 1, no_address: 1 } } });
    const [first] = lines;
    const [, own] = /href="([^"]*\/u\/[^"]*)"/.exec(first?.html ?? '') ?? [];
    expect(first?.headers).toMatchObject({
      'List-Unsubscribe': expect.stringMatching(/^<http.*\/u\/.*>$/),
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    const page = await axios.get<string>(own ?? '', { proxy: false });
    expect(page.data).toContain(`${first?.to[0]}•••@example.com`);
  });

  it('goes on behind the last mail, and is packed where that is accepted', async () => {
    const all = await exported();
    const rest = await exported({ after: all[0]?.profile });
    expect(rest[0]?.profile).toBe(all[1]?.profile);
    const packed = await server.http.post<ArrayBuffer>(
      '/api/exports',
      { template: 'news' },
      {
        decompress: false,
        responseType: 'arraybuffer',
        headers: { 'accept-encoding': 'gzip' },
      },
    );
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(linesOf(gunzipSync(Buffer.from(packed.data)).toString())).toHaveLength(3);
  });

  it('is a stream that a sync brings to another system; who is left out is a reject with the reason', async () => {
    expect(await run('mails')).toMatchObject({ state: 'succeeded', ledger: { read: 5, written: 2, rejected: 3 } });
    const rows = receiver.received.flatMap(({ body }) => JSON.stringify(JSON.parse(body)));
    expect(rows.join()).toContain('"to":"ann@example.com"');
    expect(rows.join()).not.toContain('bob@');
    const { data } = await server.http.get<{ data: object[] }>('/api/rejects?limit=10');
    expect(data.data).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'would_not_be_sent', message: 'Not sent: denied.' })]),
    );
  });
});
