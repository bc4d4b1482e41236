import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mongo } from 'mongoose';
import { createLog, Migrator, prepareApp, Settings, Signer } from '#platform';
import { RequestWorker, type RequestView } from '#privacy';
import { freePort } from '#tools/services';
import { dropTestDatabase, testServices } from '#tools/testing';
import { ApiClient } from '../cli/index.ts';
import { AppModule } from './app.module.ts';

interface Stored {
  _id: string;
  [field: string]: unknown;
}

const minutes = 60_000;
const masterKey = randomBytes(32).toString('base64');
const hmac = (identity: string): string => new Signer(masterKey).hmac('identity', identity);
const mark = (identity: string): string => hmac(identity).slice(0, 24);

/** What was stored of people until 28 November 2026: found by the English letters before the @, or not at all. */
const people = [
  { email: 'müller@x.com', marked: ['email:ller@x.com'] },
  { email: "o'brien@x.com", marked: ['email:brien@x.com'] },
  { email: 'ann@bücher.de', marked: [] },
  { email: 'ann@x.com', marked: ['email:ann@x.com'] },
];

describe('what was stored before addresses with any letters were marked', () => {
  let app: NestExpressApplication;
  let api: ApiClient;
  let database: mongo.MongoClient;
  let folder: string;
  const collection = (name: string): mongo.Collection<Stored> => database.db().collection<Stored>(name);

  beforeAll(async () => {
    const { mongodbUri, redisUrl, prefix: redisPrefix } = testServices();
    folder = await mkdtemp(join(tmpdir(), 'millrace-marks-'));
    database = await new mongo.MongoClient(mongodbUri).connect();
    await store();
    const [adminKey, port] = [randomBytes(24).toString('hex'), await freePort()];
    const settings = new Settings({ mongodbUri, redisUrl, redisPrefix, dataDir: folder, masterKey, adminKey, port });
    app = await NestFactory.create<NestExpressApplication>(
      AppModule.forRoot(settings, createLog({ level: 'silent' })),
      { logger: false, rawBody: true, bodyParser: false },
    );
    prepareApp(app);
    await app.listen(settings.port, settings.host);
    api = new ApiClient({ url: settings.publicUrl, key: adminKey });
  });
  afterAll(async () => {
    await app.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
    await dropTestDatabase(testServices());
  });

  async function store(): Promise<void> {
    const later = new Date(Date.now() + 1_000 * minutes);
    for (const { email, marked } of people) {
      const [json, identities, marks] = [JSON.stringify({ to: email }), marked.map(hmac), marked.map(mark)];
      const at = new Date();
      const item = { lane: 'x', seq: 1, durable: 1, receivedAt: at, expiresAt: later, source: 'src_1' };
      await collection('landed_rows').insertOne({ _id: `d/${email}`, dataset: 'd', key: email, json, identities });
      const version = { row: `d/1-${email}`, dataset: 'd', key: '1', json, identities, expiresAt: later };
      await collection('landed_versions').insertOne({ _id: `d/1-${email}@1`, ...version });
      await collection('rejects').insertOne({ _id: email, run: 'run_1', sync: 'syn_1', raw: json, identities });
      const inbox = { ...item, json, identities: [mark('user:u1'), ...marks] };
      await collection('inbox').insertOne({ _id: email, ...inbox });
      await collection('collected_people').insertOne({
        _id: email,
        json,
        v: 1,
        ...(marked.length > 0 && { identities }),
      });
      const body = Buffer.from(json).toString('base64');
      const packed = JSON.stringify({ method: 'POST', url: '/', headers: {}, body, encoding: 'base64' });
      await collection('webhook_deliveries').insertOne({ _id: email, ...item, json: packed, identities: marks });
    }
    // Pages of it, each with somebody else.
    const others = Array.from({ length: 600 }, (_, place) => `other-${place}@x.com`);
    await collection('landed_rows').insertMany(
      others.map((email) => ({
        ...{ _id: `d/a-${email}`, dataset: 'd', key: email },
        ...{ json: JSON.stringify({ to: email }), identities: [hmac(`email:${email}`)] },
      })),
    );
  }

  async function carriedOut(body: object): Promise<RequestView> {
    const { id } = await api.post<RequestView>('/api/privacy/requests', body);
    for (let later = Date.now(); ;) {
      const request = await api.get<RequestView>(`/api/privacy/requests/${id}`);
      if (request.state === 'done') return request;
      if (request.state === 'waiting') later += 10 * minutes;
      await app.get(RequestWorker).work(() => new Date(later));
    }
  }

  const one = { landed_rows: 1, landed_versions: 1, rejects: 1, inbox: 1, collected_people: 1, webhook_deliveries: 1 };

  it.each(['müller@x.com', "o'brien@x.com", 'ann@bücher.de'])('is erased with %s', async (email) => {
    expect((await carriedOut({ kind: 'erase', identity: email })).counts).toMatchObject(one);
  });

  it('is not taken for somebody else’s, and keeps what else it was found by', async () => {
    expect((await carriedOut({ kind: 'erase', identity: 'ller@x.com' })).counts).toEqual({});
    expect(await collection('landed_rows').countDocuments()).toBe(601);
    expect(await collection('inbox').findOne()).toMatchObject({
      identities: [mark('user:u1'), mark('email:ann@x.com')],
    });
  });

  it('lets an erasure wait until all of it is marked anew', async () => {
    await collection('migrations').updateOne({ title: /found by addresses/ }, { $unset: { endedAt: '' } });
    const { id } = await api.post<RequestView>('/api/privacy/requests', { kind: 'erase', identity: 'ann@x.com' });
    const view = (): Promise<RequestView> => api.get<RequestView>(`/api/privacy/requests/${id}`);
    const isWaiting = expect.stringMatching(/marked anew first/);
    for (let later = Date.now(); (await view()).reason === undefined || later < Date.now() + 30 * minutes;) {
      later += 10 * minutes;
      await app.get(RequestWorker).work(() => new Date(later));
    }
    expect(await view()).toMatchObject({ state: 'waiting', reason: isWaiting, counts: {} });
    await app.get(Migrator).migrateInBackground();
    await app.get(RequestWorker).work(() => new Date(Date.now() + 60 * minutes));
    expect(await view()).toMatchObject({ counts: one });
  });
});
