import { randomBytes } from 'node:crypto';
import { BullModule } from '@nestjs/bull';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { objectsOf, type ConnectorContext, type PushContext, type PushRow, type Row } from '@millrace/sdk';
import axios, { type AxiosInstance } from 'axios';
import type { Connection } from 'mongoose';
import { AccessModule, accessMigrations, KeysService, type Role } from '#access';
import { Catalog, CatalogModule } from '#catalog';
import { ConnectionsModule } from '#connections';
import { ContentModule } from '#content';
import { createLog, MigrationsModule, PlatformModule, prepareApp, RedisClient, Settings } from '#platform';
import { ProfilesModule, profilesMigrations, SensitiveTraits, TraitSealer } from '#profiles';
import { SyncModule, syncMigrations } from '#sync';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Auditor } from '../audits/index.ts';
import { DataMapScanner } from '../data-map/index.ts';
import { QualityModule } from '../quality.module.ts';

/** Quality as the server has it. Nothing ticks by itself. */
export interface TestQuality {
  connection: Connection;
  as(role: Role): Promise<AxiosInstance>;
  operator: AxiosInstance;
  marketer: AxiosInstance;
  /** Without a key. */
  browser: AxiosInstance;
  auditor: Auditor;
  scanner: DataMapScanner;
  sealer: TraitSealer;
  sensitive: SensitiveTraits;
  /** Pushes records of one connection and stream into the profile store, keyed by their place. */
  load(object: string, records: Row[], from?: { connection?: string; stream?: string; at?: string }): Promise<void>;
  close(): Promise<void>;
}

export async function startTestQuality(): Promise<TestQuality> {
  const services = testServices();
  const { mongodbUri, redisUrl, prefix } = services;
  const masterKey = randomBytes(32).toString('base64');
  const settings = new Settings({
    mongodbUri,
    redisUrl,
    masterKey,
    publicUrl: 'http://quality.example',
    processes: ['api'],
  });
  const imports = [
    PlatformModule.forRoot(settings, { log: createLog({ level: 'silent' }) }),
    MigrationsModule.forRoot([...profilesMigrations, ...accessMigrations, ...syncMigrations]),
    BullModule.forRootAsync({
      inject: [RedisClient],
      useFactory: (redis: RedisClient) => ({ ...redis.bullOptions(), prefix }),
    }),
    AccessModule,
    CatalogModule.forRoot({ paths: [], builtIn: [] }),
    ConnectionsModule,
    ProfilesModule,
    ContentModule,
    SyncModule,
    QualityModule,
  ];
  const app = await NestFactory.create<NestExpressApplication>(
    { module: class Root {}, imports },
    { rawBody: true, bodyParser: false, logger: false, abortOnError: false },
  );
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const http = { baseURL: await app.getUrl(), validateStatus: () => true, proxy: false as const };
  const as = async (role: Role): Promise<AxiosInstance> => {
    const { key } = await app.get(KeysService).create({ name: role, role });
    return axios.create({ ...http, headers: { authorization: `Bearer ${key}` } });
  };
  let loads = 0;
  return {
    connection: app.get<Connection>(getConnectionToken()),
    as,
    operator: await as('operator'),
    marketer: await as('marketer'),
    browser: axios.create(http),
    auditor: app.get(Auditor),
    scanner: app.get(DataMapScanner),
    sealer: app.get(TraitSealer),
    sensitive: app.get(SensitiveTraits),
    async load(object, records, { connection = 'con_shop', stream = object, at = '2024-05-01T00:00:00.000Z' } = {}) {
      const ctx = { signal: new AbortController().signal } as ConnectorContext;
      const { [object]: destination } = await objectsOf(app.get(Catalog).require('profiles').connector, ctx);
      const from = { connection, stream };
      const context = {
        ...ctx,
        mode: 'upsert',
        batchId: 'b',
        run: `run_${(loads += 1)}`,
        from,
      } as unknown as PushContext;
      const rows = records.map((record, seq): PushRow => ({ op: 'upsert', key: String(seq), at, seq, record }));
      const outcomes = (await destination?.push(context, rows)) ?? [];
      const refused = outcomes.filter(({ status }) => status !== 'ok');
      if (refused.length > 0) throw new Error(`not loaded: ${JSON.stringify(refused[0])}`);
    },
    async close() {
      await app.close();
      await dropTestDatabase(services);
    },
  };
}
