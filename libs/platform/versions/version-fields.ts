import type { Version } from './version.ts';

/** A version's fields in the schema of whatever has one. `d`: a tombstone, so that a late version does not bring it back. */
export const versionFields = {
  a: Number,
  s: Number,
  b: String,
  o: String,
  h: String,
  d: Boolean,
} satisfies Record<keyof Omit<Version, 'k'> | 'd', unknown>;
