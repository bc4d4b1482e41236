import type { Type } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
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
import { dropTestDatabase, testServices } from '#tools/testing';
import { loadProfiles } from './profiles-module.ts';

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
export async function testProfiles(...more: Type[]): Promise<TestProfiles> {
  const { module, connection, connector } = await loadProfiles(...more);
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
