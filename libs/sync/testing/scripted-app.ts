import { BullModule } from '@nestjs/bull';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AccessModule, KeysService, type Role } from '#access';
import { CatalogModule } from '#catalog';
import { Connections, ConnectionsModule } from '#connections';
import { createLog, PlatformModule, prepareApp, RedisClient, Settings } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Runs, serveQueueBoard, SyncModule, Syncs } from '../index.ts';
import type { Run } from '../runs/run.schema.ts';
import { scriptedConnectors, type Script } from './scripted-connectors.ts';
import { untilEnded } from './until-ended.ts';

export interface ScriptedApp {
  app: NestExpressApplication;
  url: string;
  script: Script;
  /** Of the scripted source and the scripted destination. */
  connections: [source: string, destination: string];
  /** A sync of the scripted source with the scripted destination; its id. */
  sync(name: string, more?: object): Promise<string>;
  /** Runs a sync to its end. */
  run(sync: string): Promise<Run>;
  /** A header with a new key. */
  key(role: Role): Promise<{ authorization: string }>;
  close(): Promise<void>;
}

/**
 * The engine with its routes on a free port, between two scripted connectors.
 * @param of an app whose script, database and queues this one shares, as another process does
 */
export async function scriptedApp(
  values: Partial<Settings> = {},
  more: ReturnType<typeof scriptedConnectors> = [],
  of?: ScriptedApp,
): Promise<ScriptedApp> {
  const services = testServices();
  const script: Script = of?.script ?? { rows: [], received: new Map(), pageSize: 10 };
  const settings = new Settings({ ...services, dataDir: '.millrace/test', logLevel: 'silent', ...values });
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(settings, { log: createLog({ level: 'silent' }) }),
      BullModule.forRootAsync({
        inject: [RedisClient],
        useFactory: (redis: RedisClient) => ({ ...redis.bullOptions(), prefix: services.prefix }),
      }),
      AccessModule,
      CatalogModule.forRoot({ paths: [], builtIn: [...scriptedConnectors(script), ...more] }),
      ConnectionsModule,
      SyncModule,
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ rawBody: true, bodyParser: false });
  prepareApp(app);
  await serveQueueBoard(app);
  await app.listen(0, '127.0.0.1');
  const connections = app.get(Connections);
  const [source, destination] = of?.connections ?? [
    (await connections.create({ name: 'From', connector: 'scripted-source', config: {} })).id,
    (await connections.create({ name: 'To', connector: 'scripted-destination', config: {} })).id,
  ];
  const runs = app.get(Runs);
  return {
    app,
    url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    script,
    connections: [source, destination],
    sync: async (name, more = {}) => {
      const from = { connection: source, stream: 'rows' };
      const to = { connection: destination, object: 'thing' };
      return (await app.get(Syncs).create({ name, from, to, mapping: { id: 'id', name: 'name | trim' }, ...more }))._id;
    },
    run: async (sync) => untilEnded(runs, (await runs.start(sync, { trigger: 'manual' }))._id),
    key: async (role) => ({
      authorization: `Bearer ${(await app.get(KeysService).create({ name: role, role })).key}`,
    }),
    close: async () => {
      await app.close();
      if (!of) await dropTestDatabase(services);
    },
  };
}

export const rowsFrom = (from: number, to: number): Script['rows'] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: ` n${from + i} `, changed: from + i }));
