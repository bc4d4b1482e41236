import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection, mongo } from 'mongoose';
import { dropTestDatabase, testServices } from '#tools/testing';
import { Signer } from '../crypto/index.ts';
import { connectMongo } from '../mongo/index.ts';
import type { Migration, MigrationRecord } from './migration.ts';
import { Migrator } from './migrator.ts';

const signer = new Signer(randomBytes(32).toString('base64'));

interface Thing {
  _id: number;
  doubled?: number;
}

describe('Migrator', () => {
  let connection: Connection;
  let records: mongo.Collection<MigrationRecord>;
  let things: mongo.Collection<Thing>;

  beforeAll(async () => {
    connection = await connectMongo(testServices().mongodbUri);
    records = connection.collection('migrations') as unknown as mongo.Collection<MigrationRecord>;
    things = connection.collection('things') as unknown as mongo.Collection<Thing>;
  });
  beforeEach(async () => {
    await Promise.all([records.deleteMany({}), things.deleteMany({})]);
    await things.insertMany(Array.from({ length: 10 }, (_, _id) => ({ _id })));
  });
  afterAll(async () => {
    await connection.close();
    await dropTestDatabase(testServices());
  });

  class Death extends Error {}

  /** Doubles three documents a step; dies before or after the writes of the step that is named. */
  const doubling = (
    when: Migration['when'],
    death?: { at: number; after: boolean },
  ): Migration & { steps: number[] } => {
    const steps: number[] = [];
    return {
      number: 1,
      title: 'things are doubled',
      when,
      steps,
      async step(_, position) {
        const from = typeof position === 'number' ? position : -1;
        steps.push(from);
        if (death?.at === steps.length && !death.after) throw new Death();
        const page = await things.find({ _id: { $gt: from } }, { sort: { _id: 1 }, limit: 3 }).toArray();
        for (const { _id } of page)
          await things.updateOne({ _id, doubled: { $exists: false } }, { $set: { doubled: _id * 2 } });
        if (death?.at === steps.length && death.after) throw new Death();
        const last = page.at(-1);
        return { changed: page.length, ...(last && { position: last._id }) };
      },
    };
  };
  const migrator = (...migrations: Migration[]): Migrator =>
    new Migrator(connection, records as never, migrations, signer);
  const done = async (): Promise<unknown[]> =>
    (await things.find().toArray()).map(({ _id, doubled }) => doubled === _id * 2);

  it.each([
    { at: 2, after: false },
    { at: 2, after: true },
    { at: 4, after: true },
  ])('goes on where a process died: %j', async (death) => {
    const dying = migrator(doubling('background', death));
    await dying.register();
    await expect(dying.migrateInBackground()).rejects.toThrow(Death);
    const heir = doubling('background');
    await migrator(heir).migrateInBackground();
    expect(heir.steps[0]).toBe([-1, -1, 2, 5, 8][death.at]);
    expect(await done()).toEqual(Array.from({ length: 10 }, () => true));
    expect(await migrator().list()).toMatchObject([{ _id: '0001', changed: 10, endedAt: expect.any(Date) }]);
  });

  it('takes over from a process that is silent, and counts nothing of it twice', async () => {
    const first = migrator(doubling('background'));
    await first.register();
    await records.updateOne({ _id: '0001' }, { $set: { holder: 'wrk_dead', until: new Date(Date.now() + 60_000) } });
    await first.migrateInBackground();
    expect(await migrator().list()).toMatchObject([{ changed: 0 }]); // somebody else is at it
    await records.updateOne({ _id: '0001' }, { $set: { until: new Date(Date.now() - 1) } });
    await Promise.all([first.migrateInBackground(), migrator(doubling('background')).migrateInBackground()]);
    expect(await migrator().list()).toMatchObject([{ changed: 10 }]);
  });

  it('runs once, at start before anything else', async () => {
    const once = doubling('start');
    for (let start = 0; start < 2; start++) {
      await migrator(once).register();
      await migrator(once).migrateAtStart(() => undefined);
    }
    expect(once.steps).toEqual([-1, 2, 5, 8, 9]);
  });

  it('tells once that it waits for another process at start, and goes on where that one died', async () => {
    const once = doubling('start');
    await migrator(once).register();
    await records.updateOne({ _id: '0001' }, { $set: { holder: 'wrk_dead', until: new Date(Date.now() + 1_000) } });
    const waitedFor: string[] = [];
    await migrator(once).migrateAtStart(({ title }) => waitedFor.push(title));
    expect(waitedFor).toEqual(['things are doubled']);
    expect(await done()).toEqual(Array(10).fill(true));
  });

  it('refuses the data of a newer server', async () => {
    const newer = { ...doubling('background'), number: 2 };
    await migrator(doubling('background'), newer).register();
    await expect(migrator(doubling('background')).register()).rejects.toMatchObject({
      code: 'newer_data',
      message: expect.stringMatching(/migration 2, "things are doubled"; this one knows 1/),
    });
    await expect(migrator(doubling('background'), newer).register()).resolves.toBeUndefined();
  });
});
