import { randomBytes } from 'node:crypto';
import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { dropTestDatabase, gate, testServices } from '#tools/testing';
import axios, { type AxiosInstance } from 'axios';
import { mongo, type Connection } from 'mongoose';
import { PlatformModule } from '../platform.module.ts';
import { Settings } from '../settings/index.ts';
import { AnswerKeeper } from './answer-keeper.ts';
import { IdempotencyStore, lockMs } from './idempotency-store.ts';
import { Idempotent } from './idempotent.ts';
import { prepareApp } from './prepare-app.ts';

const work = { made: 0, begun: gate(), allowed: Promise.resolve() };

@Controller('things')
class ThingsController {
  @Post()
  @Idempotent()
  async create() {
    work.begun.open();
    await work.allowed;
    return { number: ++work.made };
  }
}
@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: NestExpressApplication;
let store: IdempotencyStore;
let http: AxiosInstance;
beforeAll(async () => {
  const { mongodbUri, redisUrl } = testServices();
  const masterKey = randomBytes(32).toString('base64');
  const settings = new Settings({ mongodbUri, redisUrl, logLevel: 'silent', masterKey });
  app = await NestFactory.create<NestExpressApplication>(
    { module: ThingsModule, imports: [PlatformModule.forRoot(settings)] },
    { logger: false, rawBody: true, bodyParser: false },
  );
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  store = app.get(IdempotencyStore, { strict: false });
  http = axios.create({ baseURL: await app.getUrl(), validateStatus: null, proxy: false });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  Object.assign(work, { made: 0, begun: gate(), allowed: Promise.resolve() });
});
afterAll(async () => {
  await app.close();
  await dropTestDatabase(testServices());
});
const make = (key: string) => http.post<unknown>('/things', {}, { headers: { 'idempotency-key': key } });

it('makes a thing once, though MongoDB is away when its answer shall be kept', async () => {
  const finish = store.finish.bind(store);
  const kept = gate();
  jest
    .spyOn(store, 'finish')
    .mockRejectedValueOnce(new mongo.MongoNetworkError('connection closed'))
    .mockImplementation(async (...answer) => {
      await finish(...answer);
      kept.open();
    });
  expect(await make('away')).toMatchObject({ status: 201, data: { number: 1 } });
  expect(await make('away')).toMatchObject({ status: 409 });
  await kept.opened;
  expect(await make('away')).toMatchObject({
    status: 201,
    data: { number: 1 },
    headers: { 'idempotency-replayed': 'true' },
  });
});

it('keeps an answer at the latest when the process ends', async () => {
  jest.spyOn(store, 'finish').mockRejectedValueOnce(new mongo.MongoNetworkError('connection closed'));
  expect(await make('ending')).toMatchObject({ status: 201, data: { number: 1 } });
  await app.get(AnswerKeeper, { strict: false }).onApplicationShutdown();
  expect(await make('ending')).toMatchObject({ data: { number: 1 }, headers: { 'idempotency-replayed': 'true' } });
});

it('keeps a key locked for as long as its request runs', async () => {
  const renew = store.renew.bind(store);
  const renewed = gate();
  jest.spyOn(store, 'renew').mockImplementation(async (id) => {
    await renew(id);
    renewed.open();
  });
  const free = gate();
  work.allowed = free.opened;
  jest.useFakeTimers({
    doNotFake: ['Date', 'nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout', 'clearTimeout'],
  });
  const first = make('long');
  await work.begun.opened;
  await app
    .get<Connection>(getConnectionToken(), { strict: false })
    .collection('idempotency_keys')
    .updateMany({ done: false }, { $set: { lockedUntil: new Date(0) } });
  jest.advanceTimersByTime(lockMs / 3);
  await renewed.opened;
  expect(await make('long')).toMatchObject({ status: 409 });
  free.open();
  expect(await first).toMatchObject({ status: 201, data: { number: 1 } });
});
