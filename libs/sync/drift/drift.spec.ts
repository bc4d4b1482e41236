import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BullModule } from '@nestjs/bull';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AccessModule } from '#access';
import { CatalogModule } from '#catalog';
import { Connections, ConnectionsModule } from '#connections';
import { createLog, PlatformModule, RedisClient, Settings } from '#platform';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Runs, SyncModule, Syncs } from '../index.ts';
import type { Run } from '../runs/run.schema.ts';
import { scriptedConnectors, type Script } from '../testing/scripted-connectors.ts';
import { untilEnded } from '../testing/until-ended.ts';
import { untilHeld } from '../testing/until-held.ts';
import { DRIFT_AFFECTS, type DriftAffects } from './drift-affects.ts';
import { FieldsController } from './fields.controller.ts';
import { KnownFields } from './known-fields.ts';

const affects: DriftAffects = async (_to, written) => `Somebody uses ${written.map(({ target }) => target).join()}.`;
const users = { provide: DRIFT_AFFECTS, useValue: affects };

describe('a source whose fields change', () => {
  const services = testServices();
  const script: Script = { rows: [], received: new Map(), pageSize: 10 };
  let app: NestExpressApplication;
  let syncs: Syncs;
  let runs: Runs;
  let source: string;
  let destination: string;

  beforeAll(async () => {
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
        { module: class Users {}, global: true, providers: [users], exports: [users] },
        SyncModule,
      ],
    }).compile();
    app = module.createNestApplication<NestExpressApplication>();
    await app.init();
    syncs = app.get(Syncs);
    runs = app.get(Runs);
    const connections = app.get(Connections);
    source = (await connections.create({ name: 'From', connector: 'scripted-source', config: {} })).id;
    destination = (await connections.create({ name: 'To', connector: 'scripted-destination', config: {} })).id;
  });

  afterAll(async () => {
    await app.close();
    await dropTestDatabase(services);
  });

  beforeEach(() => {
    Object.assign(script, { rows: [], received: new Map(), pageSize: 10, slices: undefined });
  });

  const make = async (drift: 'ignore' | 'add' | 'pause', more: object = {}): Promise<string> => {
    const from = { connection: source, stream: 'rows' };
    const to = { connection: destination, object: 'thing' };
    const mapping = { id: 'id', name: 'name.first', age: 'age' };
    return (await syncs.create({ name: `Drift: ${drift}`, from, to, mapping, drift, read: 'full', ...more }))._id;
  };
  const start = async (sync: string): Promise<string> => (await runs.start(sync, { trigger: 'manual' }))._id;
  const run = async (sync: string): Promise<Run> => untilEnded(runs, await start(sync));
  const people = (from: number, to: number, more: object = {}) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({
      id: from + i,
      changed: from + i,
      name: { first: `n${from + i}` },
      age: 30,
      ...more,
    }));
  const fieldsOf = (sync: string) => app.get(FieldsController).list(sync, { limit: 100 });

  it('is learnt silently by its first run, and then reported once, with what reads the field', async () => {
    const sync = await make('add');
    script.rows = people(1, 15);
    expect(await run(sync)).not.toHaveProperty('drift');
    expect((await fieldsOf(sync)).data.map(({ path, types, readBy }) => [path, types, readBy])).toEqual([
      ['age', ['number'], ['thing: age']],
      ['changed', ['number'], []],
      ['id', ['number'], ['thing: id', 'the key']],
      ['name', ['object'], ['thing: name']],
      ['name.first', ['string'], ['thing: name']],
    ]);
    script.rows = [...people(1, 14), ...people(15, 20, { age: 'old', vip: true })];
    const changed = await run(sync);
    expect(changed).toMatchObject({ state: 'succeeded', ledger: { read: 20, rejected: 0 } });
    expect(changed.drift).toEqual([
      { field: 'age', change: 'type', types: ['number', 'string'], before: ['number'], readBy: ['thing: age'] },
      { field: 'vip', change: 'new', types: ['boolean'] },
    ]);
    expect(changed.notices).toEqual([
      {
        code: 'drift',
        message:
          'The source has changed: age was number and is now also string; thing: age reads it; new field vip: boolean. Somebody uses age.',
      },
    ]);
    expect(await run(sync)).not.toHaveProperty('drift');
  });

  it('is told of fields that vanish from a full read, unless they were rare', async () => {
    const sync = await make('add');
    script.rows = [...people(1, 9, { city: 'Oslo' }), ...people(10, 10, { city: 'Oslo', note: 'rare' })];
    await run(sync);
    script.rows = people(1, 10).map(({ name: _name, ...rest }) => rest);
    const changed = await run(sync);
    expect(changed.drift?.map(({ field, change, readBy }) => [field, change, readBy])).toEqual([
      ['city', 'gone', undefined],
      ['name', 'gone', ['thing: name']],
      ['name.first', 'gone', ['thing: name']],
    ]);
    expect(changed.reason).toContain('name is in no row any more; thing: name reads it');
    expect(await run(sync)).not.toHaveProperty('drift');
    script.rows = people(1, 10);
    expect((await run(sync)).drift?.map(({ field, change }) => [field, change])).toEqual([
      ['name', 'new'],
      ['name.first', 'new'],
    ]);
  });

  it('holds the run before anything of the page is written, and goes on from there once it is approved', async () => {
    const sync = await make('pause', { read: 'incremental' });
    script.rows = people(1, 5);
    await run(sync);
    script.rows = [...people(1, 25), ...people(26, 40, { vip: true })];
    const id = await start(sync);
    const held = await untilHeld(runs, id);
    expect(held).toMatchObject({ hold: 'drift', drift: [{ field: 'vip', change: 'new', waits: true }] });
    expect(held.reason).toContain(`new field vip: boolean. POST /api/runs/${id}/approve`);
    expect(await syncs.get(sync)).toMatchObject({ state: 'held', reason: held.reason });
    // Pages of 10 from row 5 on: the third is the first that shows the field.
    expect(held.ledger.read).toBe(20);
    expect(script.received.size).toBe(24);

    await runs.approve(id);
    const ended = await untilEnded(runs, id);
    expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 36 }, drift: [{ field: 'vip' }] });
    expect(ended.drift?.[0]).not.toHaveProperty('waits');
    expect(script.received.size).toBe(40);
    expect((await syncs.get(sync)).startsFrom).toEqual({ cursor: 40 });
    await expect(runs.approve(id)).rejects.toMatchObject({ code: 'run_not_held' });
  });

  it('leaves where the next run starts alone when the held run is cancelled, and holds that one, too', async () => {
    const sync = await make('pause', { read: 'incremental' });
    script.rows = people(1, 5);
    await run(sync);
    script.rows = people(1, 8).map((row) => ({ ...row, age: 'unknown' }));
    const first = await start(sync);
    await untilHeld(runs, first);
    await runs.cancel(first);
    expect(await untilEnded(runs, first)).toMatchObject({ state: 'cancelled' });
    expect((await syncs.get(sync)).startsFrom).toEqual({ cursor: 5 });
    const second = await start(sync);
    expect((await untilHeld(runs, second)).drift).toMatchObject([{ field: 'age', change: 'type' }]);
    await runs.approve(second);
    expect(await untilEnded(runs, second)).toMatchObject({ state: 'succeeded' });
    expect(script.received.get(7)).toMatchObject({ age: 'unknown' });
  });

  it('lets no slice pass that has not been approved', async () => {
    const sync = await make('pause');
    script.rows = people(1, 4);
    await run(sync);
    script.received.clear();
    script.pageSize = 2;
    script.rows = [...people(1, 20, { a: 1 }), ...people(21, 40, { b: 1 })];
    script.slices = [
      { id: 'low', spec: { from: 1, to: 20 } },
      { id: 'high', spec: { from: 21, to: 40 } },
    ];
    const id = await start(sync);
    for (let approved = 0; approved < 2;) {
      const held = await untilHeld(runs, id).catch(() => undefined);
      if (!held) break;
      const waiting = held.drift?.filter(({ waits }) => waits).map(({ field }) => field) ?? [];
      for (const record of script.received.values()) expect(waiting).not.toContain(Number(record.id) > 20 ? 'b' : 'a');
      await runs.approve(id);
      approved += waiting.length;
    }
    const ended = await untilEnded(runs, id);
    expect(ended).toMatchObject({ state: 'succeeded', ledger: { read: 40, rejected: 0 } });
    expect(script.received.size).toBe(36); // the first four are there as they were
    expect(ended.drift?.map(({ field }) => field)).toEqual(['a', 'b']);
  });

  it('is nobody’s business where the sync ignores it', async () => {
    const sync = await make('ignore');
    script.rows = people(1, 3);
    await run(sync);
    script.rows = people(1, 3, { vip: true }).map(({ age: _age, ...rest }) => rest);
    const second = await run(sync);
    expect(second).not.toHaveProperty('drift');
    expect(second).not.toHaveProperty('notices');
  });

  it('stays known when the sync is changed otherwise, and is forgotten with it', async () => {
    const sync = await make('add');
    script.rows = people(1, 3);
    await run(sync);
    await syncs.change(sync, { labels: ['x'] });
    script.rows = people(1, 3, { vip: true });
    expect((await run(sync)).drift).toHaveLength(1);
    await syncs.remove(sync);
    expect(await app.get(KnownFields).list(sync, { limit: 10 })).toEqual([]);
  });
});
