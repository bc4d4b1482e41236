import { BullModule } from '@nestjs/bull';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AccessModule } from '#access';
import { CatalogModule } from '#catalog';
import { Connections, ConnectionsModule } from '#connections';
import { createLog, PlatformModule, RedisClient, Settings } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Collections } from '../collections.ts';
import { Runs, SyncModule, Syncs } from '../index.ts';
import type { Run } from '../runs/run.schema.ts';
import { scriptedConnectors, type Script } from './scripted-connectors.ts';
import { untilEnded } from './until-ended.ts';

/** The engine, joined to a scripted source and a scripted destination. */
export interface TestEngine {
  app: NestExpressApplication;
  syncs: Syncs;
  runs: Runs;
  collections: Collections;
  source: string;
  destination: string;
  /** A sync from the source's rows to the destination's things; gives its id. */
  make: (name: string, more?: object) => Promise<string>;
  start: (sync: string) => Promise<string>;
  /** Starts a run and waits for its end. */
  run: (sync: string) => Promise<Run>;
  untilEnded: (run: string) => Promise<Run>;
  stop: () => Promise<void>;
}

export async function testEngine(script: Script): Promise<TestEngine> {
  const services = testServices();
  const settings = new Settings({ ...services, dataDir: '.millrace/test', logLevel: 'silent' });
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot(settings, { log: createLog({ level: 'silent' }) }),
      BullModule.forRootAsync({
        inject: [RedisClient],
        useFactory: (redis: RedisClient) => ({ ...redis.bullOptions(), prefix: services.prefix }),
      }),
      AccessModule,
      CatalogModule.forRoot({ paths: [], builtIn: scriptedConnectors(script) }),
      ConnectionsModule,
      SyncModule,
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>();
  await app.init();
  const [syncs, runs, connections] = [app.get(Syncs), app.get(Runs), app.get(Connections)];
  const source = (await connections.create({ name: 'From', connector: 'scripted-source', config: {} })).id;
  const destination = (await connections.create({ name: 'To', connector: 'scripted-destination', config: {} })).id;
  const start = async (sync: string): Promise<string> => (await runs.start(sync, { trigger: 'manual' }))._id;
  return {
    app,
    syncs,
    runs,
    collections: app.get(Collections),
    source,
    destination,
    make: async (name, more = {}) => {
      const from = { connection: source, stream: 'rows' };
      const to = { connection: destination, object: 'thing' };
      return (await syncs.create({ name, from, to, mapping: { id: 'id', name: 'name | trim' }, ...more }))._id;
    },
    start,
    run: async (sync) => untilEnded(runs, await start(sync)),
    untilEnded: (run) => untilEnded(runs, run),
    stop: async () => {
      await app.close();
      await dropTestDatabase(services);
    },
  };
}

/** A script without rows, in which nothing goes wrong. */
export function emptyScript(): Script {
  return { rows: [], received: new Map(), pageSize: 10 };
}

/** Makes a script like new. */
export function reset(script: Script): void {
  for (const name of Object.keys(script) as (keyof Script)[]) delete script[name];
  Object.assign(script, emptyScript());
}

/** Rows with ids from … to; the cursor grows with the id. */
export function people(from: number, to: number): Script['rows'] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: ` n${from + i} `, changed: from + i }));
}
