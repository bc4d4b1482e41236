import type { Json } from '@millrace/sdk';
import type { Version } from '#platform';
import type { IdentityKey } from '../identity/index.ts';

export type Traits = Record<string, Json>;

/**
 * What one source record says about a person. Stored as it is, thousands a second, hence the short names: this is the one place that
 * explains them.
 */
export interface Part extends Version {
  /** Key: `<connection>/<stream>/<record>`, see part-key.ts. */
  k: string;
  /** Traits. */
  t: Traits;
  /** Identities, sorted. */
  i: IdentityKey[];
  /** Identities that the record names as well, but that are somebody else's since the two were split. */
  x?: IdentityKey[];
  /** Size of traits and identities in bytes. */
  n: number;
  /** Deleted in the source: a tombstone, so that a late row does not bring it back. */
  d?: true;
}

/** What tells which of two versions of a part is newer. */
export type PartVersion = Version & Pick<Part, 'k'>;
