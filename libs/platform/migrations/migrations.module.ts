import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { getConnectionToken, getModelToken, MongooseModule } from '@nestjs/mongoose';
import { MillraceError } from '@millrace/sdk';
import type { Connection, Model } from 'mongoose';
import { Signer } from '../crypto/index.ts';
import { FailureLog } from '../errors/index.ts';
import { Regularly } from '../lifecycle/index.ts';
import { Log } from '../log/index.ts';
import { Settings } from '../settings/index.ts';
import { migrationModel, migrationSchema } from './migration-record.schema.ts';
import type { Migration, MigrationRecord } from './migration.ts';
import { Migrator } from './migrator.ts';
import { Upgrade } from './upgrade.ts';

/** How often is looked whether a migration was left behind by a process that ended. */
const every = 30_000;

/** Migrates at start, before any module that is not global does anything, and then in the background. Global: `Migrator`, `Upgrade`. */
@Module({})
export class MigrationsModule implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ending = new AbortController();
  private background?: Regularly;

  constructor(
    @Inject(Migrator) private readonly migrator: Migrator,
    private readonly upgrade: Upgrade,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  /** @param migrations of all libs. Throws `internal` unless they are numbered from 1 without gaps. */
  static forRoot(migrations: readonly Migration[]): DynamicModule {
    const sorted = [...migrations].sort((x, y) => x.number - y.number);
    if (sorted.some(({ number }, index) => number !== index + 1)) {
      throw new MillraceError(
        'internal',
        'Migrations must be numbered from 1 without gaps: give the newest the next number.',
      );
    }
    const migrator = {
      provide: Migrator,
      inject: [getConnectionToken(), getModelToken(migrationModel), Signer],
      useFactory: (connection: Connection, model: Model<MigrationRecord>, signer: Signer) =>
        new Migrator(connection, model.collection, sorted, signer),
    };
    return {
      module: MigrationsModule,
      global: true,
      imports: [MongooseModule.forFeature([{ name: migrationModel, schema: migrationSchema }])],
      providers: [migrator, Upgrade],
      exports: [migrator, Upgrade],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.upgrade.begin();
  }

  onApplicationBootstrap(): void {
    this.upgrade.watch();
    if (!this.settings.processes.includes('worker')) return;
    const { signal } = this.ending;
    const failures = new FailureLog(this.log, 'a migration failed; it is tried again where it stopped');
    this.background = new Regularly(
      every,
      async () => {
        // What processes of an older version still write would be left behind.
        if (await this.upgrade.isWithoutOlderOnes()) await this.migrator.migrateInBackground({ signal });
      },
      failures.tell,
    );
    void this.background.now();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.upgrade.end();
    await this.background?.end();
  }
}
