import { setTimeout as delay } from 'node:timers/promises';
import { MillraceError } from '@millrace/sdk';
import type { Connection, mongo } from 'mongoose';
import type { Signer } from '../crypto/index.ts';
import { writeUnordered } from '../mongo/index.ts';
import { carryOn, type CarryOnOptions, type WorkEnd } from '../work/index.ts';
import { migrationId, type Migration, type MigrationRecord } from './migration.ts';

const waitForOthers = 250;

/** Brings stored documents to the form that this server writes: numbered migrations, each by one process at a time, each to its end. */
export class Migrator {
  private readonly records: mongo.Collection<MigrationRecord>;

  constructor(
    private readonly connection: Connection,
    records: mongo.Collection<object>,
    private readonly migrations: readonly Migration[],
    private readonly signer: Signer,
  ) {
    this.records = records as unknown as mongo.Collection<MigrationRecord>;
  }

  /** The number of the newest migration that this server knows. */
  get newest(): number {
    return this.migrations.length;
  }

  /** The newest migration of the database, where this server does not know it. */
  async unknown(): Promise<MigrationRecord | undefined> {
    const [last] = await this.records.find({}, { sort: { _id: -1 }, limit: 1 }).toArray();
    return last && last._id > migrationId(this.newest) ? last : undefined;
  }

  /** Notes which migrations there are. Throws `newer_data` when a newer server was here. */
  async register(): Promise<void> {
    const unknown = await this.unknown();
    if (unknown) {
      throw new MillraceError(
        'newer_data',
        `The database was changed by a newer Millrace (migration ${Number(unknown._id)}, "${unknown.title}"; this one knows ${this.newest}). ` +
          'Start that version or a later one, or restore the backup that was made before the upgrade.',
      );
    }
    const addedAt = new Date();
    const operations = this.migrations.map(({ number, title, when }) => ({
      updateOne: {
        filter: { _id: migrationId(number) },
        update: { $setOnInsert: { title, when, changed: 0, addedAt } },
        upsert: true,
      },
    }));
    if (operations.length > 0) await writeUnordered(() => this.records.bulkWrite(operations, { ordered: false }));
  }

  /** Whether something has to be done before anything else. */
  async isDueAtStart(): Promise<boolean> {
    const ids = this.atStart().map(({ number }) => migrationId(number));
    return (await this.records.findOne({ _id: { $in: ids }, endedAt: { $exists: false } })) !== null;
  }

  /** Does that, or waits until another process has, which may have died: it is told for each migration that is waited for. */
  async migrateAtStart(waiting: (migration: Migration) => void): Promise<void> {
    for (const migration of this.atStart()) {
      for (let waits = 0; (await this.migrate(migration)) !== 'ended'; waits++) {
        if (waits === 0) waiting(migration);
        await delay(waitForOthers);
      }
    }
  }

  /** Runs what may be done while the server works, as far as no other process is at it. */
  async migrateInBackground(options: CarryOnOptions = {}): Promise<void> {
    for (const migration of this.migrations.filter(({ when }) => when === 'background')) {
      if ((await this.migrate(migration, options)) !== 'ended') return; // in their order
    }
  }

  /** Whether a migration that was registered is not through yet. */
  async isUnderWay(number: number): Promise<boolean> {
    return (await this.records.findOne({ _id: migrationId(number), endedAt: { $exists: false } })) !== null;
  }

  /** In their order, at most a few dozen. */
  list(): Promise<MigrationRecord[]> {
    return this.records.find({}, { sort: { _id: 1 } }).toArray();
  }

  private atStart(): Migration[] {
    return this.migrations.filter(({ when }) => when === 'start');
  }

  private migrate(migration: Migration, options: CarryOnOptions = {}): Promise<WorkEnd> {
    return carryOn(
      this.records,
      migrationId(migration.number),
      async ({ position, changed: before }) => {
        const { position: next, changed } = await migration.step(this.connection, position, this.signer);
        return { changed: before + changed, ...(next === undefined ? { endedAt: new Date() } : { position: next }) };
      },
      options,
    );
  }
}
