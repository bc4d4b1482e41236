import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BullModule } from '@nestjs/bull';
import { getModelToken } from '@nestjs/mongoose';
import axios, { type AxiosInstance } from 'axios';
import type { Model, mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { AccessModule, KeysService, type Role } from '#access';
import { CatalogModule } from '#catalog';
import { ConnectionsModule } from '#connections';
import { createLog, newId, PlatformModule, prepareApp, RedisClient, Settings } from '#platform';
import { SyncModule } from '#sync';
import { dropTestDatabase, testServices } from '#tools/testing';
import { AlertCollections } from '../collections.ts';
import { Deliverer } from '../delivery/deliverer.ts';
import { Evaluator } from '../evaluation/evaluator.ts';
import { AlertsModule } from '../alerts.module.ts';
import { WatchedRequests, type DueRequest } from '../requests/index.ts';
import { WatchedTriggers, type SurveyedTrigger } from '../triggers/index.ts';

interface Fields {
  [field: string]: unknown;
}

/** Alerts as the server has them, over a database whose syncs, runs and triggers are written by the spec. Nothing ticks by itself. */
export interface TestAlerts {
  collections: AlertCollections;
  http: AxiosInstance;
  as(role: Role): Promise<AxiosInstance>;
  /** One look, as if it were that time; then the delivery of what it wrote. */
  look(now?: Date): Promise<void>;
  evaluator: Evaluator;
  deliverer: Deliverer;
  sync(fields?: Fields): Promise<string>;
  /** A run of a sync that has ended. */
  ended(sync: string, fields?: Fields): Promise<string>;
  /** A run that is going on. */
  active(sync: string, fields?: Fields): Promise<string>;
  change(sync: string, change: Fields): Promise<void>;
  /** A run that goes on ends: the sync says so first, then, after `between`, the run. */
  end(run: string, fields: Fields, between: () => Promise<void>): Promise<void>;
  /** Makes a trigger be so; undefined: there is none of that slug. */
  trigger(slug: string, fields: Partial<SurveyedTrigger> | undefined): void;
  /** Requests of people that are not finished. */
  requests: DueRequest[];
  clear(): Promise<void>;
  close(): Promise<void>;
}

const ledger = { read: 10, written: 10, unchanged: 0, superseded: 0, rejected: 0, filtered: 0 };

export async function startTestAlerts(values: Partial<Settings> = {}): Promise<TestAlerts> {
  const services = testServices();
  const { mongodbUri, redisUrl, prefix } = services;
  const settings = new Settings({ mongodbUri, redisUrl, dataDir: '.millrace/test', processes: ['api'], ...values });
  const imports = [
    PlatformModule.forRoot(settings, { log: createLog({ level: 'silent' }) }),
    BullModule.forRootAsync({
      inject: [RedisClient],
      useFactory: (redis: RedisClient) => ({ ...redis.bullOptions(), prefix }),
    }),
    AccessModule,
    CatalogModule.forRoot({ paths: [], builtIn: [] }),
    ConnectionsModule,
    SyncModule,
    AlertsModule,
  ];
  const app = await NestFactory.create<NestExpressApplication>(
    { module: class Root {}, imports },
    { rawBody: true, bodyParser: false, logger: false, abortOnError: false },
  );
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const collections = app.get(AlertCollections);
  const evaluator = app.get(Evaluator);
  const deliverer = app.get(Deliverer);
  const native = (name: string): mongo.Collection<Fields & { _id: string }> =>
    app.get<Model<Fields>>(getModelToken(name), { strict: false }).collection as unknown as mongo.Collection<
      Fields & { _id: string }
    >;
  const [syncs, runs] = [native('Sync'), native('Run')];
  const as = async (role: Role): Promise<AxiosInstance> => {
    const { key } = await app.get(KeysService).create({ name: role, role });
    const headers = { authorization: `Bearer ${key}` };
    return axios.create({ baseURL: await app.getUrl(), validateStatus: () => true, proxy: false, headers });
  };
  const triggers = new Map<string, SurveyedTrigger>();
  app.get(WatchedTriggers).watch({
    all: () => Promise.resolve([...triggers.values()]),
    require: (slug) =>
      triggers.has(slug) ? Promise.resolve() : Promise.reject(new MillraceError('not_found', 'No such trigger.')),
  });
  const requests: DueRequest[] = [];
  app.get(WatchedRequests).watch({
    due({ from = new Date(0), until }) {
      const due = requests.filter(({ dueAt }) => dueAt >= from && dueAt < until);
      return Promise.resolve({ count: due.length, first: due.slice(0, 3) });
    },
  });
  let sequence = Date.now() - 1_000_000;
  const runOf = async (sync: string, fields: Fields): Promise<string> => {
    const _id = newId('run', (sequence += 1));
    const connection = (await syncs.findOne({ _id: sync }))?.from;
    await runs.insertOne({
      _id,
      sync,
      ledger,
      effects: {},
      plan: { from: connection },
      until: new Date(),
      createdAt: new Date(),
      ...fields,
    });
    return _id;
  };
  return {
    collections,
    http: await as('operator'),
    as,
    evaluator,
    deliverer,
    async look(now = new Date()) {
      await evaluator.look(now);
      await collections.messages.updateMany({ notBefore: now, state: 'pending' }, { $set: { notBefore: new Date() } });
      await deliverer.start();
      await deliverer.settle();
    },
    async sync(fields = {}) {
      const _id = newId('syn');
      await syncs.insertOne({
        _id,
        name: `Sync ${_id.slice(-4)}`,
        from: { connection: 'con_from', stream: 'rows' },
        to: { connection: 'con_to', object: 'thing' },
        labels: [],
        paused: false,
        createdAt: new Date(),
        ...fields,
      });
      return _id;
    },
    async ended(sync, fields = {}) {
      const run = { state: 'succeeded', endedAt: new Date(), ...fields };
      const id = await runOf(sync, run);
      await runs.updateMany({ sync, active: true }, { $unset: { active: '' } });
      await syncs.updateOne({ _id: sync }, { $set: { lastRun: { id, state: run.state, endedAt: run.endedAt } } });
      return id;
    },
    active: (sync, fields = {}) => runOf(sync, { active: true, state: 'running', ...fields }),
    async change(sync, change) {
      await syncs.updateOne({ _id: sync }, { $set: change });
    },
    async end(run, fields, between) {
      const ending = { ...fields, endedAt: new Date() };
      await syncs.updateOne(
        { _id: (await runs.findOne({ _id: run }))?.sync as string },
        { $set: { lastRun: { id: run, state: fields.state, endedAt: ending.endedAt } } },
      );
      await between();
      await runs.updateOne({ _id: run }, { $set: ending, $unset: { active: '' } });
    },
    trigger(slug, fields) {
      if (fields) triggers.set(slug, { slug, name: slug, paused: false, failures: 0, ...fields });
      else triggers.delete(slug);
    },
    requests,
    async clear() {
      triggers.clear();
      requests.splice(0);
      const { alerts, rules, channels, messages, marks } = collections;
      await Promise.all([syncs.deleteMany({}), runs.deleteMany({}), alerts.deleteMany({}), rules.deleteMany({})]);
      await Promise.all([channels.deleteMany({}), messages.deleteMany({}), marks.deleteMany({})]);
    },
    async close() {
      await app.close();
      await dropTestDatabase(services);
    },
  };
}
