import type { StoredRefold } from './refold.schema.ts';

/** What one step of a refold did. Every step can be repeated. */
export interface Batch {
  read: number;
  changed: number;
  /** Where the next one goes on. */
  place?: string;
  /** There is nothing left. */
  last: boolean;
}

export type Step = (refold: StoredRefold) => Promise<Batch>;
