import { Global, Module } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import type { Connection } from 'mongoose';
import {
  objectsOf,
  streamsOf,
  type AnyConnector,
  type ConnectorContext,
  type Json,
  type Outcome,
  type Page,
  type PushContext,
  type PushRow,
  type Row,
  type Stream,
} from '@millrace/sdk';
import { AccessModule } from '#access';
import { Catalog } from '#catalog';
import { createLog, ensureIndexes, PlatformModule, Settings } from '#platform';
import { testServices } from '#tools/testing';
import { LandingModule } from '../landing.module.ts';
import { LandingStore } from '../store/index.ts';

const registered: AnyConnector[] = [];

@Global()
@Module({
  providers: [{ provide: Catalog, useValue: { register: (connector: AnyConnector) => registered.push(connector) } }],
  exports: [Catalog],
})
class CatalogStandIn {}

export type Landing = Awaited<ReturnType<typeof startLanding>>;

/** The landing on the spec's own database, without the rest of the server. */
export async function startLanding(values: Partial<Settings> = {}) {
  const settings = new Settings({ ...testServices(), dataDir: '.millrace/test', landingVersions: 3, ...values });
  const module: TestingModule = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(settings, { log: createLog({ level: 'silent' }) }),
      AccessModule,
      MongooseModule.forFeature([]),
      CatalogStandIn,
      LandingModule,
    ],
  }).compile();
  await module.init();
  const connection = module.get<Connection>(getConnectionToken());
  await ensureIndexes(connection);
  const store = module.get(LandingStore);
  const connector = registered.at(-1) as AnyConnector;
  const ctx = { signal: new AbortController().signal } as ConnectorContext;
  const from = { connection: 'con_shop', stream: 'people', key: ['id'] };

  const streamOf = async (name: string): Promise<Stream> => (await streamsOf(connector, ctx))[name] as Stream;

  return {
    module,
    store,
    streamOf,
    async push(rows: PushRow[], more: Partial<PushContext> = {}): Promise<Outcome[]> {
      const { row } = await objectsOf(connector, ctx);
      const context = { ...ctx, mode: 'upsert', batchId: 'b', run: 'run_1', from, ...more } as PushContext;
      return row?.push(context, rows) ?? [];
    },
    /** One run: its pages, and where the next one starts. */
    async read(name: string, state?: Json): Promise<{ pages: Page[]; state?: Json }> {
      const stream = await streamOf(name);
      const context = { ...ctx, state, stream: { name, key: ['id'] }, until: new Date().toISOString() };
      const pages: Page[] = [];
      const slices = (await stream.plan?.(context)) as { id: string; spec: Json }[];
      for (const slice of slices) for await (const page of stream.read?.({ ...context, slice }) ?? []) pages.push(page);
      return { pages, state: stream.advance?.(state, slices) };
    },
    async clear(): Promise<void> {
      await Promise.all([store.rows, store.versions, store.datasets].map((collection) => collection.deleteMany({})));
    },
    close: () => module.close(),
  };
}

export function rowOf(record: Row, more: Partial<PushRow> = {}): PushRow {
  const key = typeof record.id === 'string' || typeof record.id === 'number' ? String(record.id) : 'x';
  return { op: 'upsert', record: { row: record }, key, at: '2024-05-01T00:00:00.000Z', seq: 0, ...more };
}
