import type { Migration } from '#platform';
import { productIds } from './products/index.ts';

/** Changes of what this lib stores. */
export const profilesMigrations: readonly Migration[] = [productIds];
