import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { InjectModel, MongooseModule, getConnectionToken } from '@nestjs/mongoose';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BullModule, getQueueToken } from '@nestjs/bull';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { dropTestDatabase, testServices } from '#tools/testing';
import axios from 'axios';
import type { Queue } from 'bull';
import { Schema, type Connection, type Model } from 'mongoose';
import {
  connectMongo,
  createLog,
  Files,
  Log,
  Network,
  PlatformModule,
  RedisClient,
  Settings,
  Signer,
  Vault,
} from './index.ts';

const indexesAtInit: string[] = [];

@Injectable()
class Early implements OnModuleInit {
  constructor(@InjectModel('Person') private readonly people: Model<unknown>) {}

  async onModuleInit() {
    indexesAtInit.push(...(await this.people.collection.indexes()).map((index) => String(index.name)));
  }
}

const personSchema = new Schema({ _id: String, email: String }, { collection: 'people' }).index(
  { email: 1 },
  { unique: true },
);

@Module({ imports: [MongooseModule.forFeature([{ name: 'Person', schema: personSchema }])], providers: [Early] })
class PeopleModule {}

const log = createLog({ level: 'silent' });
const apps: NestExpressApplication[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => dropTestDatabase(testServices()));

async function start(values: Partial<Settings> = {}, imports: unknown[] = []) {
  const { mongodbUri, redisUrl } = testServices();
  const settings = new Settings({ mongodbUri, redisUrl, masterKey: randomBytes(32).toString('base64'), ...values });
  const module = { module: PeopleModule, imports: [...(imports as []), PlatformModule.forRoot(settings, { log })] };
  const app = await NestFactory.create<NestExpressApplication>(module, { logger: false, abortOnError: false });
  apps.push(app);
  await app.listen(0, '127.0.0.1');
  return { app, http: axios.create({ baseURL: await app.getUrl(), validateStatus: null, proxy: false }) };
}

async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('PlatformModule', () => {
  it('provides what the other libs stand on, with every index built before they begin', async () => {
    const { app, http } = await start();
    for (const token of [Settings, Log, Vault, Signer, Network, Files, RedisClient])
      expect(app.get(token)).toBeInstanceOf(token);
    expect(indexesAtInit).toContain('email_1');
    expect((await http.get<unknown>('/healthz')).data).toEqual({ status: 'ok' });
    let ready = await http.get<unknown>('/readyz');
    while (ready.status !== 200) ready = await http.get<unknown>('/readyz'); // it looks for two seconds
    expect({ status: ready.status, data: ready.data }).toEqual({
      status: 200,
      data: { ready: true, mongodb: { ok: true }, redis: { ok: true } },
    });
  });

  it('says which service is gone', async () => {
    const { http } = await start({ redisUrl: `redis://127.0.0.1:${await deadPort()}` });
    const ask = () => http.get<{ mongodb: { ok: boolean } }>('/readyz');
    let { status, data } = await ask();
    while (!data.mongodb.ok) ({ status, data } = await ask()); // it looks for two seconds
    expect(status).toBe(503);
    expect(data).toMatchObject({
      ready: false,
      mongodb: { ok: true },
      redis: { ok: false, message: expect.any(String) },
    });
  });

  it('carries Bull queues on shared connections, and ends them all', async () => {
    const { prefix } = testServices();
    const root = BullModule.forRootAsync({
      inject: [RedisClient],
      useFactory: (redis: RedisClient) => ({ ...redis.bullOptions(), prefix }),
    });
    const { app } = await start({}, [root, BullModule.registerQueue({ name: 'one' }, { name: 'two' })]);
    const [one, two] = ['one', 'two'].map((name) =>
      app.get<Queue<{ n: number }>>(getQueueToken(name), { strict: false }),
    );
    if (!one || !two) throw new Error('no queues');
    expect(one.client).toBe(two.client);
    const done = new Promise<number>((resolve, reject) => {
      one.process(1, async (job) => resolve(job.data.n)).catch(reject);
    });
    await one.add({ n: 7 }, { removeOnComplete: true });
    expect(await done).toBe(7);
    const connection = app.get<Connection>(getConnectionToken());
    await app.close();
    apps.length = 0;
    expect(one.client.status).toBe('end');
    expect(connection.readyState).toBe(0);
  });

  it('fails to start with one clear error when MongoDB is not there', async () => {
    const mongodbUri = `mongodb://root:hunter2@127.0.0.1:${await deadPort()}/x?serverSelectionTimeoutMS=200`;
    await expect(start({ mongodbUri })).rejects.toMatchObject({
      code: 'service_unavailable',
      message: expect.not.stringContaining('hunter2'),
    });
    await expect(start({ mongodbUri: undefined })).rejects.toMatchObject({ code: 'service_unavailable' });
    await expect(start({ redisUrl: undefined })).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});

describe('connectMongo', () => {
  it('writes durably', async () => {
    const uri = new URL(testServices().mongodbUri);
    uri.searchParams.set('w', '1'); // must not win
    const connection = await connectMongo(uri.href);
    expect(connection.getClient().options.writeConcern).toMatchObject({ w: 'majority', journal: true });
    await connection.close();
  });
});
