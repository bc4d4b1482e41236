import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import axios, { type AxiosInstance } from 'axios';
import { mongo } from 'mongoose';
import { createLog, prepareApp, Settings } from '#platform';
import { RequestWorker, RetentionSweeper, UnsubscribeLinks, type RequestView } from '#privacy';
import { freePort } from '#tools/services';
import {
  dropTestDatabase,
  startMailReceiver,
  startReceiver,
  testServices,
  type MailReceiver,
  type Receiver,
} from '#tools/testing';
import { ApiClient, type RunView } from '../cli/index.ts';
import { AppModule } from './app.module.ts';
import { endedRun } from './testing/ended-run.ts';

const ann = { id: 'cust-ann-4711', email: 'ann.secret@example.com', name: 'Annabella' };
const people =
  'id,email,first_name,age,phone\n' +
  `${ann.id},${ann.email},${ann.name},41,+44 20 7946 0018\ncust-bob-1,bob@example.com,Bob,50,\n` +
  `cust-ann-old,${ann.email},${ann.name},unknown,\n`; // cannot be mapped: a reject that holds her address
const visits = `id,customer,page\nv1,${ann.id},/tea\nv2,cust-bob-1,/cup\n`;
const choices = `email,state\n${ann.email},denied\nbob@example.com,granted\n`;
const minutes = 60_000;

interface Delivered {
  op: string;
  record: Record<string, unknown>;
}

describe('the rights of a person', () => {
  let app: NestExpressApplication;
  let api: ApiClient;
  let http: AxiosInstance;
  let database: mongo.MongoClient;
  let receiver: Receiver;
  let mails: MailReceiver;
  let folder: string;

  beforeAll(async () => {
    const services = testServices();
    folder = await mkdtemp(join(tmpdir(), 'millrace-privacy-'));
    receiver = await startReceiver();
    mails = await startMailReceiver({ user: 'me', password: 'secret' });
    const adminKey = randomBytes(24).toString('hex');
    const { mongodbUri, redisUrl, prefix: redisPrefix } = services;
    const paths = { dataDir: folder, fileRoots: [folder] };
    const sending = {
      smtpUrl: mails.url,
      mailFrom: 'shop@example.com',
      testRecipients: ['@test.example.com', ann.email],
    };
    const port = await freePort();
    const settings = new Settings({ mongodbUri, redisUrl, redisPrefix, ...paths, ...sending, adminKey, port });
    const log = createLog({ level: 'silent' });
    app = await NestFactory.create<NestExpressApplication>(AppModule.forRoot(settings, log), {
      logger: false,
      rawBody: true,
      bodyParser: false,
    });
    prepareApp(app);
    await app.listen(settings.port, settings.host);
    api = new ApiClient({ url: settings.publicUrl, key: adminKey });
    const headers = { authorization: `Bearer ${adminKey}` };
    http = axios.create({ baseURL: settings.publicUrl, validateStatus: null, proxy: false, headers });
    database = await new mongo.MongoClient(mongodbUri).connect();
    await load();
  });

  afterAll(async () => {
    await database.close();
    await app.close();
    receiver.close();
    await mails.close();
    await rm(folder, { recursive: true, force: true });
    await dropTestDatabase(testServices());
  });

  async function run(slug: string): Promise<RunView> {
    const run = await endedRun(api, await api.post<RunView>(`/api/syncs/${slug}/runs`, { full: true }));
    expect([slug, run.state]).toEqual([slug, 'succeeded']);
    return run;
  }

  async function load(): Promise<void> {
    for (const [slug, text, key] of [
      ['people', people, 'id'],
      ['visits', visits, 'id'],
      ['choices', choices, 'email'],
    ] as const) {
      await writeFile(join(folder, `${slug}.csv`), text);
      const config = { path: `${slug}.csv`, key: [key] };
      await api.put(`/api/connections/${slug}`, { name: slug, connector: 'file', config });
    }
    for (const [slug, key] of [
      ['mailer', 'email'],
      ['crm', 'id'],
    ] as const)
      await api.put(`/api/connections/${slug}`, {
        name: slug,
        connector: 'webhook',
        config: { url: receiver.url, key: [key] },
      });
    const profiles = (object: string) => ({ connection: 'profiles', object });
    const landing = { connection: 'landing', object: 'row' };
    const sync = (slug: string, from: object, to: object, mapping?: object): Promise<unknown> =>
      api.put(`/api/syncs/${slug}`, { name: slug, from, to, mapping });
    const rows = (connection: string) => ({ connection, stream: 'rows' });
    await sync('people', rows('people'), profiles('profile'), {
      'identities.email': 'email',
      'identities.customer_id': 'id',
      'identities.phone': 'phone',
      'traits.firstName': 'first_name',
      'traits.age': 'age | number',
    });
    await sync('visits', rows('visits'), profiles('event'), {
      'identities.customer_id': 'customer',
      name: { value: 'Visit' },
      id: 'id',
      'properties.customer': 'customer',
    });
    await sync('choices', rows('choices'), profiles('consent'), {
      'identities.email': 'email',
      channel: { value: 'email' },
      state: 'state',
    });
    for (const source of ['people', 'visits', 'choices']) await sync(`${source}-raw`, rows(source), landing);
    await sync(
      'to-mailer',
      { connection: 'profiles', stream: 'profile' },
      { connection: 'mailer', object: 'rows' },
      { email: 'identities.email', mayWrite: 'permissions.email.marketing' },
    );
    await sync('to-crm', rows('people'), { connection: 'crm', object: 'rows' }, { id: 'id', email: 'email' });
    await api.put('/api/connections/list', { name: 'list', connector: 'file', config: { output: 'list.csv' } });
    const list = { connection: 'list', object: 'rows' };
    await api.put('/api/syncs/to-list', {
      name: 'to-list',
      from: rows('visits'),
      to: list,
      mapping: { id: 'id' },
      mode: 'insert',
    });
    const webhook = { url: receiver.url };
    await api.put('/api/triggers/visited', { on: { event: 'Visit' }, wait: '1d', do: { webhook } });
    const sources = ['people', 'visits', 'choices'];
    await Promise.all([...sources, ...sources.map((source) => `${source}-raw`), 'to-crm', 'to-list'].map(run));
    await run('to-mailer');
    await writeFile(join(folder, 'people.csv'), people.replace(',41', ',42'));
    await run('people-raw'); // a former version
  }

  const delivered = (): Delivered[] =>
    receiver.received.flatMap(({ body }) => (JSON.parse(body) as { data: Delivered[] }).data);

  /** The documents of every collection in which a text is found. */
  async function found(texts: string[]): Promise<string[]> {
    const hits: string[] = [];
    for (const { name } of await database.db().listCollections().toArray()) {
      for await (const document of database.db().collection(name).find()) {
        const text = JSON.stringify(document).toLowerCase();
        if (texts.some((one) => text.includes(one.toLowerCase()))) hits.push(name);
      }
    }
    return [...new Set(hits)].sort();
  }

  /** Time passes while it waits: not while the server's own worker is at it, which would lose its lease. */
  async function carriedOut(body: object): Promise<RequestView> {
    const { id } = await api.post<RequestView>('/api/privacy/requests', body);
    for (let later = Date.now(); ;) {
      const request = await api.get<RequestView>(`/api/privacy/requests/${id}`);
      if (request.state === 'done') return request;
      if (request.state === 'waiting') later += 10 * minutes;
      await app.get(RequestWorker).work(() => new Date(later));
    }
  }

  const lookup = () => api.post<{ id: string }>('/api/profiles/lookup', { identity: ann.email });

  it('shows what a person agreed to, records a choice, and keeps each', async () => {
    const { id } = await lookup();
    const path = `/api/profiles/${id}/consents`;
    const denied = {
      channel: 'email',
      purpose: 'marketing',
      allowed: false,
      reason: 'denied',
      identity: `email:${ann.email}`,
    };
    const before = await api.get<{ permissions: object[] }>(path);
    expect(before.permissions).toContainEqual(expect.objectContaining(denied));
    const newsletter = { channel: 'email', purpose: 'newsletter', state: 'granted' };
    const choice = { ...newsletter, source: 'call', wording: 'n-1', evidence: { call: 7 } };
    const after = await api.post<{ permissions: object[] }>(path, choice);
    expect(after.permissions).toContainEqual(
      expect.objectContaining({ purpose: 'newsletter', allowed: true, reason: 'granted', source: 'call' }),
    );
    const history = await api.get<{ data: object[] }>(`${path}/history`);
    expect(history.data).toMatchObject([
      {
        purpose: 'newsletter',
        state: 'granted',
        wording: 'n-1',
        evidence: { call: 7 },
        by: 'key_settings',
        run: 'api',
      },
      { purpose: 'marketing', state: 'denied' },
    ]);
    const preview = await api.post<{ warnings: { message: string }[]; html: string }>('/api/preview', {
      subject: 'Hi',
      source: '<a href="{{unsubscribeUrl}}">x</a>',
      identity: ann.email,
    });
    expect(preview.warnings[0]?.message).toMatch(
      /^Would not be sent: marketing by email was denied by email:ann\.secret/,
    );
    expect(preview.html).toMatch(/\/u\/preview"/);
    expect(delivered()).toContainEqual(expect.objectContaining({ record: { email: ann.email, mayWrite: false } }));
  });

  it('tests and shares mails: as agreed, with headers by which the recipient, not the person, unsubscribes', async () => {
    const mail = { subject: 'Hi {{firstName}}', source: '<a href="{{unsubscribeUrl}}">x</a>', identity: ann.email };
    const refused = await http.post<object>('/api/test-sends', { ...mail, to: 'team@test.example.com' });
    expect(refused).toMatchObject({ status: 422, data: { code: 'would_not_be_sent', details: { reason: 'denied' } } });
    const agreed = { ...mail, purpose: 'newsletter' };
    await api.post('/api/test-sends', { ...agreed, to: 'team@test.example.com' });
    await api.post('/api/test-sends', { ...agreed, sample: {}, identity: undefined, to: ann.email });
    const { url } = await api.post<{ url: string }>('/api/shares', agreed);
    expect((await axios.get<string>(url, { proxy: false })).data).toContain(ann.name);
    const source = mails.received[0]?.source.replaceAll('\r\n ', ' ') ?? '';
    expect(source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    const [, token = ''] = /^List-Unsubscribe: <[^>]*\/u\/([^>]*)>/m.exec(source) ?? [];
    expect(app.get(UnsubscribeLinks).read(token)).toEqual({
      identity: 'email:team@test.example.com',
      channel: 'email',
      purpose: 'newsletter',
    });
  });

  it('unsubscribes by one click, changes nothing by looking, and says kindly what is wrong with a link', async () => {
    const { url, headers } = await api.post<{ url: string; headers: Record<string, string> }>(
      '/api/privacy/unsubscribe-links',
      { identity: 'bob@example.com' },
    );
    expect(headers).toEqual({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    expect(Buffer.from(url.split('/u/')[1] ?? '', 'base64url').toString()).not.toContain('bob');
    const { id } = await api.post<{ id: string }>('/api/profiles/lookup', { identity: 'bob@example.com' });
    const may = async (): Promise<unknown> => {
      const { permissions } = await api.get<{ permissions: { purpose: string; allowed: boolean }[] }>(
        `/api/profiles/${id}/consents`,
      );
      return permissions.find(({ purpose }) => purpose === 'marketing');
    };
    const open = axios.create({ validateStatus: null, proxy: false });
    const page = await open.get<string>(url, { headers: { 'accept-language': 'de-AT,en;q=0.5' } });
    expect(page.data).toContain('b•••@example.com');
    expect(page.data).toContain('„Angebote und Neuigkeiten“ abbestellen');
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-.+'; form-action 'self'/,
    );
    expect(await may()).toMatchObject({ allowed: true });
    const form = new FormData(); // as RFC 8058 allows
    form.append('List-Unsubscribe', 'One-Click');
    expect((await open.post(url, form)).status).toBe(200);
    expect(await may()).toMatchObject({ allowed: false, reason: 'denied', source: 'one-click unsubscribe' });
    await open.post(url, 'action=choose&wanted=marketing');
    expect(await may()).toMatchObject({ allowed: true, source: 'preference page' });
    expect((await open.post(url, 'List-Unsubscribe=One-Click')).status).toBe(200);
    expect(await may()).toMatchObject({ allowed: false });
    const bad = await open.get<string>(`${url}x`, { headers: { 'accept-language': 'pt' } });
    expect([bad.status, bad.data.includes('Esta ligação não funciona')]).toEqual([404, true]);
    expect((await open.post(url, 'nothing=1')).status).toBe(400);
    const subject = { identity: 'email:bob@example.com', channel: 'email', purpose: 'marketing' };
    const expired = await open.get<string>(app.get(UnsubscribeLinks).make(subject, -1).url);
    expect([expired.status, expired.data.includes('This link has expired')]).toEqual([410, true]);
    // More than 30 in one minute, wherever the next one begins.
    const guesses = await Promise.all(Array.from({ length: 61 }, (_, guess) => open.get(`${url}${guess}`)));
    expect(guesses.map(({ status }) => status)).toContain(429);
  });

  it('restricts: kept, but neither sent nor pushed, until it is lifted', async () => {
    const sentBefore = delivered().length;
    const request = await carriedOut({ kind: 'restrict', identity: 'bob@example.com' });
    const { id } = await api.post<{ id: string }>('/api/profiles/lookup', { identity: 'bob@example.com' });
    const consents = async () => JSON.stringify(await api.get(`/api/profiles/${id}/consents`));
    expect(await consents()).toMatch(/"bar":\{[^}]*"restricted"/);
    expect(await consents()).not.toContain('"allowed":true');
    await run('to-mailer');
    expect(delivered().slice(sentBefore)).toEqual([]);
    await api.post(`/api/privacy/requests/${request.id}/lift`);
    await run('to-mailer');
    const sent = delivered().slice(sentBefore);
    expect(sent).toMatchObject([{ op: 'upsert', record: { email: 'bob@example.com', mayWrite: false } }]);
    expect(await consents()).not.toContain('restricted');
  });

  it('exports everything, for machines and for people', async () => {
    const { id, counts, proof } = await carriedOut({ kind: 'export', identity: ann.email, reference: 'T-1' });
    const all = { profile: 1, events: 1, consents: 2, choices: 2, 'landed rows': 4, 'former landed rows': 1 };
    expect(counts).toMatchObject({ ...all, 'rejected rows': 1 });
    expect(proof).toMatch(/^[0-9a-f]{64}$/);
    const data = await api.get<Record<string, unknown[]>>(`/api/privacy/requests/${id}/export.json`);
    expect(data.events).toMatchObject([{ name: 'Visit', properties: { customer: ann.id } }]);
    const tests = [{ withYourData: true }, { toYou: true }];
    const shares = [{ masked: true, subject: expect.stringMatching(/^Hi ./) }];
    expect(data).toMatchObject({ triggers: [{ at: expect.any(String) }], 'shared mails': shares, 'test mails': tests });
    expect(JSON.stringify(data)).not.toContain('1970-01-01'); // records that only say whose events there are have no time
    expect((await http.get<string>(`/api/privacy/requests/${id}/export.html`)).data).toContain(ann.name);
    const audit = await api.get<{ data: { method: string; path: string }[] }>('/api/audit?resource=privacy');
    expect(audit.data.map(({ method }) => method)).toEqual(
      expect.arrayContaining(['EXPORTED', 'DOWNLOADED', 'RESTRICTED']),
    );
  });

  it('erases everywhere, tells the destinations, and refuses the person from then on without keeping anything', async () => {
    const secrets = [ann.email, ann.id, ann.name];
    expect(await found(secrets)).toEqual(
      expect.arrayContaining([
        ...['consents', 'events', 'identities', 'known_rows', 'landed_rows', 'landed_versions'],
        'trigger_firings',
      ]),
    );
    receiver.received.splice(0);
    const request = await carriedOut({ kind: 'erase', identity: ann.email });
    expect(await found(secrets)).toEqual([]);
    const erased = { profiles: 1, events: 1, consents: 2, landed_versions: 1, rejects: 1, trigger_firings: 1 };
    expect(request.counts).toMatchObject(erased);
    const { data: exports } = await api.get<{ data: { id: string }[] }>('/api/privacy/requests?kind=export');
    expect((await http.get(`/api/privacy/requests/${exports[0]?.id}/export.json`)).status).toBe(410); // not empty
    expect(request.destinations.map(({ syncName, deleted, byHand }) => [syncName, deleted, byHand]).sort()).toEqual([
      ['to-crm', 2, 0],
      ['to-mailer', 1, 0],
    ]);
    expect(delivered().map(({ op }) => op)).toEqual(['delete', 'delete', 'delete']);

    const stored = { people: 2, 'people-raw': 2, visits: 1, 'visits-raw': 1, choices: 1, 'choices-raw': 1 };
    const again = { ...stored, 'to-crm': 2, 'to-list': 1 }; // past the profile store, too
    receiver.received.splice(0);
    const rejected = Object.keys(again).map(async (slug) => [slug, (await run(slug)).ledger.rejected]);
    expect(Object.fromEntries(await Promise.all(rejected))).toEqual(again);
    expect(delivered()).toEqual([]);
    expect(await readFile(join(folder, 'list.csv'), 'utf8')).toBe('id\r\nv2\r\n');
    const shown = await api.post<{ data: { code?: string }[] }>('/api/syncs/dry-run', { sync: 'to-crm' });
    expect(shown.data.map(({ code }) => code)).toEqual(['person_erased', undefined, 'person_erased']);
    expect(await found(secrets)).toEqual([]);
    const { data } = await api.get<{ data: object[] }>('/api/rejects', { code: 'person_erased' });
    expect(data[0]).toMatchObject({ raw: 'null', replayable: false });
    expect((await http.post('/api/preview', { subject: 'x', source: 'x', identity: ann.email })).status).toBe(404);
  });

  it('refuses rows past the profile store that name the person only by an id, or by a number without its country', async () => {
    await http.put('/api/identity-policy', { phone: { region: 'GB' } });
    const rows = [`v3,${ann.id},/tea`, 'v4,cust-bob-1,020 7946 0018', 'v5,cust-bob-1,2079460018'];
    await writeFile(join(folder, 'visits.csv'), ['id,customer,page', ...rows].join('\n'));
    expect((await run('to-list')).ledger).toMatchObject({ read: 3, written: 1, rejected: 2 });
    expect(await readFile(join(folder, 'list.csv'), 'utf8')).toBe('id\r\nv5\r\n');
    expect(await found([ann.id, '79460018', '7946 0018'])).toEqual([]);
  });

  it('lets the person come back only when that is lifted, and with what she had refused', async () => {
    const byPhone = { identity: 'phone:020 7946 0018' }; // the request had named her by the address
    const { data } = await api.post<{ data: RequestView[] }>('/api/privacy/requests/lookup', byPhone);
    const erasure = data.find(({ kind }) => kind === 'erase');
    await api.post(`/api/privacy/requests/${erasure?.id}/lift`);
    await run('people');
    const { id } = await lookup();
    const { permissions } = await api.get<{ permissions: object[] }>(`/api/profiles/${id}/consents`);
    expect(permissions).toContainEqual(
      expect.objectContaining({ purpose: 'marketing', allowed: false, reason: 'denied', source: 'before the erasure' }),
    );
  });

  it('removes what is older than a policy says, and tells before and after', async () => {
    const events = database.db().collection<{ _id: string; p: string; at: Date }>('events');
    const at = (days: number): Date => new Date(Date.now() - days * 86_400_000);
    await events.insertMany([1, 20, 40, 60].map((days) => ({ _id: `old-${days}`, p: 'p_x', at: at(days) })));
    const path = '/api/privacy/retention/event';
    expect(await api.post(`${path}/count`, { days: 30 })).toMatchObject({ older: 2, exact: true });
    await api.put(path, { days: 30, enabled: false });
    await app.get(RetentionSweeper).sweep();
    expect(await events.countDocuments({ p: 'p_x' })).toBe(4);
    await api.put(path, { days: 30, enabled: true });
    const sweeps = async () => (await api.get<{ data: object[] }>(`${path}/sweeps`)).data;
    do await app.get(RetentionSweeper).sweep();
    while ((await sweeps()).length === 0); // the server's own sweeper may be at it
    expect(await sweeps()).toMatchObject([{ kind: 'event', removed: 2 }]);
    expect(await events.countDocuments({ p: 'p_x' })).toBe(2);
    expect((await http.put('/api/privacy/retention/profile', { days: 1, enabled: true })).status).toBe(404);
  });
});
