import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { objectsOf, type ConnectorContext, type PushContext, type Row } from '@millrace/sdk';
import { AccessModule } from '#access';
import { Catalog, CatalogModule } from '#catalog';
import { createLog, PlatformModule, prepareApp, Settings } from '#platform';
import { ProfilesUpkeepModule } from '#profiles';
import { dropTestDatabase, testServices } from '#tools/testing';
import axios, { type AxiosInstance } from 'axios';
import { ContentModule } from '../index.ts';

export interface ContentApp {
  app: NestExpressApplication;
  /** As an admin; answers never throw. */
  http: AxiosInstance;
  /** Writes a record of the connector `profiles`. */
  load: (object: string, record: Row) => Promise<void>;
  close(): Promise<void>;
}

/** Content over HTTP, on the real MongoDB and Redis of the specs; on a free port unless `values` names one. */
export async function startContentApp(publicUrl: string, values: Partial<Settings> = {}): Promise<ContentApp> {
  const { mongodbUri, redisUrl } = testServices();
  const adminKey = randomBytes(24).toString('hex');
  const masterKey = randomBytes(32).toString('base64');
  const settings = new Settings({ mongodbUri, redisUrl, publicUrl, adminKey, masterKey, ...values });
  const imports = [
    PlatformModule.forRoot(settings, { log: createLog({ destination: { write: () => undefined } }) }),
    AccessModule,
    CatalogModule.forRoot({ paths: [] }),
    ProfilesUpkeepModule,
    ContentModule,
  ];
  const app = await NestFactory.create<NestExpressApplication>(
    { module: class Root {}, imports },
    { logger: false, rawBody: true, bodyParser: false },
  );
  prepareApp(app);
  await app.listen(values.port ?? 0, '127.0.0.1');
  const headers = { authorization: `Bearer ${adminKey}` };
  const http = axios.create({ baseURL: await app.getUrl(), validateStatus: null, proxy: false, headers });
  return {
    app,
    http,
    load: (object, record) => push(app, object, record),
    close: async () => {
      await app.close();
      await dropTestDatabase(testServices());
    },
  };
}

async function push(app: NestExpressApplication, object: string, record: Row): Promise<void> {
  const { connector } = app.get(Catalog).require('profiles');
  const ctx = { signal: new AbortController().signal } as ConnectorContext;
  const { [object]: destination } = await objectsOf(connector, ctx);
  const from = { connection: 'con_shop', stream: object };
  const context = { ...ctx, mode: 'upsert', batchId: 'b', run: 'run_1', from } as PushContext;
  const key = JSON.stringify(record.identities ?? record);
  const at = '2024-05-02T00:00:00.000Z';
  const outcomes = await destination?.push(context, [{ op: 'upsert', record, key, at, seq: 0 }]);
  if (outcomes?.[0]?.status !== 'ok') throw new Error(`The record was not written: ${JSON.stringify(outcomes)}`);
}
