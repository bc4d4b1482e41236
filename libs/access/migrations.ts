import type { Migration } from '#platform';
import { auditResources } from './audit/audit-resources.migration.ts';

/** Changes of what this lib stores. */
export const accessMigrations: readonly Migration[] = [auditResources];
