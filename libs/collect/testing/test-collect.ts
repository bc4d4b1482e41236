import { Global, Module } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import axios, { type AxiosInstance } from 'axios';
import type { Connection } from 'mongoose';
import {
  streamsOf,
  type AnyConnector,
  type ConnectorContext,
  type LaneLag,
  type Page,
  type Row,
  type SubscribeContext,
} from '@millrace/sdk';
import { AccessModule } from '#access';
import { Catalog } from '#catalog';
import { createLog, PlatformModule, prepareApp, Settings } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { CollectModule, serveCollecting, Sources } from '../index.ts';
import { InboxStore } from '../inbox/index.ts';

const registered: AnyConnector[] = [];

@Global()
@Module({
  providers: [{ provide: Catalog, useValue: { register: (connector: AnyConnector) => registered.push(connector) } }],
  exports: [Catalog],
})
class CatalogStandIn {}

export type Collect = Awaited<ReturnType<typeof startCollect>>;

export interface Subscription {
  pages: AsyncGenerator<Page>;
  end: () => void;
}

/** Collecting on the spec's own database and a free port, without the engine. */
export async function startCollect(values: Partial<Settings> = {}) {
  const { mongodbUri, redisUrl, prefix: redisPrefix } = testServices();
  const settings = new Settings({ mongodbUri, redisUrl, redisPrefix, dataDir: '.millrace/test', ...values });
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(settings, { log: createLog({ level: 'silent' }) }),
      AccessModule,
      CatalogStandIn,
      CollectModule,
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ rawBody: true, bodyParser: false });
  serveCollecting(app);
  prepareApp(app);
  await app.listen(0, '127.0.0.1');
  const connection = app.get<Connection>(getConnectionToken());
  const { writeKey, id: source } = await app.get(Sources).create({ name: 'Shop' });
  const baseURL = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const http = (more: object = {}): AxiosInstance => axios.create({ baseURL, validateStatus: () => true, ...more });
  const connector = registered.at(-1) as AnyConnector;

  async function subscribe(
    lanes: SubscribeContext['lanes'] = {},
    consumer = { group: 'syn_1', index: 0, of: 1 },
  ): Promise<Subscription> {
    const abort = new AbortController();
    const { events } = await streamsOf(connector, { signal: abort.signal } as ConnectorContext);
    const context = { signal: abort.signal, lanes, consumer } as unknown as SubscribeContext;
    const pages = events?.subscribe?.(context) as AsyncGenerator<Page>;
    return { pages, end: () => abort.abort() };
  }

  async function lag(
    places: SubscribeContext['lanes'],
    consumer = { group: 'syn_1', index: 0, of: 1 },
  ): Promise<Record<string, LaneLag>> {
    const { events } = await streamsOf(connector, {} as ConnectorContext);
    const context = { consumer, places: async () => places } as unknown as SubscribeContext;
    return (await events?.lag?.(context)) ?? {};
  }

  return {
    app,
    lag,
    store: app.get(InboxStore),
    source,
    writeKey,
    /** Sends with the write key as Segment's clients do; every status is an answer. */
    http: http({ auth: { username: writeKey, password: '' } }),
    anonymous: http(),
    url: baseURL,
    subscribe,
    /** The first rows that a new subscriber gets. */
    async read(count: number): Promise<{ records: Row[]; rejects: NonNullable<Page['rejects']> }> {
      const { pages, end } = await subscribe();
      const found = { records: [] as Row[], rejects: [] as NonNullable<Page['rejects']> };
      for await (const { records, rejects = [] } of pages) {
        found.records.push(...records);
        found.rejects.push(...rejects);
        if (found.records.length + found.rejects.length >= count) break;
      }
      end();
      return found;
    },
    async clear(): Promise<void> {
      for (const { modelName, collection } of Object.values(connection.models))
        if (['InboxItem', 'CollectedPerson'].includes(modelName)) await collection.deleteMany({});
    },
    async close(): Promise<void> {
      await app.close();
      await dropTestDatabase(testServices());
    },
  };
}
