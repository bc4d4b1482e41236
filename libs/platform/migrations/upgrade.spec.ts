import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection, mongo } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Signer } from '../crypto/index.ts';
import { createLog } from '../log/index.ts';
import { connectMongo } from '../mongo/index.ts';
import { Processes, processModel, processSchema, type LivingProcess } from '../processes/index.ts';
import { Settings } from '../settings/index.ts';
import { migrationId, type Migration, type MigrationRecord } from './migration.ts';
import { Migrator } from './migrator.ts';
import { Upgrade } from './upgrade.ts';

const signer = new Signer(randomBytes(32).toString('base64'));
const log = createLog({ level: 'silent' });

describe('Upgrade', () => {
  let connection: Connection;
  let living: mongo.Collection<LivingProcess>;
  const events: string[] = [];

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    living = connection.model(processModel, processSchema).collection as unknown as mongo.Collection<LivingProcess>;
  });
  beforeEach(async () => {
    events.length = 0;
    await Promise.all([living.deleteMany({}), connection.collection('migrations').deleteMany({})]);
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  /** A process of the version that knows so many migrations, all of them to be done at start. */
  async function version(newest: number): Promise<{ upgrade: Upgrade; processes: Processes }> {
    const migrations = Array.from({ length: newest }, (_, index): Migration => ({
      number: index + 1,
      title: `step ${index + 1}`,
      when: 'start',
      step: () => Promise.resolve({ changed: Number(events.push(`${newest}: step ${index + 1}`)) }),
    }));
    const records = connection.collection('migrations') as unknown as mongo.Collection<MigrationRecord>;
    const processes = new Processes(
      new Settings({ logLevel: 'silent' }),
      log,
      connection.model<LivingProcess>(processModel),
    );
    await processes.onModuleInit();
    return {
      processes,
      upgrade: new Upgrade(new Migrator(connection, records as never, migrations, signer), processes, log),
    };
  }

  const untilRegistered = async (migration: number): Promise<void> => {
    const _id = migrationId(migration);
    while (!(await connection.collection<MigrationRecord>('migrations').findOne({ _id }))) await delay(10);
  };

  it('waits with what comes first until processes of the older version have ended, which are told to', async () => {
    const old = await version(1);
    await old.upgrade.begin();
    const next = await version(2);
    const begun = next.upgrade.begin().then(() => events.push('begun'));
    await untilRegistered(2);
    await old.upgrade.look();
    await expect(old.upgrade.outdated).resolves.toMatch(/newer Millrace .*migration 2, "step 2"/);
    events.push('old one ends');
    await old.processes.leave(0);
    await begun;
    expect(events).toEqual(['1: step 1', 'old one ends', '2: step 2', 'begun']);
    expect(await next.processes.alive()).toHaveLength(1);
    await next.processes.leave(0);
  });

  it('waits for nobody who is silent, or of the same version', async () => {
    const dead = await version(1);
    await dead.upgrade.begin();
    await dead.processes.leave(0); // or it says again that it is alive
    await living.updateMany({}, { $set: { seenAt: new Date(Date.now() - 31_000) } });
    const [one, other] = [await version(2), await version(2)];
    await Promise.all([one.upgrade.begin(), other.upgrade.begin()]);
    expect(events).toEqual(['1: step 1', '2: step 2']);
    for (const { processes } of [one, other]) await processes.leave(0);
  });

  it('waits for nobody who has only just come, whatever version that is', async () => {
    const [next, other, old] = [await version(2), await version(2), await version(1)];
    expect(await next.upgrade.isWithoutOlderOnes()).toBe(true);
    await next.upgrade.begin();
    expect(events).toEqual(['2: step 1', '2: step 2']);
    await expect(old.upgrade.begin()).rejects.toMatchObject({ code: 'newer_data' });
    for (const { processes } of [next, other]) await processes.leave(0);
  });

  it('an older one that comes later refuses, and nobody waits for it', async () => {
    const next = await version(2);
    await next.upgrade.begin();
    const old = await version(1);
    await expect(old.upgrade.begin()).rejects.toMatchObject({ code: 'newer_data' });
    expect(await next.processes.alive()).toMatchObject([{ migration: 2 }]);
    await next.processes.leave(0);
  });
});
