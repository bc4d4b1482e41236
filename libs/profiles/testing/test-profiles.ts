import { randomBytes } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  objectsOf,
  type AnyConnector,
  type ConnectorContext,
  type Outcome,
  type PushContext,
  type PushRow,
  type Row,
} from '@millrace/sdk';
import type { Connection } from 'mongoose';
import { Catalog } from '#catalog';
import { createLog, ensureIndexes, Log, Settings, Signer, Vault } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { ProfilesModule } from '../profiles.module.ts';

export interface TestProfiles {
  module: TestingModule;
  connection: Connection;
  connector: AnyConnector;
  /** Pushes rows about one stream's records, keyed by their place. */
  push(object: string, records: Row[], more?: Partial<PushRow> & { run?: string }): Promise<Outcome[]>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** The profile store on the spec's own database, without a server. */
export async function testProfiles(): Promise<TestProfiles> {
  const registered: AnyConnector[] = [];
  const masterKey = randomBytes(32).toString('base64');
  const standIns = [
    { provide: Catalog, useValue: { register: (connector: AnyConnector) => registered.push(connector) } },
    { provide: Vault, useValue: new Vault(masterKey) },
    { provide: Signer, useValue: new Signer(masterKey) },
    { provide: Settings, useValue: new Settings() },
    { provide: Log, useValue: createLog({ level: 'silent' }) },
  ];

  @Global()
  @Module({ providers: standIns, exports: standIns })
  class StandIns {}

  const module = await Test.createTestingModule({
    imports: [
      MongooseModule.forRoot(testServices().mongodbUri, { autoIndex: false, autoCreate: false }),
      StandIns,
      ProfilesModule,
    ],
  }).compile();
  await module.init();
  const connection = module.get<Connection>(getConnectionToken());
  await ensureIndexes(connection);
  const connector = registered[0] as AnyConnector;
  const ctx = { signal: new AbortController().signal } as ConnectorContext;
  return {
    module,
    connection,
    connector,
    async push(object, records, { run = 'run_1', ...more } = {}) {
      const { [object]: destination } = await objectsOf(connector, ctx);
      const from = { connection: 'con_shop', stream: object };
      const context = { ...ctx, mode: 'upsert', batchId: 'b', run, from } as unknown as PushContext;
      const rows = records.map((record, seq): PushRow => ({
        op: 'upsert',
        key: String(seq),
        at: '2024-05-01T00:00:00.000Z',
        seq,
        record,
        ...more,
      }));
      return destination?.push(context, rows) ?? [];
    },
    async clear() {
      await Promise.all(Object.values(connection.models).map((model) => model.collection.deleteMany({})));
    },
    async close() {
      await module.close();
      await dropTestDatabase(testServices());
    },
  };
}
