/** Stored documents follow the code: numbered migrations with a record of what ran. */
export type { Migration, MigrationRecord, MigrationStep } from './migration.ts';
export { migrationModel, migrationSchema } from './migration-record.schema.ts';
export { Migrator } from './migrator.ts';
export { MigrationsModule } from './migrations.module.ts';
export { Upgrade } from './upgrade.ts';
