import type { Migration } from '#platform';
import { mirrorIndex } from './known-rows/mirror-index.migration.ts';

/** Changes of what this lib stores. */
export const syncMigrations: readonly Migration[] = [mirrorIndex];
