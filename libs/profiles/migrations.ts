import type { Migration } from '#platform';
import { writtenNumbers } from './definitions/index.ts';
import { toldChanges, untoldChanges } from './membership/index.ts';
import { productIds } from './products/index.ts';

/** Changes of what this lib stores. */
export const profilesMigrations: readonly Migration[] = [productIds, untoldChanges, toldChanges, writtenNumbers];
